"""When a zone may be heard: hours of the week and what a day carries, as settings that people change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster.errors import BroadcasterError
from broadcaster.models import HoursRow
from schedules.clashes import EVERYWHERE as EVERYWHERE
from schedules.errors import ScheduleError
from schedules.hours import Hours as Hours
from schedules.hours import Refusal, refuse, refuse_day
from schedules.hours_text import windows, written

OVERRUN = timedelta(minutes=10)  # docs/decisions/0103: an approved edition a little too long is better than none


def of_zone(session: Session, zone: str) -> Hours:
    """The zone's own hours, else those for everywhere, else the defaults of schedules.hours."""
    row = session.get(HoursRow, zone) or session.get(HoursRow, EVERYWHERE)
    if row is None:
        return Hours()
    return Hours(windows(row.allowed), _quiet(row.quiet), row.max_minutes, row.max_repeats)


def set_for(
    session: Session,
    zone: str,
    *,
    allowed: str | None = None,
    quiet: str | None = None,
    max_minutes: int | None = None,
    max_repeats: int | None = None,
) -> Hours:
    """Change a zone's hours ("all": everywhere); what is None stays. Raises BroadcasterError hours-bad."""
    was = of_zone(session, zone)
    try:
        made = Hours(
            was.allowed if allowed is None else windows(allowed),
            was.quiet if quiet is None else _quiet(quiet),
            was.max_minutes_per_day if max_minutes is None else max_minutes,
            was.max_repeats_per_day if max_repeats is None else max_repeats,
        )
    except ScheduleError as error:
        raise BroadcasterError("hours-bad", usage=True, text=error.values["hours"]) from error
    if not made.allowed or made.max_minutes_per_day < 0 or made.max_repeats_per_day < 0:
        raise BroadcasterError("hours-bad", usage=True, text=allowed or "")
    row = session.get(HoursRow, zone) or HoursRow(zone=zone)
    row.allowed, row.quiet = written(made.allowed), quiet_text(made)
    row.max_minutes, row.max_repeats = made.max_minutes_per_day, made.max_repeats_per_day
    session.add(row)
    session.flush()
    return made


def quiet_text(hours: Hours) -> str:
    """ "22:00-05:00", or "" when every hour may be used."""
    return "-".join(f"{at:%H:%M}" for at in hours.quiet) if hours.quiet else ""


def _quiet(text: str) -> tuple[time, time] | None:
    found = windows(text)
    return (found[0].start, found[0].end) if found else None


def refusal(
    hours: Hours,
    starts_at: datetime,
    length: timedelta,
    tz: ZoneInfo,
    programme: str,
    same_day: Iterable[tuple[str, timedelta]],
    overrun: timedelta = timedelta(0),
) -> Refusal | None:
    """Whether a broadcast may not air, and why: its hours first, then what the day carries beside `same_day`
    (programme, length) of its zone."""
    wall = starts_at.astimezone(tz).replace(tzinfo=None)
    return refuse(hours, wall, length, overrun) or refuse_day(hours, programme, length, same_day)
