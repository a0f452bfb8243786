"""The structures of a Word 97-2003 file (.doc, [MS-DOC]): where its text lies, and which properties lie over it."""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from audio.errors import BadText

MAGIC = 0xA5EC
WORD_97 = 0xC1
ENCRYPTED, OTHER_TABLE = 0x0100, 0x0200
FIRST_PAIR = 0x9A  # where the list of (place, length) begins in the header
STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, LISTS, LIST_USES = 1, 12, 13, 15, 33, 73, 74  # places in that list
STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
COUNTS = 0x4C  # how many characters each story has, four bytes each
PAGE = 512
COMPRESSED = 0x40000000
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
TABLE_DEFINITION, TABS = 0xD608, 0xC615
MOST = 20_000_000  # characters

Properties = dict[int, bytes]


@dataclass(frozen=True)
class Stretch:
    """Characters stored in one way, from `place` in the main stream on, `width` bytes each."""

    text: str
    place: int
    width: int


@dataclass
class Overlay:
    """Properties by place: which hold from `starts[i]` up to `ends[i]`."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> tuple[bytes, int]:
        """(properties, where the next ones begin)."""
        i = bisect_right(self.starts, place) - 1
        if i >= 0 and place < self.ends[i]:
            return self.values[i], self.ends[i]
        return b"", self.starts[i + 1] if i + 1 < len(self.starts) else 1 << 40


class Binary:
    """Raises BadText broken, encrypted, old-word, sheet, slides."""

    def __init__(self, data: bytes) -> None:
        try:
            with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as ole:
                names = {"/".join(name).lower() for name in ole.listdir()}
                _expect_word(names)
                self.main: bytes = ole.openstream("WordDocument").read()
                if len(self.main) < FIRST_PAIR + 8 * (LIST_USES + 1):
                    raise BadText("old-word" if self.main[:2] == struct.pack("<H", MAGIC) else "broken")
                magic, version, flags = self._word(0), self._word(2), self._word(0x0A)
                if magic != MAGIC:
                    raise BadText("old-word" if magic in (0xA5DB, 0xA5DC, 0xA59B, 0xA59C) else "broken")
                if flags & ENCRYPTED:
                    raise BadText("encrypted")
                if version < WORD_97:
                    raise BadText("old-word")
                self.table: bytes = ole.openstream("1Table" if flags & OTHER_TABLE else "0Table").read()
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error) as error:
            raise BadText("broken") from error
        self.counts = dict(zip(STORIES, struct.unpack_from("<8i", self.main, COUNTS), strict=True))
        if min(self.counts.values()) < 0 or sum(self.counts.values()) > MOST:
            raise BadText("broken")

    def section(self, number: int, rest: bool = False) -> bytes:
        """A structure of the table stream; `rest`: with what follows it."""
        place, length = struct.unpack_from("<II", self.main, FIRST_PAIR + 8 * number)
        if place + length > len(self.table):
            raise BadText("broken")
        return self.table[place:] if rest and length else self.table[place : place + length]

    def stretches(self) -> Iterator[Stretch]:
        """All text, of all stories, in order."""
        table, at = self.section(PIECES), 0
        while table[at] == 1:
            at += 3 + struct.unpack_from("<H", table, at + 1)[0]
        if table[at] != 2:
            raise BadText("broken")
        pieces = table[at + 5 : at + 5 + struct.unpack_from("<I", table, at + 1)[0]]
        count = (len(pieces) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", pieces, 0)
        for i in range(count):
            length = ends[i + 1] - ends[i]
            place = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * i + 2)[0]
            width = 1 if place & COMPRESSED else 2
            place = (place & ~COMPRESSED) // 2 if width == 1 else place
            stored = self.main[place : place + length * width]
            if length < 0 or len(stored) < length * width:
                raise BadText("broken")
            yield Stretch(stored.decode("latin-1" if width == 1 else "utf-16-le", "replace"), place, width)

    def overlay(self, number: int) -> Overlay:
        """The pages of properties of characters, or of paragraphs."""
        index, found = self.section(number), Overlay()
        count = (len(index) - 4) // 8
        for page in struct.unpack_from(f"<{count}I", index, 4 * (count + 1)) if count > 0 else ():
            block = self.main[page * PAGE : (page + 1) * PAGE]
            if len(block) < PAGE:
                raise BadText("broken")
            runs = block[-1]
            places = struct.unpack_from(f"<{runs + 1}I", block, 0)
            for i in range(runs):
                step = 1 if number == CHARACTERS else 13
                at = 2 * block[4 * (runs + 1) + step * i]
                found.starts.append(places[i])
                found.ends.append(places[i + 1])
                found.values.append(_stored(block, at, number == PARAGRAPHS) if at else b"")
        if any(a > b for a, b in zip(found.starts, found.starts[1:], strict=False)):
            raise BadText("broken")
        return found

    def _word(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.main, at)[0])


def properties(stored: bytes) -> Properties:
    """Property codes and their operands; a code said twice counts as last said."""
    found: Properties = {}
    at = 0
    while at + 2 < len(stored):
        code = struct.unpack_from("<H", stored, at)[0]
        at += 2
        kind = code >> 13
        if kind in SIZES:
            size = SIZES[kind]
        elif code == TABLE_DEFINITION:
            size = struct.unpack_from("<H", stored, at)[0] - 1 if at + 2 <= len(stored) else 0
            at += 2
        elif code == TABS and stored[at] == 255:
            break
        else:
            size, at = stored[at], at + 1
        found[code] = stored[at : at + size]
        at += size
    return found


def _stored(block: bytes, at: int, paragraph: bool) -> bytes:
    size = block[at]
    if not paragraph:
        return block[at + 1 : at + 1 + size]
    if size == 0:
        return block[at + 2 : at + 2 + 2 * block[at + 1]]
    return block[at + 1 : at + 2 * size]


def _expect_word(names: set[str]) -> None:
    if "encryptedpackage" in names:
        raise BadText("encrypted")
    if names & {"workbook", "book"}:
        raise BadText("sheet")
    if "powerpoint document" in names:
        raise BadText("slides")
    if "worddocument" not in names:
        raise BadText("binary")
