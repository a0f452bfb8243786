"""Files that are broken, cut, locked, swollen or something else: refused, never read silently wrong."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.errors import BadText
from audio.intake import AT_ONCE, kinds, package, pdf, take_bytes
from audio.intake.extract import extract
from audio.intake.worker import apart
from tests.audio.intake import made
from tests.audio.intake.corpus import BULLETINS, SENTENCES

FILES = Path(__file__).parent / "files"
LINES = SENTENCES[:6]
UNICODE = made.paragraphs("unicode", LINES)
SAMPLES = {
    "docx": made.as_docx(UNICODE),
    "odt": made.as_odt(UNICODE),
    "rtf": made.as_rtf(UNICODE),
    "html": made.as_html(UNICODE),
    "pdf": made.as_pdf(UNICODE),
    "doc": (FILES / "full.doc").read_bytes(),
}
# What has checksums can't be changed unseen. (In a PDF only the streams have.)
SEALED = ("docx", "odt")


def code(data):
    with pytest.raises(BadText) as refusal:
        extract(data)
    return refusal.value.code


@pytest.mark.parametrize("format", SAMPLES)
def test_a_file_that_was_cut_is_refused_or_said_to_be_cut(format):
    data = SAMPLES[format]
    whole = extract(data).text
    for share in (0.2, 0.5, 0.8, 0.95):
        try:
            taken = extract(data[: int(len(data) * share)])
        except BadText:
            continue
        assert taken.damaged or taken.text == whole


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_whatever_happens_to_a_file_it_ends_in_text_or_a_refusal(format, data):
    whole = bytearray(SAMPLES[format])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    whole = whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole
    try:
        taken = extract(bytes(whole))
    except BadText:
        return
    if format in SEALED and taken.format == format and not taken.doubtful:
        assert taken.text == extract(SAMPLES[format]).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made.zipped({"tin.txt": "Công an xã"}), "archive"),
        (made.zipped({"xl/workbook.xml": "<a/>"}), "sheet"),
        (made.zipped({"ppt/presentation.xml": "<a/>"}), "slides"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "archive"),
        (b"ID3\x03\0\0\0\0" + bytes(99), "sound"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(99), "sound"),
        (b"\0\0\0\x18ftypmp42" + bytes(99), "video"),
        (b"MZ\x90\0\x03" + bytes(99), "program"),
        (b"PK\x03\x04" + bytes(99), "broken"),
        (kinds.OLE + bytes(2000), "broken"),
        (b"%PDF-1.4\nnothing", "broken"),
        (b"\0" * 500, "empty"),
        (b"{\\rtf1 }", "empty"),
    ],
)
def test_what_is_no_bulletin_is_refused_by_its_content(data, kind):
    assert code(data) == kind


@pytest.mark.parametrize("format", SAMPLES)
def test_the_name_of_a_file_says_nothing(format, tmp_path):
    assert kinds.kind_of(SAMPLES[format]) == format
    assert take_bytes(SAMPLES[format], "tin.txt").format == format


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    body = "<text:p>" + "a" * 3_000_000 + "</text:p>"
    monkeypatch.setattr(package, "UNPACKED", 2_000_000)
    assert code(made.odt(body)) == "unpacked"


def test_xml_that_multiplies_or_nests_without_end_is_refused():
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    for content in (laughs, "<a>" * 100_000 + "</a>" * 100_000):
        data = made.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
        assert code(data) == "unpacked"


def test_a_pdf_whose_streams_swell_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "UNPACKED", 1000)
    assert code(SAMPLES["pdf"]) == "unpacked"


def test_a_book_is_refused():
    book = made.Pdf()
    for _ in range(pdf.PAGES + 1):
        book.page([(72, 700, "Công an xã", "Arial")])
    assert code(book.bytes()) == "too-many-pages"


def test_a_locked_file_says_that_it_is_locked():
    word = bytearray((FILES / "unicode.doc").read_bytes())
    header = word.index(struct.pack("<H", 0xA5EC))
    word[header + 0x0B] |= 0x01
    manifest = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}
    odt = made.zipped(manifest | {"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    assert code(bytes(word)) == "encrypted"
    assert code(odt) == "encrypted"
    assert code((FILES / "locked.pdf").read_bytes()) == "encrypted"
    assert code((FILES / "locked.docx").read_bytes()) == "encrypted"


def test_a_part_that_lies_about_its_size_is_broken():
    data = bytearray(SAMPLES["docx"])
    info = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo("word/document.xml")
    data[info.header_offset + 60] ^= 0xFF
    assert code(bytes(data)) == "broken"


@pytest.mark.parametrize("way", ["tcvn3", "vni", "unicode"])
def test_lost_letters_are_found_in_documents_too(way):
    text, font = made.paragraphs(way, [BULLETINS[0].replace("\n", " ")])[0][0]
    lossy = text.replace("\xad", "") if way == "tcvn3" else "".join(c if c.isascii() else "?" for c in text)
    assert extract(made.as_docx([[(lossy, font)]])).damaged


def test_the_worker_gives_what_reading_here_gives():
    for format in ("docx", "rtf"):
        assert apart(SAMPLES[format]) == extract(SAMPLES[format])


def test_the_worker_hands_refusals_on():
    with pytest.raises(BadText) as refusal:
        apart(made.zipped({"xl/workbook.xml": "<a/>"}))
    assert refusal.value.code == "sheet"


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(BadText) as refusal:
        apart(SAMPLES["docx"], seconds=0.001)
    assert refusal.value.code == "too-slow"


def test_a_code_page_that_nobody_knows_is_passed_over():
    assert extract(rb"{\rtf1\ansi\ansicpg1\deff0 xin ch\u224?o}").text == "xin chào"


def test_a_packed_stream_that_was_changed_is_damage():
    book = made.Pdf()
    for line in LINES[:2]:
        book.page([(72, 700, line, "Arial")])
    data = bytearray(book.bytes())
    data[data.rindex(b"endstream") - 20] ^= 0x10  # the second page's content
    assert pdf.BROKEN in extract(bytes(data)).damaged


def test_a_swollen_text_is_read_apart_and_a_bulletin_is_not():
    """What reads it apart is another process: its time is the children's."""
    line = SENTENCES[0] + "\n"
    swollen = (line * (AT_ONCE // len(line.encode()) + 1)).encode()
    began = os.times().children_user
    assert take_bytes(line.encode() * 20, "tin.txt").text.startswith(SENTENCES[0])
    assert os.times().children_user == began
    assert take_bytes(swollen, "tin.txt").text.count(SENTENCES[0]) == swollen.count(b"\n")
    assert os.times().children_user > began
