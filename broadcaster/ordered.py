"""What people have ordered for an instant, a recording or a relay, beside the slots: what meets what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import candidates, timetable, zones
from broadcaster.broadcasts import Status
from broadcaster.clashing import LONGEST
from broadcaster.lengths import UNKNOWN, Lengths
from broadcaster.models import Broadcast, Programme, Recording
from schedules.clashes import meet
from schedules.slots import Slot, occurrences


@dataclass(frozen=True)
class Met:
    """Something that is to sound from an instant to another."""

    title: str
    starts_at: datetime
    ends_at: datetime


def by_slot(session: Session, slot: Slot, now: datetime, tz: ZoneInfo) -> list[Met]:
    """What was ordered that occurrences of a slot, new or changed, would meet, in order."""
    waiting = _waiting(session, now, slot.zone)
    if not waiting:
        return []
    start, end = waiting[0].starts_at - LONGEST, max(met.ends_at for met in waiting)
    start = max(start, now)
    held, changes = timetable.periods(session), timetable.changes(session, start, end)
    lengths = Lengths(session, tz)
    own = [
        (o.starts_at, o.starts_at + lengths.of(o.programme, o.starts_at))
        for o in occurrences(slot, start, end, tz, held, changes)
    ]
    return [m for m in waiting if any(begins < m.ends_at and m.starts_at < ends for begins, ends in own)]


def by_order(session: Session, order: Broadcast, now: datetime, tz: ZoneInfo) -> list[Met]:
    """What an order that was just made would meet: occurrences of slots, and other orders, by time."""
    begins = order.starts_at
    ends = begins + (candidates.length(session, order) or UNKNOWN)
    found = _waiting(session, now, order.zone, but=order.id)
    lengths, place = Lengths(session, tz), zones.places(session)
    here = place(order.zone)
    for o in timetable.all_occurrences(session, begins - LONGEST, ends, tz):
        there = place(o.slot.zone)
        if here and there and meet(here, there):
            name = session.get_one(Programme, o.programme).name
            found.append(Met(name, o.starts_at, o.starts_at + lengths.of(o.programme, o.starts_at)))
    return sorted((m for m in found if begins < m.ends_at and m.starts_at < ends), key=lambda m: m.starts_at)


def _waiting(session: Session, now: datetime, zone: str, but: str = "") -> list[Met]:
    """Orders for an instant that are still to be heard where a zone is, by time."""
    query = (
        sa.select(Broadcast.title, Broadcast.starts_at, Broadcast.zone, Broadcast.live, Recording.frames)
        .outerjoin(Recording, Recording.sha256 == Broadcast.recording)
        .where(
            Broadcast.kind == "at",
            Broadcast.status.in_([Status.PLANNED, Status.READY]),
            Broadcast.starts_at > now - LONGEST,
            Broadcast.id != but,
        )
        .order_by(Broadcast.starts_at)
    )
    place = zones.places(session)
    here, found = place(zone), []
    for row in session.execute(query):
        there = place(row.zone)
        if here and there and meet(here, there):
            length: timedelta = candidates.lasting(row.live, row.frames) or UNKNOWN
            found.append(Met(row.title, row.starts_at, row.starts_at + length))
    return [met for met in found if met.ends_at > now]
