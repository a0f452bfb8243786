"""A whole bulletin: what is not voiced is set aside, the rest is split into sentences and said."""

import re
from collections.abc import Iterator

from audio.reading.clean import normalise, tabbed
from audio.reading.engine import Say
from audio.reading.layout import Line, sort_lines
from audio.reading.model import Dropped, Preferences, Reading, Sentence
from audio.reading.speech import kind_of, sentence, voice
from audio.reading.tables import cells, say_table, table
from audio.reading.vocabulary import OPENS_SENTENCE, UP

STANDARD = Preferences()
BETWEEN_ROWS = re.compile(r" *\n(?:[-:=+| \t]+\n)? *")
# A sentence ends at a mark before a space and a capital, a digit or a quote; quotes and brackets close with it.
END = re.compile(rf"(?<![.?!…])[.?!…]++[\"')\]]{{0,3}} +(?=[\"'(\[]{{0,3}}(?:{UP}|\d))")
# The dot after these belongs to the word: initials, titles, place letters, numbering.
NOT_AN_END = re.compile(
    rf"(?:(?<!\w)(?:{UP}|TP|Tp|TX|TT|KP|BS|Bs|GS|TS|Th[Ss]|PGS|KS|LS|Th|Tr|Ng|Ph|Đ/c|đ/c|TM|KT|CN)"
    rf"|^\W{{0,4}}(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđ]|[IVX]+))$"
)


def read(text: str, preferences: Preferences = STANDARD) -> Reading:
    """Everything that will be said for `text`, and everything set aside with its reason.

    Input is decoded Unicode in any normal form; all offsets refer to `normalise(text)`.
    """
    columned = tabbed(text)
    text = columned.replace("\t", " ")
    say = voice(preferences)
    kept, dropped = sort_lines(columned)
    said = [each for lines in _blocks(columned, kept) for each in _said(columned, text, lines, say)]
    silent = [Dropped(s.start, s.end, s.written, "không có chữ để đọc") for s in said if not s.spoken]
    return Reading(tuple(s for s in said if s.spoken), tuple(sorted((*dropped, *silent), key=lambda d: d.start)))


def _blocks(columned: str, kept: list[Line]) -> Iterator[list[Line]]:
    """Adjoining lines of several cells together, every other line alone."""
    block: list[Line] = []
    for line in kept:
        adjoins = bool(block) and BETWEEN_ROWS.fullmatch(columned, block[-1].end, line.start) is not None
        several = len(cells(columned, line)) > 1
        if block and not (adjoins and several):
            yield block
            block = []
        if several:
            block.append(line)
        else:
            yield [line]
    if block:
        yield block


def _said(columned: str, text: str, lines: list[Line], say: Say) -> list[Sentence]:
    several = len(cells(columned, lines[0])) > 1
    found = table(columned, lines) if several else None
    if found:
        return say_table(text, found, say)
    kinds = [(line, kind_of(text[line.start : line.end])) for line in lines]  # once: a paste may be one long line
    return [sentence(text, start, end, kind, say) for line, kind in kinds for start, end in split(text, line)]


def read_line(line: str, preferences: Preferences = STANDARD) -> Sentence:
    """One line on its own, always one sentence; only bullets, quotes and "./." are silent in it."""
    line = normalise(line).replace("\n", " ")
    return sentence(line, 0, len(line), kind_of(line), voice(preferences))


def split(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """The sentences of a line as offsets, without the spaces around them."""
    start = line.start
    for mark in END.finditer(text, line.start, line.end):
        head = text[max(start, mark.start() - 24) : mark.start()]
        single_dot = mark[0].strip() == "."
        if single_dot and NOT_AN_END.search(head) and not OPENS_SENTENCE.match(text, mark.end()):
            continue
        yield start, mark.end() - (len(mark[0]) - len(mark[0].rstrip()))
        start = mark.end()
    if text[start : line.end].strip():
        yield start, line.end
