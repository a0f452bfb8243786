"""The plan of this week and the next, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from broadcaster import plan
from broadcaster.plan import Planned
from web import here

pages = Blueprint("plan", __name__)
WEEKS = 2


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
    weeks = [[day for day in days[n : n + 7] if by_day[day]] for n in range(0, len(days), 7)]
    return render_template("plan/index.html", weeks=weeks, by_day=by_day, mondays=days[::7], today=today)
