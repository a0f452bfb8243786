"""Moments and days as people and machines write them: ISO 8601, on the station's wall unless they say otherwise."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from broadcaster.errors import BroadcasterError

YEARS = range(1970, 2200)  # beyond them somebody mistyped, and calendars and databases give up


def instant(text: str, tz: ZoneInfo) -> datetime:
    """Raises BroadcasterError time-bad."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BroadcasterError("time-bad", usage=True, text=text) from error
    _expect_sane(found, text)
    return found if found.tzinfo else found.replace(tzinfo=tz)


def day(text: str) -> date:
    """Raises BroadcasterError time-bad."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise BroadcasterError("time-bad", usage=True, text=text) from error
    _expect_sane(found, text)
    return found


def _expect_sane(found: date, text: str) -> None:
    if found.year not in YEARS:
        raise BroadcasterError("time-bad", usage=True, text=text)
