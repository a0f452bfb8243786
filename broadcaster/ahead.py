"""What will air, as people are shown it: stored broadcasts, occurrences beyond the horizon, and what was cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import candidates, editions, timetable
from broadcaster.broadcasts import Status
from broadcaster.lengths import UNKNOWN, Lengths
from broadcaster.models import Broadcast, Programme, Recording
from broadcaster.plan import HORIZON
from schedules.slots import Occurrence


@dataclass(frozen=True)
class Planned:
    """One line of the plan. `status` is the broadcast's where it is stored already, else "planned" ("withdrawn" for
    an occurrence that somebody cancelled); `changed` says in a person's words what was changed, and by whom."""

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


def coming(session: Session, now: datetime, count: int, tz: ZoneInfo) -> list[Planned]:
    """What airs next, so many. What is stored answers at once, however many slots there are; only a station that has
    less than that ahead of it is looked at in full."""
    waiting = (Status.PLANNED, Status.READY)
    query = (
        sa.select(Broadcast)
        .where(
            Broadcast.kind.in_(["scheduled", "at"]),
            Broadcast.status.in_(waiting),
            Broadcast.starts_at >= now,
            Broadcast.starts_at < now + HORIZON,
        )
        .order_by(Broadcast.starts_at, Broadcast.title)
        .limit(count)
    )
    rows = list(session.scalars(query))
    if len(rows) == count:
        choices, _known = editions.Choices(session, tz), _beside(session, rows)
        return [_line(session, row, None, choices) for row in rows]
    return [p for p in view(session, now, now + HORIZON, tz) if p.status in waiting][:count]


def view(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Planned]:
    """What will air between two instants: stored broadcasts, occurrences still beyond the horizon, and what was
    cancelled."""
    query = sa.select(Broadcast).where(
        Broadcast.kind.in_(["scheduled", "at"]), Broadcast.starts_at >= start, Broadcast.starts_at < end
    )
    rows = list(session.scalars(query))
    due = {(o.slot.id, o.starts_at): o for o in timetable.all_occurrences(session, start, end, tz)}
    lengths = Lengths(session, tz)
    choices, _known = editions.Choices(session, tz), _beside(session, rows)
    lines = [_line(session, b, due.pop((b.slot_id or "", b.starts_at), None), choices) for b in rows]
    lines += _ahead(session, due.values(), lengths, choices)
    lines += _gone(session, timetable.all_cancelled(session, start, end, tz), lengths)
    return sorted(lines, key=lambda p: (p.starts_at, p.title))


def _beside(session: Session, rows: list[Broadcast]) -> list[object]:
    """Programmes and recordings of these broadcasts, fetched at once; the session knows them while they are held."""
    programmes = sa.select(Programme).where(Programme.id.in_({row.programme_id for row in rows}))
    sounds = sa.select(Recording).where(Recording.sha256.in_({row.recording for row in rows}))
    return [*session.scalars(programmes), *session.scalars(sounds)]


def _ahead(session: Session, due: Iterable[Occurrence], lengths: Lengths, choices: editions.Choices) -> list[Planned]:
    lines = []
    for occurrence in due:
        programme = session.get_one(Programme, occurrence.programme)
        edition = None if programme.relay else choices.of(programme, occurrence.starts_at)
        length = edition.length if edition else lengths.of(programme.id, occurrence.starts_at)
        told = None if programme.relay else choices.outlook(programme, occurrence.starts_at)
        lines.append(_of(occurrence, programme, length, "planned", (told,) if told else ()))
    return lines


def _gone(session: Session, cancelled: Iterable[Occurrence], lengths: Lengths) -> list[Planned]:
    return [
        _of(o, session.get_one(Programme, o.programme), lengths.of(o.programme, o.starts_at), "withdrawn", ())
        for o in cancelled
    ]


def _of(
    occurrence: Occurrence, programme: Programme, length: timedelta, status: str, warnings: tuple[str, ...]
) -> Planned:
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


def _line(session: Session, broadcast: Broadcast, occurrence: Occurrence | None, choices: editions.Choices) -> Planned:
    programme = session.get(Programme, broadcast.programme_id) if broadcast.programme_id else None
    length = candidates.length(session, broadcast) or UNKNOWN
    warnings: tuple[str, ...] = ()
    if programme and broadcast.status in (Status.PLANNED, Status.READY):
        told = None if programme.relay else choices.outlook(programme, broadcast.starts_at)
        warnings = (told,) if told else ()
        warnings += (broadcast.refused,) if broadcast.refused else ()
    return Planned(
        slot=broadcast.slot_id,
        broadcast=broadcast.id,
        programme=programme.slug if programme else "",
        title=broadcast.title,
        zone=broadcast.zone,
        starts_at=broadcast.starts_at,
        ends_at=broadcast.starts_at + length,
        status=broadcast.status,
        warnings=warnings,
        changed=_changed(occurrence),
        original=occurrence.original if occurrence else broadcast.starts_at,
    )
