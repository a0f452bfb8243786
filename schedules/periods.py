"""Periods: wall dates on which something is otherwise, each with its reason. A pause keeps slots off the air, a
holiday those that rest on holidays; in mourning jingles and music fall silent; in exam weeks it is quieter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from schedules.errors import BadPeriod
from schedules.recurrence import Recurrence

LONGEST_DAYS = 366  # of what comes again: each date asked about looks back that far


class Effect(StrEnum):
    PAUSE = "pause"
    HOLIDAY = "holiday"
    MOURNING = "mourning"
    QUIETER = "quieter"


class Aired(Protocol):
    """What a period asks of a slot. Slots know periods; this way periods need not know slots."""

    @property
    def programme(self) -> str: ...

    @property
    def zone(self) -> str: ...

    @property
    def rests_on_holidays(self) -> bool: ...


@dataclass(frozen=True)
class Airing:
    """Something to be heard that is no slot, as far as periods ask."""

    programme: str
    zone: str
    rests_on_holidays: bool = False


@dataclass(frozen=True)
class Period:
    """Wall dates from `first` to `last`, both included; for everything, or only for a programme, a zone, or one in
    the other.

    With a `rule` (as Recurrence reads it, lunar too) it comes again: `days` days from each date of the rule, within
    `first` and `last` where they are given; what the rule counts is counted from `first`. `volume` (0 to 1) is what is
    left of it under QUIETER.
    """

    id: str
    first: date | None
    last: date | None
    reason: str
    programme: str | None = None
    zone: str | None = None
    effect: Effect = Effect.PAUSE
    rule: str | None = None
    days: int = 1
    volume: float = 1.0

    def __post_init__(self) -> None:
        """Raises BadPeriod dates-reversed, no-dates, bad-days, bad-volume; BadRule for its rule."""
        if self.first and self.last and self.last < self.first:
            raise BadPeriod("dates-reversed", first=self.first, last=self.last)
        if self.rule:
            Recurrence.parse(self.rule, at=time(), starts=self.first)
        elif not self.first or not self.last:
            raise BadPeriod("no-dates")
        if not 1 <= self.days <= LONGEST_DAYS:
            raise BadPeriod("bad-days", days=self.days)
        if not 0.0 <= self.volume <= 1.0:
            raise BadPeriod("bad-volume", volume=self.volume)

    def covers(self, day: date) -> bool:
        """Whether a wall date lies in it."""
        if not (self.first or day) <= day <= (self.last or day):
            return False
        if not self.rule:
            return True
        return any(
            day - timedelta(days=n) in _days_of(self.rule, self.first, (day - timedelta(days=n)).year)
            for n in range(self.days)
        )

    def holds(self, slot: Aired, day: date) -> bool:
        """Whether it is about this slot on that wall date."""
        return self.programme in (None, slot.programme) and self.zone in (None, slot.zone) and self.covers(day)


@lru_cache(maxsize=1000)
def _days_of(rule: str, starts: date | None, year: int) -> frozenset[date]:
    recurrence = Recurrence.parse(rule, at=time(), starts=starts)
    found = recurrence.wall_times(date(year, 1, 1), date(year, 12, 31))
    return frozenset(wall.date() for wall in found)


def paused(periods: Iterable[Period], slot: Aired, wall_date: date) -> Period | None:
    """The first of the periods that keeps the slot off the air on that wall date."""
    for period in periods:  # a loop: asked for each of thousands of occurrences, mostly for nothing
        effect = period.effect
        silences = effect is Effect.PAUSE or (effect is Effect.HOLIDAY and slot.rests_on_holidays)
        if silences and period.holds(slot, wall_date):
            return period
    return None


def mourned(periods: Iterable[Period], slot: Aired, wall_date: date) -> Period | None:
    """The first of the periods of mourning about the slot on that wall date."""
    return next((p for p in periods if p.effect is Effect.MOURNING and p.holds(slot, wall_date)), None)


def volume(periods: Iterable[Period], zone: str, wall_date: date) -> float:
    """0 to 1: the lowest volume that the periods ask of a zone on that wall date."""
    asked = (p.volume for p in periods if p.effect is Effect.QUIETER and p.zone in (None, zone) and p.covers(wall_date))
    return min(asked, default=1.0)
