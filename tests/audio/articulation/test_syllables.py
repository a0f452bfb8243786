import unicodedata

import pytest

from audio.articulation.syllables import Syllable, syllable
from audio.reading.syllables import ONSETS, RIMES


def test_every_onset_and_rime_of_the_language_can_be_said():
    assert not [onset + rime for onset in ONSETS for rime in RIMES if syllable(onset + rime) is None]


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("nghiêng", Syllable("ng", "", "iê", "ng", "")),
        ("gì", Syllable("d", "", "i", "", "huyền")),
        ("giếng", Syllable("d", "", "iê", "ng", "sắc")),
        ("già", Syllable("d", "", "a", "", "huyền")),
        ("quốc", Syllable("c", "", "uô", "c", "sắc")),
        ("quyển", Syllable("c", "w", "iê", "n", "hỏi")),
        ("thuở", Syllable("th", "w", "ơ", "", "hỏi")),
        ("ngoẹo", Syllable("ng", "w", "e", "w", "nặng")),
        ("ưỡn", Syllable("", "", "ươ", "n", "ngã")),
    ],
)
def test_a_syllable_is_taken_apart_by_ear_not_by_letter(word, sounds):
    assert syllable(word) == sounds
    assert syllable(unicodedata.normalize("NFD", word).upper()) == sounds


@pytest.mark.parametrize("word", ["", "x", "karaoke", "ATM", "street", "a1", "uuu", "qu", "ng"])
def test_what_vietnamese_cannot_spell_is_no_syllable(word):
    assert syllable(word) is None
