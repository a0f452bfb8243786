"""The as-run log: what truly went on air, line by line and as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from broadcaster import logbook, missed, programmes, sheets, store
from broadcaster.asrun import Entry
from broadcaster.broadcasts import ENDS
from broadcaster.errors import BroadcasterError
from broadcaster.logbook import Wanted
from web import here, inputs

pages = Blueprint("log", __name__)
SIZE = 50  # lines on one page
FIELDS = ("tu", "den", "chuong-trinh", "ket-qua")


@pages.get("/nhat-ky")
def index() -> ResponseReturnValue:
    wanted = _wanted()
    with here.reading() as session:
        page = logbook.page(session, wanted, SIZE, before=request.args.get("truoc"), after=request.args.get("sau"))
        shown = programmes.listed(session, retired=True)
        approved_at = logbook.approved_at(session, page.entries)
        answers = missed.answers(session, [e.broadcast_id for e in page.entries])
    tz = here.settings().tz
    days = [(day, list(lines)) for day, lines in groupby(page.entries, lambda e: _shown_at(e).astimezone(tz).date())]
    return render_template(
        "log/index.html",
        page=page,
        days=days,
        answers=answers,
        approved_at=approved_at,
        kept=_kept(page.entries),
        programmes=shown,
        no_programme=logbook.NO_PROGRAMME,
        outcomes=sorted(ENDS),
        asked={name: request.args[name] for name in FIELDS if request.args.get(name)},
        this_month=f"{here.now().astimezone(tz):%Y-%m}",
    )


@pages.get("/nhat-ky.csv")
def csv() -> ResponseReturnValue:
    """Everything the filter lets through, sent as it is read."""
    wanted, tz = _wanted(), here.settings().tz

    def lines() -> Iterator[str]:
        with here.reading() as session:
            yield from sheets.csv_lines(sheets.table(logbook.every(session, wanted), tz))

    name = {"Content-Disposition": 'attachment; filename="nhat-ky-phat.csv"'}
    return Response(stream_with_context(lines()), mimetype="text/csv", headers=name)


@pages.get("/nhat-ky.xlsx")
def xlsx() -> ResponseReturnValue:
    wanted, tz = _wanted(), here.settings().tz
    with here.reading() as session:
        return here.download(
            "nhat-ky-phat.xlsx", lambda path: sheets.xlsx(path, sheets.table(logbook.every(session, wanted), tz))
        )


def _wanted() -> Wanted:
    start, end = _day("tu"), _day("den")
    return Wanted(
        start=_midnight(start),
        end=_midnight(end + timedelta(days=1)) if end else None,
        programme=request.args.get("chuong-trinh") or None,
        outcome=request.args.get("ket-qua") or None,
    )


def _shown_at(entry: Entry) -> datetime:
    return entry.began_at or entry.planned_at


def _kept(entries: tuple[Entry, ...]) -> set[str]:
    """The sounds among them that are still on the disk."""
    named = {e.audio_sha256 for e in entries if e.audio_sha256}
    return {sha256 for sha256 in named if store.path_of(here.settings(), sha256).is_file()}


def _day(field: str) -> date | None:
    try:
        return inputs.day(request.args.get(field, ""), field, past=True)
    except BroadcasterError as error:
        here.tell(error)
        return None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), here.settings().tz).astimezone(UTC) if day else None
