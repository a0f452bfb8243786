"""Lost letters are found and named with their place; good text is left in peace."""

import re
import unicodedata

import pytest

from audio.intake import damage
from audio.intake.charset import decode_bytes
from tests.audio.intake import encoders
from tests.audio.intake.corpus import BULLETINS, SENTENCES


def damaged(text):
    return decode_bytes(text.encode()).damaged


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Công an b?o v? bình yên", "b?o"),
        ("tu?n tra ban ?êm", "tu?n"),
        ("?y ban nhân dân xã", "?y"),
        ("ng??i dân tr??ng h?c", "ng??i"),
        ("Công an xã b\ufffdo vệ", "b\ufffdo"),
        ("ph ng ch ng t i ph m", "ph ng"),
        ("phng chng ti phm theo lut", "phng"),
        ("Cng an phng chng ma ty", "phng"),
        ("trờng học đợc mở, nớc lên", "trờng"),
        ("cỏch phũng trỏnh thỡ bà con nờn nhớ", "cỏch"),
    ],
)
def test_lost_letters_are_named_with_their_line(text, word):
    found = damaged(f"Công an xã thông báo.\n{text}")
    assert found
    assert all(place.startswith("dòng 2") for place in found)
    assert any(word in place for place in found)


def lossy(codec):
    return lambda text: text.encode(codec, "replace").decode(codec)


WAYS = {
    "to ASCII with question marks": lossy("ascii"),
    "to cp1252 with question marks": lossy("cp1252"),
    "to cp1252 with replacement characters": lambda text: re.sub(r"[^\x00-\xff–“”…]", "\ufffd", text),
    "letters outside ASCII dropped": lambda text: re.sub(r"[^\x00-\x7f]", "", text),
    "letters outside ASCII as spaces": lambda text: re.sub(r"[^\x00-\x7f]", " ", text),
    "letters outside Latin-1 dropped": lambda text: re.sub(r"[^\x00-\xff]", "", text),
    "letters outside Latin-1 as spaces": lambda text: re.sub(r"[^\x00-\xff]", " ", text),
    "TCVN3 without its soft hyphens": lambda text: encoders.tcvn3(text).replace("\xad", ""),
    "every tenth accented letter a question mark": lambda text: re.sub(
        r"((?:[^\x80-\uffff]*[\x80-\uffff]){9}[^\x80-\uffff]*)[\x80-\uffff]", r"\1?", text
    ),
    "mojibake cut off inside letters": lambda text: re.sub("\x90|\x9d|\x81", "", encoders.mojibake(text)),
}


@pytest.mark.parametrize("bulletin", BULLETINS)
@pytest.mark.parametrize("way", WAYS)
def test_a_bulletin_that_lost_letters_is_never_taken_for_whole(way, bulletin):
    assert WAYS[way](bulletin) != bulletin
    assert damaged(WAYS[way](bulletin))


SHORT_WAYS = [way for way in WAYS if "ASCII" in way or "Latin-1" in way or "cp1252" in way]


@pytest.mark.parametrize("way", SHORT_WAYS)
def test_nine_of_ten_single_sentences_that_lost_letters_are_noticed(way, record_property):
    noticed = sum(bool(damaged(WAYS[way](sentence))) for sentence in SENTENCES) / len(SENTENCES)
    record_property("noticed", noticed)
    assert noticed >= 0.88


@pytest.mark.parametrize("text", [*SENTENCES, *BULLETINS])
def test_good_text_has_no_damage(text):
    assert damaged(text) == ()


def test_tcvn3_with_its_soft_hyphens_has_no_damage():
    for sentence in SENTENCES:
        assert damage.found(encoders.codepages.tcvn3(encoders.tcvn3(sentence)), "ư" not in sentence) == [], sentence


def test_a_cut_off_file_tells_where():
    data = "Công an xã Tam Mỹ".encode()[:-1]
    assert decode_bytes(data).damaged == ("dòng 1: “M\ufffd” có chữ đã mất (\ufffd)",)


def test_a_long_list_of_places_is_shortened():
    found = damaged("\n".join(["b?o v? tr?t t?"] * 30))
    assert len(found) == damage.MOST + 1
    assert found[-1].startswith("và ")


def test_text_without_accents_is_warned_about():
    bare = "".join(c for c in unicodedata.normalize("NFD", " ".join(SENTENCES[:2])) if c.isascii())
    assert any("không có dấu" in warning for warning in decode_bytes(bare.encode()).warnings)
    assert not decode_bytes(b"Please call the police station at once if you see them.").warnings
