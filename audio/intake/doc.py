"""Word 97-2003 files (.doc): the body as a reader sees it, with the font of every run."""

from __future__ import annotations

import struct

from audio.errors import BadText
from audio.intake.codepages import STORED
from audio.intake.docbinary import CHARACTERS, PARAGRAPHS, STORIES, Binary, Properties, properties
from audio.intake.doclook import Lists, Styles, fonts_of
from audio.intake.model import Asides, Document, Paragraph, Run, row_of, written
from audio.intake.symbols import meant

DELETED, HIDDEN, SPECIAL, STYLE, SYMBOL = 0x0800, 0x083C, 0x0855, 0x4A30, 0x6A09
FONT, FONT_HIGH = 0x4A4F, 0x4A51
IN_TABLE, ROW_END, LEVEL, LIST = 0x2416, 0x2417, 0x260A, 0x460B
BORDERS = {0xD605: 4, 0xD613: 8}  # property → bytes a border
CELLS = 0xD608
ENDS = frozenset("\r\x07\x0c")
SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "\xad", "\t": "\t", "\xa0": "\xa0"}
PICTURES = frozenset("\x01\x08")
MARKS = frozenset("\x02\x03\x04\x05")  # of notes and comments, and the lines between them
LEFT = {"footnotes": "chú thích cuối trang", "headers": "đầu trang, chân trang", "comments": "ghi chú bên lề",
        "endnotes": "chú thích cuối bài", "header boxes": "đầu trang, chân trang"}  # fmt: skip
LAYOUT = 2  # columns; letterheads and signatures stand in such tables, without lines


def read_doc(data: bytes) -> Document:
    """Raises BadText broken, encrypted, old-word, sheet, slides, binary."""
    binary = Binary(data)
    try:
        walk = _Walk(binary)
        walk.read()
    except (struct.error, IndexError, OverflowError, MemoryError) as error:
        raise BadText("broken") from error
    warnings = (f"Tệp có {walk.pictures} hình; chữ trong hình không đọc được.",) if walk.pictures else ()
    return Document(tuple(walk.lines), tuple(walk.left.found), warnings)


class _Walk:
    def __init__(self, binary: Binary) -> None:
        self._binary = binary
        self._fonts, self._styles, self._lists = fonts_of(binary), Styles(binary), Lists(binary)
        self._characters, self._paragraphs = binary.overlay(CHARACTERS), binary.overlay(PARAGRAPHS)
        self.lines: list[Paragraph] = []
        self.left = Asides()
        self.pictures = 0
        self._story = STORIES[0]
        self._fields: list[bool] = []  # of each open field, whether its result has begun
        self._line: list[Run] = []
        self._cell: list[Paragraph] = []
        self._row: list[list[Paragraph]] = []

    def read(self) -> None:
        """All stories; those that aren't the body are left out."""
        stories = iter([(name, self._binary.counts[name]) for name in STORIES])
        name, rest = next(stories)
        for stretch in self._binary.stretches():
            at = 0
            while at < len(stretch.text):
                while rest == 0:
                    self._end_story()
                    name, rest = next(stories, ("", -1))
                if not name:
                    return
                self._story = name
                place = stretch.place + at * stretch.width
                stored, change = self._characters.at(place)
                above, next_above = self._paragraphs.at(place)
                until = (min(change, next_above) - place + stretch.width - 1) // stretch.width
                count = max(1, min(until, rest, len(stretch.text) - at))
                self._take(stretch.text[at : at + count], properties(stored), above, stretch.width == 1)
                at, rest = at + count, rest - count
        if name == STORIES[0] and rest > 0:
            raise BadText("broken")
        self._end_story()

    def _take(self, text: str, said: Properties, above: bytes, is_bytes: bool) -> None:
        style = struct.unpack_from("<H", above, 0)[0] if len(above) >= 2 else 0
        paragraph, ground = self._styles.of(style)
        paragraph = paragraph | properties(above[2:])
        if STYLE in said:
            ground = ground | self._styles.of(struct.unpack("<H", said[STYLE])[0])[1]
        look = ground | said
        special = _is_on(said.get(SPECIAL), False)
        hidden = _is_on(said.get(HIDDEN), _is_on(ground.get(HIDDEN), False))
        gone = "chữ đã xóa (theo dõi thay đổi)" if _is_on(said.get(DELETED), False) else "chữ ẩn" if hidden else ""
        if special and SYMBOL in said and len(said[SYMBOL]) == 4:
            font, code = struct.unpack("<HH", said[SYMBOL])
            self._put(meant(chr(0xF000 | code & 0xFF), self._font_name(font)) * len(text), "", gone)
            return
        start = 0
        for i, char in enumerate(text):
            if char in ENDS or char < " " or char == "\xa0":
                self._words(text[start:i], look, gone, is_bytes)
                start = i + 1
                self._sign(char, paragraph, look, gone)
        self._words(text[start:], look, gone, is_bytes)

    def _sign(self, char: str, paragraph: Properties, look: Properties, gone: str) -> None:
        if char in ENDS:
            if not (gone and char == "\r"):
                self._end(char, paragraph)
        elif char == "\x13":
            self._fields.append(False)
        elif char == "\x14" and self._fields:
            self._fields[-1] = True
        elif char == "\x15" and self._fields:
            self._fields.pop()
        elif char in SIGNS:
            self._put(SIGNS[char], self._font(SIGNS[char], look), gone)
        elif char in PICTURES:
            self.pictures += self._story == STORIES[0]
        elif char not in MARKS:
            self._put("\ufffd", "", gone)

    def _words(self, text: str, look: Properties, gone: str, is_bytes: bool) -> None:
        if text:
            font = self._font(text, look)
            text = "".join(STORED[ord(c)] for c in text) if is_bytes else text
            self._put(meant(text, font), font, gone)

    def _put(self, text: str, font: str, gone: str) -> None:
        if not all(self._fields):
            return
        if gone:
            self.left.add(Run(text, font), gone)
        else:
            self._line.append(Run(text, font))

    def _end(self, char: str, paragraph: Properties) -> None:
        if self._line or char == "\r":
            use, level = paragraph.get(LIST, b"\0\0"), paragraph.get(LEVEL, b"\0")
            label = self._lists.label(struct.unpack("<h", use)[0], level[0]) if self._story == STORIES[0] else ""
            if label and written(tuple(self._line)).strip():
                self._line.insert(0, Run(label))
        line, self._line = tuple(self._line), []
        self.left.end()
        if self._story in LEFT:
            self.left.whole(line, LEFT[self._story])
        elif not _is_on(paragraph.get(IN_TABLE), False):
            self.lines.append(line)
        elif _is_on(paragraph.get(ROW_END), False):
            self._end_row(paragraph)
        else:
            self._cell.append(line)
            if char == "\x07":
                self._row.append(self._cell)
                self._cell = []

    def _end_row(self, paragraph: Properties) -> None:
        row, self._row, self._cell = self._row, [], []
        if len(row) <= LAYOUT and not _has_borders(paragraph):
            self.lines += [line for cell in row for line in cell]
        else:
            self.lines.append(row_of(row))

    def _end_story(self) -> None:
        if self._line:
            self._end("\r", {})
        if self._row or self._cell:
            self.lines += [line for cell in [*self._row, self._cell] for line in cell]
            self._row, self._cell = [], []
        self._fields = []

    def _font(self, text: str, look: Properties) -> str:
        stored = look.get(FONT if text.isascii() else FONT_HIGH) or look.get(FONT)
        return self._font_name(struct.unpack("<H", stored)[0] if stored else self._styles.default_font)

    def _font_name(self, number: int) -> str:
        return self._fonts[number] if number < len(self._fonts) else ""


def _is_on(value: bytes | None, below: bool) -> bool:
    """A switch: off, on, as the style says, or its opposite."""
    if not value:
        return below
    return {0: False, 1: True, 0x80: below, 0x81: not below}.get(value[0], True)


def _has_borders(row: Properties) -> bool:
    for code, size in BORDERS.items():
        stored = row.get(code, b"")
        kinds = stored[1::4] if size == 4 else stored[5::8]
        if any(kind not in (0, 255) for kind in kinds):
            return True
    stored = row.get(CELLS, b"")
    if not stored:
        return False
    cells = stored[1 + 2 * (stored[0] + 1) :]
    return any(cells[i + at + 1] not in (0, 255) for i in range(0, len(cells) - 19, 20) for at in (4, 8, 12, 16))
