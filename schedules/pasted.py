"""Recurrence text as calendars export it (RFC 5545, section 3.8.5), brought to what a slot keeps: rules, single dates,
dates left out, one wall time and a first date.

Nothing is dropped: what a slot has no place for is refused. A moment with a time counts by its wall time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schedules.errors import BadRule
from schedules.recurrence import EXTRA, LEFT_OUT

FOLDED = re.compile(r"\r?\n[ \t](?!\s*(?:RRULE|RDATE|EXDATE|DTSTART|FREQ|RSCALE)\b)", re.IGNORECASE)
LINE = re.compile(r"(DTSTART|RDATE|EXDATE)((?:;[^:]*)?):(.*)", re.IGNORECASE)
NAMED = re.compile(r"([A-Z-]+)[;:]", re.IGNORECASE)
MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
PARAMETERS = re.compile(r"(?:;VALUE=DATE(?:-TIME)?|;TZID=\"?([^;\"]+)\"?)*", re.IGNORECASE)
CLOCK = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 59}  # the largest of each


@dataclass(frozen=True)
class Pasted:
    """`rule` as Recurrence.parse reads it."""

    rule: str
    at: time
    starts: date | None


def pasted(text: str, tz: ZoneInfo, *, at: time | None = None, starts: date | None = None) -> Pasted:
    """What a text says, beside the time and first date that were said apart.

    Raises BadRule: no-time, time-differs, several-times, first-differs, foreign-line, bad-part. The rules themselves
    are checked by who reads them.
    """
    lines = [line.strip() for line in FOLDED.sub("", text).splitlines() if line.strip()]
    found = [(line, LINE.fullmatch(line)) for line in lines]
    begins = [_moment(m[3], m[2], tz) for _, m in found if m and m[1].upper() == "DTSTART"]
    if len(begins) > 1:
        raise BadRule("repeated-part", part="DTSTART")
    rules = [_parts(line) for line, m in found if not m]
    begun = begins[0] if begins else None
    said = _clock(rules, begun.time() if isinstance(begun, datetime) else at)
    if said is None:
        raise BadRule("no-time")
    _agree("time-differs", said, at)
    if begun:
        day = begun.date() if isinstance(begun, datetime) else begun
        _agree("first-differs", day, starts)
        starts = day
    written = [_rule(parts, said, tz) for parts in rules]
    for name, head in (("RDATE", EXTRA), ("EXDATE", LEFT_OUT)):
        days = [day for _, m in found if m and m[1].upper() == name for day in _days(m, said, tz)]
        if days:
            written.append(head + ",".join(f"{day:%Y%m%d}" for day in sorted(set(days))))
    return Pasted("\n".join(written), said, starts)


def _agree(code: str, said: time | date, apart: time | date | None) -> None:
    if apart is not None and said != apart:
        raise BadRule(code, said=said.isoformat(), apart=apart.isoformat())


def _parts(line: str) -> list[str]:
    named = NAMED.match(line)
    if named and named[1].upper() != "RRULE":
        raise BadRule("foreign-line", part=named[1].upper())
    return line.upper().removeprefix("RRULE:").split(";")


def _clock(rules: Iterable[list[str]], otherwise: time | None) -> time | None:
    """The one time of day the rules say; what they leave unsaid is that of the first date, or said apart."""
    times = set()
    for parts in rules:
        said = {name: value for name, _, value in (part.partition("=") for part in parts) if name in CLOCK}
        for name, value in said.items():
            if "," in value:
                raise BadRule("several-times", part=name, value=value)
            if not re.fullmatch("[0-9]{1,2}", value) or int(value) > CLOCK[name]:
                raise BadRule("bad-part", part=name, value=value)
        if said and otherwise is None and "BYHOUR" not in said:
            raise BadRule("no-time")
        base = otherwise or time()
        hour, minute, second = (
            int(said.get(name, default))
            for name, default in zip(CLOCK, (base.hour, base.minute, base.second), strict=True)
        )
        times.add(time(hour, minute, second) if said else otherwise)
    if len(times) > 1:
        raise BadRule("several-times", part="BYHOUR", value=", ".join(sorted(str(t or "…") for t in times)))
    return times.pop() if times else otherwise


def _rule(parts: list[str], at: time, tz: ZoneInfo) -> str:
    """Without its time of day; the end of it as a date, which is the last one at that time."""
    kept = []
    for part in parts:
        name, _, value = part.partition("=")
        if name in CLOCK:
            continue
        if name == "UNTIL" and "T" in value:
            until = _moment(value, "", tz)
            if not isinstance(until, datetime):
                raise BadRule("bad-part", part=name, value=value)
            last = until.date() if at <= until.time() else until.date() - timedelta(days=1)
            part = f"UNTIL={last:%Y%m%d}"
        kept.append(part)
    return ";".join(kept)


def _days(line: re.Match[str], at: time, tz: ZoneInfo) -> Iterable[date]:
    for value in line[3].split(","):
        moment = _moment(value.strip(), line[2], tz)
        if not isinstance(moment, datetime):
            yield moment
        elif moment.time() == at:
            yield moment.date()
        else:
            raise BadRule("time-differs", said=moment.time().isoformat(), apart=at.isoformat())


def _moment(text: str, parameters: str, tz: ZoneInfo) -> date | datetime:
    """A date, or a moment as naive wall time. Raises BadRule bad-part."""
    found, named = MOMENT.fullmatch(text.upper()), PARAMETERS.fullmatch(parameters)
    if not found or not named:
        raise BadRule("bad-part", part="DATE", value=f"{parameters.removeprefix(';')} {text}".strip())
    try:
        digits = found[1] + (found[2] or "000000")
        wall = datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007  its zone is said apart
        if not found[2]:
            return wall.date()
        if not found[3] and not named[1]:
            return wall
        return wall.replace(tzinfo=UTC if found[3] else ZoneInfo(named[1])).astimezone(tz).replace(tzinfo=None)
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
        raise BadRule("bad-part", part="DATE", value=f"{parameters.removeprefix(';')} {text}".strip()) from error
