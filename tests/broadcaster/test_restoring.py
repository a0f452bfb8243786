"""A restore asked for from the panel: when it is due, and that everything comes back with what the backup holds."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

import pytest

from broadcaster import backups, restoring
from broadcaster.clock import Clock
from broadcaster.database import connect, looking
from broadcaster.editorial import station_is_alive
from broadcaster.models_care import BackupRow
from broadcaster.settings import Settings
from tests.conftest import NOON
from tests.runner import Runner


def test_it_is_due_when_the_answer_has_had_time_to_reach_whoever_asked(sessions, settings, clock):
    row = backups.make(sessions, settings, "lan", NOON)
    assert not restoring.due(settings, clock)
    restoring.ask(settings, backups.folder(settings) / row.name, row.name, "lan", clock.now())
    assert not restoring.due(settings, clock)
    clock.sleep(restoring.GRACE_S)
    assert restoring.due(settings, clock)
    clock.sleep(-3600)  # a clock that was set back does not hold it for an hour
    assert restoring.due(settings, clock)


def alive(settings):
    """Whether a station works on the database that is there now."""
    sessions = connect(settings)
    try:
        return station_is_alive(sessions, Clock())
    finally:
        sessions.kw["bind"].dispose()


@pytest.mark.slow
def test_a_running_station_stops_takes_the_backup_and_comes_back(tmp_path):
    station = Runner(tmp_path / "data", dict(os.environ))
    station.run("--output", "null:")
    settings = Settings.load(str(station.data))
    sessions = connect(settings)
    try:
        row = backups.make(sessions, settings, "lan", datetime.now(UTC))
        was = station.station_pid()
        sessions.kw["bind"].dispose()
        restoring.ask(settings, backups.folder(settings) / row.name, row.name, "lan", datetime.now(UTC))
        deadline = time.monotonic() + 60
        while (restoring.asked(settings) or not alive(settings)) and time.monotonic() < deadline:
            time.sleep(0.3)
        assert alive(settings)
        assert restoring.last(settings).error is None
        assert station.station_pid() != was
        with looking(connect(settings)) as session:
            assert session.query(BackupRow).count() == 0  # as it was before the backup was made
    finally:
        station.stop()
