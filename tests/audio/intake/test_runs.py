"""Runs of a document: each by its font, then by what it says."""

import pytest

from audio.intake.charset import decode_runs
from audio.intake.codepages import as_stored
from audio.intake.model import Run
from tests.audio.intake import encoders
from tests.audio.intake.corpus import SENTENCES, fragments


def stored(encode, text):
    return as_stored(bytes(encoders.codepages.CELLS.get(ord(c), ord(c)) for c in encode(text)))


@pytest.mark.parametrize(
    ("font", "encode", "encoding"),
    [(".VnTime", encoders.tcvn3, "tcvn3"), ("VNI-Times", encoders.vni, "vni"), ("VNI Helve", encoders.vni, "vni")],
)
@pytest.mark.parametrize("text", fragments(100, seed=4) + fragments(60, seed=5, marked=1))
def test_four_words_in_a_font_that_tells_are_always_right(font, encode, encoding, text):
    decoded = decode_runs([(Run(stored(encode, text), font),)])
    assert decoded.text.casefold() == text.casefold()
    assert (decoded.encoding, decoded.other, decoded.damaged) == (encoding, None, ())


def test_a_capital_font_has_capitals_at_the_same_codes():
    paragraph = (Run("c«ng an", ".VnTimeH"), Run(" x· Tam Mü", ".VnTime"), Run(" TỔNG HỢP", "Times New Roman"))
    assert decode_runs([paragraph]).text == "CÔNG AN xã Tam Mỹ TỔNG HỢP"


def test_a_word_may_be_cut_between_runs_of_one_font():
    paragraph = (Run("tr\xad", ".VnTime"), Run("\xeang", ".VnArial"), Run(" ho", "VNI-Times"), Run("ïc", "VNI-Book"))
    assert decode_runs([paragraph]).text == "trường học"


def test_unicode_in_a_legacy_font_stays_unicode():
    decoded = decode_runs([(Run("Công an xã Tam Mỹ thông báo", ".VnTime"),)])
    assert (decoded.text, decoded.encoding) == ("Công an xã Tam Mỹ thông báo", "utf-8")


def test_legacy_text_without_its_font_is_found_by_what_it_says():
    paragraphs = [(Run(stored(encoders.tcvn3, s), "Times New Roman"),) for s in SENTENCES[:3]]
    decoded = decode_runs([*paragraphs, (Run("Xin cảm ơn bà con", "Arial"),)])
    assert decoded.text == "\n".join([*SENTENCES[:3], "Xin cảm ơn bà con"])
    assert decoded.encoding == "mixed"


def test_one_line_a_paragraph_and_one_a_line_end():
    assert decode_runs([(Run("một"), Run(" hai\nba")), (), (Run("bốn"),)]).text == "một hai\nba\n\nbốn"


def test_soft_hyphens_of_unicode_text_go():
    assert decode_runs([(Run("phòng\u00ad chống tội phạm"),)]).text == "phòng chống tội phạm"


def test_stripped_soft_hyphens_are_damage():
    assert decode_runs([(Run("trêng häc ®îc më réng", ".VnTime"),)]).damaged
