"""Weeks by ISO 8601: Monday to Sunday, week 1 is the one with the year's first Thursday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.errors import ScheduleError

FORM = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, order=True)
class Week:
    """A week of a year, written 2026-W48."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Week:
        """Raises ScheduleError bad-week, also for a week the year does not have."""
        match = FORM.fullmatch(text.strip().upper())
        try:
            if match is None:
                raise ValueError(text)
            week = cls(int(match[1]), int(match[2]))
            week.monday()
        except ValueError as error:
            raise ScheduleError("bad-week", week=text) from error
        return week

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
    return Week.of(instant.astimezone(tz).date())
