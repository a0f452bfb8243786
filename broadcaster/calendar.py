"""The plan as an iCalendar file (RFC 5545), for a phone or an office calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
from sqlalchemy.orm import Session

from broadcaster import ahead
from broadcaster.ahead import Planned

BACK, AHEAD = timedelta(days=30), timedelta(days=90)  # what a phone's calendar shows
OPEN, CLOSE = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
INSTANT = "%Y%m%dT%H%M%SZ"


def of_day(session: Session, day: date, now: datetime, tz: ZoneInfo) -> bytes:
    """What a phone is shown on a wall date: the same until something is written, or the day is over."""
    midnight = datetime.combine(day, time(), tz).astimezone(UTC)
    return ics(ahead.view(session, midnight - BACK, midnight + AHEAD + timedelta(days=1), tz), now)


def ics(lines: Iterable[Planned], now: datetime) -> bytes:
    """One VEVENT for each planned broadcast; a cancelled one keeps its place, marked as such.

    What people wrote is escaped and folded by `icalendar`, once for each wording. The four lines in which all events
    differ are digits and an id, shorter than a line may be: they need neither.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Tieng Loa//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Tiếng Loa")
    head, tail, _ = calendar.to_ical().partition(b"END:VCALENDAR\r\n")
    stamp = now.astimezone(UTC).strftime(INSTANT)
    worded: dict[tuple[str, bool, str | None], bytes] = {}
    parts = [head]
    for planned in lines:
        wording = planned.title, planned.status == "withdrawn", planned.changed
        if wording not in worded:
            worded[wording] = _words(*wording)
        starts, ends = (at.astimezone(UTC).strftime(INSTANT) for at in (planned.starts_at, planned.ends_at))
        original = planned.original.astimezone(UTC).strftime(INSTANT) if planned.original else starts
        uid = f"{planned.slot or planned.broadcast}-{original}@tieng-loa"
        own = f"DTSTAMP:{stamp}\r\nDTSTART:{starts}\r\nDTEND:{ends}\r\nUID:{uid}\r\n"
        parts += (OPEN, own.encode(), worded[wording], CLOSE)
    return b"".join((*parts, tail))


def _words(title: str, cancelled: bool, changed: str | None) -> bytes:
    """The lines of an event that are words."""
    event = icalendar.Event()
    event.add("summary", title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if changed:
        event.add("description", changed)
    written: bytes = event.to_ical()
    return written.removeprefix(OPEN).removesuffix(CLOSE)
