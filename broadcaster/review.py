"""A text gone over as an editor would: every sentence with what will be said for it, and every remark at its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from audio.reading import Dropped, Preferences, ReadingWarning, Sentence, read, read_line
from audio.review import Finding, Severity, Stretch, review, trace
from broadcaster import corrections, preferences, words
from broadcaster.manner import manner
from broadcaster.models import Bulletin
from schedules.weeks import Week

OF_THE_TEXT = frozenset({"text-old"})  # about the whole text, also when it shows in a line that is not voiced


@dataclass(frozen=True)
class Remark:
    """Something to look at: `text` says in Vietnamese what and what to do, `quote` is the written stretch."""

    start: int
    end: int
    kind: str
    severity: Severity
    quote: str
    text: str


@dataclass(frozen=True)
class Line:
    """One sentence and the remarks on it; `corrected` when a person said how it is to be spoken."""

    sentence: Sentence
    remarks: tuple[Remark, ...] = ()
    corrected: bool = False

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What is written and what is said for it, stretch by stretch."""
        return trace(self.sentence)


@dataclass(frozen=True)
class Sheet:
    """A text as it will be read, with what is left out and what to look at."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[Remark, ...] = ()  # about the text as a whole

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return (*self.notes, *(remark for line in self.lines for remark in line.remarks))

    @property
    def serious(self) -> tuple[Remark, ...]:
        """What a bulletin is not handed in with, unless somebody insists."""
        return tuple(remark for remark in self.remarks if remark.severity == "serious")


def go_over(
    text: str,
    reads: Preferences,
    phones: tuple[str, ...],
    today: date,
    corrected: Mapping[str, str] | None = None,
) -> Sheet:
    """The text as a station with this manner and these phone numbers would go over it on that day, its `corrected`
    sentences said as somebody wants them."""
    reading, corrected = read(text, reads), corrected or {}
    sentences = corrections.applied(reading.sentences, corrected)
    starts = [sentence.start for sentence in sentences]
    on: list[list[Remark]] = [[] for _ in starts]
    notes = []
    for remark in map(_asked, review(text, today, phones)):
        place = bisect_right(starts, remark.start) - 1
        if remark.kind in OF_THE_TEXT:
            notes.append(remark)
        elif place >= 0 and remark.start < sentences[place].end:  # else it is in what is not voiced
            on[place].append(remark)
    lines = (
        _line(sentence, asked, sentence.written in corrected) for sentence, asked in zip(sentences, on, strict=True)
    )
    return Sheet(tuple(lines), reading.dropped, tuple(notes))


def go_over_line(text: str, reads: Preferences, phones: tuple[str, ...], today: date) -> Line:
    """The same for one line that is a text of its own."""
    return _line(read_line(text, reads), map(_asked, review(text.replace("\n", " "), today, phones)))


def _line(sentence: Sentence, asked: Iterable[Remark], corrected: bool = False) -> Line:
    warned = (_warned(sentence, warning) for warning in sentence.warnings)
    return Line(sentence, tuple(sorted((*warned, *asked), key=lambda remark: (remark.start, remark.end))), corrected)


def _asked(found: Finding) -> Remark:
    return Remark(found.start, found.end, found.code, found.severity, found.text, words.finding(found))


def _warned(sentence: Sentence, warning: ReadingWarning) -> Remark:
    """The reader was not sure; it has the words for it itself."""
    quote = sentence.written[warning.start - sentence.start : warning.end - sentence.start]
    return Remark(warning.start, warning.end, warning.kind, "warn", quote, words.retold(warning.text))


def of_text(session: Session, text: str, today: date, corrected: Mapping[str, str] | None = None) -> Sheet:
    """A text gone over the way of this station."""
    return go_over(text, manner(session), preferences.get(session, preferences.PHONES), today, corrected)


def of_bulletin(session: Session, bulletin: Bulletin, now: datetime, tz: ZoneInfo) -> Sheet:
    return of_text(session, bulletin.text, day_of(bulletin, now, tz), bulletin.corrections)


def day_of(bulletin: Bulletin, now: datetime, tz: ZoneInfo) -> date:
    """The day a bulletin is looked at with: that of the decision, else today, but not before its week begins."""
    day = (bulletin.decided_at or now).astimezone(tz).date()
    return max(day, Week.parse(bulletin.week).monday()) if bulletin.week else day
