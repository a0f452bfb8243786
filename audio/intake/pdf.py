"""PDF files: the text of their pages with fonts and places, through PDFium; pages that are photographs go to OCR."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from audio.errors import BadText
from audio.intake import ocr, pdflayout
from audio.intake.model import Document, Paragraph, Run, written
from audio.intake.pdflayout import Piece, Row
from audio.intake.softhyphens import put_back
from audio.intake.symbols import meant

PAGES = 100
OCR_PAGES = 5  # some 10 s each
DPI = 300
UNPACKED = 1024 * 1024 * 1024  # bytes of all streams; a colour scan of 20 pages has some 500 MB
CHUNK = 1024 * 1024
LETTERS = 200_000  # in all; a bulletin has a tenth of that
WIDE = 1.6  # of the letters' size: a gap between columns or cells
WORD = 0.18  # of the letters' size: a gap between words that the file doesn't write
HYPHEN = "\x02"  # how PDFium tells a hyphen at the end of a line
SUBSET = re.compile(r"^[A-Z]{6}\+")
FLATE = re.compile(rb"/FlateDecode(?:(?!endobj).){0,400}?stream\r?\n", re.DOTALL)
LATER_FILTER = re.compile(rb"\[\s*/\w+[^\]]*$")  # "[/ASCII85Decode" before it
BROKEN = "tệp PDF hỏng một phần, có thể thiếu chữ"
INVISIBLE = 3  # render mode of a text layer under a scan


def read_pdf(data: bytes) -> Document:
    """Raises BadText broken, encrypted, unpacked, too-many-pages, scan."""
    damaged = [BROKEN] if _is_cut(data) or _has_broken_streams(data) else []
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadText("encrypted" if "password" in str(error).lower() else "broken") from error
    if not count:
        raise BadText("broken")
    if count > PAGES:
        raise BadText("too-many-pages")
    pages, scanned, warnings = [], [], []
    for number in range(count):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError as error:
            raise BadText("broken") from error
        pieces = _pieces(page)
        pages.append(pieces)
        if sum(len(piece.text.strip()) for piece in pieces) < ocr.FEW and _has_image(page):
            scanned.append(number)
        elif pieces and _is_layer(page):
            warnings.append(f"trang {number + 1}: lớp chữ do máy nhận dạng, hãy đối chiếu với bản gốc")
        page.close()
    has_text = any(pieces for number, pieces in enumerate(pages) if number not in scanned)
    if scanned and not has_text and not ocr.is_installed():
        raise BadText("scan")
    read = _read_scans(pdf, scanned[:OCR_PAGES]) if ocr.is_installed() else {}
    damaged += [f"trang {n + 1}: là ảnh, chữ trong đó chưa đọc được" for n in scanned if n not in read]
    if read:
        warnings.append(ocr.CHECK)
    rows, left = pdflayout.without_margins([pdflayout.rows_of(put_back(pieces)) for pieces in pages])
    flow: list[Paragraph] = []
    for first, last in _stretches(rows, read):
        flow += pdflayout.paragraphs(rows[first:last]) if first not in read else read[first]
    pdf.close()
    return Document(tuple(flow), tuple(left), tuple(warnings), tuple(damaged))


def _stretches(rows: list[list[Row]], read: dict[int, list[Paragraph]]) -> Iterator[tuple[int, int]]:
    """Pages in a row that are text, and single pages that were recognised."""
    start = 0
    for number in range(len(rows)):
        if number in read:
            yield from [(start, number)] if start < number else []
            yield number, number + 1
            start = number + 1
    if start < len(rows):
        yield start, len(rows)


def _read_scans(pdf: Any, numbers: list[int]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {}
    for number in numbers:
        bitmap = pdf[number].render(scale=DPI / 72, grayscale=True)
        header = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        lines = bytes(bitmap.buffer)
        rows = b"".join(lines[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
        found[number] = [(Run(line),) for line in ocr.recognised(header + rows).split("\n")]
    return found


def _is_cut(data: bytes) -> bool:
    return b"%%EOF" not in data[-2048:]


def _has_broken_streams(data: bytes) -> bool:
    """PDFium passes over what it can't unpack; the checksums of the streams tell. Raises BadText unpacked."""
    if b"/Encrypt" in data:
        return False
    total = 0
    for match in FLATE.finditer(data):
        if LATER_FILTER.search(data[max(match.start() - 60, 0) : match.start()]):
            continue  # what begins here is another filter's
        unpacker, at, rest = zlib.decompressobj(), match.end(), b""
        try:
            while not unpacker.eof and (rest or at < len(data)):
                if not rest:
                    rest, at = data[at : at + CHUNK // 16], at + CHUNK // 16
                total += len(unpacker.decompress(rest, CHUNK))
                rest = unpacker.unconsumed_tail
                if total > UNPACKED:
                    raise BadText("unpacked")
        except zlib.error:
            return True
        if not unpacker.eof:
            return True
    return False


def _has_image(page: Any) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _is_layer(page: Any) -> bool:
    """All of its text is invisible: somebody's OCR has been over it."""
    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    modes = [raw.FPDFTextObj_GetTextRenderMode(text.raw) for text in texts]
    return bool(modes) and all(mode == INVISIBLE for mode in modes)


def _pieces(page: Any) -> list[Piece]:
    """The page's text, cut at line ends and at wide gaps."""
    text = page.get_textpage()
    handle = text.raw
    count = raw.FPDFText_CountChars(handle)
    if count > LETTERS:
        raise BadText("unpacked")
    fonts: dict[int | None, tuple[str, float]] = {}  # of each text object, its name and size
    found: list[Piece] = []
    open_piece = _Open()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    for i in range(count):
        char = chr(raw.FPDFText_GetUnicode(handle, i))
        if raw.FPDFText_HasUnicodeMapError(handle, i) or char == "\0":
            char = "\ufffd"
        if raw.FPDFText_IsGenerated(handle, i):
            open_piece.space(generated=True)
            continue
        raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetLooseCharBox(handle, i, ctypes.byref(box))
        if char.isspace():
            open_piece.space(generated=False)
            continue
        owner = ctypes.cast(raw.FPDFText_GetTextObject(handle, i), ctypes.c_void_p).value
        if owner not in fonts:
            fonts[owner] = _font_of(handle, i), _size_of(handle, i)
        font, size = fonts[owner]
        if not open_piece.takes(box.left, y.value, size):
            found += open_piece.done()
        open_piece.add("-" if char == HYPHEN else meant(char, font), font, box.left, box.right, y.value, size)
    return found + open_piece.done()


def _font_of(handle: Any, i: int) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, i, None, 0, ctypes.byref(flags))
    if not 0 < length < 1000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(handle, i, buffer, length, ctypes.byref(flags))
    return SUBSET.sub("", buffer.value.decode("utf-8", "replace"))


def _size_of(handle: Any, i: int) -> float:
    """As it is on the page: the font's size may be 1, and the matrix make it 12."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, i, ctypes.byref(matrix))
    return float(raw.FPDFText_GetFontSize(handle, i)) * (math.hypot(matrix.c, matrix.d) or 1.0) or 1.0


class _Open:
    """A piece that is growing."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._x0 = self._x1 = self._y = self._size = self._word = 0.0
        self._gap = False

    def space(self, generated: bool) -> None:
        self._gap = self._gap or bool(self._runs)

    def takes(self, left: float, y: float, size: float) -> bool:
        if not self._runs:
            return True
        reach = max(self._size, size)
        return abs(y - self._y) < 0.5 * reach and -reach < left - self._x1 < WIDE * reach

    def add(self, char: str, font: str, left: float, right: float, y: float, size: float) -> None:
        if not self._runs:
            self._x0, self._y, self._size, self._word, self._gap = left, y, size, 0.0, False
        elif self._gap or left - self._x1 > WORD * self._size:
            self._word = self._word or self._x1 - self._x0
            self._put(" ", self._runs[-1].font)
        self._gap = False
        self._put(char, font)
        self._x1 = max(self._x1, right) if len(self._runs) > 1 or len(self._runs[0].text) > 1 else right

    def done(self) -> list[Piece]:
        runs, self._runs = tuple(self._runs), []
        if not written(runs).strip():
            return []
        return [Piece(runs, self._x0, self._x1, self._y, self._size, self._word or self._x1 - self._x0)]

    def _put(self, text: str, font: str) -> None:
        if self._runs and self._runs[-1].font == font:
            self._runs[-1] = Run(self._runs[-1].text + text, font)
        else:
            self._runs.append(Run(text, font))
