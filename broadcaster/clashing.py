"""Clashes of a slot with the others over the coming year, and the two ways out: after them, or in their place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster import timetable, zones
from broadcaster.lengths import Lengths
from schedules.clashes import Clash, Timed, clashes, meet
from schedules.slots import Occurrence, Slot, occurrences

LONGEST = timedelta(days=1)  # no broadcast of a village is longer
LOOK_AHEAD = timedelta(days=366)  # a whole year, so that slots that meet by season are found


@dataclass(frozen=True)
class Clashing:
    """An occurrence of the slot in question, and the one of another slot that sounds at the same time."""

    own: Occurrence
    other: Occurrence
    other_ends_at: datetime


def others(session: Session, slot: Slot, now: datetime, tz: ZoneInfo) -> list[Occurrence]:
    """Those of the other slots that are heard where this one is, over the coming year, in order."""
    zone_of = zones.heard_in(session)
    return timetable.all_occurrences(
        session, now, now + LOOK_AHEAD, tz, among=lambda s: s.id != slot.id and meet(zone_of(s), zone_of(slot))
    )


def found(session: Session, slot: Slot, beside: list[Occurrence], now: datetime, tz: ZoneInfo) -> list[Clashing]:
    """Every clash of the coming year with the `others`, in order; `slot` may be new or changed."""
    lengths = Lengths(session, tz)
    end = now + LOOK_AHEAD
    own = occurrences(slot, now, end, tz, timetable.periods(session), timetable.changes(session, now, end))
    timed = [Timed(o, lengths.of(o.programme, o.starts_at)) for o in (*own, *_near(own, beside))]
    ends = {(t.occurrence.slot.id, t.occurrence.starts_at): t.ends_at for t in timed}
    return [
        _turned(clash, slot.id, ends)
        for clash in clashes(timed, zones.heard_in(session))
        if slot.id in (clash.first.slot.id, clash.second.slot.id)
    ]


def _near(own: list[Occurrence], beside: list[Occurrence]) -> list[Occurrence]:
    """Of a year of others, those that begin within a broadcast's longest of one of our own."""
    moments = [o.starts_at for o in own]
    found = []
    for other in beside:
        after = bisect_left(moments, other.starts_at - LONGEST)
        if after < len(moments) and moments[after] <= other.starts_at + LONGEST:
            found.append(other)
    return found


def _turned(clash: Clash, own_id: str, ends: dict[tuple[str, datetime], datetime]) -> Clashing:
    own, other = (clash.first, clash.second) if clash.first.slot.id == own_id else (clash.second, clash.first)
    return Clashing(own, other, ends[other.slot.id, other.starts_at])


def time_after(clashing: Iterable[Clashing], tz: ZoneInfo) -> time:
    """The first full minute of the day at which all of them have ended: where the slot could be placed instead."""
    ends = max((c.other_ends_at.astimezone(tz) - timedelta(microseconds=1) for c in clashing), key=lambda w: w.time())
    return (ends.replace(second=0, microsecond=0) + timedelta(minutes=1)).time()
