from itertools import repeat

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import files
from audio.bed import DUCKED_DB, OPEN_DB, laid_under
from audio.compose import compose
from audio.dsp import joined
from audio.format import RATE
from audio.loudness import decibels, measure
from audio.segments import Chime, Clip, Silence, Speech
from tests.audio.test_compose import Murmur

MUSIC = np.full(RATE, 0.5, np.float32)


def talk(seconds):
    return (0.2 * np.random.default_rng(1).standard_normal(round(seconds * RATE))).astype(np.float32)


def silence(seconds):
    return np.zeros(round(seconds * RATE), np.float32)


def bed_alone(*parts):
    spoken = np.concatenate(parts)
    return joined(laid_under([spoken], len(spoken), repeat(MUSIC), 1.0)) - spoken


def at(bed, second):
    return decibels(float(bed[round(second * RATE)]) / 0.5)


def test_the_bed_is_down_while_somebody_speaks_and_up_where_nobody_does():
    bed = bed_alone(talk(3), silence(3), talk(3))
    assert at(bed, 2) == at(bed, 7) == pytest.approx(DUCKED_DB, abs=0.1)
    assert at(bed, 4.5) == pytest.approx(OPEN_DB, abs=0.1)


def test_it_is_down_before_the_first_word_after_a_pause():
    bed = bed_alone(talk(3), silence(3), talk(3))
    assert at(bed, 5.95) == pytest.approx(DUCKED_DB, abs=0.1)


def test_it_does_not_come_up_between_two_sentences():
    bed = bed_alone(talk(3), silence(0.6), talk(3))
    assert max(at(bed, second) for second in (3.1, 3.3, 3.5)) == pytest.approx(DUCKED_DB, abs=0.1)


def test_it_comes_and_goes_without_a_click():
    bed = bed_alone(talk(2), silence(2), talk(2))
    assert abs(bed[0]) < 1e-6
    assert abs(bed[-1]) < 1e-4
    assert np.abs(np.diff(bed)).max() < 0.0002


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, RATE), min_size=1, max_size=8), st.integers(1, 3 * RATE))
def test_the_size_of_the_blocks_does_not_matter(sizes, length):
    spoken = talk(length / RATE)
    cuts = [cut for cut in np.cumsum(sizes) if cut < length]
    whole = joined(laid_under([spoken], length, repeat(MUSIC), 1.0))
    assert len(whole) == length
    assert np.allclose(joined(laid_under(np.split(spoken, cuts), length, repeat(MUSIC), 1.0)), whole, atol=1e-6)


@pytest.fixture
def music(tmp_path):
    moment = np.arange(4 * RATE) / RATE
    tone = 0.02 * np.sin(2 * np.pi * 330 * moment) * (1 + 0.5 * np.sin(2 * np.pi * 3 * moment))
    files.write(tmp_path / "m.wav", tone.astype(np.float32))
    files.import_clip(tmp_path / "m.wav", tmp_path / "bed.flac")
    return tmp_path / "bed.flac"


def test_a_programme_with_a_bed_stays_at_the_house_level_segment_by_segment(music, tmp_path):
    said = tuple(("một hai ba bốn năm sáu " * 3, 0.7) for _ in range(3))
    segments = [
        Chime("nhạc hiệu", "opening"),
        Speech("xướng", said, music),
        Silence(1.5, music),
        Speech("tin", said, music),
        Chime("nhạc cắt", "closing"),
    ]
    composed = compose(segments, tmp_path / "out.flac", voice=Murmur())
    plain = compose([Speech("tin", said)], tmp_path / "plain.flac", voice=Murmur())
    sound = files.load(composed.path)
    levels = [
        measure(sound[round(s.start_s * RATE) : round(s.end_s * RATE)]).lufs
        for s in composed.segments
        if s.kind != "silence"
    ]
    assert composed.lufs == pytest.approx(-16, abs=0.5)
    assert composed.true_peak_dbtp <= -1
    assert max(levels) - min(levels) < 1
    rest = composed.segments[2]
    pause = sound[round((rest.start_s + 0.7) * RATE) : round((rest.start_s + 0.9) * RATE)]
    assert measure(pause).lufs == pytest.approx(-16 + OPEN_DB, abs=2)
    assert plain.lufs == pytest.approx(composed.lufs, abs=0.5)


def test_a_bed_shorter_than_the_speech_begins_again(music, tmp_path):
    composed = compose(
        [Silence(2.3, music), Speech("a", (("một hai", 0.0),)), Silence(2.3, music)],
        tmp_path / "o.flac",
        voice=Murmur(),
    )
    assert composed.duration_s > 4
    bedded = [Clip(str(n), music, music) for n in range(3)]
    assert compose(bedded, tmp_path / "p.flac", voice=Murmur()).duration_s > 12
