"""The stream clock smooths jitter, follows drift, and follows a step at once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.format import RATE
from audio.streamclock import READINGS, StreamClock, WallOffset

BLOCK = 960


def errors(measured, true):
    clock = StreamClock()
    return np.array([clock.block(m, BLOCK) for m in measured]) - true


def test_jitter_is_smoothed():
    true = 1e9 + np.arange(2000) * BLOCK / RATE
    jitter = np.random.default_rng(3).normal(0, 0.0005, 2000)
    assert np.abs(errors(true + jitter, true)[200:]).max() < 0.0004


def test_drift_of_100_ppm_stays_below_a_tenth_of_a_millisecond():
    true = 1e9 + np.arange(5000) * BLOCK / RATE * 1.0001
    assert np.abs(errors(true, true)[500:]).max() < 0.0001


def test_a_step_is_followed_at_once():
    true = 1e9 + np.arange(100) * BLOCK / RATE
    true[50:] += 3600.0
    assert np.abs(errors(true, true)).max() < 1e-6


def test_the_offset_is_that_of_the_promptest_reading_and_follows_a_step():
    offset = WallOffset()
    waits = np.random.default_rng(5).exponential(0.002, 200)
    found = [offset.add(1e9 + n * 0.01 + wait, n * 0.01) for n, wait in enumerate(waits)]
    assert np.abs(np.array(found[20:]) - 1e9).max() < 0.001
    assert offset.add(1e9 + 3600.0, 0.0) == 1e9 + 3600.0
    assert offset.add(1e9, 0.0) == 1e9


@given(st.lists(st.floats(0.0, 0.04), min_size=1, max_size=4 * READINGS))
def test_the_offset_is_the_smallest_of_the_last_readings(waits):
    offset = WallOffset()
    for n, wait in enumerate(waits):
        assert offset.add(wait, 0.0) == min(waits[max(0, n + 1 - READINGS) : n + 1])
