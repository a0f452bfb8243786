"""What the log adds up to: by day, month and year; and which weeks met their duties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import add
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import duties
from broadcaster.broadcasts import ENDS, Status
from broadcaster.models_station import AsRun
from schedules.weeks import Week, week_of

Weeks: TypeAlias = dict[Week, dict[str, int]]

ON_TIME = timedelta(seconds=1)  # what began so close to its plan began on time
PLANNED_KINDS = ("scheduled", "at")  # the others begin when there is room for them


@dataclass(frozen=True)
class Sums:
    """`timed` of the broadcasts had a planned instant and began, `on_time` of these within ON_TIME of it."""

    broadcasts: int = 0
    aired: int = 0
    cut: int = 0
    missed: int = 0
    seconds: float = 0.0
    timed: int = 0
    on_time: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def minutes(self) -> float:
        return self.seconds / 60

    @property
    def rate(self) -> float | None:
        """The share that began on time, 0 to 1; None when nothing had a time to begin at."""
        return self.on_time / self.timed if self.timed else None


@dataclass(frozen=True)
class Year:
    """One year: every day of it that has a line in the log."""

    year: int
    days: dict[date, Sums]

    def days_of(self, month: int) -> dict[date, Sums]:
        return {day: sums for day, sums in self.days.items() if day.month == month}

    def month(self, number: int) -> Sums:
        return reduce(add, self.days_of(number).values(), Sums())

    @property
    def whole(self) -> Sums:
        return reduce(add, self.days.values(), Sums())


def add_up(rows: Iterable[tuple[datetime, datetime | None, str, str, float]], tz: ZoneInfo) -> dict[date, Sums]:
    """Sums by wall date from (planned, began, kind, outcome, seconds) of each line."""
    days: dict[date, Counter[str]] = defaultdict(Counter)
    lengths: dict[date, float] = defaultdict(float)
    for planned, began, kind, outcome, seconds in rows:
        day = (began or planned).astimezone(tz).date()
        days[day][outcome] += 1
        lengths[day] += seconds
        if began is not None and kind in PLANNED_KINDS:
            days[day]["timed"] += 1
            days[day]["on time"] += abs(began - planned) <= ON_TIME
    return {
        day: Sums(
            broadcasts=sum(of[status] for status in ENDS),
            aired=of[Status.AIRED],
            cut=of[Status.CUT],
            missed=of[Status.MISSED] + of[Status.FAILED],
            seconds=lengths[day],
            timed=of["timed"],
            on_time=of["on time"],
        )
        for day, of in days.items()
    }


def of_year(session: Session, year: int, tz: ZoneInfo) -> Year:
    """What people took out of the queue unheard is no broadcast."""
    start, end = (datetime.combine(date(y, 1, 1), time(), tz) for y in (year, year + 1))
    query = sa.select(AsRun.planned_at, AsRun.began_at, AsRun.kind, AsRun.outcome, AsRun.seconds).where(
        AsRun.planned_at >= start, AsRun.planned_at < end, AsRun.outcome != Status.WITHDRAWN
    )
    days = add_up(session.execute(query), tz)
    return Year(year, {day: sums for day, sums in sorted(days.items()) if day.year == year})


def newest(session: Session) -> str | None:
    """Changes with every line that is added to the log, and with nothing else: whatever was added up still holds."""
    found: str | None = session.scalar(sa.select(sa.func.max(AsRun.id)))
    return found


def years(session: Session, tz: ZoneInfo) -> list[int]:
    """The years the log speaks of, newest first."""
    # Each end by itself is one step down the index; both in one question would read all of it.
    ends = [session.scalar(sa.select(end(AsRun.planned_at))) for end in (sa.func.min, sa.func.max)]
    first, last = (at.astimezone(tz).year if at else None for at in ends)
    return list(range(last, first - 1, -1)) if first and last else []


def weeks(session: Session, year: int, now: datetime, tz: ZoneInfo) -> Weeks:
    """What each week of the year that is over carried on each topic, from the week in which the log begins."""
    begins = session.scalar(sa.select(sa.func.min(AsRun.planned_at)))
    if begins is None:
        return {}
    first = max(Week(year, 1), Week.of(begins.astimezone(tz).date()))
    over = Week.of(now.astimezone(tz).date() - timedelta(weeks=1))
    last = min(over, Week.of(date(year, 12, 28)))  # the 28th of December always lies in the last week
    return duties.by_week(session, first, last, tz) if first <= last else {}


class Remembered:
    """Years added up once and kept until the log has a new line, or a week is over."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[tuple[str | None, Week], Year, Weeks]] = {}

    def look(self, session: Session, year: int, now: datetime, tz: ZoneInfo) -> tuple[Year, Weeks]:
        holds = newest(session), week_of(now, tz)
        kept = self._kept.get(year)
        if kept is None or kept[0] != holds:
            kept = holds, of_year(session, year, tz), weeks(session, year, now, tz)
            self._kept[year] = kept
        return kept[1], kept[2]
