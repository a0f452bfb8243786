"""Tables: rows of cells become sentences ("cột: giá trị"); what is no regular table is read with a warning."""

import re
from dataclasses import dataclass, replace

from audio.reading.engine import Say
from audio.reading.layout import Line
from audio.reading.marks import BULLET, tidy
from audio.reading.model import ReadingWarning, Sentence, Spoken
from audio.reading.speech import PAUSE_S, speak

SEPARATOR = re.compile(r" *\t *| *\| *")
RULE = re.compile(r"[-:=+| \t]+")  # the line under the head of a table typed by hand
NUMBERING = re.compile(rf"{BULLET}|\(?(?:\d{{1,2}}|[a-zđ]|[IVX]+)[.)/]{{1,2}}")
HEAD_WORD = re.compile(
    r"(?i:(?:STT|TT|số|họ|tên|thôn|tổ|xã|nội dung|thời gian|ngày|giờ|thứ|địa điểm|đơn vị|ghi chú|nơi|loại"
    r"|đối tượng)(?!\w).*)"
)
COUNTER = re.compile(r"(?i:STT|TT|số TT|số thứ tự)")
WIDEST = 30  # cells; a line with more is no table anybody could listen to
IRREGULAR = "Bảng này không đều cột nên chỉ đọc lần lượt từng ô: nên viết lại thành câu"


@dataclass(frozen=True)
class Table:
    """Adjoining lines of cells; every cell is a stretch of the text. The first row may be the head."""

    rows: tuple[tuple[Line, ...], ...]
    head: tuple[Line, ...] | None
    regular: bool


def cells(text: str, line: Line) -> tuple[Line, ...]:
    """The cells of a line of `clean.tabbed` text; a line that is no row of a table is one cell."""
    inner = text[line.start : line.end]
    start, end = line.start, line.end
    if inner.startswith("|") or inner.endswith("|"):
        start += len(inner) - len(inner.lstrip("| \t"))
        end -= len(inner) - len(inner.rstrip("| \t"))
    found, at = [], start
    for mark in SEPARATOR.finditer(text, start, end):
        found.append(Line(at, mark.start()))
        at = mark.end()
    if len(found) >= WIDEST:
        return (line,)
    return (*found, Line(at, max(at, end)))


def table(text: str, lines: list[Line]) -> Table | None:
    """The table that these adjoining lines of more than one cell are, or None when they are a list with tabs."""
    rows = [cells(text, line) for line in lines if not RULE.fullmatch(text[line.start : line.end])]
    if len(set(map(len, rows))) > 1:  # columns lined up with more tabs than one
        rows = [tuple(cell for cell in row if text[cell.start : cell.end].strip()) for row in rows]
    written = [[text[cell.start : cell.end].strip() for cell in row] for row in rows]
    if all(len(row) == 2 and NUMBERING.fullmatch(row[0]) for row in written):
        return None
    if len(rows) < 2:
        return Table(tuple(rows), None, regular=False) if rows and len(rows[0]) > 2 else None
    width = len(rows[0])
    even = all(len(row) == width for row in rows)
    titles = all(cell and not any(c.isdigit() for c in cell) for cell in written[0])
    if even and titles and (width > 2 or all(map(HEAD_WORD.fullmatch, written[0]))):
        return Table(tuple(rows[1:]), rows[0], regular=True)
    return Table(tuple(rows), None, regular=even and width == 2)


def say_table(text: str, found: Table, say: Say) -> list[Sentence]:
    """One sentence a row; `text` is normalised, the offsets of the cells are into it."""
    heads = [_said(text, cell, say)[0] for cell in found.head] if found.head else []
    counts = [bool(COUNTER.fullmatch(text[cell.start : cell.end])) for cell in found.head or ()]
    return [_row(text, row, heads, counts, say, found.regular) for row in found.rows]


def _row(text: str, row: tuple[Line, ...], heads: list[str], counts: list[bool], say: Say, regular: bool) -> Sentence:
    parts: list[str] = []
    pieces: list[Spoken] = []
    warnings: list[ReadingWarning] = []
    for i, cell in enumerate(row):
        spoken, found, doubts = _said(text, cell, say)
        pieces += found
        warnings += doubts
        if spoken and heads and counts[i]:
            parts.append(f"{spoken}.")
        elif spoken:
            named = bool(heads) and not spoken.lower().startswith(heads[i].lower())
            parts.append(f"{heads[i]}: {spoken}" if named else spoken)
    start, end = row[0].start, row[-1].end
    if not regular:
        warnings.insert(0, ReadingWarning(start, end, IRREGULAR, "table"))
    mark = ": " if regular and not heads else "; " if heads else ", "
    said = tidy(mark.join(parts))
    return Sentence(text[start:end], said, start, end, "item", PAUSE_S["item"], tuple(pieces), tuple(warnings))


def _said(text: str, cell: Line, say: Say) -> tuple[str, list[Spoken], list[ReadingWarning]]:
    """A cell as part of a sentence: no stop at its end, no capital that it did not have."""
    written = text[cell.start : cell.end]
    spoken, pieces, warnings = speak(written, say)
    body = spoken.rstrip(".")
    if body and not written.lstrip()[:1].isupper():
        body = body[0].lower() + body[1:]
    moved = [replace(p, start=p.start + cell.start, end=p.end + cell.start) for p in pieces]
    return body, moved, [replace(w, start=w.start + cell.start, end=w.end + cell.start) for w in warnings]
