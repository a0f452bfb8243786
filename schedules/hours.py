"""Allowed and quiet hours, and how much a day may carry. Defaults as reported under Nghị định 49/2024/NĐ-CP: two
sessions of 60 minutes a day; every one is a setting."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from schedules.clashes import EVERYWHERE

EVERY_DAY = frozenset(range(7))  # Monday is 0
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Hours from `start` to `end` of the days `weekdays`; an end that is not after the start is on the next day."""

    start: time
    end: time
    weekdays: frozenset[int] = EVERY_DAY

    def on(self, day: date) -> tuple[datetime, datetime]:
        """The naive wall times it spans when it opens on a day."""
        closes = day if self.end > self.start else day + DAY
        return datetime.combine(day, self.start), datetime.combine(closes, self.end)


@dataclass(frozen=True)
class Hours:
    """When may be aired (`allowed`), when nobody may (`quiet`: start and end; None: no such hours), and a zone's day.

    `max_repeats_per_day` is how often an edition may come again on the day it was first aired.
    """

    allowed: tuple[Window, ...] = (Window(time(5, 30), time(6, 30)), Window(time(17), time(18)))
    quiet: tuple[time, time] | None = (time(22), time(5))
    max_minutes_per_day: int = 120
    max_repeats_per_day: int = 1


@dataclass(frozen=True)
class Carried:
    """What a day carries beside the broadcast in question. `edition`: what it would be a repeat of; None: it can't be
    one, as what goes on elsewhere is always new."""

    zone: str
    edition: str | None
    length: timedelta


@dataclass(frozen=True)
class Refusal:
    """Why not: `windows` are the quiet hours, or those allowed that weekday; `limit` the minutes or repeats a day."""

    code: Literal["quiet", "outside-allowed", "too-many-minutes", "too-many-repeats"]
    windows: tuple[Window, ...] = ()
    limit: int | None = None


def refuse(
    hours: Hours,
    starts_wall: datetime,
    duration: timedelta,
    overrun: timedelta = timedelta(0),
    overruled: Collection[str] = (),
) -> Refusal | None:
    """Whether a broadcast from a naive wall time is refused: quiet, outside-allowed; not for a code that is
    `overruled`.

    All of it must lie in allowed hours; windows that touch are one. It may end exactly when they do, or `overrun`
    later. Quiet hours bear no overrun.
    """
    ends = starts_wall + duration
    if hours.quiet is not None and "quiet" not in overruled:
        quiet = Window(*hours.quiet)
        if any(opens < ends and starts_wall < closes for opens, closes in _spans((quiet,), starts_wall, ends)):
            return Refusal("quiet", (quiet,))
    if "outside-allowed" in overruled:
        return None
    reached = None
    for opens, closes in _spans(hours.allowed, starts_wall, ends):
        if opens <= (reached or starts_wall) <= closes:
            reached = closes
            if ends <= reached + overrun:
                return None
    return Refusal("outside-allowed", tuple(w for w in hours.allowed if starts_wall.weekday() in w.weekdays))


def refuse_day(
    hours: Hours, more: Carried, others: Iterable[Carried], overruled: Collection[str] = ()
) -> Refusal | None:
    """Whether one more broadcast is refused beside the `others` of its wall date: too-many-minutes, too-many-repeats;
    not for a code that is `overruled`.

    Counted is what people hear in one place: their own zone's broadcasts and those for everywhere. What is to sound
    everywhere must fit the fullest place.
    """
    same_day = tuple(others)
    places = {more.zone, *(other.zone for other in same_day)} if more.zone == EVERYWHERE else {more.zone}
    heard = [[other for other in same_day if other.zone in (place, EVERYWHERE)] for place in places]
    longest = max(sum((other.length for other in there), more.length) for there in heard)
    if longest > timedelta(minutes=hours.max_minutes_per_day) and "too-many-minutes" not in overruled:
        return Refusal("too-many-minutes", limit=hours.max_minutes_per_day)
    if more.edition is None or "too-many-repeats" in overruled:
        return None
    if max(sum(o.edition == more.edition for o in there) for there in heard) > hours.max_repeats_per_day:
        return Refusal("too-many-repeats", limit=hours.max_repeats_per_day)
    return None


def _spans(windows: Iterable[Window], starts: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """What the windows span around a broadcast, in order, from those that opened the day before."""
    days = [starts.date() + n * DAY for n in range(-1, (ends.date() - starts.date()).days + 1)]
    return sorted(window.on(day) for window in windows for day in days if day.weekday() in window.weekdays)
