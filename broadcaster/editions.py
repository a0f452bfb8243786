"""Which edition of a programme airs at a moment, and what stands in when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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


def choose(
    session: Session, programme: Programme, at: datetime, tz: ZoneInfo, *, without: frozenset[str] = frozenset()
) -> Edition | None:
    """What airs at an instant: the edition approved for its week, else the programme's fallback; of a rotation, what
    was least recently aired. Nothing that has expired by then; None when nothing approved is left.

    `without` names recordings that can't be used.
    """
    week, usable = str(week_of(at, tz)), _approved(programme, at.astimezone(tz).date(), without)
    if programme.selection == "rotation":
        found = _least_recent(session, usable, at)
    else:
        found = _newest(session, usable.where(Bulletin.week == week))
    return found or _stand_in(session, programme, usable, week, without)


def _stand_in(
    session: Session, programme: Programme, usable: sa.Select[Bulletin], week: str, without: frozenset[str]
) -> Edition | None:
    """What airs instead, by the programme's fallback."""
    if programme.fallback == "recording":
        recording = session.get(Recording, programme.fallback_recording)
        return None if recording is None or recording.sha256 in without else _of_recording(recording)
    if programme.fallback == "none" or programme.selection == "rotation":
        return None
    notice = _newest(session, usable.where(Bulletin.week.is_(None)), "notice")
    last = _newest(session, usable.where(Bulletin.week < week), "repeat")
    return (notice or last) if programme.fallback == "notice" else (last or notice)


@dataclass(frozen=True)
class _Known:
    """What was looked up of the texts as they stand, and the programmes of which some text expires."""

    expiring: frozenset[str]
    made: dict[tuple[str, date, ZoneInfo], Edition | None]


MOST = 20_000  # days of programmes that are kept; somebody may ask for the plan of every week there ever was
_known: stamps.Shelf[str, _Known] = stamps.Shelf(stamps.EDITIONS)


class Choices:
    """What `choose` says as of now, each day of a programme looked up once: a week of many slots asks over and over,
    and so does every page until something is written, approved or recorded."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._session, self._tz = session, tz
        kept = _known.of(session)
        if "known" not in kept:
            expiring = sa.select(Bulletin.programme_id).where(
                Bulletin.status == "approved", Bulletin.expires.is_not(None)
            )
            kept["known"] = _Known(frozenset(session.scalars(expiring.distinct())), {})
        self._expiring, self._made = kept["known"].expiring, kept["known"].made

    def of(self, programme: Programme, at: datetime) -> Edition | None:
        if programme.selection == "rotation":  # what has been on before it that day counts
            return choose(self._session, programme, at, self._tz)
        return self._kept(programme, at)

    def outlook(self, programme: Programme, at: datetime) -> str | None:
        """What people are to be told of what airs at an instant: "no-edition", or that it is a fallback, as codes."""
        edition = self._kept(programme, at)  # of a rotation any will do: that there is one is all that matters
        if edition is None:
            return "no-edition"
        return f"fallback-{edition.note}" if edition.note else None

    def has_own(self, programme: Programme, at: datetime) -> bool:
        """Whether what airs at an instant is no fallback."""
        return self.outlook(programme, at) is None

    def _kept(self, programme: Programme, at: datetime) -> Edition | None:
        day = at.astimezone(self._tz).date()
        if programme.id not in self._expiring:  # then every day of a week is like its Monday
            day -= timedelta(days=day.weekday())
        key = programme.id, day, self._tz
        if key not in self._made:
            if len(self._made) > MOST:
                self._made.clear()
            rotation = programme.selection == "rotation"
            usable = _approved(programme, day, frozenset())
            self._made[key] = (
                _newest(self._session, usable) if rotation else choose(self._session, programme, at, self._tz)
            )
        return self._made[key]


def _newest(session: Session, usable: sa.Select[Bulletin], note: str | None = None) -> Edition | None:
    query = usable.order_by(Bulletin.week.desc(), Bulletin.decided_at.desc())
    rows = session.scalars(query.execution_options(yield_per=4))  # the first one nearly always may
    return _edition(session, next(filter(bulletins.may_air, rows), None), note)


def _least_recent(session: Session, usable: sa.Select[Bulletin], at: datetime) -> Edition | None:
    """What was never aired goes first, then what was aired longest ago; what is planned before `at` counts as aired."""
    last = (
        sa.select(sa.func.max(Broadcast.starts_at))
        .where(Broadcast.bulletin_id == Bulletin.id, Broadcast.starts_at < at, Broadcast.status.not_in(UNHEARD))
        .scalar_subquery()
    )
    order = usable.order_by(last.is_not(None), last, Bulletin.decided_at, Bulletin.id)
    rows = session.scalars(order.execution_options(yield_per=4))
    return _edition(session, next(filter(bulletins.may_air, rows), None), None)


def _approved(programme: Programme, day: date, without: frozenset[str]) -> sa.Select[Bulletin]:
    return sa.select(Bulletin).where(
        Bulletin.programme_id == programme.id,
        Bulletin.status == "approved",
        Bulletin.audio_sha256.not_in(without),
        sa.or_(Bulletin.expires.is_(None), Bulletin.expires >= day),
    )


def _of_recording(recording: Recording) -> Edition:
    length = timedelta(seconds=recording.frames / RATE)
    return Edition(None, recording.title, recording.sha256, None, None, length, "recording")


def _edition(session: Session, row: Bulletin | None, note: str | None) -> Edition | None:
    if row is None:
        return None
    recording = session.get_one(Recording, row.audio_sha256)
    return Edition(
        bulletin_id=row.id,
        title=row.title,
        recording=recording.sha256,
        text_sha256=row.text_sha256,
        approved_by=row.decided_by,
        length=timedelta(seconds=recording.frames / RATE),
        note=note,
    )
