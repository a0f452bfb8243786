"""Recurrence rules: RFC 5545 RRULE text and a wall time, expanded by dateutil on naive local wall time.

Naive on purpose: "17:30 every Friday" is a statement about the wall, and only becomes an instant at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from schedules.errors import BadRule

EPOCH = date(2024, 1, 1)  # a Monday: the anchor of rules without a first day, so that INTERVAL stands still
FORBIDDEN = ("DTSTART", "BYHOUR", "BYMINUTE", "BYSECOND")  # the wall time is said apart, once
SEARCH = timedelta(days=366 * 9)  # 29 February across a century year is the rarest rule that ever matches


@dataclass(frozen=True)
class Rule:
    """`rrule` is the value of an RRULE; `starts` and `until` are wall dates, both included."""

    rrule: str
    at: time
    starts: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, text: str, *, at: time, starts: date | None = None, until: date | None = None) -> Rule:
        """Raises BadRule: empty, forbidden-part, too-often, unreadable, dates-reversed."""
        value = text.strip().upper().removeprefix("RRULE:")
        if not value or "\n" in value:
            raise BadRule("empty" if not value else "unreadable", rule=text)
        names = [part.partition("=")[0] for part in value.split(";")]
        if found := [n for n in names if n in FORBIDDEN]:
            raise BadRule("forbidden-part", part=found[0])
        if "FREQ=HOURLY" in value or "FREQ=MINUTELY" in value or "FREQ=SECONDLY" in value:
            raise BadRule("too-often", rule=text)
        if starts and until and until < starts:
            raise BadRule("dates-reversed")
        rule = cls(value, at, starts, until)
        _expanded(rule)
        return rule

    def __str__(self) -> str:
        return self.rrule


def _expanded(rule: Rule) -> rrule:
    anchor = datetime.combine(rule.starts or EPOCH, rule.at)
    try:
        found = rrulestr(f"RRULE:{rule.rrule}", dtstart=anchor)
    except (ValueError, TypeError, KeyError) as error:
        raise BadRule("unreadable", rule=rule.rrule, detail=str(error)) from error
    if not isinstance(found, rrule):
        raise BadRule("unreadable", rule=rule.rrule)
    return found


def wall_times(rule: Rule, first: date, last: date) -> Iterator[datetime]:
    """Naive wall times on the dates first to last, both included, in order."""
    begin = max(first, rule.starts or first)
    end = min(last, rule.until or last)
    if begin > end:
        return
    yield from _expanded(rule).between(datetime.combine(begin, time.min), datetime.combine(end, time.max), inc=True)


def to_utc(wall: datetime, tz: ZoneInfo) -> datetime:
    """The instant of a naive wall time: one that a clock change skips moves forward by the gap, one that comes
    twice is the first (fold 0, PEP 495)."""
    return wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
