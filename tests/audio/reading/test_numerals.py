"""Numbers in words."""

import pytest

from audio.reading.numerals import Numerals, roman


@pytest.mark.parametrize(
    ("n", "spoken"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (2_000_005, "hai triệu không trăm linh năm"),
        (1_000_000_000_000, "một nghìn tỷ"),
    ],
)
def test_cardinals(n, spoken):
    assert Numerals().cardinal(n) == spoken


def test_a_number_of_absurd_length_is_said_digit_by_digit():
    assert Numerals().whole("1" * 25) == " ".join(["một"] * 25)


@pytest.mark.parametrize(("written", "value"), [("IV", 4), ("XXXIX", 39), ("IIII", None), ("VX", None), ("", None)])
def test_roman_numerals_have_one_spelling(written, value):
    assert roman(written) == value
