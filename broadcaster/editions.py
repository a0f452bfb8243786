"""Which edition of a programme airs at a moment, and what stands in when there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import bulletins, stamps
from broadcaster.broadcasts import UNHEARD
from broadcaster.models import Broadcast, Bulletin, Programme, Recording
from schedules.weeks import week_of


@dataclass(frozen=True)
class Edition:
    """What a programme will say. `note` tells when it is a fallback; a recording that stands in is no bulletin, and
    nobody has approved a text."""

    bulletin_id: str | None
    title: str
    recording: str
    text_sha256: str | None
    approved_by: str | None
    length: timedelta
    note: str | None = None

    def facts(self) -> dict[str, str]:
        """What a broadcast of it must carry, so that the log can tell who approved what."""
        held = {
            "bulletin_id": self.bulletin_id,
            "text_sha256": self.text_sha256,
            "approved_by": self.approved_by,
            "note": self.note and f"fallback-{self.note}",
        }
        return {name: value for name, value in held.items() if value}


class _Text(NamedTuple):
    """An approved text that has its sound, as far as choosing needs it; `rank` is its place by when it was approved."""

    id: str
    week: str | None
    expires: date | None
    recording: str
    rank: int

    def lasts(self, day: date) -> bool:
        return self.expires is None or self.expires >= day


@dataclass
class _Known:
    """What was looked up of the texts as they stand. Several threads may add to it: all would add the same."""

    texts: dict[str, list[_Text]] = field(default_factory=dict)  # by programme, newest first
    heard: dict[str, Edition | None] = field(default_factory=dict)  # by text; None: its words are not the approved ones
    made: dict[tuple[str, date, date | None, ZoneInfo], Edition | None] = field(default_factory=dict)
    expiring: set[str] = field(default_factory=set)  # programmes of which some text expires
    whole: bool = False  # every programme is among the texts

    def add(self, texts: dict[str, list[_Text]]) -> None:
        self.texts.update(texts)
        self.expiring.update(programme for programme, held in texts.items() if any(t.expires for t in held))


MOST = 20_000  # days of programmes that are kept; somebody may ask for the plan of every week there ever was
_shelf: stamps.Shelf[str, _Known] = stamps.Shelf(stamps.EDITIONS)


def _known(session: Session) -> _Known:
    return _shelf.of(session).setdefault("known", _Known())


def choose(
    session: Session,
    programme: Programme,
    at: datetime,
    tz: ZoneInfo,
    *,
    without: frozenset[str] = frozenset(),
    heard: datetime | None = None,
) -> Edition | None:
    """What airs at an instant: the edition approved for its week, else the programme's fallback; of a rotation, what
    was least recently aired. Nothing that has expired by then; None when nothing approved is left.

    `without` names recordings that can't be used; `heard` is when that edition is heard, if not at its own instant.
    """
    return _choose(session, _read_once(session, programme), programme, at, tz, without, heard)


def again(
    session: Session,
    programme: Programme,
    bulletin_id: str,
    day: date,
    without: frozenset[str] = frozenset(),
    choices: Choices | None = None,
) -> Edition | None:
    """A bulletin that has been chosen before, in its newest rendering, on a wall date; None when it may not air."""
    known = choices.known if choices else _read_once(session, programme)
    texts = known.texts.get(programme.id, ())
    same = (t for t in texts if t.id == bulletin_id and t.lasts(day) and t.recording not in without)
    return _first(session, known, same)


def _read_once(session: Session, programme: Programme) -> _Known:
    """What is known, with the texts of a programme."""
    known = _known(session)
    if programme.id not in known.texts:
        known.add({programme.id: []} | _read(session, programme.id))
    return known


def _choose(
    session: Session,
    known: _Known,
    programme: Programme,
    at: datetime,
    tz: ZoneInfo,
    without: frozenset[str],
    heard: datetime | None = None,
) -> Edition | None:
    week, day = str(week_of(at, tz)), (heard or at).astimezone(tz).date()
    usable = [t for t in known.texts.get(programme.id, ()) if t.lasts(day) and t.recording not in without]
    if programme.selection == "rotation":
        found = _first(session, known, _least_recent_first(session, programme, usable, at))
    else:
        found = _first(session, known, (t for t in usable if t.week == week))
    return found or _stand_in(session, known, programme, usable, week, without)


def _stand_in(
    session: Session, known: _Known, programme: Programme, usable: list[_Text], week: str, without: frozenset[str]
) -> Edition | None:
    """What airs instead, by the programme's fallback."""
    if programme.fallback == "recording":
        recording = session.get(Recording, programme.fallback_recording)
        return None if recording is None or recording.sha256 in without else of_recording(recording)
    if programme.fallback == "none" or programme.selection == "rotation":
        return None
    notice = _first(session, known, (t for t in usable if t.week is None))
    last = _first(session, known, (t for t in usable if t.week is not None and t.week < week))
    if programme.fallback == "notice":
        return _as("notice", notice) or _as("repeat", last)
    return _as("repeat", last) or _as("notice", notice)


class Choices:
    """What `choose` says as of now, each day of a programme looked up once: a week of many slots asks over and over,
    and so does every page until something is written, approved or recorded."""

    def __init__(self, session: Session, tz: ZoneInfo, *, looking: bool = False) -> None:
        """`looking`: no broadcast is stored while these choices are used."""
        self._session, self._tz, self._looking = session, tz, looking
        self.known = _known(session)
        if not self.known.whole:
            self.known.add(_read(session))
            self.known.whole = True
        self._rotated: dict[tuple[str, date, date | None], Edition | None] = {}
        self._last: datetime | None = None

    def of(self, programme: Programme, at: datetime, heard: datetime | None = None) -> Edition | None:
        if programme.selection != "rotation":
            return self._kept(programme, at, heard)
        if not self._looking or at <= self._last_stored():  # what has been on before it that day counts
            return self._choose(programme, at, heard)
        key = programme.id, self._alike(programme, at), self._alike(programme, heard) if heard else None
        if key not in self._rotated:
            self._rotated[key] = self._choose(programme, at, heard)
        return self._rotated[key]

    def texts(self, programme: Programme, at: datetime) -> int:
        """How many approved texts there are for an instant, of which a rotation picks."""
        day = at.astimezone(self._tz).date()
        return sum(text.lasts(day) for text in self.known.texts.get(programme.id, ()))

    def outlook(self, programme: Programme, at: datetime) -> str | None:
        """What people are to be told of what airs at an instant: "no-edition", or that it is a fallback, as codes."""
        edition = self._kept(programme, at)  # of a rotation any will do: that there is one is all that matters
        if edition is None:
            return "no-edition"
        return f"fallback-{edition.note}" if edition.note else None

    def has_own(self, programme: Programme, at: datetime) -> bool:
        """Whether what airs at an instant is no fallback."""
        return self.outlook(programme, at) is None

    def _kept(self, programme: Programme, at: datetime, heard: datetime | None = None) -> Edition | None:
        day, made = self._alike(programme, at), self.known.made
        key = programme.id, day, self._alike(programme, heard) if heard else None, self._tz
        if key not in made:
            if len(made) > MOST:
                made.clear()
            if programme.selection == "rotation":
                usable = (t for t in self.known.texts.get(programme.id, ()) if t.lasts(day))
                made[key] = _first(self._session, self.known, usable)
            else:
                made[key] = self._choose(programme, at, heard)
        return made[key]

    def _choose(self, programme: Programme, at: datetime, heard: datetime | None = None) -> Edition | None:
        return _choose(self._session, self.known, programme, at, self._tz, frozenset(), heard)

    def _alike(self, programme: Programme, at: datetime) -> date:
        """The day, or the Monday of its week where every day of a week is like the other: nothing expires."""
        day = at.astimezone(self._tz).date()
        return day if programme.id in self.known.expiring else day - timedelta(days=day.weekday())

    def _last_stored(self) -> datetime:
        """The last instant at which a text is known to air: after it, a rotation stands still."""
        if self._last is None:
            last = sa.select(Broadcast.starts_at).where(Broadcast.bulletin_id.is_not(None))
            found = self._session.scalar(last.order_by(Broadcast.starts_at.desc()).limit(1))
            self._last = found or datetime.min.replace(tzinfo=UTC)
        return self._last


def _read(session: Session, programme_id: str | None = None) -> dict[str, list[_Text]]:
    """The approved texts, of one programme or of all, by programme."""
    query = sa.select(Bulletin.programme_id, Bulletin.id, Bulletin.week, Bulletin.expires, Bulletin.audio_sha256).where(
        Bulletin.status == "approved", Bulletin.audio_sha256.is_not(None)
    )
    if programme_id is not None:
        query = query.where(Bulletin.programme_id == programme_id)
    found: dict[str, list[_Text]] = defaultdict(list)
    for rank, row in enumerate(session.execute(query.order_by(Bulletin.decided_at, Bulletin.id))):
        found[row.programme_id].append(_Text(row.id, row.week, row.expires, row.audio_sha256, rank))
    for texts in found.values():
        texts.sort(key=lambda t: (t.week or "", t.rank), reverse=True)
    return dict(found)


def _least_recent_first(
    session: Session, programme: Programme, usable: Iterable[_Text], at: datetime
) -> Iterable[_Text]:
    """What was never aired goes first, then what was aired longest ago; what is planned before `at` counts as aired."""
    last = (
        sa.select(sa.func.max(Broadcast.starts_at))
        .where(Broadcast.bulletin_id == Bulletin.id, Broadcast.starts_at < at, Broadcast.status.not_in(UNHEARD))
        .scalar_subquery()
    )
    query = sa.select(Bulletin.id, last).where(Bulletin.programme_id == programme.id, Bulletin.status == "approved")
    aired: dict[str, datetime | None] = {row[0]: row[1] for row in session.execute(query)}
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(usable, key=lambda t: (aired.get(t.id) or never, t.rank))


def _first(session: Session, known: _Known, texts: Iterable[_Text]) -> Edition | None:
    """The first whose words are still those that were approved."""
    for text in texts:
        if text.id not in known.heard:
            row = session.get_one(Bulletin, text.id)
            known.heard[text.id] = _edition(session, row) if bulletins.may_air(row) else None
        if edition := known.heard[text.id]:
            return edition
    return None


def _as(note: str, edition: Edition | None) -> Edition | None:
    return replace(edition, note=note) if edition else None


def of_recording(recording: Recording) -> Edition:
    """A recording that stands in."""
    length = timedelta(seconds=recording.frames / RATE)
    return Edition(None, recording.title, recording.sha256, None, None, length, "recording")


def _edition(session: Session, row: Bulletin) -> Edition:
    recording = session.get_one(Recording, row.audio_sha256)
    return Edition(
        bulletin_id=row.id,
        title=row.title,
        recording=recording.sha256,
        text_sha256=row.text_sha256,
        approved_by=row.decided_by,
        length=timedelta(seconds=recording.frames / RATE),
    )
