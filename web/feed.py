"""The plan as a calendar that phones subscribe to: made once, and kept until somebody writes or the day ends."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from broadcaster import calendar, stamps
from web import guard, here, packing, secret

pages = Blueprint("feed", __name__)
SHOWN = (stamps.AIR, stamps.EDITIONS, stamps.TIMES)  # what it is made of


@dataclass(frozen=True)
class Kept:
    plain: bytes
    packed: bytes


_kept: stamps.Shelf[tuple[date, ZoneInfo], Kept] = stamps.Shelf(*SHOWN)


def secret_part() -> str:
    """The part of the address that nobody can guess."""
    return hmac.new(secret.key(here.settings()), b"calendar feed", "sha256").hexdigest()[:32]


@pages.get("/lich/<token>.ics")
@guard.public
def calendar_file(token: str) -> ResponseReturnValue:
    """Phones can't log in: whoever has the address may read it. They ask again every hour or so, for years, and are
    mostly told that nothing is new."""
    if not hmac.compare_digest(token, secret_part()):
        abort(404)
    now, tz = here.now(), here.settings().tz
    day = now.astimezone(tz).date()
    with here.reading() as session:
        stamp = stamps.current(session, *SHOWN)
        tag = sha256(f"{stamp} {day} {tz}".encode()).hexdigest()[:32] if stamp else None
        if tag and request.if_none_match.contains_weak(tag):
            return _answer(b"", tag, 304)
        shelf = _kept.of(session)
        kept = shelf.get((day, tz))
        if kept is None:
            plain = calendar.of_day(session, day, now, tz)
            kept = Kept(plain, packing.packed(plain))
            shelf.clear()  # of another day
            shelf[day, tz] = kept
    if not packing.zipped_wanted():
        return _answer(kept.plain, tag, 200)
    answer = _answer(kept.packed, tag, 200)
    answer.content_encoding = "gzip"
    return answer


def _answer(data: bytes, tag: str | None, status: int) -> Response:
    answer = Response(data, status, mimetype="text/calendar")
    answer.cache_control.private = answer.cache_control.no_cache = True
    if tag:
        answer.set_etag(tag, weak=True)
    return answer
