"""Slots, periods and changes as they are stored, handed to `schedules` as values; and what they come to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import stamps
from broadcaster.models import ChangeRow, PeriodRow, Programme, SlotRow
from schedules import slots as rules
from schedules.changes import Change
from schedules.errors import ScheduleError
from schedules.late import LatePolicy
from schedules.periods import Effect, Period
from schedules.recurrence import Recurrence
from schedules.slots import Klass, Occurrence, Slot

log = logging.getLogger(__name__)
WEEK = timedelta(days=7)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BACK = (timedelta(days=8), timedelta(days=32), timedelta(days=400))  # the longest lunar year has 385
KEPT_WEEKS = 18  # longer windows (the clashes of a year) are computed anew: they are rare, and large


@dataclass(frozen=True)
class Book:
    """All that says when something airs, as values; each slot with the moment from which it is in use.

    `weeks` are occurrences computed before: (number of the week since 1970, zone) → in order.
    """

    slots: tuple[tuple[Slot, datetime], ...]
    periods: tuple[Period, ...]
    changes: tuple[Change, ...]
    weeks: dict[tuple[int, ZoneInfo], list[Occurrence]] = field(default_factory=dict)


_books: stamps.Shelf[str, Book] = stamps.Shelf(stamps.TIMES)
_order = attrgetter("starts_at", "slot.rank", "slot.id")


def slot_value(row: SlotRow) -> Slot:
    """A stored slot as the value that `schedules` computes with. Raises ScheduleError, ValueError for a bad time."""
    return Slot(
        id=row.id,
        programme=row.programme_id,
        zone=row.zone,
        recurrence=_recurrence(row.rrule, row.at, row.first, row.until),
        klass=Klass(row.klass),
        late=LatePolicy.parse(row.late),
        rests_on_holidays=row.rests_on_holidays,
        rank=row.rank,
        repeat_of=row.repeat_of,
    )


@lru_cache(maxsize=2_000)  # a text always means the same; editing one slot leaves the others read
def _recurrence(rrule: str, at: str, starts: date | None, until: date | None) -> Recurrence:
    return Recurrence.parse(rrule, at=time.fromisoformat(at), starts=starts, until=until)


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


def changes_named(session: Session) -> list[tuple[ChangeRow, str]]:
    """The changes that stand of slots that stand, each with the name of its slot's programme."""
    query = (
        sa.select(ChangeRow, Programme.name)
        .join(SlotRow, SlotRow.id == ChangeRow.slot_id)
        .join(Programme, Programme.id == SlotRow.programme_id)
        .where(ChangeRow.undone_at.is_(None), SlotRow.removed_at.is_(None))
    )
    return [(row, name) for row, name in session.execute(query.order_by(ChangeRow.original, ChangeRow.id))]


def book(session: Session) -> Book:
    """As things stand; read anew only when a slot, a period or a change was written."""
    kept = _books.of(session)
    if "book" not in kept:
        kept["book"] = Book(tuple(_values(slot_rows(session))), _periods(session), _changes(session))
    return kept["book"]


def periods(session: Session) -> tuple[Period, ...]:
    """What is otherwise on which dates."""
    return book(session).periods


def changes(session: Session, start: datetime, end: datetime) -> tuple[Change, ...]:
    """Those that take something out of the window, or put something into it."""
    return _near(book(session).changes, start, end)


def _near(made: tuple[Change, ...], start: datetime, end: datetime) -> tuple[Change, ...]:
    """Of years of changes, the few that matter to a window."""
    return tuple(c for c in made if start <= c.original <= end or (c.moved_to and start <= c.moved_to <= end))


def _periods(session: Session) -> tuple[Period, ...]:
    return tuple(
        Period(p.id, p.first, p.last, p.reason, p.programme_id, p.zone, Effect(p.effect), p.rule, p.days, p.volume)
        for p in period_rows(session)
    )


def _changes(session: Session) -> tuple[Change, ...]:
    return tuple(
        Change(c.slot_id, c.original, c.cancelled, c.moved_to, c.programme_id, c.by, c.reason)
        for c in change_rows(session)
    )


def all_occurrences(
    session: Session,
    start: datetime,
    end: datetime,
    tz: ZoneInfo,
    *,
    only: str | None = None,
    among: Callable[[Slot], bool] | None = None,
) -> list[Occurrence]:
    """Every occurrence with start <= starts_at < end, pauses left out and changes made, in order of time and rank.

    `only` is a slot's id, `among` says which slots are asked about: the others are not expanded.
    """
    held = book(session)
    if only is not None:
        return _expanded(held, start, end, tz, lambda slot: slot.id == only)
    if among is not None or end - start > WEEK * KEPT_WEEKS:
        return _expanded(held, start, end, tz, among)
    numbers = range((start - EPOCH) // WEEK, (end - EPOCH) // WEEK + 1)
    _fill(held, numbers, tz)
    return [o for n in numbers for o in held.weeks.get((n, tz), ()) if start <= o.starts_at < end]


def _fill(held: Book, numbers: Iterable[int], tz: ZoneInfo) -> None:
    """See to it that these weeks are known: those that are not, at once from the first to the last."""
    missing = [n for n in numbers if (n, tz) not in held.weeks]
    if not missing:
        return
    if len(held.weeks) > KEPT_WEEKS + 2:  # a window of so many may touch two more
        held.weeks.clear()
        missing = [*numbers]
    start, end = EPOCH + missing[0] * WEEK, EPOCH + (missing[-1] + 1) * WEEK
    found: dict[int, list[Occurrence]] = {n: [] for n in range(missing[0], missing[-1] + 1)}
    for occurrence in _expanded(held, start, end, tz, None):
        found[(occurrence.starts_at - EPOCH) // WEEK].append(occurrence)
    held.weeks.update({(n, tz): of_week for n, of_week in found.items()})


def _expanded(
    held: Book, start: datetime, end: datetime, tz: ZoneInfo, among: Callable[[Slot], bool] | None
) -> list[Occurrence]:
    found: list[Occurrence] = []
    made = _near(held.changes, start, end)
    pauses = [p for p in held.periods if p.effect in (Effect.PAUSE, Effect.HOLIDAY)]
    for slot, since in held.slots:
        if among is None or among(slot):
            found += rules.occurrences(slot, max(start, since), end, tz, pauses, made)
    return sorted(found, key=_order)


def all_cancelled(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Occurrence]:
    """The occurrences of the window that somebody cancelled, in order of time."""
    held = book(session)
    made = _near(held.changes, start, end)
    found = [o for slot, _ in held.slots for o in rules.cancelled(slot, start, end, tz, made)]
    return sorted(found, key=lambda o: (o.starts_at, o.slot.id))


@dataclass(frozen=True)
class Excuse:
    """A written reason, and the codes of what it was given against."""

    reason: str
    codes: frozenset[str]


def overrides(session: Session, slot_id: str | None = None) -> dict[tuple[str, datetime], Excuse]:
    """(slot, instant) → the reason given when an occurrence was moved there against hours or clashes; of one slot, or
    of all."""
    query = sa.select(ChangeRow.slot_id, ChangeRow.moved_to, ChangeRow.override_reason, ChangeRow.overruled).where(
        ChangeRow.moved_to.is_not(None), ChangeRow.override_reason.is_not(None), ChangeRow.undone_at.is_(None)
    )
    rows = session.execute(query.where(ChangeRow.slot_id == slot_id) if slot_id else query)
    return {(slot, at): Excuse(reason, frozenset(codes)) for slot, at, reason, codes in rows if at and reason}


def _values(rows: Iterable[SlotRow]) -> list[tuple[Slot, datetime]]:
    """Each slot with the moment from which it is in use; one bad slot costs one slot."""
    found = []
    for row in rows:
        try:
            found.append((slot_value(row), row.since or row.created_at))
        except (ScheduleError, ValueError):
            log.exception("không theo được khung giờ %s", row.id)
    return found
