"""The plan as an iCalendar file (RFC 5545), for a phone or an office calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from broadcaster.plan import Planned

LINE = 75  # octets a line may have, RFC 5545 section 3.1


def ics(lines: Iterable[Planned], now: datetime) -> bytes:
    """One VEVENT for each planned broadcast; UTF-8, CRLF."""
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tieng Loa//VI"]
    for planned in lines:
        out += [
            "BEGIN:VEVENT",
            f"UID:{planned.broadcast or planned.slot}-{_stamp(planned.starts_at)}@tieng-loa",
            f"DTSTAMP:{_stamp(now)}",
            f"DTSTART:{_stamp(planned.starts_at)}",
            f"DTEND:{_stamp(planned.ends_at)}",
            f"SUMMARY:{_escaped(planned.title)}",
            "END:VEVENT",
        ]
    out.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in out)


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> bytes:
    """Folded at 75 octets, never inside a character."""
    out, width = b"", 0
    for char in line:
        size = len(char.encode())
        if width + size > LINE:
            out, width = out + b"\r\n ", 1
        out, width = out + char.encode(), width + size
    return out + b"\r\n"
