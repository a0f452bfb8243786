"""What will air, as people are shown it: stored broadcasts, occurrences beyond the horizon, and what was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import candidates, closed, editions, mourning, repeats, timetable
from broadcaster.broadcasts import Status
from broadcaster.lengths import UNKNOWN, Lengths
from broadcaster.models import Broadcast, Programme, Recording
from broadcaster.plan import HORIZON
from schedules.slots import Occurrence

NOTED = (*mourning.TOLD, closed.SOME, repeats.ALONE, repeats.OTHER)


@dataclass(frozen=True)
class Planned:
    """One line of the plan. `status` is the broadcast's where it is stored already, else "planned" ("withdrawn" for
    an occurrence that somebody cancelled); `changed` says in a person's words what was changed, and by whom;
    `repeats` is when the broadcast was, or will be, that it airs again."""

    slot: str | None
    broadcast: str | None
    programme: str
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    status: str
    warnings: tuple[str, ...]
    changed: str | None = None
    original: datetime | None = None
    repeats: datetime | None = None


def coming(session: Session, now: datetime, count: int, tz: ZoneInfo) -> list[Planned]:
    """What airs next, so many. What is stored answers at once, however many slots there are; only a station that has
    less than that ahead of it is looked at in full."""
    waiting = (Status.PLANNED, Status.READY)
    within = Broadcast.starts_at >= now, Broadcast.starts_at < now + HORIZON, Broadcast.status.in_(waiting)
    rows = _stored(session, *within, count=count)
    if len(rows) == count:
        look = _Look(session, tz)
        return [look.line(row, None) for row in rows]
    return [p for p in view(session, now, now + HORIZON, tz) if p.status in waiting][:count]


def view(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Planned]:
    """What will air between two instants: stored broadcasts, occurrences still beyond the horizon, and what was
    cancelled."""
    rows = _stored(session, Broadcast.starts_at >= start, Broadcast.starts_at < end)
    due = {(o.slot.id, o.starts_at): o for o in timetable.all_occurrences(session, start, end, tz)}
    look = _Look(session, tz)
    lines = [look.line(row, due.pop((row.slot_id or "", row.starts_at), None)) for row in rows]
    lines += [look.ahead(occurrence) for occurrence in due.values()]
    lines += [look.gone(occurrence) for occurrence in timetable.all_cancelled(session, start, end, tz)]
    return sorted(lines, key=lambda p: (p.starts_at, p.title))


def _stored(session: Session, *which: sa.ColumnElement[bool], count: int | None = None) -> Sequence[sa.Row[Any]]:
    """Stored broadcasts, each with the length of its recording; columns, since there may be thousands."""
    query = (
        sa.select(
            Broadcast.id, Broadcast.slot_id, Broadcast.programme_id, Broadcast.title, Broadcast.zone,
            Broadcast.starts_at, Broadcast.status, Broadcast.refused, Broadcast.live, Broadcast.note,
            Broadcast.repeats_at, Broadcast.recording, Recording.frames,
        )
        .outerjoin(Recording, Recording.sha256 == Broadcast.recording)
        .where(Broadcast.kind.in_(["scheduled", "at"]), *which)
        .order_by(Broadcast.starts_at, Broadcast.title)
        .limit(count)
    )  # fmt: skip
    return session.execute(query).all()


class _Look:
    """One look at the plan: what is asked over and over is looked up once."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._session, self._originals = session, repeats.Originals(session, tz)
        self._lengths, self._choices = Lengths(session, tz), editions.Choices(session, tz, looking=True)
        self._periods, self._tz = timetable.periods(session), tz
        self._programmes = {p.id: p for p in session.scalars(sa.select(Programme))}

    def line(self, row: sa.Row[Any], occurrence: Occurrence | None) -> Planned:
        """Of a stored broadcast."""
        programme = self._programmes.get(row.programme_id)
        warnings: tuple[str, ...] = ()
        if row.status in (Status.PLANNED, Status.READY):
            codes = (row.note or "").split()
            if row.repeats_at:  # it airs what another has aired
                told = tuple(c for c in codes if c.startswith(repeats.INSTEAD)) if row.recording else ("no-edition",)
            else:
                told = self._told(programme, row.starts_at) if programme else ()
            noted = tuple(code for code in codes if code in NOTED)
            warnings = told + noted + ((row.refused,) if row.refused else ())
        return Planned(
            slot=row.slot_id,
            broadcast=row.id,
            programme=programme.slug if programme else "",
            title=row.title,
            zone=row.zone,
            starts_at=row.starts_at,
            ends_at=row.starts_at + (candidates.lasting(row.live, row.frames) or UNKNOWN),
            status=row.status,
            warnings=warnings,
            changed=_changed(occurrence),
            original=occurrence.original if occurrence else row.starts_at,
            repeats=row.repeats_at,
        )

    def ahead(self, occurrence: Occurrence) -> Planned:
        """Of an occurrence that is not stored yet."""
        programme = self._programmes[occurrence.programme]
        at = occurrence.starts_at
        source = None if programme.relay else self._originals.of(occurrence.slot.id, programme.id, at)
        if source:
            edition = repeats.edition(self._session, programme, source, at, self._tz, choices=self._choices)
        else:
            edition = None if programme.relay else self._choices.of(programme, at)
        moment = source.at if source and source.at else at
        length = edition.length if edition else self._lengths.of(programme.id, moment)
        told = self._told(programme, moment)
        if source and (noted := repeats.note(source, edition)):
            told += (noted,)
        if mourning.holds(self._periods, at, self._tz, programme.id, occurrence.slot.zone):
            told += (mourning.PLAIN,)
        return replace(self._of(occurrence, length, "planned", told), repeats=source.at if source else None)

    def gone(self, occurrence: Occurrence) -> Planned:
        """Of one that was cancelled."""
        return self._of(occurrence, self._lengths.of(occurrence.programme, occurrence.starts_at), "withdrawn", ())

    def _told(self, programme: Programme, at: datetime) -> tuple[str, ...]:
        told = None if programme.relay else self._choices.outlook(programme, at)
        return (told,) if told else ()

    def _of(self, occurrence: Occurrence, length: timedelta, status: str, warnings: tuple[str, ...]) -> Planned:
        programme = self._programmes[occurrence.programme]
        return Planned(
            slot=occurrence.slot.id,
            broadcast=None,
            programme=programme.slug,
            title=programme.name,
            zone=occurrence.slot.zone,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.starts_at + length,
            status=status,
            warnings=warnings,
            changed=_changed(occurrence),
            original=occurrence.original,
        )


def _changed(occurrence: Occurrence | None) -> str | None:
    change = occurrence.change if occurrence else None
    return f"{change.reason} ({change.by})" if change else None
