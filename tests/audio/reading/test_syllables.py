"""What is a Vietnamese syllable."""

import pytest

from audio.reading.syllables import is_syllable


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quốc",
        "giếng",
        "gì",
        "khuya",
        "thuở",
        "Ý",
        "DI",
        "VI",
        "huỳnh",
        "oát",
        "xã",
        "ưỡn",
        "yêu",
        "quýnh",
        "khuỷu",
    ],
)
def test_vietnamese_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["CAP", "CAT", "TNGT", "ANTT", "Wave", "tand", "zalo", "bt", "xuât", "cá́"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)
