"""Slots and their occurrences. An occurrence is (slot, instant): computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from schedules.changes import Change
from schedules.late import LatePolicy
from schedules.periods import Period, paused
from schedules.recurrence import Recurrence
from schedules.rules import to_utc

NOTHING: Mapping[datetime, str] = MappingProxyType({})
MARGIN = timedelta(days=2)  # a clock change moves a wall time by a day at most (Samoa skipped 30 December 2011)


class Klass(StrEnum):
    """Thông tư 39/2020/TT-BTTTT: thông thường and ưu tiên (khẩn cấp is never scheduled)."""

    THUONG = "thuong"
    UU_TIEN = "uu-tien"


@dataclass(frozen=True)
class Slot:
    """When (recurrence) what (programme) airs where (zone); programme and zone are ids.

    `rank` is the order the operator stated for slots that meet at one moment: the lower goes first. `repeat_of` is the
    slot whose last broadcast airs again in this one.
    """

    id: str
    programme: str
    zone: str
    recurrence: Recurrence
    klass: Klass
    late: LatePolicy
    rests_on_holidays: bool = False
    rank: int = 0
    repeat_of: str | None = None


@dataclass(frozen=True)
class Occurrence:
    """One moment of a slot, aware UTC. `change` says how it differs from what the rule says."""

    slot: Slot
    starts_at: datetime
    change: Change | None = None

    @property
    def programme(self) -> str:
        """What airs: the slot's programme, or the one that takes its place this once."""
        return (self.change and self.change.programme) or self.slot.programme

    @property
    def original(self) -> datetime:
        """The instant the rule puts it at: with the slot it names the occurrence for good."""
        return self.change.original if self.change else self.starts_at


def occurrences(
    slot: Slot,
    start: datetime,
    end: datetime,
    tz: ZoneInfo,
    periods: Iterable[Period] = (),
    changes: Iterable[Change] = (),
) -> list[Occurrence]:
    """Occurrences with start <= starts_at < end (aware), in order: without those whose wall date is paused, and with
    the changes of single ones made; whether one is paused is asked of the programme that really airs. A change whose
    occurrence is not there (any more) changes nothing.

    A moved occurrence airs where it was moved to, paused or not: somebody chose that very day.
    """
    by_original = {change.original: change for change in changes if change.slot == slot.id}
    programmes = {at: change.programme for at, change in by_original.items() if change.programme}
    found = []
    for instant in _instants(slot, start, end, tz, tuple(periods), programmes):
        change = by_original.get(instant)
        if change is None or not (change.cancelled or change.moved_to):
            found.append(Occurrence(slot, instant, change))
    for change in by_original.values():
        if change.moved_to and start <= change.moved_to < end and is_due(slot, change.original, tz):
            found.append(Occurrence(slot, change.moved_to, change))
    return sorted(found, key=lambda o: (o.starts_at, o.original))


def is_due(slot: Slot, instant: datetime, tz: ZoneInfo) -> bool:
    """Whether the slot's rule (pauses aside) puts an occurrence at exactly that instant."""
    return instant in _instants(slot, instant, instant + timedelta(microseconds=1), tz, ())


def cancelled(slot: Slot, start: datetime, end: datetime, tz: ZoneInfo, changes: Iterable[Change]) -> list[Occurrence]:
    """The occurrences of the window that were cancelled, for those who want to see what was changed and by whom."""
    own = sorted((c for c in changes if c.slot == slot.id and c.cancelled), key=lambda c: c.original)
    there = set(_instants(slot, start, end, tz, ())) if own else set()
    return [Occurrence(slot, change.original, change) for change in own if change.original in there]


def _instants(
    slot: Slot,
    start: datetime,
    end: datetime,
    tz: ZoneInfo,
    periods: tuple[Period, ...],
    instead: Mapping[datetime, str] = NOTHING,
) -> list[datetime]:
    """What the rule says, pauses left out. `instead`: programmes that take the place of the slot's own, by instant."""
    if end <= start:
        return []
    first = (start.astimezone(tz) - MARGIN).date()
    last = (end.astimezone(tz) + MARGIN).date()
    moments = [(at, day) for at, day in _moments(slot.recurrence, first, last, tz) if start <= at < end]
    # A set: where a zone skips a whole day, its wall time and the next day's are one instant.
    airing = {at: replace(slot, programme=programme) for at, programme in instead.items()}
    return sorted({at for at, day in moments if not (periods and paused(periods, airing.get(at, slot), day))})


@lru_cache(maxsize=8_000)  # some weeks of every slot of a large station; editing one leaves the others known
def _moments(recurrence: Recurrence, first: date, last: date, tz: ZoneInfo) -> tuple[tuple[datetime, date], ...]:
    """The instants of the wall times on these dates, each with its wall date."""
    return tuple((to_utc(wall, tz), wall.date()) for wall in recurrence.wall_times(first, last))
