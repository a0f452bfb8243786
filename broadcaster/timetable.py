"""Slots, periods and changes as they are stored, handed to `schedules` as values; and what they come to."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.models import ChangeRow, PeriodRow, SlotRow
from schedules import slots as rules
from schedules.changes import Change
from schedules.errors import ScheduleError
from schedules.late import LatePolicy
from schedules.periods import Effect, Period
from schedules.recurrence import Recurrence
from schedules.slots import Klass, Occurrence, Slot

log = logging.getLogger(__name__)


def slot_value(row: SlotRow) -> Slot:
    """A stored slot as the value that `schedules` computes with. Raises ScheduleError, ValueError for a bad time."""
    return Slot(
        id=row.id,
        programme=row.programme_id,
        zone=row.zone,
        recurrence=Recurrence.parse(row.rrule, at=time.fromisoformat(row.at), starts=row.first, until=row.until),
        klass=Klass(row.klass),
        late=LatePolicy.parse(row.late),
        rests_on_holidays=row.rests_on_holidays,
        rank=row.rank,
    )


def slot_rows(session: Session) -> list[SlotRow]:
    """The slots in use, oldest first."""
    return list(session.scalars(sa.select(SlotRow).where(SlotRow.removed_at.is_(None)).order_by(SlotRow.id)))


def period_rows(session: Session) -> list[PeriodRow]:
    """The periods in use: dated ones first, by date."""
    query = sa.select(PeriodRow).where(PeriodRow.removed_at.is_(None))
    return list(session.scalars(query.order_by(PeriodRow.first.is_(None), PeriodRow.first, PeriodRow.id)))


def change_rows(session: Session) -> list[ChangeRow]:
    """The changes of single occurrences that stand, by the moment they change."""
    query = sa.select(ChangeRow).where(ChangeRow.undone_at.is_(None))
    return list(session.scalars(query.order_by(ChangeRow.original, ChangeRow.id)))


def periods(session: Session) -> tuple[Period, ...]:
    """What is otherwise on which dates."""
    return tuple(
        Period(p.id, p.first, p.last, p.reason, p.programme_id, p.zone, Effect(p.effect), p.rule, p.days, p.volume)
        for p in period_rows(session)
    )


def changes(session: Session, start: datetime, end: datetime) -> tuple[Change, ...]:
    """Those that take something out of the window, or put something into it: years of them lie behind."""
    query = sa.select(ChangeRow).where(
        ChangeRow.undone_at.is_(None),
        sa.or_(ChangeRow.original.between(start, end), ChangeRow.moved_to.between(start, end)),
    )
    return tuple(
        Change(c.slot_id, c.original, c.cancelled, c.moved_to, c.programme_id, c.by, c.reason)
        for c in session.scalars(query.order_by(ChangeRow.original, ChangeRow.id))
    )


def all_occurrences(
    session: Session, start: datetime, end: datetime, tz: ZoneInfo, *, only: str | None = None
) -> list[Occurrence]:
    """Every occurrence with start <= starts_at < end, pauses left out and changes made, in order of time and rank.

    `only` is a slot's id: who asks about one broadcast need not expand them all.
    """
    found: list[Occurrence] = []
    held, made = periods(session), changes(session, start, end)
    for slot, since in _values(row for row in slot_rows(session) if only in (None, row.id)):
        found += rules.occurrences(slot, max(start, since), end, tz, held, made)
    return sorted(found, key=lambda o: (o.starts_at, o.slot.rank, o.slot.id))


def all_cancelled(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Occurrence]:
    """The occurrences of the window that somebody cancelled, in order of time."""
    made = changes(session, start, end)
    values = _values(slot_rows(session))
    found = [o for slot, _ in values for o in rules.cancelled(slot, start, end, tz, made)]
    return sorted(found, key=lambda o: (o.starts_at, o.slot.id))


def override_of(session: Session, occurrence: Occurrence) -> str | None:
    """Why hours and clashes were overruled for an occurrence: by its slot, or by the change that moved it."""
    row = session.get_one(SlotRow, occurrence.slot.id)
    return row.override_reason or change_override(session, row.id, occurrence.starts_at)


def change_override(session: Session, slot_id: str, moved_to: datetime) -> str | None:
    """The reason given when an occurrence was moved to an instant against the hours."""
    return session.scalar(
        sa.select(ChangeRow.override_reason)
        .where(ChangeRow.slot_id == slot_id, ChangeRow.moved_to == moved_to, ChangeRow.undone_at.is_(None))
        .limit(1)
    )


def _values(rows: Iterable[SlotRow]) -> list[tuple[Slot, datetime]]:
    """Each slot with the moment from which it is in use; one bad slot costs one slot."""
    found = []
    for row in rows:
        try:
            found.append((slot_value(row), row.created_at))
        except (ScheduleError, ValueError):
            log.exception("không theo được khung giờ %s", row.id)
    return found
