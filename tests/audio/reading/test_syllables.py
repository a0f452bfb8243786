"""What is a Vietnamese syllable, and how damaged a text is that has few."""

import pytest

from audio.reading.syllables import damaged_share, is_syllable


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


def test_a_damaged_text_is_told_by_its_share():
    assert damaged_share("Kính thưa toàn thể bà con") == 0
    assert damaged_share("KÝnh th­a toµn thÓ bµ con") > 0.4
    assert damaged_share("123") == 0
