"""When a zone may be heard: hours of the week and what a day carries, as settings that people change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster.errors import BroadcasterError
from broadcaster.models import HoursRow
from schedules.clashes import EVERYWHERE as EVERYWHERE
from schedules.errors import ScheduleError
from schedules.hours import EVERY_DAY, Carried, Refusal, refuse, refuse_day
from schedules.hours import Hours as Hours
from schedules.hours import Window as Window
from schedules.hours_text import NAMES as NAMES
from schedules.hours_text import windows, written

MOST_MINUTES, MOST_REPEATS = 24 * 60, 99  # a day, as settings
OVERRUN = timedelta(minutes=10)  # docs/decisions/0103: an approved edition a little too long is better than none


def of_zone(session: Session, zone: str) -> Hours:
    """The zone's own hours, else those for everywhere, else the defaults of schedules.hours."""
    row = session.get(HoursRow, zone) or session.get(HoursRow, EVERYWHERE)
    if row is None:
        return Hours()
    return Hours(windows(row.allowed), _quiet(row.quiet), row.max_minutes, row.max_repeats)


def version(session: Session, zone: str) -> int:
    """Of the zone's own hours; 0 while it has none."""
    row = session.get(HoursRow, zone)
    return row.version if row else 0


def set_for(
    session: Session,
    zone: str,
    *,
    allowed: str | None = None,
    quiet: str | None = None,
    max_minutes: int | None = None,
    max_repeats: int | None = None,
) -> Hours:
    """Change a zone's hours ("all": everywhere); what is None stays.

    Raises BroadcasterError hours-bad, hours-none, hours-quiet-bad, hours-most-bad.
    """
    was = of_zone(session, zone)
    made = Hours(
        was.allowed if allowed is None else _allowed(allowed),
        was.quiet if quiet is None else _quiet(quiet),
        was.max_minutes_per_day if max_minutes is None else max_minutes,
        was.max_repeats_per_day if max_repeats is None else max_repeats,
    )
    if not (0 <= made.max_minutes_per_day <= MOST_MINUTES and 0 <= made.max_repeats_per_day <= MOST_REPEATS):
        raise BroadcasterError("hours-most-bad", usage=True, minutes=MOST_MINUTES, repeats=MOST_REPEATS)
    row = session.get(HoursRow, zone) or HoursRow(zone=zone)
    row.allowed, row.quiet = written(made.allowed), quiet_text(made)
    row.max_minutes, row.max_repeats = made.max_minutes_per_day, made.max_repeats_per_day
    session.add(row)
    session.flush()
    return made


def follow(session: Session, zone: str) -> None:
    """The zone keeps the hours for everywhere again."""
    row = session.get(HoursRow, zone)
    if row is not None:
        session.delete(row)
        session.flush()


def quiet_text(hours: Hours) -> str:
    """ "22:00-05:00", or "" when every hour may be used."""
    return "-".join(f"{at:%H:%M}" for at in hours.quiet) if hours.quiet else ""


def _allowed(text: str) -> tuple[Window, ...]:
    try:
        found = windows(text)
    except ScheduleError as error:
        raise BroadcasterError("hours-bad", usage=True, text=text) from error
    if not found:
        raise BroadcasterError("hours-none", usage=True)
    return found


def _quiet(text: str) -> tuple[time, time] | None:
    """One span of every day. The same time twice would be a whole day: nothing would ever be heard."""
    try:
        found = windows(text)
    except ScheduleError as error:
        raise BroadcasterError("hours-quiet-bad", usage=True, text=text) from error
    if not found:
        return None
    if len(found) > 1 or found[0].weekdays != EVERY_DAY or found[0].start == found[0].end:
        raise BroadcasterError("hours-quiet-bad", usage=True, text=text)
    return found[0].start, found[0].end


def refusal(
    hours: Hours,
    starts_at: datetime,
    tz: ZoneInfo,
    more: Carried,
    same_day: Iterable[Carried] = (),
    overrun: timedelta = timedelta(0),
    overruled: Collection[str] = (),
) -> Refusal | None:
    """Whether a broadcast may not air, and why: its hours first, then what the day carries beside `same_day`, by the
    places where it is heard (`zones.places`). A code that is `overruled` is passed over."""
    wall = starts_at.astimezone(tz).replace(tzinfo=None)
    return refuse(hours, wall, more.length, overrun, overruled) or refuse_day(hours, more, same_day, overruled)


def refusals(
    hours: Hours,
    starts_at: datetime,
    tz: ZoneInfo,
    more: Carried,
    same_day: Collection[Carried] = (),
    overrun: timedelta = timedelta(0),
) -> list[Refusal]:
    """All that speaks against it, the gravest first: what a reason that is given for it overrules."""
    found: list[Refusal] = []
    while more_of_it := refusal(hours, starts_at, tz, more, same_day, overrun, [f.code for f in found]):
        found.append(more_of_it)
    return found


@dataclass(frozen=True)
class Bounds:
    """The hours a broadcast must keep to when it really begins, and the codes of what was overruled for it."""

    hours: Hours
    tz: ZoneInfo
    overruled: frozenset[str] = frozenset()

    def refusal(self, at: datetime, left: timedelta) -> str | None:
        """Why what lasts so much longer may not begin at an instant, as a reason code."""
        wall = at.astimezone(self.tz).replace(tzinfo=None)
        found = refuse(self.hours, wall, left, OVERRUN, self.overruled)
        return f"hours-{found.code}" if found else None
