"""Slots and pauses as people set them: checked, stored, and handed to `schedules` as values."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import editions, zones
from broadcaster.errors import BroadcasterError
from broadcaster.models import PauseRow, Programme, SlotRow
from schedules.clashes import Clash, Timed, clashes
from schedules.errors import ScheduleError
from schedules.hours import Hours, refuse
from schedules.late import LatePolicy
from schedules.pauses import Pause
from schedules.rules import Rule
from schedules.slots import Klass, Occurrence, Slot, occurrences

log = logging.getLogger(__name__)
LOOK_AHEAD = timedelta(days=366)  # clashes are looked for over a whole year, where they are met by season


def slot_value(row: SlotRow) -> Slot:
    """A stored slot as the value that `schedules` computes with. Raises ScheduleError."""
    return Slot(
        id=row.id,
        programme=row.programme_id,
        zone=row.zone,
        rule=Rule.parse(row.rrule, at=time.fromisoformat(row.at), starts=row.first, until=row.until),
        klass=Klass(row.klass),
        late=LatePolicy.parse(row.late),
    )


def slots(session: Session) -> list[SlotRow]:
    return list(session.scalars(sa.select(SlotRow).where(SlotRow.removed_at.is_(None)).order_by(SlotRow.id)))


def pauses(session: Session) -> list[PauseRow]:
    query = sa.select(PauseRow).where(PauseRow.removed_at.is_(None)).order_by(PauseRow.first)
    return list(session.scalars(query))


def pause_values(session: Session) -> tuple[Pause, ...]:
    return tuple(Pause(p.id, p.first, p.last, p.reason, p.programme_id, None) for p in pauses(session))


def all_occurrences(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Occurrence]:
    """Every occurrence with start <= starts_at < end, pauses left out, in order of time."""
    held = pause_values(session)
    found: list[Occurrence] = []
    for row in slots(session):
        try:
            found += occurrences(slot_value(row), max(start, row.created_at), end, tz, held)
        except ScheduleError:
            log.exception("không theo được khung giờ %s", row.id)  # one bad slot costs one slot
    return sorted(found, key=lambda o: (o.starts_at, o.slot.id))


def add_slot(
    session: Session,
    programme: Programme,
    *,
    rrule: str,
    at: str,
    now: datetime,
    tz: ZoneInfo,
    zone: str = "all",
    klass: str = "thuong",
    late: str = "from-start:10m",
    first: date | None = None,
    until: date | None = None,
    override: str | None = None,
    hours: Hours | None = None,
) -> SlotRow:
    """A new slot. Raises BroadcasterError rule-bad, late-bad, zone-unknown, slot-never, hours-refused or slot-clash.

    The last two give way to an `override` reason, which is kept with the slot.
    """
    if "COUNT=" in rrule.upper() and first is None:
        first = now.astimezone(tz).date()  # "ten times" means from now on
    row = SlotRow(
        programme_id=programme.id,
        programme=programme,
        zone=zones.check(session, zone),
        rrule=rrule,
        at=at,
        first=first,
        until=until,
        klass=klass,
        late=late,
        override_reason=override,
        created_at=now,
    )
    row.id = "new"
    try:
        LatePolicy.parse(late)
    except ScheduleError as error:
        raise BroadcasterError("late-bad", usage=True, text=late) from error
    try:
        value = slot_value(row)
        coming = occurrences(value, now, now + LOOK_AHEAD, tz)
    except (ScheduleError, ValueError) as error:
        raise BroadcasterError("rule-bad", usage=True, rule=error) from error
    if not coming:
        raise BroadcasterError("slot-never", usage=True)
    length = editions.usual_length(session, programme)
    if not override:
        walls = (o.starts_at.astimezone(tz).replace(tzinfo=None) for o in coming)
        refusal = next(filter(None, (refuse(hours or Hours(), wall, length) for wall in walls)), None)
        if refusal:
            raise BroadcasterError("hours-refused", refusal=refusal, minutes=round(length.total_seconds() / 60))
        if clash := _first_clash(session, coming, length, now, tz):
            raise _clash_error(session, clash)
    row.id = None  # type: ignore[assignment]  # the column's default gives the real one
    session.add(row)
    session.flush()
    return row


def _first_clash(
    session: Session, coming: list[Occurrence], length: timedelta, now: datetime, tz: ZoneInfo
) -> Clash | None:
    lengths = {p.id: editions.usual_length(session, p) for p in session.scalars(sa.select(Programme))}
    timed = [Timed(o, length) for o in coming]
    timed += [Timed(o, lengths[o.slot.programme]) for o in all_occurrences(session, now, now + LOOK_AHEAD, tz)]
    return next((c for c in clashes(timed) if "new" in (c.first.slot.id, c.second.slot.id)), None)


def _clash_error(session: Session, clash: Clash) -> BroadcasterError:
    other = clash.second if clash.first.slot.id == "new" else clash.first
    name = session.get_one(Programme, other.slot.programme).name
    return BroadcasterError("slot-clash", other=name, at=other.starts_at)


def remove_slot(session: Session, slot_id: str, now: datetime) -> SlotRow:
    """Take a slot out of use; what it aired stays in the log. Raises BroadcasterError slot-unknown."""
    row = session.get(SlotRow, slot_id) or session.scalar(
        sa.select(SlotRow).where(SlotRow.id.endswith(slot_id), SlotRow.removed_at.is_(None)).limit(1)
    )
    if row is None or row.removed_at is not None:
        raise BroadcasterError("slot-unknown", usage=True, id=slot_id)
    row.removed_at = now
    return row


def add_pause(
    session: Session,
    *,
    first: date,
    last: date,
    reason: str,
    now: datetime,
    programme: Programme | None = None,
) -> PauseRow:
    """Dates without air. Raises BroadcasterError dates-reversed, reason-missing."""
    if last < first:
        raise BroadcasterError("dates-reversed", usage=True)
    if not reason.strip():
        raise BroadcasterError("reason-missing", usage=True)
    row = PauseRow(
        first=first,
        last=last,
        reason=reason.strip(),
        programme_id=programme.id if programme else None,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def remove_pause(session: Session, pause_id: str, now: datetime) -> PauseRow:
    """Raises BroadcasterError pause-unknown."""
    row = session.get(PauseRow, pause_id)
    if row is None or row.removed_at is not None:
        raise BroadcasterError("pause-unknown", usage=True, id=pause_id)
    row.removed_at = now
    return row
