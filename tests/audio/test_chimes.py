import numpy as np
import pytest

from audio.chimes import CHIMES, closing, opening, siren
from audio.format import RATE
from audio.loudness import measure
from audio.mastering import TARGET_LUFS


@pytest.mark.parametrize(("chime", "seconds"), [(opening, 5), (closing, 4), (siren, 1.5)])
def test_it_lasts_as_long_as_it_should(chime, seconds):
    assert len(chime()) == seconds * RATE


@pytest.mark.parametrize("name", CHIMES)
def test_it_does_not_clip_click_or_fall_silent(name):
    sound = CHIMES[name]()
    assert sound.dtype == np.float32
    assert 0.1 < np.abs(sound).max() < 0.51
    assert abs(sound[0]) < 0.001
    loud = np.flatnonzero(np.abs(sound) > 0.001)
    assert np.diff(loud).max() < RATE // 20
    assert loud[-1] > len(sound) - RATE // 10


def pitches(sound, at_s):
    """The strongest frequency at each of some moments, in Hz."""
    strongest = []
    for second in at_s:
        piece = sound[round(second * RATE) : round((second + 0.2) * RATE)]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 8 * len(piece)))
        strongest.append(spectrum.argmax() * RATE / (8 * len(piece)))
    return strongest


def test_the_opening_rises_and_the_closing_comes_down():
    rising = pitches(opening(), (0.1, 0.55, 1.0, 1.45))
    falling = pitches(closing(), (0.1, 0.6, 1.1, 1.6, 2.2))
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)


def test_the_siren_is_as_loud_as_speech_without_being_levelled_and_can_follow_itself():
    assert measure(np.tile(siren(), 3)).lufs == pytest.approx(TARGET_LUFS, abs=0.3)
    steps = np.abs(np.diff(np.tile(siren(), 2)))
    assert steps.max() == np.abs(np.diff(siren())).max()  # the seam is no edge


def test_the_siren_changes_between_two_tones():
    assert pitches(siren(), (0.1, 0.475, 0.85)) == pytest.approx([950, 650, 950], abs=15)


def test_the_three_are_told_apart():
    start = {name: pitches(make(), (0.1,))[0] for name, make in CHIMES.items()}
    assert len({round(hertz / 50) for hertz in start.values()}) == 3
