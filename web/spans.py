"""Rows of a form that say from when until when, on which days: the hours of the station, the volume of a zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from werkzeug.datastructures import MultiDict

from broadcaster.errors import BroadcasterError
from broadcaster.zones import EVERY_DAY
from web import inputs


@dataclass(frozen=True)
class Span:
    """What stands in a row; `days` ISO 8601 weekdays, "1" is Monday."""

    row: int
    start: time
    end: time
    days: str


def filled(form: MultiDict[str, str], most: int) -> Iterator[Span]:
    """Of the first `most` rows those that are filled in and not to be dropped.

    Raises BroadcasterError hour-bad at its field, weekdays-empty.
    """
    for row in range(most):
        start, end = form.get(f"start-{row}", ""), form.get(f"end-{row}", "")
        if not (start or end) or f"drop-{row}" in form:
            continue
        days = "".join(day for day in EVERY_DAY if day in form.getlist(f"days-{row}"))
        if not days:
            raise BroadcasterError("weekdays-empty")
        yield Span(row, inputs.hour(start, f"start-{row}"), inputs.hour(end, f"end-{row}"), days)
