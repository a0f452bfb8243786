"""Unicode as keyboards, chat programmes, scanners and web pages leave it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.intake.charset import decode_bytes, repaired
from tests.audio.intake.corpus import SENTENCES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (unicodedata.normalize("NFD", "Đường Nguyễn Huệ"), "Đường Nguyễn Huệ"),
        ("Vie\u0323\u0302t va\u0300 Vi\u00ea\u0323t", "Việt và Việt"),
        ("mo\u0301\u0302t, \u00f3\u0302, o\u0301\u031b", "mốt, ố, ớ"),
        ("ha\u0300\u0300ng", "hàng"),
        ("công\u200ban\u2060 xã\ufeff", "côngan xã"),
        ("phòng\u00ad chống", "phòng chống"),
        ("500.000\u00a0đồng\u2009nữa", "500.000 đồng nữa"),
        ("Ðà Nẵng, ðường, Ɖà", "Đà Nẵng, đường, Đà"),
        ("C\u043eng \u0430n x\u0430\u0303", "Cong an xã"),
        ("\u0422\u0430m M\u1ef9", "Tam Mỹ"),
        ("ｃông ａｎ １１３", "công an 113"),
        ("ﬁle, ﬂash", "file, flash"),
        ("𝗖𝗼̂𝗻𝗴 𝗮𝗻", "Công an"),
        ("nǎm nay", "năm nay"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
    ],
)
def test_what_looks_the_same_becomes_the_same(typed, meant):
    assert repaired(typed) == meant
    assert decode_bytes(typed.encode()).text == meant


@pytest.mark.parametrize("text", ["Москва и Сочи", "Αθήνα", "m² – “trích” … ½", "kinh độ 108°20′", "naïve café"])
def test_what_is_meant_stays(text):
    assert repaired(text) == text


@given(st.text(max_size=60))
def test_repairing_twice_changes_nothing(text):
    once = repaired(text)
    assert repaired(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.sampled_from(SENTENCES), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_every_normal_form_is_the_same_text(sentence, form):
    assert repaired(unicodedata.normalize(form, sentence)) == sentence
