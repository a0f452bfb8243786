"""How long a broadcast will be: its recording where there is one, else what its text promises, else the usual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from audio.reading import STANDARD, Preferences, Sentence, read
from broadcaster import corrections, renderings, running_order, stamps
from broadcaster.models import Bulletin, Programme, Recording
from broadcaster.running_order import Part
from schedules.weeks import week_of

UNKNOWN = timedelta(minutes=10)  # bulletins run 5-15 minutes; planned with until one has been written
SYLLABLES_A_MINUTE = 200  # spoken, with pauses: what the voices keep to (tests/broadcaster/test_programme_sound.py)
CHIME_S = {"opening": 5.0, "closing": 4.0}  # audio.chimes
BETWEEN_S = 1.0  # the breath between two parts


USUAL = ""  # where a week would stand
_kept: stamps.Shelf[tuple[str, str], timedelta | None] = stamps.Shelf(stamps.EDITIONS)  # by programme and week


@dataclass(frozen=True)
class _Written:
    """A week's text, and how long its approved recording is (None: there is none)."""

    bulletin_id: str
    frames: int | None


class Lengths:
    """Lengths as of now, each looked up once until an edition changes: a year of a schedule asks for the same few weeks
    over and over."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._session, self._tz = session, tz
        self._known = _kept.of(session)
        self._written: dict[str, dict[str, _Written]] = {}

    def of(self, programme_id: str, at: datetime) -> timedelta:
        """Of the programme's broadcast at an instant."""
        key = programme_id, str(week_of(at, self._tz))
        if key not in self._known:
            self._known[key] = self._of_text(*key)
        return self._known[key] or self.usual(programme_id)

    def usual(self, programme_id: str) -> timedelta:
        """By its newest approved edition; ten minutes before there is one."""
        key = programme_id, USUAL
        if key not in self._known:
            self._known[key] = self._usually(programme_id)
        return self._known[key] or UNKNOWN

    def _usually(self, programme_id: str) -> timedelta:
        relay = self._session.get_one(Programme, programme_id).relay
        if relay:
            return timedelta(seconds=relay["seconds"])
        frames = self._session.scalar(
            sa.select(Recording.frames)
            .join(Bulletin, Bulletin.audio_sha256 == Recording.sha256)
            .where(Bulletin.programme_id == programme_id, Bulletin.week.is_not(None))
            .order_by(Bulletin.week.desc())
            .limit(1)
        )
        return timedelta(seconds=frames / RATE) if frames else UNKNOWN

    def _of_text(self, programme_id: str, week: str) -> timedelta | None:
        """Of what has been written for a week; only that is read, however many years there are."""
        if programme_id not in self._written:
            self._written[programme_id] = self._of_weeks(programme_id)
        found = self._written[programme_id].get(week)
        if found is None:
            return None
        if found.frames is not None:
            return timedelta(seconds=found.frames / RATE)
        return self._of_bulletin(self._session.get_one(Bulletin, found.bulletin_id))

    def _of_weeks(self, programme_id: str) -> dict[str, _Written]:
        """By week: approved before submitted before draft, and of equals the newest."""
        query = (
            sa.select(Bulletin.status, Bulletin.id, Bulletin.week, Recording.frames)
            .outerjoin(Recording, Recording.sha256 == Bulletin.audio_sha256)
            .where(
                Bulletin.programme_id == programme_id,
                Bulletin.week.is_not(None),
                Bulletin.status.in_(["approved", "submitted", "draft", "returned"]),
            )
        )
        rows = sorted(self._session.execute(query), key=lambda r: (r[0] == "approved", r[0] == "submitted", r[1]))
        return {week or "": _Written(bulletin_id, frames) for _, bulletin_id, week, frames in rows}

    def _of_bulletin(self, bulletin: Bulletin) -> timedelta:
        rendering = renderings.of(self._session, bulletin)
        recording = self._session.get(Recording, rendering.recording) if rendering and rendering.recording else None
        if recording:
            return timedelta(seconds=recording.frames / RATE)
        sentences = corrections.applied(said(bulletin.text), bulletin.corrections)
        return promised(self._session, bulletin.programme, sentences)


def promised(session: Session, programme: Programme, sentences: Iterable[Sentence]) -> timedelta:
    """Of an edition of this programme that holds these sentences."""
    own = (of_part(session, programme, part) for part in running_order.read(programme.running_order))
    return sum(filter(None, own), spoken(sentences, programme.speed))


def of_part(session: Session, programme: Programme, part: Part) -> timedelta | None:
    """Of one part of a running order; None of what only the edition can tell."""
    if part.kind in ("bulletin", "deeds"):
        return None
    if part.kind == "pause":
        return timedelta(seconds=part.seconds)
    if recording := session.get(Recording, part.recording) if part.recording else None:
        seconds = recording.frames / RATE
    elif part.kind == "jingle":
        seconds = CHIME_S[part.chime]
    else:
        seconds = spoken(said(part.text), programme.speed).total_seconds()
    return timedelta(seconds=seconds + BETWEEN_S)


@lru_cache(maxsize=100)  # pages ask for the same few texts; what is edited, or read in another manner, is another text
def said(text: str, speaks: Preferences = STANDARD) -> tuple[Sentence, ...]:
    """What will be said for a text."""
    return read(text, speaks).sentences


def spoken(sentences: Iterable[Sentence], speed: int = 100) -> timedelta:
    syllables = sum(len(sentence.spoken.split()) for sentence in sentences)
    return timedelta(minutes=syllables / SYLLABLES_A_MINUTE * 100 / speed)
