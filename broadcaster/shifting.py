"""A whole slot moved as one of its occurrences was: to another time of day, and to another weekday where its rule is
plain enough to say so."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from broadcaster.models import SlotRow
from broadcaster.slots import Wanted

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)")


def every_time(row: SlotRow, original: datetime, to: datetime, tz: ZoneInfo, override: str | None) -> Wanted | None:
    """What the slot has to say so that the occurrence at `original` is at `to` from now on; None where that would need
    another rule (a date of its own, a lunar day, every other week, a weekday it already has).

    The time of day is that of all its days. An earlier reason for an exception says nothing of another time.
    """
    was, wall = original.astimezone(tz), to.astimezone(tz)
    rule: str | None = row.rrule
    if wall.date() != was.date():
        same_week = wall.isocalendar()[:2] == was.isocalendar()[:2]
        rule = _other_day(row.rrule, was.weekday(), wall.weekday()) if same_week else None
    if rule is None or rule.upper().startswith("RDATE"):
        return None
    return Wanted(
        rule=rule,
        at=f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}",
        zone=row.zone,
        klass=row.klass,
        late=row.late,
        first=row.first,
        until=row.until,
        rests_on_holidays=row.rests_on_holidays,
        rank=row.rank,
        repeat_of=row.repeat_of,
        override=override,
    )


def _other_day(rule: str, was: int, to: int) -> str | None:
    """The weekly rule with one weekday put in another's place."""
    found = WEEKLY.fullmatch(rule.upper())
    days = set(found[1].split(",")) if found else set[str]()
    if WEEKDAYS[was] not in days or WEEKDAYS[to] in days:
        return None
    days = days - {WEEKDAYS[was]} | {WEEKDAYS[to]}
    return f"FREQ=WEEKLY;BYDAY={','.join(day for day in WEEKDAYS if day in days)}"
