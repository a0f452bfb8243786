"""Allowed and quiet hours. Defaults as reported under Nghị định 49/2024/NĐ-CP; every one a setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

EVERY_DAY = frozenset(range(7))  # Monday is 0


@dataclass(frozen=True)
class Window:
    """Hours of a day in which may be aired; the end is included as an ending time."""

    start: time
    end: time
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True)
class Hours:
    """When may be aired (`allowed`) and when nobody may (`quiet`, across midnight)."""

    allowed: tuple[Window, ...] = (Window(time(5, 30), time(6, 30)), Window(time(17), time(18)))
    quiet: tuple[time, time] = (time(22), time(5))


@dataclass(frozen=True)
class Refusal:
    """`code`: "quiet" or "outside-allowed"."""

    code: str
    hours: Hours


def refuse(hours: Hours, starts: datetime, duration: timedelta) -> Refusal | None:
    """Whether a broadcast from naive wall time `starts` is refused: it must lie within one allowed window whole."""
    ends = starts + duration
    if _touches_quiet(hours, starts, ends):
        return Refusal("quiet", hours)
    for window in hours.allowed:
        opens = datetime.combine(starts.date(), window.start)
        closes = datetime.combine(starts.date(), window.end)
        if starts.weekday() in window.weekdays and opens <= starts and ends <= closes:
            return None
    return Refusal("outside-allowed", hours)


def _touches_quiet(hours: Hours, starts: datetime, ends: datetime) -> bool:
    begin, finish = hours.quiet
    day = starts.date() - timedelta(days=1)
    while day <= ends.date():
        opens = datetime.combine(day, begin)
        closes = datetime.combine(day + timedelta(days=1 if finish <= begin else 0), finish)
        if starts < closes and ends > opens:
            return True
        day += timedelta(days=1)
    return False
