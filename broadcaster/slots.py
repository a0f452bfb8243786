"""Slots as people set them: checked against hours and the other slots, added, changed, removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from broadcaster import changes, clashing, hours, ordered, repeats, timetable, zones
from broadcaster.allowance import Outlook
from broadcaster.broadcasts import Status
from broadcaster.changes import Said
from broadcaster.clashing import LOOK_AHEAD, Clashing
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Programme, SlotRow
from schedules.errors import ScheduleError
from schedules.late import LatePolicy
from schedules.lunar_words import lunar_rule
from schedules.pasted import pasted
from schedules.slots import Occurrence, occurrences

OnClash: TypeAlias = Literal["refuse", "after", "replace"]
TIMES = ("rrule", "at", "first", "until")  # what a slot's moments follow from
TAKEN = (*TIMES, "zone", "klass", "late", "repeat_of", "override_reason", "overruled")
EXCUSED = ("rrule", "at", "zone")  # what a reason for an exception was given for: of anything else it says nothing


@dataclass(frozen=True)
class Wanted:
    """What a person says of a slot. `rule` is RRULE text, several lines of it, or the name of a lunar day; `at` may be
    empty where the rule says it; `override` a reason for what is refused now; `repeat_of` the id of a slot."""

    rule: str
    at: str
    zone: str = "all"
    klass: str = "thuong"
    late: str = "from-start:10m"
    first: date | None = None
    until: date | None = None
    rests_on_holidays: bool = False
    rank: int = 0
    repeat_of: str | None = None
    override: str | None = None


def get(session: Session, slot_id: str) -> SlotRow:
    """A slot in use by its id or the end of it. Raises BroadcasterError slot-unknown."""
    query = sa.select(SlotRow).where(SlotRow.id.endswith(slot_id), SlotRow.removed_at.is_(None)).limit(2)
    rows = session.scalars(query).all() if slot_id else []
    if len(rows) != 1:
        raise BroadcasterError("slot-unknown", usage=True, id=slot_id)
    return rows[0]


def add(
    session: Session,
    programme: Programme,
    wanted: Wanted,
    *,
    now: datetime,
    tz: ZoneInfo,
    by: str = "",
    on_clash: OnClash = "refuse",
) -> SlotRow:
    """A new slot. Raises BroadcasterError rule-bad, late-bad, zone-missing, slot-never, hours-refused, slot-clashes,
    slot-meets-order, slot-unknown, repeat-….

    Hours, clashes and orders give way to an `override` reason, kept with the slot and with what it was given against.
    `on_clash` "after" places it behind what it meets, "replace" cancels what it meets, date by date.
    """
    row = SlotRow(programme_id=programme.id, programme=programme, created_at=now)
    _settle(session, row, wanted, now=now, tz=tz, by=by, on_clash=on_clash)
    return row


def edit(
    session: Session,
    row: SlotRow,
    wanted: Wanted,
    *,
    version: int,
    now: datetime,
    tz: ZoneInfo,
    by: str = "",
    on_clash: OnClash = "refuse",
) -> None:
    """Change a slot that was seen as `version`. A reason that was given before stays good for what it was given
    against, while the slot keeps its times and its zone.

    Raises as `add`, and slot-changed when somebody was quicker.
    """
    if row.version != version:
        raise BroadcasterError("slot-changed")
    _settle(session, row, wanted, now=now, tz=tz, by=by, on_clash=on_clash)


def remove(session: Session, slot_id: str, now: datetime, version: int | None = None) -> SlotRow:
    """Take a slot out of use; what it aired stays in the log.

    Raises BroadcasterError slot-unknown, and slot-changed when it is no longer the `version` that was seen.
    """
    row = get(session, slot_id)
    if version not in (None, row.version):
        raise BroadcasterError("slot-changed")
    row.removed_at = now
    _write(session)
    return row


def _write(session: Session) -> None:
    """Where writers do not queue (PostgreSQL), somebody may have been quicker since the row was read."""
    try:
        session.flush()
    except StaleDataError as error:
        raise BroadcasterError("slot-changed") from error


def clashes(session: Session, row: SlotRow, now: datetime, tz: ZoneInfo) -> list[Clashing]:
    """What the slot meets in the coming year."""
    slot = timetable.slot_value(row)
    return clashing.found(session, slot, clashing.others(session, slot, now, tz), now, tz)


def objection(
    session: Session, row: SlotRow, wanted: Wanted, *, now: datetime, tz: ZoneInfo
) -> BroadcasterError | None:
    """Why `edit` would refuse, if it would; nothing is written."""
    try:
        _checked(session, row, wanted, now, tz, "refuse")
    except BroadcasterError as error:
        return error
    return None


def _settle(
    session: Session, row: SlotRow, wanted: Wanted, *, now: datetime, tz: ZoneInfo, by: str, on_clash: OnClash
) -> None:
    """Write what is wanted into the row once every check has passed; the row is left alone when one has not."""
    with session.no_autoflush:
        draft, met = _checked(session, row, wanted, now, tz, on_clash)
        if row.id and any(getattr(row, column) != getattr(draft, column) for column in TIMES):
            row.since = now
        for column in TAKEN:
            setattr(row, column, getattr(draft, column))
        row.rests_on_holidays, row.rank = wanted.rests_on_holidays, wanted.rank
    session.add(row)
    _write(session)
    for clash in met:
        other = session.get_one(SlotRow, clash.other.slot.id)
        changes.cancel(session, other, clash.other.original, Said(by, row.programme.name, now, tz))


def _checked(
    session: Session, row: SlotRow, wanted: Wanted, now: datetime, tz: ZoneInfo, on_clash: OnClash
) -> tuple[SlotRow, list[Clashing]]:
    """The row as it would be, and what it would have to take the place of."""
    with session.no_autoflush:
        draft = SlotRow(id=row.id or "new", programme_id=row.programme_id, created_at=now, rank=0)
        _take(draft, wanted, now.astimezone(tz).date(), tz)
        draft.zone = zones.check(session, wanted.zone)
        draft.repeat_of = _original(session, row, wanted.repeat_of)
        coming = _coming(session, draft, now, tz)
        excused = _excused(row, draft)
        beside = clashing.others(session, timetable.slot_value(draft), now, tz)
        met = clashing.found(session, timetable.slot_value(draft), beside, now, tz)
        if met and not wanted.override and "clash" not in excused and on_clash == "after":
            draft.at = f"{clashing.time_after(met, tz):%H:%M}"
            coming = _coming(session, draft, now, tz)
            met = clashing.found(session, timetable.slot_value(draft), beside, now, tz)
        refused = _refused(session, draft, coming, beside, tz)
        orders = ordered.by_slot(session, timetable.slot_value(draft), now, tz)
        if wanted.override:
            met_codes = [code for code, there in (("clash", met), ("order", orders)) if there]
            draft.overruled = sorted({*(code for code, _ in refused), *_barred(session, row), *met_codes})
            return draft, []
        for code, error in refused:
            if code not in excused:
                raise error
        if met and "clash" not in excused and on_clash != "replace":
            raise BroadcasterError("slot-clashes", clashes=tuple(met), count=len(met))
        if orders and "order" not in excused:
            raise BroadcasterError("slot-meets-order", orders=tuple(orders))
        draft.overruled = sorted(excused)
        draft.override_reason = row.override_reason if excused else None
        return draft, [] if "clash" in excused else met


def _original(session: Session, row: SlotRow, wanted: str | None) -> str | None:
    """The slot that is to be repeated; what it was before stays good."""
    if not wanted or wanted == row.repeat_of:
        return wanted or None
    original = get(session, wanted)
    repeats.expect_original(session, row, original)
    return original.id


def _excused(row: SlotRow, draft: SlotRow) -> frozenset[str]:
    """What was overruled with a reason that still holds."""
    same = all(getattr(row, column) == getattr(draft, column) for column in EXCUSED)
    return frozenset(row.overruled) if row.id and row.override_reason and same else frozenset()


def _barred(session: Session, row: SlotRow) -> set[str]:
    """What the plan holds against broadcasts of the slot that are to come: a reason is given against that as well."""
    refused = sa.select(Broadcast.refused).where(
        Broadcast.slot_id == row.id,
        Broadcast.status.in_([Status.PLANNED, Status.READY]),
        Broadcast.refused.startswith("hours-"),
    )
    return {code.removeprefix("hours-") for code in session.scalars(refused) if code} if row.id else set()


def _take(draft: SlotRow, wanted: Wanted, today: date, tz: ZoneInfo) -> None:
    try:
        text = "\n".join(map(_spoken, wanted.rule.split("\n")))
        at = time.fromisoformat(wanted.at) if wanted.at else None
        found = pasted(text, tz, at=at, starts=wanted.first)
    except (ScheduleError, ValueError) as error:
        raise BroadcasterError("rule-bad", usage=True, rule=error) from error
    # "ten times" means from now on
    draft.first = today if found.starts is None and "COUNT=" in found.rule else found.starts
    draft.at = f"{found.at:%H:%M:%S}" if found.at.second else f"{found.at:%H:%M}"
    draft.rrule, draft.zone, draft.klass = found.rule, wanted.zone, wanted.klass
    draft.late, draft.until, draft.override_reason = wanted.late, wanted.until, wanted.override
    draft.rests_on_holidays, draft.rank = wanted.rests_on_holidays, wanted.rank


def _spoken(line: str) -> str:
    """The rule a line names in words; a line of RRULE text as it is."""
    return lunar_rule(line) if line.strip() and not set(line) & {"=", ":"} else line


def _coming(session: Session, draft: SlotRow, now: datetime, tz: ZoneInfo) -> list[Occurrence]:
    """The draft's occurrences of the coming year; what can't be one is refused here."""
    try:
        LatePolicy.parse(draft.late)
    except ScheduleError as error:
        raise BroadcasterError("late-bad", usage=True, text=draft.late) from error
    try:
        coming = occurrences(timetable.slot_value(draft), now, now + LOOK_AHEAD, tz, timetable.periods(session))
    except (ScheduleError, ValueError) as error:
        raise BroadcasterError("rule-bad", usage=True, rule=error) from error
    if not coming:
        raise BroadcasterError("slot-never", usage=True)
    return coming


def _refused(
    session: Session, draft: SlotRow, coming: list[Occurrence], beside: list[Occurrence], tz: ZoneInfo
) -> Iterator[tuple[str, BroadcasterError]]:
    """What the hours hold against the coming year: each code once, with the first moment of which it is so. No further
    is looked than is asked."""
    found: set[str] = set()
    outlook, zone_hours = Outlook(session, tz), hours.of_zone(session, draft.zone)
    days: dict[date, list[Occurrence]] = defaultdict(list)
    for o in beside:
        days[o.starts_at.astimezone(tz).date()].append(o)
    for o in coming:
        more, others = outlook.day(o, days[o.starts_at.astimezone(tz).date()])
        for refusal in hours.refusals(zone_hours, o.starts_at, tz, more, others):
            if refusal.code not in found:
                found.add(refusal.code)
                minutes = round(more.length.total_seconds() / 60)
                error = BroadcasterError("hours-refused", refusal=refusal, at=o.starts_at, minutes=minutes)
                yield refusal.code, error
