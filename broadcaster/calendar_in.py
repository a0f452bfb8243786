"""Pauses out of a calendar file (RFC 5545): each whole-day event that can be one; of the others, why they can't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import periods
from broadcaster.errors import BroadcasterError
from broadcaster.models import PeriodRow
from schedules.recurrence import EXTRA, LEFT_OUT


@dataclass(frozen=True)
class LeftOut:
    """An event of the file that became no pause. `why`: cancelled, timed, unreadable, rule, days."""

    title: str
    why: str


@dataclass(frozen=True)
class Taken:
    """What a calendar file came to; `known` events were here already."""

    made: tuple[PeriodRow, ...]
    left_out: tuple[LeftOut, ...]
    known: int


class _Unfit(ValueError):
    """Why an event can be no pause."""


def take(session: Session, data: bytes, *, now: datetime, tz: ZoneInfo, by: str | None = None) -> Taken:
    """A pause for each whole-day event that is not here yet, with its rule, single dates and exceptions.

    Raises BroadcasterError calendar-bad when it is no calendar, or an empty one.
    """
    try:
        events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    except (ValueError, KeyError) as error:
        raise BroadcasterError("calendar-bad", usage=True) from error
    if not events:
        raise BroadcasterError("calendar-bad", usage=True)
    rows = session.scalars(sa.select(PeriodRow).where(PeriodRow.removed_at.is_(None)))
    here = {(row.first, row.last, row.rule, row.days, row.reason) for row in rows}
    moved = _moved(events, tz)
    made, left_out, known = list[PeriodRow](), list[LeftOut](), 0
    for event in events:
        title = str(event.get("SUMMARY", "")).strip()
        try:
            first, last, rule, days = _dates(event, moved, tz)
            key = first, last, rule, days, title or "theo lịch đã nhập"
            if key in here:
                known += 1
                continue
            here.add(key)
            made.append(
                periods.add(session, first=first, last=last, rule=rule, days=days, reason=key[4], now=now, by=by)
            )
        except _Unfit as error:
            left_out.append(LeftOut(title, str(error)))
        except BroadcasterError as error:
            left_out.append(LeftOut(title, "days" if error.code == "days-bad" else "rule"))
    return Taken(tuple(made), tuple(left_out), known)


def _moved(events: Iterable[icalendar.Component], tz: ZoneInfo) -> Mapping[str, set[date]]:
    """By UID, the dates of a series that events of their own stand for, be they moved or cancelled."""
    found: dict[str, set[date]] = defaultdict(set)
    for event in events:
        if "RECURRENCE-ID" in event and not any(name == "RECURRENCE-ID" for name, _ in event.errors):
            found[str(event.get("UID"))].add(_day(event.decoded("RECURRENCE-ID"), tz))
    return found


def _dates(
    event: icalendar.Component, moved: Mapping[str, set[date]], tz: ZoneInfo
) -> tuple[date, date | None, str | None, int]:
    """(first, last, rule, days): DTEND is the day after the last one (RFC 5545, section 3.6.1). Raises _Unfit."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _Unfit("cancelled")
    names = {name for name, _ in event.errors}
    if "DTSTART" not in event or names & {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"}:
        raise _Unfit("unreadable")
    if names & {"RRULE", "RDATE", "EXDATE"} or "EXRULE" in event:
        raise _Unfit("rule")
    first = event.decoded("DTSTART")
    if type(first) is not date:
        raise _Unfit("timed")
    days = max(1, (_end(event, first) - first).days)
    rules = [_rule(rule, tz) for rule in _each(event, "RRULE")]
    extra = {_day(when.dt, tz) for line in _each(event, "RDATE") for when in line.dts}
    out = {_day(when.dt, tz) for line in _each(event, "EXDATE") for when in line.dts}
    if "RECURRENCE-ID" not in event:
        out |= moved.get(str(event.get("UID")), set())
    if not rules and not extra:
        if first in out:
            raise _Unfit("cancelled")
        return first, first + timedelta(days=days - 1), None, 1
    lines = rules + ([EXTRA + _digits(extra | ({first} if not rules else set()))] if extra else [])
    lines += [LEFT_OUT + _digits(out)] if out else []
    return first, None, "\n".join(lines), days


def _end(event: icalendar.Component, first: date) -> date:
    end = event.decoded("DTEND") if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = first + event.decoded("DURATION")
    if end is not None and type(end) is not date:
        raise _Unfit("timed")
    return end or first + timedelta(days=1)


def _rule(rule: icalendar.vRecur, tz: ZoneInfo) -> str:
    """Its text; of UNTIL only the date counts, as the event has no time of day."""
    plain = icalendar.vRecur(rule)
    if "UNTIL" in plain:
        plain["UNTIL"] = [_day(until, tz) for until in plain["UNTIL"]]
    written: bytes = plain.to_ical()  # type: ignore[no-untyped-call]
    return written.decode()


def _each(event: icalendar.Component, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _day(when: date | datetime | tuple[Any, ...], tz: ZoneInfo) -> date:
    """The station's wall date. Raises _Unfit rule for a period of time."""
    if isinstance(when, tuple):
        raise _Unfit("rule")
    if isinstance(when, datetime):
        return when.astimezone(tz).date() if when.tzinfo else when.date()
    return when


def _digits(days: Iterable[date]) -> str:
    return ",".join(f"{day:%Y%m%d}" for day in sorted(days))
