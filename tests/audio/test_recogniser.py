from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio import recogniser
from audio.recogniser import error_rate, far_off, heard
from audio.voices import open_voice

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "sentences" / "held-out.txt"


@pytest.mark.parametrize(
    ("meant", "understood", "rate"),
    [
        ("bà con nhân dân", "Bà con, nhân dân.", 0),
        ("bà con nhân dân", "bà con dân", 0.25),
        ("bà con nhân dân", "bà con nhân nhân dân", 0.25),
        ("bà con nhân dân", "cá con nhân dân", 0.25),
        ("bà con nhân dân", "", 1),
        ("", "", 0),
    ],
)
def test_errors_are_counted_in_syllables(meant, understood, rate):
    assert error_rate(meant, understood) == rate


def test_one_sentence_far_from_the_others_stands_out():
    assert far_off([0.45, 0.5, 0.4, 0.55, 0.5, 0.45, 0.6, 0.5, 1.0]) == [8]


def test_a_voice_that_is_always_misheard_is_not_flagged_everywhere():
    assert far_off([0.8] * 12) == []
    assert far_off([0.05, 0.0, 0.1, 0.0, 0.05, 0.1, 0.0, 0.05]) == []


def test_a_few_sentences_say_nothing():
    assert far_off([0.1, 0.1, 1.0]) == []


@given(st.lists(st.floats(0, 2), min_size=8, max_size=40))
def test_never_more_than_half_stand_out(rates):
    assert len(far_off(rates)) <= len(rates) / 2


@pytest.mark.slow
@pytest.mark.skipif(not recogniser.installed(), reason="the optional extra `listen` is not installed")
def test_a_sentence_whose_sound_is_another_is_found():
    texts = SENTENCES.read_text(encoding="utf-8").splitlines()[:9]
    voice = open_voice("espeak")
    sounds = [voice.speak(text) for text in texts]
    sounds[1] = sounds[1][::-1].copy()  # as loud and as long, but no speech
    found = far_off([error_rate(text, heard(sound)) for text, sound in zip(texts, sounds, strict=True)])
    assert 1 in found
    assert len(found) <= 2
