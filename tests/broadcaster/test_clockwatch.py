import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import Clock, VirtualClock
from broadcaster.clockwatch import STEP_S, ClockWatch
from tests.conftest import NOON
from tests.schedules.made import quick


@pytest.fixture
def clock():
    return VirtualClock(NOON)


def test_time_that_passes_is_no_step(clock):
    watch = ClockWatch(clock)
    clock.sleep(3600)
    assert watch.stepped() == 0.0


@pytest.mark.parametrize("seconds", [-86400.0, -1.0, 1.0, 3600.0])
def test_a_clock_that_was_set_is_noticed_once(clock, seconds):
    watch = ClockWatch(clock)
    clock.set(seconds)
    assert watch.stepped() == pytest.approx(seconds)
    assert watch.stepped() == 0.0
    assert clock.monotonic() == pytest.approx(NOON.timestamp())


@quick(50)
@given(st.lists(st.floats(-0.2, 0.2), max_size=50))
def test_slow_drift_is_no_step(drift):
    clock = VirtualClock(NOON)
    watch = ClockWatch(clock)
    for little in drift:
        clock.set(little)
        assert watch.stepped() == 0.0


def test_a_clock_without_a_source_is_adrift_until_it_finds_one(clock, monkeypatch):
    watch = ClockWatch(clock)
    monkeypatch.setattr(clock, "synchronised", lambda: False)
    clock.sleep(600)
    assert watch.adrift_s() == 600.0
    monkeypatch.setattr(clock, "synchronised", lambda: True)
    assert watch.adrift_s() == 0.0


def test_where_the_system_can_not_tell_nothing_is_adrift(clock, monkeypatch):
    monkeypatch.setattr(clock, "synchronised", lambda: None)
    watch = ClockWatch(clock)
    clock.sleep(timedelta(days=30).total_seconds())
    assert watch.adrift_s() == 0.0


def test_the_real_clock_answers():
    clock = Clock()
    watch = ClockWatch(clock)
    assert clock.synchronised() in (True, False, None)
    time.sleep(0.01)
    assert abs(watch.stepped()) < STEP_S
