"""What a day carries beside what a person orders for it: what has been heard, is planned, and waits by hand.

The schedule is asked beside itself alone (broadcaster.allowance): it never falls silent for what somebody has ordered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import candidates, hours, timetable, zones
from broadcaster.broadcasts import ENDS, UNHEARD, Status
from broadcaster.lengths import Lengths
from broadcaster.models import Broadcast, Recording
from schedules.hours import Carried, refuse_day

CODES = ("too-many-minutes", "too-many-repeats")  # what speaks of a day
BY_HAND = ("at", "queue")
WAITING = (Status.PLANNED, Status.READY)


def exempt(excuse: Mapping[str, Any]) -> dict[str, Any]:
    """What `playing.excuse` says of something that tries the loudspeakers, and that no day is asked about."""
    return {**excuse, "overruled": [*excuse.get("overruled", ()), *CODES]}


def edition(bulletin_id: str | None, recording: str | None) -> str | None:
    """What something would be a repeat of."""
    return bulletin_id or recording


def beside(
    session: Session, at: datetime, tz: ZoneInfo, *, now: datetime, but: str = "", orders: bool = True
) -> list[Carried]:
    """What the wall day of an instant carries, where it is heard, without one broadcast (`but`). `orders`: also what
    has been ordered for that day and has not begun.

    Of what is over, what was delivered counts. Alerts take nothing of a day, and neither does a microphone.
    """
    start = datetime.combine(at.astimezone(tz).date(), time(), tz)
    end = datetime.combine(start.date() + timedelta(days=1), time(), tz)
    found = [*_stored(session, start, end, now, tz, but, orders), *_ahead(session, start, end, now, tz)]
    place = zones.places(session)
    return [Carried(there, what, length) for zone, what, length in found if (there := place(zone))]


def refusal(session: Session, broadcast: Broadcast, at: datetime, tz: ZoneInfo, now: datetime) -> str | None:
    """Why something that was ordered may not begin at an instant, beside what that day has carried and what the
    schedule still has for it; as a reason code."""
    length = candidates.length(session, broadcast)
    place = zones.places(session)(broadcast.zone)
    if length is None or place is None:
        return None
    what = None if broadcast.live else edition(broadcast.bulletin_id, broadcast.recording)
    others = beside(session, at, tz, now=now, but=broadcast.id, orders=False)
    allowed = hours.of_zone(session, broadcast.zone)
    found = refuse_day(allowed, Carried(place, what, length), others, broadcast.overruled)
    return f"hours-{found.code}" if found else None


def _stored(
    session: Session, start: datetime, end: datetime, now: datetime, tz: ZoneInfo, but: str, orders: bool
) -> Iterator[tuple[str, str | None, timedelta]]:
    """Zone, edition and length of what is in the tables."""
    waits = sa.and_(Broadcast.status.in_(WAITING), Broadcast.began_at.is_(None))
    within = [
        sa.and_(Broadcast.starts_at >= start, Broadcast.starts_at < end),
        sa.and_(Broadcast.began_at >= start, Broadcast.began_at < end),
    ]
    if start <= now < end:  # what waits in the queue is heard today, whenever it was put there
        within.append(sa.and_(Broadcast.kind == "queue", Broadcast.status.in_(WAITING)))
    query = (
        sa.select(
            Broadcast.kind, Broadcast.zone, Broadcast.status, Broadcast.programme_id, Broadcast.bulletin_id,
            Broadcast.recording, Broadcast.live, Broadcast.delivered, Broadcast.starts_at, Recording.frames,
        )
        .outerjoin(Recording, Recording.sha256 == Broadcast.recording)
        .where(
            sa.or_(*within),
            Broadcast.kind.in_(("scheduled", *BY_HAND)),
            Broadcast.status.not_in(UNHEARD),
            Broadcast.refused.is_(None),
            Broadcast.id != but,
        )
    )  # fmt: skip
    if not orders:
        query = query.where(sa.not_(sa.and_(Broadcast.kind.in_(BY_HAND), waits)))
    lengths = Lengths(session, tz)
    for row in session.execute(query):
        length = candidates.lasting(row.live, row.frames)
        if row.status in ENDS:
            length = timedelta(seconds=row.delivered / RATE)
        elif length is None and row.programme_id:
            length = lengths.of(row.programme_id, row.starts_at)
        what = None if row.live else edition(row.bulletin_id, row.recording)
        yield row.zone, what, length or timedelta()


def _ahead(
    session: Session, start: datetime, end: datetime, now: datetime, tz: ZoneInfo
) -> Iterator[tuple[str, str | None, timedelta]]:
    """The same of occurrences still to come that the plan has not stored. What they will play is not known."""
    due = timetable.all_occurrences(session, max(start, now), end, tz)
    stored = _known(session, start, end) if due else ()
    lengths = Lengths(session, tz)
    for o in due:
        if (o.slot.id, o.starts_at) not in stored:
            yield o.slot.zone, None, lengths.of(o.programme, o.starts_at)


def _known(session: Session, start: datetime, end: datetime) -> Collection[tuple[str, datetime]]:
    query = sa.select(Broadcast.slot_id, Broadcast.starts_at).where(
        Broadcast.slot_id.is_not(None), Broadcast.starts_at >= start, Broadcast.starts_at < end
    )
    return {(slot or "", at) for slot, at in session.execute(query)}
