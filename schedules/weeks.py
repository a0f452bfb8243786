"""Weeks by ISO 8601: Monday to Sunday, week 1 is the one with the year's first Thursday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from schedules.errors import BadWeek

FORM = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, order=True)
class Week:
    """A week of a year, written 2026-W48; `year` is the one its Thursday lies in."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Raises BadWeek bad-week for a week the year does not have."""
        try:
            self.sunday()
        except (ValueError, OverflowError) as error:
            raise BadWeek("bad-week", week=str(self)) from error

    @classmethod
    def parse(cls, text: str) -> Week:
        """From "2026-W48". Raises BadWeek bad-week."""
        match = FORM.fullmatch(text.strip().upper())
        if match is None:
            raise BadWeek("bad-week", week=text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Week:
        year, number, _ = day.isocalendar()
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def sunday(self) -> date:
        return self.monday() + timedelta(days=6)


def week_of(instant: datetime, tz: ZoneInfo) -> Week:
    """The station's week at an aware instant."""
    return _of(instant.astimezone(tz).date())


@lru_cache(maxsize=2_000)  # some years of days: a look ahead asks for each of them again and again
def _of(day: date) -> Week:
    return Week.of(day)
