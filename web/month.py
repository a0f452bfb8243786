"""The month: lunar dates, pauses and holidays at a glance, and a pause put in by its first and last day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from broadcaster import phrases, programmes, timetable
from broadcaster.tongue import say, table
from web import here, shown
from web.slot_form import day_names

pages = Blueprint("month", __name__)
MONTH = re.compile(r"\d{4}-\d{2}")


@pages.get("/lich-phat/thang")
def index() -> ResponseReturnValue:
    """`thang` is a month (2026-11); `tu` and `den` are the days picked so far."""
    today = here.now().astimezone(here.settings().tz).date()
    first = _first(request.args.get("thang", "")) or today.replace(day=1)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    days = _weeks(first, after)
    may = here.person().may("operator", "admin")
    picked = sorted(filter(None, (_day(request.args.get(name)) for name in ("tu", "den") if may)))
    with here.reading() as session:
        periods = timetable.periods(session)
        marks = {day: [p for p in periods if p.covers(day)] for week in days for day in week}
        ids = {p.id for found in marks.values() for p in found}
        listed = programmes.listed(session)
        return render_template(
            "plan/month.html",
            weeks=days,
            first=first,
            before=before,
            after=after,
            today=today,
            marks=marks,
            picked=picked,
            rows=[row for row in timetable.period_rows(session) if row.id in ids],
            effects=table(phrases.EFFECTS),
            short=list(day_names().values()),
            weekdays=[say(name) for name in shown.DAYS],
            programmes=listed,
            names={p.id: p.name for p in listed},
            form={"first": picked[0], "last": picked[-1]} if picked else {},
            may=may,
        )


def _weeks(first: date, after: date) -> Sequence[Sequence[date]]:
    """Whole weeks, from the Monday before a month to the Sunday after it."""
    monday = first - timedelta(days=first.weekday())
    count = -(-(after - monday).days // 7)
    return [[monday + timedelta(weeks=week, days=n) for n in range(7)] for week in range(count)]


def _first(text: str) -> date | None:
    """The first day of a month; None where none is named. Ends with 404 for what is no month."""
    if not text:
        return None
    found = _day(f"{text}-01" if MONTH.fullmatch(text) else "")
    return found or abort(404)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
