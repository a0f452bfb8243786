"""Fields that take a day or a time: read as people write them, and shown again as they were typed, with what is wrong
said beside them. Browsers without pickers of their own send any text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from flask import Flask, g, request

from broadcaster import typed
from broadcaster.errors import BroadcasterError
from web import here

Read = TypeVar("Read", date, time, datetime)
TAKES = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime-local": "%Y-%m-%dT%H:%M"}  # what browsers put into such a field


def teach(app: Flask) -> None:
    app.add_template_global(fault)
    app.add_template_filter(iso)


def fault(field: str) -> str:
    """What is wrong with what was typed there, in words; empty when nothing is."""
    found: dict[str, str] = g.get("faults", {})
    return found.get(field, "")


def iso(text: str, kind: str) -> str | None:
    """What was typed as a field of that kind holds it; None when it is nothing of the kind."""
    try:
        found = {"date": _day, "time": typed.hour, "datetime-local": _moment}[kind](text)
    except BroadcasterError:
        return None
    return f"{found:{TAKES[kind]}}"


def hour(text: str, field: str) -> time:
    """Raises BroadcasterError hour-bad, at its field."""
    return _at(field, typed.hour, text)


def day(text: str, field: str, *, past: bool = False) -> date | None:
    """None where nothing was typed. Raises BroadcasterError day-bad, at its field."""
    return _at(field, lambda text: typed.day(text, _today(), past=past), text) if text.strip() else None


def moment(text: str, field: str, on: date) -> datetime:
    """A time alone is one of the day `on`. Raises BroadcasterError moment-bad, at its field."""
    return _at(field, lambda text: typed.moment(text, here.now(), here.settings().tz, on), text)


def minutes(name: str, most: int, field: str) -> int:
    """A whole number of minutes, also as "30 phút". Raises BroadcasterError minutes-bad, at its field."""
    found = typed.count(request.form.get(name, ""))
    if found is None or not 1 <= found <= most:
        raise BroadcasterError("minutes-bad", most=most, field=field)
    return found


def number(text: str) -> int:
    """A whole number; for what is none, -1, which is refused wherever a number is asked for."""
    found = typed.count(text)
    return -1 if found is None else found


def _at(field: str, read: Callable[[str], Read], text: str) -> Read:
    try:
        return read(text)
    except BroadcasterError as error:
        raise BroadcasterError(error.code, usage=True, field=field, **error.values) from error


def _today() -> date:
    return here.now().astimezone(here.settings().tz).date()


def _day(text: str) -> date:
    return typed.day(text, _today())


def _moment(text: str) -> datetime:
    return typed.moment(text, here.now(), here.settings().tz)
