"""Every format in every encoding that it can hold: word for word, with nobody asked."""

import itertools
from pathlib import Path

import pytest

from audio.intake.extract import extract
from tests.audio.intake import made
from tests.audio.intake.corpus import BULLETINS, SENTENCES

FILES = Path(__file__).parent / "files"
FORMATS = {
    "docx": made.as_docx,
    "odt": made.as_odt,
    "rtf": made.as_rtf,
    "html": made.as_html,
    "pdf": made.as_pdf,
}
NEVER = ("pdf", "mojibake")  # no programme writes it


def fold(way):
    return str.casefold if way.startswith("tcvn3") else str  # the set has no capitals with tones


@pytest.mark.parametrize(("format", "way"), [pair for pair in itertools.product(FORMATS, made.WAYS) if pair != NEVER])
def test_bulletins_come_back_word_for_word(format, way):
    for bulletin in BULLETINS:
        taken = extract(FORMATS[format](made.paragraphs(way, bulletin.split("\n"))))
        assert fold(way)(taken.text) == fold(way)(bulletin)
        assert (taken.format, taken.damaged, taken.other) == (format, (), None)


@pytest.mark.parametrize("way", sorted(made.LEGACY))
@pytest.mark.parametrize(
    ("format", "make"),
    [("rtf", lambda p: made.as_rtf(p, eight_bit=True)), ("html", made.as_eight_bit_html)],
)
def test_codes_as_bytes_come_back_too(format, make, way):
    for bulletin in BULLETINS:
        taken = extract(make(made.paragraphs(way, bulletin.split("\n"))))
        assert fold(way)(taken.text) == fold(way)(bulletin)
        assert (taken.format, taken.damaged, taken.other) == (format, (), None)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_of_unicode_is_read_whatever_it_says(charset):
    page = f"<html><meta charset=windows-1252><body><p>{SENTENCES[0]}</p></body></html>"
    assert extract(page.encode(charset)).text == SENTENCES[0]


def test_a_page_of_bytes_is_read_in_the_set_that_it_names():
    text = made.cells(made.encoders.cp1258(SENTENCES[0]))
    head = b"<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1258'></head><body><p>"
    assert extract(head + text + b"</p></body></html>").text == SENTENCES[0]


@pytest.mark.parametrize("way", ["unicode", "tcvn3", "vni"])
def test_files_of_word_97_come_back_word_for_word(way):
    taken = extract((FILES / f"{way}.doc").read_bytes())
    assert fold(way)(taken.text) == fold(way)(BULLETINS[0])
    assert (taken.format, taken.damaged, taken.other) == ("doc", (), None)


WRITTEN = {"doc": "doc", "odt": "odt", "rtf": "rtf", "docx": "docx"}


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_document_of_a_word_processor_reads_alike_in_every_format(suffix):
    taken = extract((FILES / f"full.{suffix}").read_bytes())
    assert taken.text == (FILES / "full.txt").read_text(encoding="utf-8").strip()
    assert {left.text: left.reason for left in taken.dropped} == {
        "ĐẦU TRANG KHÔNG ĐỌC": taken.dropped[[d.text for d in taken.dropped].index("ĐẦU TRANG KHÔNG ĐỌC")].reason,
        "Chân trang": taken.dropped[[d.text for d in taken.dropped].index("Chân trang")].reason,
        "chữ ẩn không đọc": "chữ ẩn",
        "bị xóa": "chữ đã xóa (theo dõi thay đổi)",
    }
    assert (taken.damaged, taken.other) == ((), None)


def test_a_printed_document_loses_its_margins():
    taken = extract((FILES / "full.pdf").read_bytes())
    assert "ĐẦU TRANG" not in taken.text
    assert "Chân trang" not in taken.text
    for sentence in SENTENCES[20:26]:
        assert sentence in taken.text  # whole: no line end inside it
