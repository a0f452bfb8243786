"""The as-run log: what truly went on air."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from broadcaster import asrun
from broadcaster.broadcasts import ENDS
from broadcaster.errors import BroadcasterError
from web import here

pages = Blueprint("log", __name__)
MOST = 300  # lines on one page; dates narrow it down


@pages.get("/nhat-ky")
def index() -> ResponseReturnValue:
    start, end = _day("tu"), _day("den")
    outcome = request.args.get("ket-qua", "")
    with here.reading() as session:
        if start or end:
            last = end + timedelta(days=1) if end else None
            entries = asrun.entries(session, _midnight(start), _midnight(last))[::-1]
        else:
            entries = asrun.latest(session, MOST)
    if outcome:
        entries = [e for e in entries if e.outcome == outcome]
    return render_template(
        "log/index.html",
        entries=entries[:MOST],
        more=len(entries) > MOST,
        start=start,
        end=end,
        outcome=outcome,
        outcomes=sorted(ENDS),
    )


def _day(field: str) -> date | None:
    text = request.args.get(field, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        here.tell(BroadcasterError("day-bad"))
        return None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), here.settings().tz).astimezone(UTC) if day else None
