"""Slower and faster speech: as long as asked, at the same pitch and level, without a seam."""

import numpy as np
import pytest

from audio.format import RATE
from audio.tempo import stretched

FACTORS = [1 / 1.2, 0.9, 1.05, 1.25]


def vowel(hertz=140.0, seconds=2.0):
    """A voice-like wave: a fundamental that wavers, with its partials."""
    moment = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(hertz * (1 + 0.03 * np.sin(2 * np.pi * 3 * moment))) / RATE
    return (0.2 * sum(np.sin(n * phase) / n for n in range(1, 8))).astype(np.float32)


def pitch(samples):
    """The strongest period between 70 and 400 Hz in the middle of a sound, in Hz."""
    middle = samples[len(samples) // 2 - 4800 : len(samples) // 2 + 4800].astype(np.float64)
    likeness = np.correlate(middle, middle, "full")[len(middle) - 1 :]
    shortest, longest = RATE // 400, RATE // 70
    return RATE / (shortest + int(np.argmax(likeness[shortest:longest])))


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("hertz", [85.0, 140.0, 260.0])
def test_length_changes_and_pitch_and_level_stay(factor, hertz):
    before = vowel(hertz)
    after = stretched(before, factor)
    assert len(after) == round(len(before) * factor)
    assert after.dtype == np.float32
    assert pitch(after) == pytest.approx(hertz, rel=0.06)
    assert np.std(after) == pytest.approx(np.std(before), rel=0.05)


@pytest.mark.parametrize("factor", FACTORS)
def test_there_is_no_seam(factor):
    """A click is a jump from one sample to the next that the sound itself never makes."""
    before = vowel()
    assert np.abs(np.diff(stretched(before, factor))).max() <= 1.3 * np.abs(np.diff(before)).max()


@pytest.mark.parametrize("factor", FACTORS)
def test_silence_stays_where_it_is(factor):
    sound = np.concatenate([vowel(seconds=0.5), np.zeros(RATE // 2, np.float32), vowel(seconds=0.5)])
    after = stretched(sound, factor)
    quiet = after[round(0.6 * factor * RATE) : round(0.9 * factor * RATE)]
    assert np.abs(quiet).max() < 1e-4
    assert np.abs(after[: RATE // 10]).max() > 0.1


@pytest.mark.parametrize("frames", [0, 1, 100, 1439, 1440, 5000])
def test_the_shortest_sounds_have_their_length_too(frames):
    assert len(stretched(vowel()[:frames], 1.2)) == round(frames * 1.2)


def test_the_same_sound_gives_the_same_bytes():
    assert stretched(vowel(), 1.1).tobytes() == stretched(vowel(), 1.1).tobytes()
