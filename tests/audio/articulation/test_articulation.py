"""The synthesiser by measurement: pitch, formants and silences are where the tables put them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.articulation import RATE, articulate
from audio.articulation.score import written
from audio.reading.syllables import ONSETS, RIMES


def pitches(text):
    """Hz over time while the voice is loud, as the score has it."""
    movement = written(text).movement()
    return movement.pitch[movement.voice > 0.5]


def heard_pitch(samples):
    """Hz by autocorrelation in the middle of the sound."""
    middle = len(samples) // 2
    piece = samples[middle - 480 : middle + 480].astype(float)
    echo = np.correlate(piece, piece, "full")[len(piece) - 1 :]
    return RATE / (40 + np.argmax(echo[40:160]))


def share_above(samples, hertz):
    power = np.abs(np.fft.rfft(samples.astype(float))) ** 2
    return power[np.fft.rfftfreq(len(samples), 1 / RATE) >= hertz].sum() / power.sum()


def test_the_level_tone_is_level_and_high():
    level = pitches("ba")
    assert max(level) / min(level) < 1.12
    assert np.median(level) > np.median(pitches("bà"))


def test_the_pitch_of_the_score_is_the_pitch_of_the_sound():
    assert heard_pitch(articulate("a")) == pytest.approx(np.median(pitches("a")), rel=0.03)


@pytest.mark.parametrize(("word", "rises"), [("má", True), ("mã", True), ("mà", False), ("mạ", False)])
def test_tones_go_where_they_should(word, rises):
    pitch = pitches(word)
    assert (pitch[-1] > pitch[0]) == rises
    assert max(pitch) / min(pitch) > 1.15


def test_six_tones_are_six_sounds():
    assert len({articulate(word).tobytes() for word in ("ma", "má", "mà", "mả", "mã", "mạ")}) == 6


def test_front_and_back_vowels_differ_in_the_second_formant():
    assert share_above(articulate("mi"), 2000) > 4 * share_above(articulate("mu"), 2000)


def test_a_hiss_is_high_and_a_stop_is_silent_before_it_opens():
    assert share_above(articulate("xa")[: RATE // 10], 4000) > 0.7
    assert not articulate("ta")[: RATE // 20].any()


def test_a_stopped_syllable_ends_in_silence_before_the_next():
    """The closure of "t" is heard as a gap that "n" doesn't have."""

    def quietest(text):
        wave = articulate(text)
        windows = wave[: len(wave) // 160 * 160].reshape(-1, 160)
        return np.sqrt(np.mean(windows**2, axis=1))[12:-12].min()

    assert quietest("mát ma") < 0.1 * quietest("mán ma")


def test_a_comma_is_a_rest_and_marks_at_the_ends_are_none():
    whole = len(articulate("bà con"))
    assert len(articulate("bà, con")) > whole + RATE // 10
    assert len(articulate("“bà con.”")) == whole


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ONSETS), st.sampled_from(sorted(RIMES))), min_size=1, max_size=4))
def test_any_syllables_give_sound_that_fits_and_repeats(pairs):
    text = " ".join(onset + rime for onset, rime in pairs)
    sound = articulate(text)
    assert np.isfinite(sound).all()
    assert 0.01 < np.abs(sound).max() < 1
    assert np.array_equal(sound, articulate(text))


def test_nothing_to_say_is_silence():
    assert not articulate("").any()
    assert not articulate("... 😀 xyz").any()
