import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.dsp import framed, joined, limited, resample, resampled
from audio.format import RATE
from audio.loudness import measure


def sine(hertz, rate, seconds, level=0.5):
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000, 192_000])
def test_a_tone_keeps_its_pitch_level_and_length_at_any_rate(rate):
    out = resample(sine(1000, rate, 1), rate)
    assert len(out) == RATE
    inner = slice(RATE // 10, -RATE // 10)
    assert np.abs(out - sine(1000, RATE, 1))[inner].max() < 0.002


def test_what_the_new_rate_cannot_hold_is_filtered_out():
    assert np.abs(resample(sine(30_000, 96_000, 1), 96_000))[1000:-1000].max() < 0.001


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60_000), st.integers(1, 50_000), st.sampled_from([22_050, 44_100, 96_000]))
def test_in_pieces_or_whole_resampling_gives_the_same(length, piece, rate):
    sound = np.random.default_rng(length).uniform(-1, 1, length).astype(np.float32)
    pieces = [sound[i : i + piece] for i in range(0, length, piece)]
    out = joined(resampled(pieces, rate))
    assert len(out) == -(-length * RATE // rate)
    assert np.allclose(out, resample(sound, rate), atol=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 500), max_size=10), st.integers(1, 300), st.integers(0, 200))
def test_frames_hold_every_sample_once(lengths, size, context):
    sound = np.arange(1, 1 + sum(lengths), dtype=np.float32)
    blocks = np.split(sound, np.cumsum(lengths)[:-1]) if lengths else []
    frames = list(framed(blocks, size, context))
    assert np.array_equal(joined(frame[context : len(frame) - context] for frame in frames), sound)


def test_the_limiter_leaves_what_is_low_enough_alone():
    sound = sine(440, RATE, 2, 0.5)
    assert np.array_equal(joined(limited([sound], 0.6)), sound)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.9), st.integers(1, 3 * RATE))
def test_no_true_peak_passes_the_limiter(seed, ceiling, length):
    random = np.random.default_rng(seed)
    sound = (random.standard_normal(length) * random.uniform(0, 1.5, length) ** 8).astype(np.float32)
    out = joined(limited([sound], ceiling))
    assert len(out) == length
    # Changing the gain makes the wave between the samples a little different from the one looked at.
    assert 10 ** (measure(out).true_peak_dbtp / 20) <= ceiling * 1.01


def test_the_limiter_turns_down_and_up_gently():
    sound = sine(1000, RATE, 1, 0.1)
    sound[RATE // 2] = 2.0
    out = joined(limited([sound], 0.5))
    audible = np.abs(sound) > 0.05
    gain = out[audible] / sound[audible]
    assert gain[0] == gain[-1] == 1.0
    assert np.abs(np.diff(gain)).max() < 0.05
