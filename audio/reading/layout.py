"""What an announcer leaves out: letterhead, numbers, places and dates of issue, recipients, signatures, web chrome."""

import itertools
import re
from dataclasses import dataclass

from audio.reading.model import Dropped
from audio.reading.official import (
    FOOTER,
    ISSUER_REASON,
    LETTERHEAD,
    OFFICIAL,
    RECIPIENTS,
    RESUMES,
    SIGNER,
    SIGNS,
    single,
)
from audio.reading.phones import EMERGENCY
from audio.reading.vocabulary import LOW


@dataclass(frozen=True)
class Line:
    """One line of normalised text, [start, end) without the spaces around it."""

    start: int
    end: int


SENTENCE_END = re.compile(r"[.!?:;…,][\"')\]]*$|\./\.$")
CONTINUES = re.compile(rf"{LOW}")


def sort_lines(text: str) -> tuple[list[Line], tuple[Dropped, ...]]:
    """The lines of `clean.tabbed` text to be said (a line broken in mid-sentence is one) and those set aside."""
    lines = [Line(m.start(), m.end()) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]
    reasons = _reasons(text, lines)
    kept: list[Line] = []
    dropped = []
    previous = -2
    for i, line in enumerate(lines):
        reason = reasons[i]
        if reason:
            dropped.append(Dropped(line.start, line.end, text[line.start : line.end].replace("\t", " "), reason))
        elif kept and previous == i - 1 and _continues(text, kept[-1], line):
            kept[-1] = Line(kept[-1].start, line.end)
            previous = i
        else:
            kept.append(line)
            previous = i
    return kept, tuple(dropped)


def _continues(text: str, last: Line, line: Line) -> bool:
    """A line broken by a mail program or a PDF: no mark at its end, no capital after it."""
    return (
        text[last.end : line.start].count("\n") == 1
        and not text.count("\t", line.start, line.end)
        and CONTINUES.match(text, line.start) is not None
        and not SENTENCE_END.search(text[max(last.start, last.end - 6) : last.end])
        and not re.match(r"[a-zđ][.)/]", text[line.start : line.start + 2])
    )


def _reasons(text: str, lines: list[Line]) -> list[str]:
    tabbed = [text[line.start : line.end] for line in lines]
    written = [line.replace("\t", " ") for line in tabbed]
    reasons = [single(line) for line in tabbed]
    _numbers(written, reasons)
    _letterhead(written, reasons)
    _subject(written, reasons)
    _ending(written, reasons)
    _footer(written, reasons)
    _repeated(written, reasons)
    return reasons


def _numbers(written: list[str], reasons: list[str]) -> None:
    """A number alone is a page's, unless it is one to call or the line before announces it."""
    for i, line in enumerate(written):
        if reasons[i] == "số trang" and (line in EMERGENCY or (i and written[i - 1].endswith(":"))):
            reasons[i] = ""


def _letterhead(written: list[str], reasons: list[str]) -> None:
    """Issuer lines in capitals at the top, only when the lines around them show an official letterhead."""
    top = next(
        (i for i, line in enumerate(written[:12]) if not reasons[i] and not LETTERHEAD.fullmatch(line)),
        min(12, len(written)),
    )
    official = any(mark in reason for reason in reasons[: top + 3] for mark in OFFICIAL)
    for i in range(top):
        if not reasons[i] and official:
            reasons[i] = ISSUER_REASON


def _subject(written: list[str], reasons: list[str]) -> None:
    """ "V/v" broken over lines: what goes on in small letters belongs to it."""
    for i in range(1, len(written)):
        if reasons[i - 1] == "trích yếu văn bản" and not reasons[i] and CONTINUES.match(written[i]):
            reasons[i] = reasons[i - 1]


def _ending(written: list[str], reasons: list[str]) -> None:
    """ "Nơi nhận" and what is below it, up to the next text; before it a block of title and signer, only at the end."""
    start = next((i for i, line in enumerate(written) if RECIPIENTS.fullmatch(line)), None)
    if start is not None:
        reasons[start] = reasons[start] or "nơi nhận và chữ ký"
        for i in range(start + 1, len(written)):
            if RESUMES.search(written[i]):
                break
            reasons[i] = reasons[i] or "nơi nhận và chữ ký"
    tail = range(max(0, len(written) - 8), len(written))
    signed = next((i for i in tail if SIGNS.fullmatch(written[i])), None)
    if signed is not None:
        for i in range(signed, len(written)):
            if not reasons[i] and (SIGNS.fullmatch(written[i]) or SIGNER.fullmatch(written[i])):
                reasons[i] = "chức danh và chữ ký"


def _footer(written: list[str], reasons: list[str]) -> None:
    """Address lines at the foot of a web page: only after its chrome, going up from the end."""
    if not any("trang web" in reason for reason in reasons):
        return
    for i in range(len(written) - 1, -1, -1):
        if not reasons[i] and not FOOTER.fullmatch(written[i]):
            return
        reasons[i] = reasons[i] or "chân trang web"


def _repeated(written: list[str], reasons: list[str]) -> None:
    """A title that a web page shows twice is said once."""
    kept = [i for i, reason in enumerate(reasons) if not reason][:4]
    for first, second in itertools.pairwise(kept):
        if written[first] == written[second] and len(written[first]) > 20:
            reasons[first] = "tiêu đề lặp lại"
