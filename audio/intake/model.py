"""What the readers of file formats hand on: runs of text as stored, and the font that gives the codes a meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """`text` as stored: legacy 8-bit text arrives as cp1252 or Latin-1 characters, soft hyphens U+00AD kept."""

    text: str
    font: str = ""  # its name, if known: ".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Document:
    """What a reader of one format found, in reading order; `left` is what it left out, each with the reason."""

    paragraphs: tuple[Paragraph, ...]
    left: tuple[tuple[Paragraph, str], ...] = ()
    warnings: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """A stretch that is not part of the bulletin, and why (Vietnamese, for the author)."""

    text: str
    reason: str


class Asides:
    """What is left out while a document is walked; runs of one stretch stay together until its paragraph ends."""

    def __init__(self) -> None:
        self.found: list[tuple[Paragraph, str]] = []
        self._open = False

    def add(self, run: Run, reason: str) -> None:
        if self._open and self.found[-1][1] == reason:
            self.found[-1] = ((*self.found[-1][0], run), reason)
        elif run.text:
            self.found.append(((run,), reason))
            self._open = True

    def whole(self, paragraph: Paragraph, reason: str) -> None:
        """A paragraph of its own."""
        self._open = False
        if written(paragraph).strip():
            self.found.append((paragraph, reason))

    def end(self) -> None:
        self._open = False


def written(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph)


def joined(pieces: Iterable[Paragraph], gap: str) -> Paragraph:
    """Paragraphs as one; the gap takes the font before it, so that it doesn't cut a row of codes."""
    line: list[Run] = []
    for number, piece in enumerate(pieces):
        if number:
            line.append(Run(gap, line[-1].font if line else ""))
        line.extend(piece)
    return tuple(line)


def row_of(cells: Iterable[Iterable[Paragraph]]) -> Paragraph:
    """A row of a table as a line: cells between tabs, the paragraphs of a cell between spaces."""
    return joined((joined((p for p in cell if written(p).strip()), " ") for cell in cells), "\t")
