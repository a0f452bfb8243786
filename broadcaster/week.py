"""What some days hold, for the page that shows them: what truly aired, what is on its way, what was called off.

Read by range in a handful of queries, however many slots and years of log there are (docs/decisions/0136).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import closed, mourning, repeats, timetable
from broadcaster.broadcasts import Status
from broadcaster.lengths import UNKNOWN
from broadcaster.models import Broadcast, Bulletin, Programme, Recording
from broadcaster.models_station import AsRun
from broadcaster.repeats import Source
from schedules.periods import Period
from schedules.slots import Occurrence, is_due
from schedules.weeks import week_of

STANDING = (Status.PLANNED, Status.READY, Status.ON_AIR)
SPILL = timedelta(days=1)  # what begins longer before midnight is no broadcast of a village
FELL_THROUGH = frozenset({Status.MISSED, Status.FAILED, Status.CUT})
AHEAD = (
    "fallback-",
    mourning.PLAIN,
    closed.SOME,
    repeats.ALONE,
    repeats.OTHER,
)  # notes that tell beforehand what will be different


@dataclass(frozen=True)
class Entry:
    """One block of the page. `starts_at` and `ends_at` are what was heard where something was, else what is meant.

    `status` is the broadcast's; "withdrawn" for an occurrence that somebody cancelled. `original` is set where the
    occurrence can still be changed. `reason` and `warnings` are codes (broadcaster.words), `changed` a person's words;
    `repeats` is when the broadcast was, or will be, that it airs again.
    """

    starts_at: datetime
    ends_at: datetime
    status: str
    title: str
    zone: str
    kind: str = "scheduled"
    klass: str = "thuong"
    broadcast_id: str | None = None
    slot: str | None = None
    original: datetime | None = None
    planned_at: datetime | None = None
    reason: str | None = None
    changed: str | None = None
    warnings: tuple[str, ...] = ()
    repeats: datetime | None = None


def entries(session: Session, start: datetime, end: datetime, now: datetime, tz: ZoneInfo) -> list[Entry]:
    """All of it between two instants, by when it begins; with what began the day before and is not over at `start`.

    What is logged is as the log says. What is still to come is as slots, pauses and changes say now, with what the
    station has already stored about it: a row whose occurrence is gone meanwhile is no longer shown.
    """
    before, start = start, start - SPILL
    found = [*_logged(session, start, end)]
    due: dict[tuple[str | None, datetime], Occurrence] = {}
    if end > now:
        found_due = timetable.all_occurrences(
            session, start, end, tz
        )  # of the whole week: the same question every time
        due = {(o.slot.id, o.starts_at): o for o in found_due if o.starts_at >= now}
    for entry in _stored(session, start, end):
        occurrence = due.pop((entry.slot, entry.starts_at), None)
        if occurrence:  # it can still be changed
            found.append(replace(entry, original=occurrence.original, changed=_changed(occurrence)))
        elif entry.kind != "scheduled" or entry.starts_at <= now:
            found.append(entry)
    gone = _cancelled(session, start, end, tz)
    if due or gone:
        usual = _Usual(session, tz, (start, end))
        held, originals = timetable.periods(session), repeats.Originals(session, tz)
        for o in due.values():
            source = originals.of(o.slot.id, o.programme, o.starts_at) if o.slot.repeat_of else None
            found.append(_ahead(o, "planned", usual, _mourned(held, o, tz), source))
        found += [_ahead(o, "withdrawn", usual, ()) for o in gone]
    return sorted((e for e in found if e.starts_at >= before or e.ends_at > before), key=_order)


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.starts_at, entry.title


def _logged(session: Session, start: datetime, end: datetime) -> Iterable[Entry]:
    query = (
        sa.select(
            AsRun.broadcast_id, AsRun.kind, AsRun.title, AsRun.zone, AsRun.planned_at, AsRun.began_at, AsRun.ended_at,
            AsRun.outcome, AsRun.reason, AsRun.remark, Broadcast.klass, Broadcast.slot_id, Broadcast.live,
            Recording.frames,
        )
        .outerjoin(Broadcast, Broadcast.id == AsRun.broadcast_id)
        .outerjoin(Recording, Recording.sha256 == Broadcast.recording)
        .where(AsRun.planned_at >= start, AsRun.planned_at < end)
    )  # fmt: skip
    for row in session.execute(query):
        if row.outcome == Status.WITHDRAWN and not row.began_at and row.kind != "scheduled":
            continue  # taken out of the queue: it was never meant for an hour
        starts_at = row.began_at or row.planned_at
        yield Entry(
            starts_at=starts_at,
            ends_at=row.ended_at or starts_at + _length(row.frames, row.live),
            status=row.outcome,
            title=row.title,
            zone=row.zone,
            kind=row.kind,
            klass=row.klass or "thuong",
            broadcast_id=row.broadcast_id,
            slot=row.slot_id,
            planned_at=row.planned_at,
            reason=row.reason,
            changed=row.remark,
        )


def _stored(session: Session, start: datetime, end: datetime) -> Iterable[Entry]:
    query = (
        sa.select(
            Broadcast.id, Broadcast.kind, Broadcast.title, Broadcast.zone, Broadcast.klass, Broadcast.slot_id,
            Broadcast.starts_at, Broadcast.began_at, Broadcast.status, Broadcast.live, Broadcast.note,
            Broadcast.refused, Broadcast.recording, Broadcast.repeats_at, Recording.frames,
        )
        .outerjoin(Recording, Recording.sha256 == Broadcast.recording)
        .where(
            Broadcast.starts_at >= start,
            Broadcast.starts_at < end,
            Broadcast.status.in_(STANDING),
            sa.or_(Broadcast.kind.in_(["scheduled", "at"]), Broadcast.status == Status.ON_AIR),
        )
    )  # fmt: skip
    for row in session.execute(query):
        starts_at = row.began_at or row.starts_at
        silent = row.recording is None and not row.live
        notes = tuple(code for code in (row.note or "").split() if code.startswith(AHEAD))
        yield Entry(
            starts_at=starts_at,
            ends_at=starts_at + _length(row.frames, row.live),
            status=row.status,
            title=row.title,
            zone=row.zone,
            kind=row.kind,
            klass=row.klass,
            broadcast_id=row.id,
            slot=row.slot_id,
            planned_at=row.starts_at,
            warnings=(("no-edition",) if silent else notes) + ((row.refused,) if row.refused else ()),
            repeats=row.repeats_at,
        )


def _mourned(held: Iterable[Period], occurrence: Occurrence, tz: ZoneInfo) -> tuple[str, ...]:
    """What is to be told of an occurrence in mourning."""
    at, programme, zone = occurrence.starts_at, occurrence.programme, occurrence.slot.zone
    return (mourning.PLAIN,) if mourning.holds(held, at, tz, programme, zone) else ()


def _ahead(
    occurrence: Occurrence, status: str, usual: _Usual, more: tuple[str, ...], source: Source | None = None
) -> Entry:
    """One that the station has not stored: beyond its horizon, or called off."""
    at = source.at if source else None
    alone = (repeats.ALONE,) if source and at is None else ()
    return Entry(
        starts_at=occurrence.starts_at,
        ends_at=occurrence.starts_at + usual.length(occurrence.programme, at or occurrence.starts_at),
        status=status,
        title=usual.name(occurrence),
        zone=occurrence.slot.zone,
        klass=occurrence.slot.klass,
        slot=occurrence.slot.id,
        original=occurrence.original,
        planned_at=occurrence.starts_at,
        changed=_changed(occurrence),
        warnings=(("no-edition",) if status == Status.PLANNED and usual.has_nothing(occurrence) else ()) + alone + more,
        repeats=at,
    )


def _cancelled(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Occurrence]:
    held = timetable.book(session)
    slots = {slot.id: slot for slot, _ in held.slots}
    called_off = (c for c in held.changes if c.cancelled and start <= c.original < end and c.slot in slots)
    return [Occurrence(slots[c.slot], c.original, c) for c in called_off if is_due(slots[c.slot], c.original, tz)]


def _changed(occurrence: Occurrence) -> str | None:
    change = occurrence.change
    return f"{change.reason} ({change.by})" if change else None


def _length(frames: int | None, live: Mapping[str, Any] | None = None) -> timedelta:
    if live and "seconds" in live:
        return timedelta(seconds=live["seconds"])
    return timedelta(seconds=frames / RATE) if frames else UNKNOWN


class _Usual:
    """Names of programmes and how long they are: the edition approved for the week, else the newest one. What a
    text promises that nobody has recorded is weighed where clashes are decided (broadcaster.lengths), not here."""

    def __init__(self, session: Session, tz: ZoneInfo, between: tuple[datetime, datetime]) -> None:
        self._tz = tz
        rows = session.execute(sa.select(Programme.id, Programme.name, Programme.relay)).all()
        self._names: dict[str, str] = {row.id: row.name for row in rows}
        self._relays = {row.id: _length(None, row.relay) for row in rows if row.relay}
        any_text = sa.select(Bulletin.programme_id).where(Bulletin.status == "approved").distinct()
        self._speaking = set(session.scalars(any_text))
        approved = sa.and_(
            Bulletin.status == "approved", Bulletin.audio_sha256.is_not(None), Bulletin.week.is_not(None)
        )
        newest = (
            sa.select(Bulletin.programme_id, sa.func.max(Bulletin.week).label("week"))
            .where(approved)
            .group_by(Bulletin.programme_id)
            .subquery()
        )
        same = sa.and_(newest.c.programme_id == Bulletin.programme_id, newest.c.week == Bulletin.week)
        query = sa.select(Bulletin.programme_id, Bulletin.week, Recording.frames).join(
            Recording, Recording.sha256 == Bulletin.audio_sha256
        )
        self._newest = {row.programme_id: _length(row.frames) for row in session.execute(query.join(newest, same))}
        before = between[0] - timedelta(weeks=1)  # what is repeated
        weeks = {str(week_of(at, tz)) for at in (before, *between)}
        rows_of_weeks = session.execute(query.where(approved, Bulletin.week.in_(weeks)).order_by(Bulletin.decided_at))
        self._weeks = {(row.programme_id, row.week): _length(row.frames) for row in rows_of_weeks}

    def name(self, occurrence: Occurrence) -> str:
        return self._names.get(occurrence.programme, "")

    def has_nothing(self, occurrence: Occurrence) -> bool:
        """Whether its programme would be silent: it carries no stream, and nothing was ever approved for it."""
        return occurrence.programme not in self._relays and occurrence.programme not in self._speaking

    def length(self, programme: str, at: datetime) -> timedelta:
        of_week = self._weeks.get((programme, str(week_of(at, self._tz))))
        return self._relays.get(programme) or of_week or self._newest.get(programme, UNKNOWN)
