"""Photographs are read when tesseract is there with Vietnamese; the author is always told to compare."""

import struct
import zlib

import pypdfium2
import pytest

from audio.intake import ocr
from audio.intake.extract import extract
from tests.audio.intake import made
from tests.audio.intake.test_formats import FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ocr.is_installed(), reason="needs tesseract-ocr and tesseract-ocr-vie"),
]


@pytest.fixture(scope="module")
def picture():
    """(size, grey pixels) of the first page of a printed document."""
    bitmap = pypdfium2.PdfDocument(FILES / "full.pdf")[0].render(scale=200 / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    return (bitmap.width, bitmap.height), b"".join(lines)


def test_a_scan_is_read_with_a_warning(picture):
    scan = made.Pdf()
    scan.page([], image=picture)
    taken = extract(scan.bytes())
    assert "nhập ngũ mang theo niềm tin" in taken.text
    assert ocr.CHECK in taken.warnings


def test_a_photo_is_read_with_a_warning(picture):
    (width, height), grey = picture
    rows = b"".join(b"\0" + grey[y * width : (y + 1) * width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    photo = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    taken = extract(photo)
    assert taken.format == "photo"
    assert "Đường liên thôn" in taken.text
    assert ocr.CHECK in taken.warnings
