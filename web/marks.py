"""A sentence cut into what the page marks: words that are said otherwise than written, and words to look at."""

from __future__ import annotations

from dataclasses import dataclass

from broadcaster.review import Line, Remark

WEIGHT = {"info": 1, "warn": 2, "serious": 3}


@dataclass(frozen=True)
class Cut:
    """A run of characters marked alike. `pair` joins a written cut with the spoken ones of the same stretch;
    `other` is the other side of that stretch, for the tip of a pointer."""

    text: str
    pair: int | None = None
    other: str = ""
    severity: str = ""


def spoken(line: Line) -> list[Cut]:
    """The spoken sentence; stretches that are said as written, and the pauses behind a stretch, are not marked."""
    cuts = []
    for number, stretch in enumerate(line.stretches):
        words = stretch.spoken.rstrip(" ,.;:?!…")
        if stretch.rule and words:
            cuts += [Cut(words, number, stretch.written), Cut(stretch.spoken[len(words) :])]
        else:
            cuts.append(Cut(stretch.spoken))
    return [cut for cut in cuts if cut.text]


def written(line: Line) -> list[Cut]:
    """The written sentence, cut at the edges of stretches and of remarks."""
    edges = {edge for remark in line.remarks for edge in (remark.start, remark.end)}
    cuts = []
    for number, stretch in enumerate(line.stretches):
        inner = sorted(edge for edge in edges if stretch.start < edge < stretch.end)
        for start, end in zip([stretch.start, *inner], [*inner, stretch.end], strict=True):
            text = stretch.written[start - stretch.start : end - stretch.start]
            severity = _severity(line.remarks, start, end)
            cuts.append(
                Cut(text, number, stretch.spoken.strip(" ,."), severity)
                if stretch.rule
                else Cut(text, severity=severity)
            )
    return cuts


def _severity(remarks: tuple[Remark, ...], start: int, end: int) -> str:
    """The gravest remark on this run."""
    here = (remark.severity for remark in remarks if remark.start < end and start < remark.end)
    return max(here, key=WEIGHT.__getitem__, default="")
