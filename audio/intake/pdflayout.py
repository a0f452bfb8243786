"""Pieces of text with their place on a page become paragraphs: columns in order, wrapped lines joined, margins dropped.

Places are in points, y upwards, as PDF has them. Nothing here knows PDF.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.intake.frequency import well_formed
from audio.intake.model import Paragraph, Run, joined, written

EDGE = 2  # rows at the top and the bottom of a page that may be its margins
SAME_LINE = 0.4  # of the letters' size
LEADING = 1.25  # times the smallest distance of lines: a gap between paragraphs
ALONE = 0.8  # of the lines end a sentence: each is a paragraph
INDENT = 0.8  # of the letters' size
COLUMN_LETTERS = 20  # of a piece on average: prose; a table's cells are shorter
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
SURE_NUMBER = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]|(?:trang|page)\s*\d.*", re.IGNORECASE)
LABEL = re.compile(r"(?:[-–—+*•●▪◦·]|\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđA-ZĐ][.)]|[IVX]{1,5}[.)]|Điều \d+[.:])\s")
TERMINAL = re.compile(r"[.!?:;…][\"”')\]]*\s*$")
HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True)
class Piece:
    """A stretch of one line without a wide gap; `word` is the width of its first word."""

    runs: Paragraph
    x0: float
    x1: float
    y: float  # of the baseline
    size: float
    word: float

    @property
    def text(self) -> str:
        return written(self.runs)


Row = tuple[Piece, ...]  # from left to right


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces of one page on common baselines, from the top."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x0)):
        last = rows[-1][0] if rows else None
        if last is not None and abs(last.y - piece.y) < SAME_LINE * min(last.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda p: p.x0)) for row in rows]


def without_margins(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], list[tuple[Paragraph, str]]]:
    """Rows at the edges that come back on other pages, and page numbers, taken out."""
    seen = Counter(key for number, page in enumerate(pages) for key in {_key(row, number) for row, _ in _edges(page)})
    often = max(2, (len(pages) + 1) // 2)
    kept, left, told = [], [], set()
    for on, page in enumerate(pages):
        gone = set()
        for row, outermost in _edges(page):
            text = _said(row)
            number = PAGE_NUMBER.fullmatch(text) and ((outermost and len(pages) > 1) or SURE_NUMBER.fullmatch(text))
            if number or seen[_key(row, on)] >= often:
                gone.add(id(row))
                if _key(row, on) not in told:
                    told.add(_key(row, on))
                    reason = "số trang" if number else "đầu trang, chân trang lặp lại"
                    left.append((joined((p.runs for p in row), " "), reason))
        kept.append([row for row in page if id(row) not in gone])
    return kept, left


def paragraphs(pages: Sequence[Sequence[Row]]) -> list[Paragraph]:
    """All pages as one flow."""
    found: list[Paragraph] = []
    open_end: Piece | None = None  # a line that filled the page's last line
    for page in pages:
        first = True
        for lines in _flows(page):
            for number, (paragraph, last_is_full) in enumerate(_joined_lines(lines)):
                begins = written(paragraph)[:1]
                if first and open_end and begins.islower() and not TERMINAL.search(written(found[-1])):
                    found[-1] = _continued(found[-1], paragraph)
                else:
                    found.append(paragraph)
                first = False
                open_end = lines[-1] if last_is_full and number >= 0 else None
    return found


def _edges(page: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    top, bottom = page[:EDGE], page[max(len(page) - EDGE, EDGE) :]
    for number, row in enumerate(top):
        yield row, number == 0
    for number, row in enumerate(reversed(bottom)):
        yield row, number == 0


def _said(row: Row) -> str:
    return " ".join(p.text.strip() for p in row).strip()


def _key(row: Row, page: int) -> tuple[str, int]:
    """What comes back on other pages: the same words at the same height, but for the number of the page."""
    return re.sub(rf"\b{page + 1}\b", "#", _said(row)), round(row[0].y / 4)


def _flows(page: Sequence[Row]) -> Iterator[list[Piece]]:
    """Stretches of the page in reading order, each a column of lines; a row of a table is one line."""
    rest = list(page)
    while rest:
        width = len(rest[0])
        if width == 1:
            count = next((i for i, row in enumerate(rest) if len(row) > 1), len(rest))
            yield [row[0] for row in rest[:count]]
        else:
            count, columns = _block(rest)
            yield from columns
        rest = rest[count:]


def _block(rows: Sequence[Row]) -> tuple[int, list[list[Piece]]]:
    """Rows side by side: (how many, their columns in order), read down the columns or, for a table, along its rows."""
    gutters = _gutters(rows[0])
    block: list[Row] = []
    for row in rows:
        free = [g for g in gutters if all(p.x1 <= g[1] or p.x0 >= g[0] for p in row) and _is_free(row, g)]
        if len(free) < len(gutters):
            break
        gutters = [_narrowed(row, g) for g in gutters]
        block.append(row)
    while len(block) > 1 and len(block[-1]) == 1 and block[-1][0].x0 < gutters[0][0]:
        block.pop()
    pieces = [p for row in block for p in row]
    prose = sum(len(p.text) for p in pieces) >= COLUMN_LETTERS * len(pieces)
    if len(gutters) == 1 or (prose and len(block) > 3):
        edges = [g[0] for g in gutters]
        columns = [[p for p in pieces if sum(p.x0 >= e for e in edges) == i] for i in range(len(edges) + 1)]
        return len(block), [column for column in columns if column]
    return len(block), [[_one(row)] for row in block]


def _gutters(row: Row) -> list[tuple[float, float]]:
    return [(a.x1, b.x0) for a, b in itertools.pairwise(row)]


def _is_free(row: Row, gutter: tuple[float, float]) -> bool:
    left, right = _narrowed(row, gutter)
    return right - left > 0.5 * row[0].size


def _narrowed(row: Row, gutter: tuple[float, float]) -> tuple[float, float]:
    middle = (gutter[0] + gutter[1]) / 2
    ends = [p.x1 for p in row if p.x0 < middle] + [gutter[0]]
    starts = [p.x0 for p in row if p.x0 >= middle] + [gutter[1]]
    return max(ends), min(starts)


def _one(row: Row) -> Piece:
    first, last = row[0], row[-1]
    return Piece(joined((p.runs for p in row), "\t"), first.x0, last.x1, first.y, first.size, first.word)


def _joined_lines(lines: Sequence[Piece]) -> Iterator[tuple[Paragraph, bool]]:
    """(paragraph, whether its last line is full)."""
    right = max(p.x1 for p in lines)
    gaps = [a.y - b.y for a, b in itertools.pairwise(lines) if a.y - b.y > 0.9 * a.size]
    usual = min([*gaps, 2 * max(p.size for p in lines)])
    alone = sum(TERMINAL.search(p.text) is not None for p in lines) >= ALONE * len(lines)
    current = lines[0].runs
    for before, line in itertools.pairwise(lines):
        ended = alone and TERMINAL.search(before.text) is not None
        if ended or _breaks(before, line, right, usual):
            yield current, False
            current = line.runs
        else:
            current = _continued(current, line.runs)
    yield current, right - lines[-1].x1 < 3 * lines[-1].size


def _breaks(before: Piece, line: Piece, right: float, usual: float) -> bool:
    fits = right - before.x1 > line.word + 0.3 * before.size
    return (
        before.y - line.y > LEADING * usual
        or fits
        or "\t" in before.text + line.text
        or LABEL.match(line.text) is not None
        or abs(before.size - line.size) > 0.15 * before.size
        or (line.x0 - before.x0 > INDENT * line.size and not LABEL.match(before.text))
    )


def _continued(above: Paragraph, below: Paragraph) -> Paragraph:
    """Two lines of one paragraph; a word that was cut is whole again."""
    head, tail = written(above).rstrip(), written(below).lstrip()
    cut = re.search(rf"([^\W\d_]+)[{HYPHENS}]$", head)
    rest = re.match(r"[^\W\d_]+", tail)
    if cut and rest and rest[0].islower():
        last = above[-1]
        ascii_only = (cut[1] + rest[0]).isascii()
        if head[-1] == "\u00ad" or (ascii_only and not (well_formed(cut[1]) and well_formed(rest[0]))):
            return (*above[:-1], Run(last.text.rstrip()[:-1], last.font), *below)
        return (*above, *below)
    return joined((above, below), " ")
