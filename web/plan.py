"""The plan of a week, as a time axis of seven days."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from broadcaster import hours, missed, stamps, timetable, week, zones
from broadcaster.week import Entry
from web import feed, here
from web.grid import Grid
from web.missed import look_at
from web.occurrences import week_text
from web.slot_form import day_names
from web.tongue import language

pages = Blueprint("plan", __name__)
WEEK = re.compile(r"\d{4}-W\d{2}")
DAYS = tuple("1234567")


class _Look(NamedTuple):
    """A week as it was found, and at which day and how far into it."""

    found: tuple[Entry, ...]
    starts: tuple[datetime, ...]
    at: tuple[date, int]


class _Drawn(NamedTuple):
    """A week laid out, and the blocks of each day as they stand on the page: what takes longest about it."""

    grid: Grid
    blocks: dict[date, Markup]


SHOWN = (stamps.AIR, stamps.EDITIONS, stamps.PLACES, stamps.TIMES)  # what it is made of
_looks: stamps.Shelf[tuple[date, ZoneInfo, str], _Look] = stamps.Shelf(*SHOWN)
_drawn: stamps.Shelf[str, _Drawn] = stamps.Shelf(*SHOWN)  # by the tag of what is shown
MOST_DRAWN = 20  # people look at two or three weeks, each in a hundred kilobytes
MOST_TROUBLES = 20  # listed under the week; the log has them all


@pages.get("/lich-phat")
def index() -> ResponseReturnValue:
    """`tuan` is a week (2026-W48), `ngay` the day of it that a phone shows, `cum` a zone, `gio=24` the whole day."""
    return render_template("plan/week.html", **_shown())


@pages.get("/lich-phat/moi")
def fresh() -> ResponseReturnValue:
    """The blocks of the same week as they are by now, for a page that is open; 304 while nothing has happened."""
    days = _days()
    with here.reading() as session:
        tag = _tag(session, days[0])
    if tag and request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        shown = _shown()
        tag = shown["tag"]
        answer = Response(render_template("plan/shown.html", **shown))
    if tag:
        answer.set_etag(tag, weak=True)
    return answer


def _days() -> list[date]:
    today = here.now().astimezone(here.settings().tz).date()
    monday = _monday(request.args.get("tuan", "")) or today - timedelta(days=today.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def _tag(session: Session, monday: date) -> str | None:
    """What names all that this person is shown: the rows, the day, how much of the week is past. None where that is
    not known, or was never looked at since something was written."""
    now, tz = here.now(), here.settings().tz
    stamp, look = stamps.current(session, *SHOWN), _looks.of(session).get((monday, tz, language()))
    if stamp is None or look is None:
        return None
    seen = stamp, *_at(look.starts, now, tz), language(), here.person()
    asked = [request.args.get(name, "") for name in ("tuan", "cum", "gio", "ngay")]
    return sha256(repr((*seen, *asked)).encode()).hexdigest()[:32]


def _entries(session: Session, monday: date, start: datetime, end: datetime) -> tuple[Entry, ...]:
    """Those of the week, looked up anew when something was written or another one has begun; in the reader's language,
    for some hold words."""
    now, tz = here.now(), here.settings().tz
    kept, name = _looks.of(session), (monday, tz, language())
    look = kept.get(name)
    if look is None or _at(look.starts, now, tz) != look.at:
        found = tuple(week.entries(session, start, end, now, tz))
        starts = tuple(e.starts_at for e in found)
        look = kept[name] = _Look(found, starts, _at(starts, now, tz))
    return look.found


def _at(starts: tuple[datetime, ...], now: datetime, tz: ZoneInfo) -> tuple[date, int]:
    """The day, and how many have begun."""
    return now.astimezone(tz).date(), bisect_right(starts, now)


def _shown() -> dict[str, Any]:
    """All that the page says."""
    now, tz = here.now(), here.settings().tz
    today, days = now.astimezone(tz).date(), _days()
    start, end = (datetime.combine(day, time(), tz).astimezone(UTC) for day in (days[0], days[6] + timedelta(days=1)))
    zone = request.args.get("cum", "")
    with here.reading() as session:
        found: Sequence[Entry] = _entries(session, days[0], start, end)
        tag, kept = _tag(session, days[0]), _drawn.of(session)
        rules = hours.of_zone(session, zone or hours.EVERYWHERE)
        periods = timetable.periods(session)
        known = {z.slug: z.name for z in zones.listed(session)}
        troubles = [e for e in found if e.status in week.FELL_THROUGH and e.broadcast_id and e.kind != "mic"]
        troubles = troubles[-MOST_TROUBLES:][::-1]
        answers = missed.answers(session, [e.broadcast_id for e in troubles if e.broadcast_id])
    names = known | {e.zone: e.zone for e in found if e.zone not in known and e.zone != hours.EVERYWHERE}
    if zone:
        found = [e for e in found if e.zone in (zone, hours.EVERYWHERE)]
    look_at([e.broadcast_id for e in troubles if e.broadcast_id and missed.playable(e)])
    may, whole = here.person().may("operator", "admin"), request.args.get("gio") == "24"
    if tag is None or tag not in kept:
        grid = Grid(days, rules, names, tz, whole=whole)
        listed = {e.broadcast_id for e in troubles}
        grid.fill(found, lambda entry, day: _address(entry, day, now, may, listed))
        drawn = _Drawn(grid, _blocks(grid))
        if tag and len(kept) < MOST_DRAWN:
            kept[tag] = drawn
    else:
        drawn = kept[tag]
    chosen = request.args.get("ngay", "")
    return {
        "grid": drawn.grid,
        "blocks": drawn.blocks,
        "minute": now.astimezone(tz).hour * 60 + now.astimezone(tz).minute,
        "day_marks": {day: [p for p in periods if p.covers(day)] for day in days},
        "today": today,
        "chosen": days[int(chosen) - 1] if chosen in DAYS else today if today in days else days[0],
        "week": week_text(start),
        "before": week_text(start - timedelta(days=7)),
        "after": week_text(end),
        "is_this": today in days,
        "zone": zone,
        "zones": names,
        "whole": whole,
        "troubles": troubles,
        "answers": answers,
        "asks_since": now - missed.ASKS,
        "may": may,
        "feed": feed.secret_part(),
        "short": list(day_names().values()),
        "tag": tag,
    }


def _blocks(grid: Grid) -> dict[date, Markup]:
    blocks = get_template_attribute("plan/blocks.html", "blocks")
    return {day: blocks(there) for day, there in grid.blocks.items()}


def _address(entry: Entry, day: date, now: datetime, may: bool, listed: set[str | None]) -> str | None:
    """Where a block leads: to what can be done about it, or to the log of its day."""
    if entry.slot and entry.original and entry.starts_at > now:
        return f"/khung-gio/{entry.slot[-12:]}/doi?original={entry.original:%Y%m%dT%H%M%SZ}" if may else None
    if entry.broadcast_id in listed:
        return f"#b-{entry.broadcast_id}"
    if entry.status in ("planned", "ready", "on_air", "withdrawn"):
        return None
    return f"/nhat-ky?tu={day}&den={day}"


def _monday(text: str) -> date | None:
    """The first day of a week; None where none is named. Ends with 404 for a week that no year has."""
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-1" if WEEK.fullmatch(text) else "")
    except ValueError:
        abort(404)
