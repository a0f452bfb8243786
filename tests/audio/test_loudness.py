from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import files
from audio.chimes import opening, siren
from audio.errors import BadAudio
from audio.format import RATE
from audio.loudness import Meter, measure
from audio.voices import open_voice
from tests.audio.ebur128 import ebur128


def sine(hertz, level_dbfs, seconds, phase=0.0):
    moment = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hertz * moment + phase)).astype(np.float32)


def noise(level_dbfs, seconds, seed=1):
    samples = np.random.default_rng(seed).uniform(-1, 1, round(seconds * RATE))
    return (10 ** (level_dbfs / 20) * samples).astype(np.float32)


@pytest.mark.parametrize("level", [-20, -30])
def test_a_sine_reads_as_the_standard_says(level):
    # BS.1770-4 annex 1: a 0 dB FS 997 Hz sine in one channel reads -3.01 LKFS.
    assert measure(sine(997, level, 5)).lufs == pytest.approx(level - 3.01, abs=0.02)


def test_quiet_passages_are_gated_out():
    # EBU Tech 3341, test case 3, with one channel instead of two: 10 s at -36, 60 s at -23, 10 s at -36.
    sound = np.concatenate([sine(1000, -33, 10), sine(1000, -20, 60), sine(1000, -33, 10)])
    assert measure(sound).lufs == pytest.approx(-23.0, abs=0.1)


def test_the_wave_between_the_samples_counts():
    # EBU Tech 3341, test case 16: at a quarter of the sampling rate and 45 degrees, no sample is on the peak.
    sound = sine(RATE / 4, -6.02, 1, phase=np.pi / 4)
    assert np.abs(sound).max() == pytest.approx(0.5 / np.sqrt(2), abs=0.001)
    assert measure(sound).true_peak_dbtp == pytest.approx(-6.02, abs=0.3)


SOUNDS = {
    "speech": lambda: open_voice("espeak").speak("Kính thưa bà con, trộm cau, trộm chó, trộm xe máy vào ban đêm."),
    "chime": opening,
    "siren": siren,
    "noise": lambda: noise(-12, 3),
    "loud and quiet": lambda: np.concatenate([noise(-10, 2), noise(-40, 3), sine(440, -15, 2)]),
    "hot sine": lambda: sine(11_025, -0.5, 2, phase=0.7) * np.hanning(2 * RATE).astype(np.float32),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_it_agrees_with_ffmpeg(name, tmp_path):
    path = tmp_path / "sound.wav"
    files.write(path, SOUNDS[name]())
    lufs, peak = ebur128(path)
    ours = measure(path)
    assert ours.lufs == pytest.approx(lufs, abs=0.1)
    assert ours.true_peak_dbtp == pytest.approx(peak, abs=0.2)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 20_000), max_size=12))
def test_the_size_of_the_blocks_does_not_matter(sizes):
    sound = noise(-20, 1)
    meter = Meter()
    for block in np.split(sound, sorted(size for size in np.cumsum(sizes) if size < len(sound))):
        meter.add(block)
    whole = measure(sound)
    assert meter.integrated() == pytest.approx(whole.lufs, abs=1e-6)
    assert meter.true_peak_dbtp() == pytest.approx(whole.true_peak_dbtp, abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.floats(-40, 20))
def test_a_gain_moves_both_by_as_much(gain):
    sound = noise(-20, 1)
    before, after = measure(sound), measure((sound * 10 ** (gain / 20)).astype(np.float32))
    assert after.lufs - before.lufs == pytest.approx(gain, abs=0.01)
    assert after.true_peak_dbtp - before.true_peak_dbtp == pytest.approx(gain, abs=0.01)


def test_silence_and_nothing_have_no_loudness():
    for sound in (np.zeros(RATE, np.float32), np.zeros(0, np.float32)):
        assert (measure(sound).lufs, measure(sound).true_peak_dbtp) == (-inf, -inf)


def test_one_short_word_has_a_level_too():
    assert measure(sine(997, -20, 0.3)).lufs == pytest.approx(-23, abs=0.3)


def test_a_file_that_is_no_sound_is_bad_audio(tmp_path):
    (tmp_path / "x.mp3").write_text("không phải âm thanh")
    with pytest.raises(BadAudio, match="not decodable"):
        measure(tmp_path / "x.mp3")
