"""The clock is set while a broadcast waits: nothing airs twice, nothing is lost silently."""

from datetime import timedelta

import pytest

from broadcaster import asrun, broadcasts, plan
from broadcaster.trust import SETTLING_S
from tests.broadcaster.helpers import ANY_HOUR, Air, approved, recording
from tests.conftest import NOON
from tests.schedules.made import NUI_THANH

FRIDAY = NOON.replace(day=27, hour=10, minute=30)


@pytest.fixture
def air(sessions, settings, clock):
    with sessions.begin() as session:
        approved(session, "2026-W48")
        plan.store(session, NOON, NUI_THANH)
    clock.move_to(FRIDAY - timedelta(minutes=20))
    air = Air(sessions, settings, clock)
    clock.move_to(FRIDAY - timedelta(seconds=8))
    air.run(2)  # it is cued
    return air


def set_clock(air, seconds):
    air.clock.set(seconds)
    air.playout.clock_was_set(seconds)


def lines(air):
    with air.sessions.begin() as session:
        return [(e.outcome, e.reason, e.seconds) for e in asrun.entries(session) if e.planned_at == FRIDAY]


def test_set_forward_past_the_start_it_airs_late_by_its_policy(air):
    set_clock(air, 300)
    air.run(90)
    assert lines(air) == [("aired", "clock-set late", 60.0)]


def test_set_forward_beyond_its_grace_it_is_missed_and_says_so(air):
    set_clock(air, 3600)
    air.run(10)
    assert lines(air) == [("missed", "clock-set", 0.0)]


def test_set_back_it_waits_for_its_moment_again(air):
    set_clock(air, -30)
    air.run(30)
    assert lines(air) == []
    air.run(90)
    assert lines(air) == [("aired", None, 60.0)]


def test_set_back_after_it_aired_it_does_not_air_again(air):
    air.run(80)
    set_clock(air, -200)
    air.run(300, step=5)
    assert lines(air) == [("aired", None, 60.0)]


def test_a_clock_that_follows_nothing_for_too_long_holds_the_schedule(air):
    air.playout.trust.adrift = True
    air.playout.clock_was_set(0.0)
    air.run(30)
    assert not air.playout.trusted
    assert lines(air) == []
    air.playout.trust.adrift = False
    air.run(90)
    assert lines(air) == [("aired", "clock-untrusted late", 60.0)]


def test_what_it_missed_on_a_wrong_clock_says_so(air):
    air.playout.trust.adrift = True
    air.playout.clock_was_set(0.0)
    air.run(900, step=5)
    air.playout.trust.adrift = False
    air.run(5)
    assert lines(air) == [("missed", "clock-untrusted", 0.0)]


def test_a_clock_that_follows_a_source_is_right_whatever_a_wrong_one_wrote_into_the_log(air, monkeypatch):
    set_clock(air, 20 * 86400)
    with air.sessions.begin() as session:
        broadcasts.play(session, recording(session), by="trực", now=air.clock.now(), facts=ANY_HOUR)
    air.run(90)
    set_clock(air, -20 * 86400 - 200)
    air.run(1)
    assert not air.playout.trusted
    monkeypatch.setattr(air.clock, "synchronised", lambda: True)
    air.run(1)
    assert air.playout.trusted


def test_a_clock_that_may_yet_be_put_right_gives_nothing_up_for_five_minutes(air, monkeypatch):
    monkeypatch.setattr(air.clock, "synchronised", lambda: False)
    set_clock(air, 7200)
    air.run(60)
    assert lines(air) == []
    set_clock(air, -7200)
    monkeypatch.setattr(air.clock, "synchronised", lambda: True)
    air.run(90)
    assert lines(air) == [("aired", "clock-set late", 60.0)]


def test_after_five_minutes_a_clock_without_a_source_counts(air, monkeypatch):
    monkeypatch.setattr(air.clock, "synchronised", lambda: False)
    set_clock(air, 7200)
    air.run(SETTLING_S + 5, step=5)
    assert lines(air) == [("missed", "clock-set", 0.0)]


def test_set_back_while_it_is_heard_the_log_has_it_end_after_it_began(air):
    air.run(20)
    set_clock(air, -3600)
    air.run(60)
    with air.sessions.begin() as session:
        (line,) = [e for e in asrun.entries(session) if e.planned_at == FRIDAY]
    assert (line.outcome, line.seconds) == ("aired", 60.0)
    assert line.ended_at >= line.began_at == FRIDAY
