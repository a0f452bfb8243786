"""The plan as an iCalendar file (RFC 5545), for a phone or an office calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import icalendar

from broadcaster.ahead import Planned


def ics(lines: Iterable[Planned], now: datetime) -> bytes:
    """One VEVENT for each planned broadcast; a cancelled one keeps its place, marked as such."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Tieng Loa//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Tiếng Loa")
    for planned in lines:
        event = icalendar.Event()
        name = planned.slot or planned.broadcast
        event.add("uid", f"{name}-{(planned.original or planned.starts_at):%Y%m%dT%H%M%SZ}@tieng-loa")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", planned.starts_at.astimezone(UTC))
        event.add("dtend", planned.ends_at.astimezone(UTC))
        event.add("summary", planned.title)
        event.add("status", "CANCELLED" if planned.status == "withdrawn" else "CONFIRMED")
        if planned.changed:
            event.add("description", planned.changed)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
