"""Recurrence rules: RFC 5545 RRULE text and a wall time, expanded by dateutil on naive local wall time (lunar rules
by schedules.lunar).

Naive on purpose: "17:30 every Friday" is a statement about the wall, and becomes an instant only at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from schedules import grammar, lunar
from schedules.errors import BadRule

EPOCH = date(2024, 1, 1)  # a Monday: the anchor of rules without a first date, so that INTERVAL stands still
CALENDAR_TURN = 400  # years after which the Gregorian calendar repeats, weekdays included
ALWAYS_THERE = 28  # the last day that every month has
SEARCH = 100  # years at least in which a rule has to match once; the rarest that makes sense needs 40


@dataclass(frozen=True)
class Rule:
    """`rrule` is an RRULE value, `at` the wall time; `starts` and `until` are wall dates, both included.

    INTERVAL and COUNT, and a weekday or day the text leaves out, are counted from `starts`, or from Monday
    2024-01-01 without it: a rule means the same dates whatever window is asked for. A date as UNTIL is included too.
    """

    rrule: str
    at: time
    starts: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raises BadRule: bad-time, dates-reversed, never, and the codes of grammar.parts."""
        if self.at.tzinfo is not None or self.at.microsecond:
            raise BadRule("bad-time", at=self.at.isoformat())
        if self.starts and self.until and self.until < self.starts:
            raise BadRule("dates-reversed", first=self.starts, last=self.until)
        found = _first_match(self)
        if found is None or found > _last_date(self):
            raise BadRule("never", rule=self.rrule)

    @classmethod
    def parse(cls, text: str, *, at: time, starts: date | None = None, until: date | None = None) -> Rule:
        """A rule from text, with or without a leading "RRULE:". Raises BadRule as the class does."""
        return cls(text.strip().upper().removeprefix("RRULE:"), at, starts, until)

    def __str__(self) -> str:
        return self.rrule


def wall_times(rule: Rule, first: date, last: date) -> Iterator[datetime]:
    """Naive wall times on the dates first to last, both included, in order."""
    begin = max(first, rule.starts or first)
    end = min(last, _last_date(rule))
    if begin <= end:
        yield from (datetime.combine(day, rule.at) for day in _dates(replace(rule, at=time.min), begin, end))


@lru_cache(maxsize=500)  # a station's slots differ in their hours more than in their days
def _dates(rule: Rule, first: date, last: date) -> tuple[date, ...]:
    parts = grammar.parts(rule.rrule)
    if "RSCALE" in parts:
        return tuple(lunar.dates(parts, first, last))
    recurrence = rrulestr(_bare(rule), dtstart=_anchor_near(_anchor(rule), parts, first))
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    return tuple(wall.date() for wall in recurrence.between(begin, end, inc=True))


def to_utc(wall: datetime, tz: ZoneInfo) -> datetime:
    """The instant of a naive wall time (RFC 5545, section 3.3.5): one that a clock change skips moves forward by
    the gap, one that comes twice is the first (fold 0 of PEP 495 means both)."""
    return wall.replace(tzinfo=tz, fold=0).astimezone(UTC)


def _anchor(rule: Rule) -> datetime:
    return datetime.combine(rule.starts or EPOCH, rule.at)


def _anchor_near(anchor: datetime, parts: Mapping[str, str], first: date) -> datetime:
    """The anchor moved towards a date by whole turns of the rule: the same dates after it, without walking there.

    A turn is so many weeks (or years, where months count) as INTERVAL says, which keeps its step, the weekday, and
    the day of the month. A COUNT is counted from the true anchor, and 29 to 31 are not in every month.
    """
    interval = int(parts.get("INTERVAL", 1))
    if "COUNT" in parts:
        return anchor
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        turn = timedelta(weeks=interval)
        return anchor + max(0, (first - anchor.date()) // turn - 1) * turn
    if anchor.day > ALWAYS_THERE:
        return anchor
    return anchor.replace(year=anchor.year + max(0, (first.year - anchor.year - 1) // interval) * interval)


def _bare(rule: Rule) -> str:
    """The rule's text for dateutil, which would read a date as UNTIL as its midnight, and takes the first day of the
    week, unless told, from a setting of the whole process."""
    parts = {"WKST": "MO", **grammar.parts(rule.rrule)}
    return ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")


def _last_date(rule: Rule) -> date:
    until = grammar.parts(rule.rrule).get("UNTIL")
    try:
        # By its digits: fromisoformat would take other forms of a date too.
        said = date(int(until[:4]), int(until[4:6]), int(until[6:])) if until else date.max
    except ValueError as error:
        raise BadRule("bad-part", part="UNTIL", value=until) from error
    return min(said, rule.until or date.max)


@lru_cache(maxsize=4000)  # stored rules are read again with every plan; a rule is a value and its dates stay
def _first_match(rule: Rule) -> date | None:
    """The first date the rule matches, its last date left aside; None if it matches none in SEARCH years.

    dateutil looks for a match until the year 9999, which takes seconds where there is none. So it looks from as many
    whole turns of the calendar ahead as leave SEARCH years before that: the dates are the same there.
    """
    anchor = _anchor(rule)
    parts = grammar.parts(rule.rrule)
    if "RSCALE" in parts:
        century = anchor.date() + timedelta(days=366 * SEARCH)
        return next(lunar.dates(parts, anchor.date(), century), None)
    ahead = (MAXYEAR - SEARCH - anchor.year) // CALENDAR_TURN * CALENDAR_TURN
    found = next(iter(rrulestr(_bare(rule), dtstart=anchor.replace(year=anchor.year + ahead))), None)
    return found.date().replace(year=found.year - ahead) if found else None
