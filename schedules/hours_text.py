"""Hours of the week as people write them: "05:30-06:30, 17:00-18:00; CN 06:00-07:00"; T2 is Monday, CN Sunday."""

from __future__ import annotations

import re
from datetime import time

from schedules.errors import BadHours
from schedules.hours import EVERY_DAY, Window

NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
GROUP = re.compile(r"(?:(?P<days>(?:T[2-7]|CN)(?:[-,](?:T[2-7]|CN))*)\s+)?(?P<spans>\d.*)", re.IGNORECASE)
SPAN = re.compile(r"(\d{1,2})[:hg](\d{2})\s*[-–]\s*(\d{1,2})[:hg](\d{2})", re.IGNORECASE)


def windows(text: str) -> tuple[Window, ...]:
    """The windows of a text; groups are parted by ";", spans by ",", no days means every day. Raises BadHours."""
    return tuple(window for group in filter(None, map(str.strip, text.split(";"))) for window in _group(group, text))


def written(windows: tuple[Window, ...]) -> str:
    """The same as text, in the order given: `windows(written(w)) == w`."""
    return "; ".join(f"{_days(w.weekdays)}{w.start:%H:%M}-{w.end:%H:%M}" for w in windows)


def _group(group: str, whole: str) -> list[Window]:
    found = GROUP.fullmatch(group)
    if found is None:
        raise BadHours("bad-hours", hours=whole)
    days = _weekdays(found["days"].upper()) if found["days"] else EVERY_DAY
    return [_window(span.strip(), days, whole) for span in found["spans"].split(",")]


def _window(span: str, days: frozenset[int], whole: str) -> Window:
    found = SPAN.fullmatch(span)
    try:
        start, end = (time(int(found[n]), int(found[n + 1])) for n in (1, 3))  # type: ignore[index]
    except (TypeError, ValueError) as error:
        raise BadHours("bad-hours", hours=whole) from error
    return Window(start, end, days)


def _weekdays(text: str) -> frozenset[int]:
    """ "T2-T6,CN": ranges go round the end of the week ("T7-T2")."""
    days = set[int]()
    for part in text.split(","):
        first, _, last = part.partition("-")
        a, b = NAMES.index(first), NAMES.index(last or first)
        days |= {n % 7 for n in range(a, (b if b >= a else b + 7) + 1)}
    return frozenset(days)


def _days(weekdays: frozenset[int]) -> str:
    if weekdays == EVERY_DAY:
        return ""
    return ",".join(NAMES[n] for n in sorted(weekdays)) + " "
