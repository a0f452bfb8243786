"""The charts: complete, without doubles, and as independent implementations have them."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.intake import codepages
from audio.intake.frequency import LETTERS
from tests.audio.intake import encoders

SMALL = sorted(c for c in LETTERS if c.islower() and not c.isascii())
CAPITALS = sorted(c for c in LETTERS if c.isupper() and not c.isascii())


def test_there_are_the_134_letters_with_marks():
    assert (len(SMALL), len(CAPITALS)) == (67, 67)


@pytest.mark.parametrize("name", ["vni", "cp1258", "viscii", "vps"])
@pytest.mark.parametrize("letter", SMALL + CAPITALS)
def test_every_letter_comes_back_in_both_cases(name, letter):
    assert codepages.DECODERS[name](encoders.LEGACY[name](letter)) == letter


@pytest.mark.parametrize("letter", [*SMALL, *"ĂÂĐÊÔƠƯ"])
def test_tcvn3_has_all_small_letters_and_seven_capitals(letter):
    assert codepages.tcvn3(encoders.tcvn3(letter)) == letter


def iconv(data, charset):
    return subprocess.run(["iconv", "-f", charset, "-t", "UTF-8"], input=data, capture_output=True, check=True).stdout


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is the independent witness")
@pytest.mark.parametrize(("charset", "name", "first"), [("TCVN", "tcvn5712", 0x80), ("VISCII", "viscii", 0x80)])
def test_our_charts_are_those_of_iconv(charset, name, first):
    for byte in [*range(1, 32), *range(first, 256)]:
        theirs = unicodedata.normalize("NFC", iconv(b"a" + bytes([byte]) + b" ", charset).decode())
        if not theirs[:1].isspace() and byte not in (9, 10, 11, 12, 13):
            assert codepages.DECODERS[name]("a" + codepages.as_stored(bytes([byte])) + " ") == theirs, hex(byte)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is the independent witness")
@pytest.mark.parametrize("letter", [*SMALL, *"ĂÂĐÊÔƠƯ"])
def test_tcvn3_is_the_lower_case_part_of_tcvn_5712(letter):
    byte = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN"], input=letter.encode(), capture_output=True, check=True
    ).stdout
    assert len(byte) == 1
    assert codepages.tcvn3(codepages.as_stored(byte)) == letter


@given(st.text(alphabet=SMALL + CAPITALS + list(" abcxyz.,?-"), max_size=40))
def test_cp1258_is_what_python_calls_cp1258(text):
    stored = encoders.cp1258(text)
    theirs = unicodedata.normalize("NFC", stored.encode("latin-1").decode("cp1258"))
    assert codepages.DECODERS["cp1258"](stored) == theirs == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("tr\xad\xeang h\xe4c", "trường học"),
        ("C\xa4NG AN T\xd8NH QU\xb6NG NAM", "CÔNG AN TỈNH QUẢNG NAM"),
        ("\xa7\xb5 N½ng", "Đà Nẵng"),
        ("B×nh, ®Þa, 35°C", "Bình, địa, 35°C"),
        ("“c«ng an” – …", "“công an” – …"),
    ],
)
def test_tcvn3_as_word_stored_it(stored, meant):
    assert codepages.tcvn3(stored) == meant


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa", "Cộng hòa xã hội chủ nghĩa"),
        ("thaúng, chaúng, naúng", "thẳng, chẳng, nẳng"),
        ("tî naïnh, TÎ", "tỵ nạnh, TỴ"),
        ("COÂNG AN XAÕ, Coâng an", "CÔNG AN XÃ, Công an"),
        ("ñöôïc, ÑÖÔÏC, Ñöôøng", "được, ĐƯỢC, Đường"),
        ("Aùnh saùng", "Ánh sáng"),
    ],
)
def test_vni_pairs_stand_for_one_letter(stored, meant):
    assert codepages.DECODERS["vni"](stored) == meant


@pytest.mark.parametrize(
    ("byte", "letter"),
    [
        (0x81, "Ả"),
        (0x88, "Ă"),
        (0x90, "Ế"),
        (0x9B, "ỷ"),
        (0x9E, "Ờ"),
        (0x91, "‘"),
        (0xC7, "đ"),
        (0xDC, "ư"),
        (0xD0, "Ư"),
    ],
)
def test_vps_codes_are_those_of_the_published_chart(byte, letter):
    assert codepages.DECODERS["vps"](codepages.as_stored(bytes([byte]))) == letter


@given(st.binary(max_size=60))
def test_no_byte_is_lost_on_the_way_to_cells(data):
    stored = codepages.as_stored(data)
    assert bytes(codepages.CELLS.get(ord(char), ord(char)) for char in stored) == data
