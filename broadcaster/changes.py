"""Single occurrences cancelled, moved or replaced by a person, and put back again."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import hours, timetable, zones
from broadcaster.allowance import Outlook
from broadcaster.errors import BroadcasterError
from broadcaster.models import ChangeRow, Programme, SlotRow
from schedules.clashes import Timed, clashes
from schedules.hours import Refusal
from schedules.slots import Occurrence, is_due, occurrences

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """Who wants a change, why, when it is said (aware), and in which zone the station's wall clock is."""

    by: str
    reason: str
    now: datetime
    tz: ZoneInfo


def cancel(session: Session, slot: SlotRow, original: datetime, said: Said) -> ChangeRow:
    """This once, the slot does not air. Raises BroadcasterError occurrence-unknown, reason-missing."""
    return _keep(session, slot, original, said, cancelled=True)


def replace(session: Session, slot: SlotRow, original: datetime, programme: Programme, said: Said) -> ChangeRow:
    """This once, another programme airs, where the occurrence is by now. Raises BroadcasterError occurrence-unknown,
    reason-missing."""
    was = standing(session, slot, original)
    kept = ("moved_to", "override_reason", "overruled")
    moved = {name: getattr(was, name) for name in kept} if was else {}
    return _keep(session, slot, original, said, programme_id=programme.id, **moved)


def move(
    session: Session, slot: SlotRow, original: datetime, to: datetime, said: Said, override: str | None = None
) -> ChangeRow:
    """This once, it airs at another instant: what its rule says, or what already took its place.

    Raises BroadcasterError occurrence-unknown, reason-missing, time-past; hours-refused and slot-clash unless an
    `override` says why all the same.
    """
    objections = _objections(session, slot, original, to, said.now, said.tz)
    if objections and not override:
        raise objections[0]
    was = standing(session, slot, original)
    programme = was.programme_id if was else None
    return _keep(
        session, slot, original, said, moved_to=to, programme_id=programme,
        override_reason=override, overruled=[_code(each) for each in objections] if override else [],
    )  # fmt: skip


def undo(session: Session, change_id: str, now: datetime) -> ChangeRow:
    """Let the rule speak again. Raises BroadcasterError change-unknown."""
    rows = [row for row in timetable.change_rows(session) if change_id and row.id.endswith(change_id)]
    if len(rows) != 1:
        raise BroadcasterError("change-unknown", usage=True, id=change_id)
    rows[0].undone_at = now
    return rows[0]


def standing(session: Session, slot: SlotRow, original: datetime) -> ChangeRow | None:
    """What was last said about an occurrence."""
    query = sa.select(ChangeRow).where(
        ChangeRow.slot_id == slot.id, ChangeRow.original == original, ChangeRow.undone_at.is_(None)
    )
    return session.scalars(query.order_by(ChangeRow.id.desc()).limit(1)).first()


def on_date(session: Session, slot: SlotRow, day: date, tz: ZoneInfo) -> datetime:
    """The instant the slot's rule has on a wall date. Raises BroadcasterError occurrence-unknown."""
    start = datetime.combine(day, datetime.min.time(), tz)
    found = occurrences(timetable.slot_value(slot), start, start + DAY, tz)
    if len(found) != 1:
        raise BroadcasterError("occurrence-unknown", usage=True, at=start)
    return found[0].starts_at


def _keep(session: Session, slot: SlotRow, original: datetime, said: Said, **what: object) -> ChangeRow:
    if not is_due(timetable.slot_value(slot), original, said.tz):
        raise BroadcasterError("occurrence-unknown", usage=True, at=original)
    if not said.reason.strip():
        raise BroadcasterError("reason-missing", usage=True)
    for row in timetable.change_rows(session):
        if (row.slot_id, row.original) == (slot.id, original):
            row.undone_at = said.now  # the last word counts
    made = ChangeRow(
        slot_id=slot.id, original=original, by=said.by, reason=said.reason.strip(), created_at=said.now, **what
    )
    session.add(made)
    session.flush()
    return made


def check(session: Session, slot: SlotRow, original: datetime, to: datetime, now: datetime, tz: ZoneInfo) -> None:
    """Nothing when an occurrence may air at another instant. Raises BroadcasterError time-past, hours-refused,
    slot-clash."""
    for objection in _objections(session, slot, original, to, now, tz):
        raise objection


def _code(objection: BroadcasterError) -> str:
    """What a reason against it overrules."""
    refusal = objection.values.get("refusal")
    return refusal.code if isinstance(refusal, Refusal) else "clash"


def _objections(
    session: Session, slot: SlotRow, original: datetime, to: datetime, now: datetime, tz: ZoneInfo
) -> list[BroadcasterError]:
    """All that speaks against another instant. Raises BroadcasterError time-past."""
    _expect_coming(to, now)
    outlook = Outlook(session, tz)
    value = timetable.slot_value(slot)
    was = standing(session, slot, original)
    programme = (was and was.programme_id) or value.programme
    midnight = datetime.combine(to.astimezone(tz).date(), datetime.min.time(), tz)
    others = [
        o
        for o in timetable.all_occurrences(session, midnight - DAY, midnight + 2 * DAY, tz)
        if (o.slot.id, o.original) != (slot.id, original)
    ]
    moved = Occurrence(dataclasses.replace(value, programme=programme), to)
    more, beside = outlook.day(moved, (o for o in others if _same_day(o, midnight)))
    minutes = round(more.length.total_seconds() / 60)
    found = [
        BroadcasterError("hours-refused", refusal=refused, at=to, minutes=minutes)
        for refused in hours.refusals(hours.of_zone(session, value.zone), to, tz, more, beside)
    ]
    timed = [Timed(moved, more.length), *(Timed(o, outlook.length(o)) for o in others)]
    for clash in clashes(timed, zones.heard_in(session)):
        if moved in (clash.first, clash.second):
            other = clash.second if clash.first is moved else clash.first
            name = session.get_one(Programme, other.programme).name
            found.append(BroadcasterError("slot-clash", other=name, at=other.starts_at))
            break
    return found


def _expect_coming(to: datetime, now: datetime) -> None:
    if to <= now:
        raise BroadcasterError("time-past", usage=True, at=to)


def _same_day(occurrence: Occurrence, midnight: datetime) -> bool:
    return midnight <= occurrence.starts_at < midnight + DAY
