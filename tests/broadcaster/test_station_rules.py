"""What the running station makes of the rules: hours at the moment of air, quieter weeks, a clock that was set."""

import sqlite3
from datetime import date, timedelta
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from broadcaster import ahead, asrun, hours, periods, plan, slots, spare, timetable
from broadcaster.clock import VirtualClock
from broadcaster.station import BEAT_S, Station
from tests.broadcaster.helpers import Air, approved
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)


@pytest.fixture
def station(sessions, settings):
    station = Station(settings, VirtualClock(NOON))
    station._alarms.start()
    yield station
    station._alarms.stop()
    station._air.stop()
    station._renderer.close()
    station._watch.close()
    station._bell.close()


def test_a_full_disk_costs_the_room_set_aside_and_no_pass(station, settings, caplog, monkeypatch):
    spare.keep(settings.data)
    full = sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))
    passes = Mock(side_effect=[full, full, None, full])
    waits = Mock(return_value=False)
    monkeypatch.setattr(station, "_pass", passes)
    monkeypatch.setattr(station._stop, "wait", waits)
    station._try_pass()
    assert not waits.called  # at once: an alert may be waiting
    assert not (settings.data / spare.NAME).exists()
    station._try_pass()
    assert waits.called  # full again, and nothing more to give up
    station._try_pass()
    assert "đĩa đã đầy, trạm dùng tới phần để dành" in caplog.text
    station._last_alive = None
    station._plan(station._clock.now())
    assert (settings.data / spare.NAME).exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"allowed": "05:30-06:30"}, "hours-outside-allowed"),
        ({"quiet": "17:00-05:00"}, "hours-quiet"),
        ({"max_minutes": 0}, "hours-too-many-minutes"),
    ],
)
def test_hours_changed_in_the_last_seconds_are_kept_at_the_moment_of_air(sessions, settings, clock, change, reason):
    with sessions.begin() as session:
        approved(session, "2026-W48")
        plan.store(session, NOON, NUI_THANH)
    air = Air(sessions, settings, clock)
    clock.move_to(FRIDAY - timedelta(seconds=30))
    air.run(1)
    with sessions.begin() as session:
        hours.set_for(session, "all", **change)
    air.run(60)
    with sessions.begin() as session:
        found = [(e.outcome, e.reason) for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert found == [("missed", reason)]


def test_a_written_reason_overrules_the_hours_at_the_moment_of_air_and_stands_in_the_log(sessions, settings, clock):
    with sessions.begin() as session:
        approved(session, "2026-W48")
        for row in timetable.slot_rows(session):
            row.override_reason, row.overruled = "họp dân", ["outside-allowed"]
        plan.store(session, NOON, NUI_THANH)
        hours.set_for(session, "all", allowed="05:30-06:30")
    air = Air(sessions, settings, clock)
    clock.move_to(FRIDAY - timedelta(seconds=30))
    air.run(120)
    with sessions.begin() as session:
        found = [(e.outcome, e.remark) for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert found == [("aired", "họp dân")]


def test_exam_weeks_are_quieter_on_their_days_only(station, sessions):
    with sessions.begin() as session:
        exam = date(2026, 11, 24)
        periods.add(session, first=exam, last=exam, effect="quieter", volume=0.5, reason="thi", now=NOON)
    station._arrange()
    station._set_volumes()
    assert [channel.mixer.volume for channel in station._channels] == [0.5]
    station._clock.move_to(NOON + timedelta(days=1))
    station._set_volumes()
    assert [channel.mixer.volume for channel in station._channels] == [1.0]


@pytest.mark.parametrize("seconds", [-7200.0, -1.0, 1.0, 86400.0])
def test_a_clock_that_was_set_has_everything_planned_again_within_a_second(station, seconds):
    station._rung.clear()
    station._news = False
    station._clock.set(seconds)
    station._mind_the_clock()
    assert station._rung == {"plan"}
    assert station._news
    assert BEAT_S <= 1.0  # no rest between two passes is longer


def test_a_removed_slot_is_off_the_plan_and_a_removed_holiday_does_not_come_back(sessions):
    with sessions.begin() as session:
        for row in timetable.slot_rows(session):
            slots.remove(session, row.id, NOON)
        for row in timetable.period_rows(session):
            periods.remove(session, row.id, NOON)
        plan.store(session, NOON, NUI_THANH)
        assert ahead.view(session, NOON, NOON + timedelta(days=7), NUI_THANH) == []
        periods.seed(session, NOON)
        assert timetable.period_rows(session) == []
