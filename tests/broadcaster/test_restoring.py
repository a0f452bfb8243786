"""A restore asked for from the panel: when it is due. That everything comes back: tests/web/test_browser_people."""

from __future__ import annotations

from broadcaster import backups, restoring
from tests.conftest import NOON


def test_it_is_due_when_the_answer_has_had_time_to_reach_whoever_asked(sessions, settings, clock):
    row = backups.make(sessions, settings, "lan", NOON)
    assert not restoring.due(settings, clock)
    restoring.ask(settings, backups.folder(settings) / row.name, row.name, "lan", clock.now())
    assert not restoring.due(settings, clock)
    clock.sleep(restoring.GRACE_S)
    assert restoring.due(settings, clock)
    clock.sleep(-3600)  # a clock that was set back does not hold it for an hour
    assert restoring.due(settings, clock)
