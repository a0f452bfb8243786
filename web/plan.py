"""The plan of a week, as a time axis of seven days; and as a calendar that phones can subscribe to."""

from __future__ import annotations

import hmac
import re
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from broadcaster import ahead, calendar, hours, missed, timetable, week, zones
from broadcaster.week import Entry
from web import grid, guard, here, secret
from web.occurrences import week_text
from web.slot_form import day_names

pages = Blueprint("plan", __name__)
WEEK = re.compile(r"\d{4}-W\d{2}")
FEED_BACK, FEED_AHEAD = timedelta(days=30), timedelta(days=90)  # what a phone's calendar shows
MOST_TROUBLES = 20  # listed under the week; the log has them all


@pages.get("/lich-phat")
def index() -> ResponseReturnValue:
    """`tuan` is a week (2026-W48), `ngay` the day of it that a phone shows, `cum` a zone, `gio=24` the whole day."""
    now, tz = here.now(), here.settings().tz
    today = now.astimezone(tz).date()
    monday = _monday(request.args.get("tuan", "")) or today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    start, end = (datetime.combine(day, time(), tz).astimezone(UTC) for day in (monday, monday + timedelta(days=7)))
    zone = request.args.get("cum", "")
    with here.reading() as session:
        found = week.entries(session, start, end, now, tz)
        rules = hours.of_zone(session, zone or hours.EVERYWHERE)
        periods = timetable.periods(session)
        known = {z.slug: z.name for z in zones.listed(session)}
        troubles = [e for e in found if e.status in week.FELL_THROUGH and e.broadcast_id and e.kind != "mic"]
        troubles = troubles[-MOST_TROUBLES:][::-1]
        answers = missed.answers(session, [e.broadcast_id for e in troubles if e.broadcast_id])
    names = known | {e.zone: e.zone for e in found if e.zone not in known and e.zone != hours.EVERYWHERE}
    if zone:
        found = [e for e in found if e.zone in (zone, hours.EVERYWHERE)]
    may = here.person().may("operator", "admin")
    drawn = grid.Grid(days, rules, names, tz, now, whole=request.args.get("gio") == "24")
    listed = {e.broadcast_id for e in troubles}
    drawn.fill(found, lambda entry, day: _address(entry, day, now, may, listed))
    chosen = request.args.get("ngay", "")
    return render_template(
        "plan/week.html",
        grid=drawn,
        day_marks={day: [p for p in periods if p.covers(day)] for day in days},
        today=today,
        chosen=days[int(chosen) - 1] if chosen in "1234567" and chosen else today if today in days else monday,
        week=week_text(start),
        before=week_text(start - timedelta(days=7)),
        after=week_text(end),
        is_this=today in days,
        zone=zone,
        zones=names,
        whole=request.args.get("gio") == "24",
        troubles=troubles,
        answers=answers,
        asks_since=now - missed.ASKS,
        may=may,
        feed=_token(),
        short=list(day_names().values()),
    )


@pages.get("/lich/<token>.ics")
@guard.public
def feed(token: str) -> ResponseReturnValue:
    """The calendar itself. Phones can't log in: whoever has the address may read it, nobody can guess it."""
    if not hmac.compare_digest(token, _token()):
        abort(404)
    now = here.now()
    with here.reading() as session:
        lines = ahead.view(session, now - FEED_BACK, now + FEED_AHEAD, here.settings().tz)
    return Response(calendar.ics(lines, now), mimetype="text/calendar")


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


def _token() -> str:
    return hmac.new(secret.key(here.settings()), b"calendar feed", "sha256").hexdigest()[:32]
