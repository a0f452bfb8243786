"""Looking things up in the log: by date, programme and outcome, a page at a time, however long the log is.

A page begins where another ended (a line of the log, not a count of lines): the thousandth page costs what the
first does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.asrun import Entry, entry, shown
from broadcaster.models import Broadcast, Bulletin
from broadcaster.models_station import AsRun

NO_PROGRAMME = "none"  # what an operator queued, alerts
CHUNK = 2000  # lines read at once for a download
PLACE = (AsRun.planned_at, AsRun.id)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; the fields that are None don't matter. `end` is the first instant no longer wanted."""

    start: datetime | None = None
    end: datetime | None = None
    programme: str | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class Page:
    """Lines, newest first, and the lines from which older and newer ones go on (None: there are none)."""

    entries: tuple[Entry, ...]
    older: str | None
    newer: str | None


def page(session: Session, wanted: Wanted, size: int, *, before: str | None = None, after: str | None = None) -> Page:
    """The newest lines; or those older than the line `before`, or those newer than the line `after`.

    A line that is not in the log is as if none were named.
    """
    mark = session.get(AsRun, before or after or "")
    query = _matching(wanted)
    if mark and before:
        query = query.where(sa.tuple_(*PLACE) < _place(mark))
    elif mark:
        query = query.where(sa.tuple_(*PLACE) > _place(mark))
    upwards = mark is not None and not before
    ordered = [c.asc() if upwards else c.desc() for c in PLACE]
    rows = list(session.scalars(query.order_by(*ordered).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if upwards:
        rows.reverse()
        older, newer = mark is not None, more
    else:
        older, newer = more, mark is not None
    entries = tuple(shown(session, rows))
    first, last = (entries[0].id, entries[-1].id) if entries else (None, None)
    return Page(entries, last if older else None, first if newer else None)


def approved_at(session: Session, entries: Sequence[Entry]) -> dict[str, datetime]:
    """When what these lines played was approved, by the id of the line; only where that approval still stands."""
    query = sa.select(AsRun.id, Bulletin.decided_at).join(Broadcast, Broadcast.id == AsRun.broadcast_id)
    query = query.join(Bulletin, Bulletin.id == Broadcast.bulletin_id).where(
        AsRun.id.in_([entry.id for entry in entries if entry.approved_by]),
        Bulletin.decided_by == AsRun.approved_by,
        Bulletin.text_sha256 == AsRun.text_sha256,
        Bulletin.decided_at <= sa.func.coalesce(AsRun.began_at, AsRun.planned_at),
    )
    return {line: at for line, at in session.execute(query) if at}


def every(session: Session, wanted: Wanted) -> Iterator[Entry]:
    """All that is wanted, oldest first, read in parts: the whole log is never in memory."""
    query = _matching(wanted).order_by(*PLACE).execution_options(yield_per=CHUNK)
    for row in session.scalars(query):
        yield entry(row)


def _place(row: AsRun) -> Any:
    return sa.tuple_(sa.literal(row.planned_at, AsRun.planned_at.type), sa.literal(row.id))


def _matching(wanted: Wanted) -> sa.Select[AsRun]:
    query = sa.select(AsRun)
    if wanted.start:
        query = query.where(AsRun.planned_at >= wanted.start)
    if wanted.end:
        query = query.where(AsRun.planned_at < wanted.end)
    if wanted.programme:
        none = wanted.programme == NO_PROGRAMME
        query = query.where(AsRun.programme_id.is_(None) if none else AsRun.programme_id == wanted.programme)
    if wanted.outcome:
        query = query.where(AsRun.outcome == wanted.outcome)
    return query
