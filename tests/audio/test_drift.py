"""Outputs with clocks of their own stay together, and what they do for it is not heard."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.cues import Lane
from audio.drift import STEP, Anchor, Steering, stretched
from audio.format import RATE
from audio.mixer import Mixer
from audio.streamclock import StreamClock

BLOCK = 960
HOUR = 3600 * RATE // BLOCK  # blocks


def positions(ppm, blocks, jitter_s=0.0005, seed=1):
    """Which frame of the programme a device with this clock error plays at each block's true instant: (instants,
    frames). The device's blocks take longer or shorter than its own idea of them."""
    true = np.arange(blocks) * BLOCK / RATE * (1 + ppm * 1e-6)
    measured = true + np.random.default_rng(seed).normal(0, jitter_s, blocks)
    clock, steering = StreamClock(), Steering()
    frames, played = np.zeros(blocks), 0
    for n, reading in enumerate(measured):
        instant = clock.block(reading, BLOCK)
        frames[n] = played
        played += BLOCK + steering.extra(instant * RATE - played, BLOCK)
    return true, frames


def test_two_devices_100_ppm_apart_stay_within_5_ms_for_an_hour():
    (slow_at, slow), (fast_at, fast) = positions(50, HOUR), positions(-50, HOUR, seed=2)
    moments = np.arange(0.0, 3590.0, 0.5)
    apart_ms = (np.interp(moments, slow_at, slow) - np.interp(moments, fast_at, fast)) / RATE * 1000
    print(f"apart: at most {np.abs(apart_ms).max():.2f} ms, without correction {3590 * 100e-6 * 1000:.0f} ms")
    assert np.abs(apart_ms).max() < 3
    assert np.abs(apart_ms).max() > 0.1  # they do have clocks of their own


def test_a_good_clock_needs_no_correction_so_that_every_frame_is_played_once():
    _, frames = positions(0, 20_000)
    assert np.array_equal(frames, np.arange(20_000) * BLOCK)


def test_a_step_of_the_wall_clock_is_not_chased():
    steering = Steering()
    assert [steering.extra(10.0 * STEP, BLOCK) for _ in range(500)] == [0] * 500
    assert sum(steering.extra(10.0 * STEP + 0.5 * RATE, BLOCK) for _ in range(500)) > 100  # but a gap after it is


@pytest.mark.parametrize("extra", [-1, 1])
def test_a_stretched_block_sounds_the_same(extra):
    tone = (0.5 * np.sin(2 * np.pi * 1000 * np.arange(BLOCK + extra) / RATE)).astype(np.float32)
    out = stretched(tone, BLOCK)
    wanted = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(BLOCK) * (BLOCK + extra) / BLOCK / RATE)
    assert len(out) == BLOCK
    assert np.abs(out - wanted)[:-1].max() < 0.005
    assert np.abs(np.diff(out)).max() < 1.1 * np.abs(np.diff(tone)).max()  # no click


class Line:
    """A source without end whose frames rise evenly."""

    finished = False

    def __init__(self):
        self.at = 0

    def read(self, frames):
        self.at += frames
        return (np.arange(self.at - frames, self.at) * 1e-7).astype(np.float32)

    def skip(self, frames):
        self.at += frames

    def close(self):
        pass


@given(st.floats(-200, 200))
@settings(deadline=None, max_examples=20)
def test_the_mixer_follows_the_anchor_whatever_the_clock(ppm):
    mixer, line, clock = Mixer(), Line(), StreamClock()
    mixer.cue("a", Lane.QUEUE, line, 0.0, anchor=Anchor(1000.0))
    out = []
    for n in range(1500):
        true = 1000.0 + n * BLOCK / RATE * (1 + ppm * 1e-6)
        out.append(mixer.render(BLOCK, clock.block(true, BLOCK)))
    behind_ms = ((true - 1000.0) * RATE - (line.at - BLOCK)) / RATE * 1000
    assert abs(behind_ms) < 1.5
    assert np.abs(np.diff(np.concatenate(out))).max() < 3e-7  # no jump anywhere
