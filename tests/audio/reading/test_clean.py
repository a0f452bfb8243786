"""Characters that look the same."""

import unicodedata

import pytest

from audio.reading import normalise


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Tаm Mỹ", "Tam Mỹ"),
        ("an\u200bninh", "anninh"),
        ("an\u00a0ninh", "an ninh"),
        ("20m²", "20m2"),
        ("cột\tcột", "cột cột"),
        ("1️⃣Khóa cửa", "1. Khóa cửa"),
        ("Vie\u0323\u0302t", "Việt"),
        ("e\u0301\u0302", "ế"),
        ("dòng\r\ndòng", "dòng\ndòng"),
    ],
)
def test_what_looks_the_same_becomes_the_same(pasted, clean):
    assert normalise(pasted) == clean
