"""What the style sheet and the lists of a Word 97-2003 file say."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from audio.intake.docbinary import FONTS, LIST_USES, LISTS, STYLES, Binary, Properties, properties
from audio.intake.numbering import LEVELS, Counter, bullet, shown

PARAGRAPH_STYLE, CHARACTER_STYLE = 1, 2
DEEPEST = 20  # styles built on one another
NO_STYLE = 0xFFF
KINDS = {0: "decimal", 1: "ROMAN", 2: "roman", 3: "upper", 4: "lower", 22: "zero", 255: "none"}
BULLET = 23


def fonts_of(binary: Binary) -> list[str]:
    table = binary.section(FONTS)
    names: list[str] = []
    at = 4
    while at < len(table) and len(names) < 10_000:
        size = table[at]
        name = table[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        names.append(name.split("\0")[0])
        at += size + 1
    return names


class Styles:
    """Properties of paragraph and character styles, with those they are built on."""

    def __init__(self, binary: Binary) -> None:
        table = binary.section(STYLES)
        head = struct.unpack_from("<H", table, 0)[0]
        self.default_font = struct.unpack_from("<H", table, 2 + 12)[0]
        base = struct.unpack_from("<H", table, 4)[0]
        self._styles: list[tuple[int, Properties, Properties]] = []  # (built on, of paragraphs, of characters)
        at = 2 + head
        while at + 2 <= len(table):
            size = struct.unpack_from("<H", table, at)[0]
            self._styles.append(_style(table[at + 2 : at + 2 + size], base))
            at += 2 + size

    def of(self, number: int) -> tuple[Properties, Properties]:
        """(of paragraphs, of characters)."""
        paragraph: Properties = {}
        character: Properties = {}
        for _ in range(DEEPEST):
            if number >= len(self._styles):
                break
            number, above_paragraph, above_character = self._styles[number]
            paragraph, character = above_paragraph | paragraph, above_character | character
        return paragraph, character


def _style(stored: bytes, base: int) -> tuple[int, Properties, Properties]:
    if len(stored) < base + 2:
        return NO_STYLE, {}, {}
    kind, built_on = struct.unpack_from("<H", stored, 2)[0] & 0xF, struct.unpack_from("<H", stored, 2)[0] >> 4
    at = base + 2 + 2 * struct.unpack_from("<H", stored, base)[0] + 2
    parts: list[bytes] = []
    while at + 2 <= len(stored) and len(parts) < 2:
        at += at % 2
        size = struct.unpack_from("<H", stored, at)[0] if at + 2 <= len(stored) else 0
        parts.append(stored[at + 2 : at + 2 + size])
        at += 2 + size
    if kind == PARAGRAPH_STYLE and len(parts) == 2:
        return built_on, properties(parts[0][2:]), properties(parts[1])
    if kind == CHARACTER_STYLE and parts:
        return built_on, {}, properties(parts[0])
    return built_on, {}, {}


@dataclass(frozen=True)
class _Level:
    start: int
    kind: int
    legal: bool
    follows: int  # 2: nothing
    text: str  # characters below LEVELS stand for the number of that level


class Lists:
    """Automatic numbers, counted as the paragraphs go by."""

    def __init__(self, binary: Binary) -> None:
        table = binary.section(LISTS, rest=True)
        self._levels: dict[int, list[_Level]] = {}
        count = struct.unpack_from("<H", table, 0)[0] if table else 0
        at = 2 + 28 * count
        for i in range(count):
            name = struct.unpack_from("<i", table, 2 + 28 * i)[0]
            simple = table[2 + 28 * i + 26] & 1
            self._levels[name] = []
            for _ in range(1 if simple else LEVELS):
                level, at = _level(table, at)
                self._levels[name].append(level)
        self._uses, self._starts = _uses(binary.section(LIST_USES))
        self._counters: dict[int, Counter] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, use: int, place: int) -> str:
        """The number before a paragraph, with the space after it; `use` counts from 1, 0 is none."""
        if not 0 < use <= len(self._uses):
            return ""
        name = self._uses[use - 1]
        levels = self._levels.get(name, [])
        if not place < len(levels):
            return ""
        counter = self._counters.setdefault(name, Counter())
        start = self._starts.get((use, place))
        if start is not None and (use, place) not in self._begun:
            counter.numbers[place] = None
        self._begun.add((use, place))
        level = levels[place]
        counter.step(place, level.start if start is None else start)
        if level.kind == BULLET:
            text = bullet(level.text)
        else:
            text = "".join(
                self._number(levels, counter, ord(c), level.legal) if ord(c) < LEVELS else c for c in level.text
            )
        return text and text + ("" if level.follows == 2 else " ")

    def _number(self, levels: list[_Level], counter: Counter, place: int, legal: bool) -> str:
        if place >= len(levels):
            return ""
        number = counter.numbers[place]
        kind = "decimal" if legal else KINDS.get(levels[place].kind, "decimal")
        return shown(kind, levels[place].start if number is None else number)


def _level(table: bytes, at: int) -> tuple[_Level, int]:
    start, kind, flags = struct.unpack_from("<iBB", table, at)
    follows, of_characters, of_paragraph = table[at + 15], table[at + 24], table[at + 25]
    at += 28 + of_paragraph + of_characters
    length = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    return _Level(max(start, 0), kind, bool(flags & 4), follows, text), at + 2 + 2 * length


def _uses(table: bytes) -> tuple[list[int], dict[tuple[int, int], int]]:
    """(which list each use is of, where a use begins anew)."""
    count = struct.unpack_from("<I", table, 0)[0] if table else 0
    uses = [struct.unpack_from("<i", table, 4 + 16 * i)[0] for i in range(count)]
    starts = {}
    at = 4 + 16 * count
    for i in range(count):
        at += 4
        for _ in range(table[4 + 16 * i + 12]):
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                level, at = _level(table, at)
                start = level.start
            if flags & 0x10:
                starts[i + 1, flags & 0xF] = start
    return uses, starts
