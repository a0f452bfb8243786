"""The plan of this week and the next, day by day; and as a calendar that phones can subscribe to."""

from __future__ import annotations

import hmac
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from broadcaster import calendar, plan, programmes, timetable
from broadcaster.plan import Planned
from web import guard, here, secret

pages = Blueprint("plan", __name__)
WEEKS = 2
FEED_BACK, FEED_AHEAD = timedelta(days=30), timedelta(days=90)  # what a phone's calendar shows


@pages.get("/lich-phat")
def index() -> ResponseReturnValue:
    tz = here.settings().tz
    today = here.now().astimezone(tz).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    start = datetime.combine(days[0], time(), tz).astimezone(UTC)
    end = datetime.combine(days[-1] + timedelta(days=1), time(), tz).astimezone(UTC)
    by_day: dict[date, list[Planned]] = {day: [] for day in days}
    with here.reading() as session:
        for line in plan.view(session, start, end, tz):
            by_day[line.starts_at.astimezone(tz).date()].append(line)
        listed = programmes.listed(session)
        marks = {day: [p for p in timetable.periods(session) if p.covers(day)] for day in days}
    weeks = [[day for day in days[n : n + 7] if by_day[day] or marks[day]] for n in range(0, len(days), 7)]
    return render_template(
        "plan/index.html",
        weeks=weeks,
        by_day=by_day,
        mondays=days[::7],
        today=today,
        feed=_token(),
        programmes=listed,
        day_marks=marks,
    )


@pages.get("/lich/<token>.ics")
@guard.public
def feed(token: str) -> ResponseReturnValue:
    """The calendar itself. Phones can't log in: whoever has the address may read it, nobody can guess it."""
    if not hmac.compare_digest(token, _token()):
        abort(404)
    now = here.now()
    with here.reading() as session:
        lines = plan.view(session, now - FEED_BACK, now + FEED_AHEAD, here.settings().tz)
    return Response(calendar.ics(lines, now), mimetype="text/calendar")


def _token() -> str:
    return hmac.new(secret.key(here.settings()), b"calendar feed", "sha256").hexdigest()[:32]
