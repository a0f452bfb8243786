"""The Vietnamese lunar calendar (âm lịch, UTC+7): which lunar day a date is, and rules that speak of lunar days.

A lunar rule is RRULE text with RFC 7529's RSCALE: "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1" is mùng 1
Tết. A leap month is written "4L" and is otherwise a month of its own; FREQ=MONTHLY means every month, leap or not.
The conversion is lunar-vn's (Hồ Ngọc Đức's algorithm); docs/decisions/0100 says how far it was checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import lunar_vn

from schedules.errors import BadRule

SCALE = "VIETNAMESE"
FIRST, LAST = date(1900, 1, 31), date(2100, 12, 31)  # what the library knows; outside it nothing is a lunar day
PARTS = frozenset({"RSCALE", "FREQ", "BYMONTH", "BYMONTHDAY", "UNTIL"})
MONTH = re.compile("(1[0-2]|[1-9])L?")
DAY = re.compile("(30|[12][0-9]|[1-9])|-1")  # -1 is the last day: giao thừa falls on the 29th or the 30th


@dataclass(frozen=True)
class LunarDate:
    """A day of the lunar calendar; `leap` when its month is the second of that number in its year."""

    year: int
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        """As calendars print it: "15/7", "1/4 nhuận"."""
        return f"{self.day}/{self.month}{' nhuận' if self.leap else ''}"


@lru_cache(maxsize=20_000)  # decades of days, a few hundred bytes each
def lunar_date(day: date) -> LunarDate:
    """The lunar date of a date from 31/1/1900 to 31/12/2100. Raises ValueError outside."""
    found = lunar_vn.solar_to_lunar(day)
    return LunarDate(found.year, found.month, found.day, found.leap)


def check(parts: Mapping[str, str]) -> None:
    """Whether a lunar rule is one we can follow. Raises BadRule parts-conflict, bad-part."""
    if parts["RSCALE"] != SCALE:
        raise BadRule("bad-part", part="RSCALE", value=parts["RSCALE"])
    for name in parts.keys() - PARTS:
        raise BadRule("parts-conflict", part=name, other="RSCALE")
    if parts["FREQ"] not in ("MONTHLY", "YEARLY") or "BYMONTHDAY" not in parts:
        raise BadRule("parts-conflict", part=f"FREQ={parts['FREQ']}", other="RSCALE")
    if (parts["FREQ"] == "YEARLY") != ("BYMONTH" in parts):
        raise BadRule("parts-conflict", part="BYMONTH", other=f"FREQ={parts['FREQ']}")
    for name, form in (("BYMONTH", MONTH), ("BYMONTHDAY", DAY)):
        if name in parts and not all(form.fullmatch(item) for item in parts[name].split(",")):
            raise BadRule("bad-part", part=name, value=parts[name])


def dates(parts: Mapping[str, str], first: date, last: date) -> Iterator[date]:
    """The dates from first to last, both included, that a checked lunar rule matches, in order."""
    months = parts["BYMONTH"].split(",") if "BYMONTH" in parts else None
    days = set(map(int, parts["BYMONTHDAY"].split(",")))
    day = max(first, FIRST)
    while day <= min(last, LAST):
        found = lunar_date(day)
        in_month = months is None or f"{found.month}{'L' if found.leap else ''}" in months
        if in_month and (found.day in days or (-1 in days and _is_last_of_month(day))):
            yield day
        day += timedelta(days=1)


def _is_last_of_month(day: date) -> bool:
    return day < LAST and lunar_date(day + timedelta(days=1)).day == 1
