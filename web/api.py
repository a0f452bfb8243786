"""The interface for machines: JSON with a key in the Authorization header, described in openapi.json."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, TypeVar

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from broadcaster import (
    ahead,
    alerts,
    asrun,
    broadcasts,
    bulletins,
    logbook,
    plan,
    playing,
    programmes,
    tokens,
    when,
    wishes,
    words,
    zones,
)
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.logbook import Wanted
from broadcaster.models import Broadcast, Bulletin
from broadcaster.status import read_status
from broadcaster.tongue import say
from web import here, problems

pages = Blueprint("api", __name__, url_prefix="/api/v1")
DESCRIPTION = files("web") / "openapi.json"
OPEN = {"api.openapi"}
SAID_OF_PARTS = ("description", "summary")
MOST = 1000  # lines of the log in one answer
LONGEST_PLAN = timedelta(days=92)
V = TypeVar("V")


@pages.before_request
def _door() -> ResponseReturnValue | None:
    """A key in force, which may write where something changes."""
    if request.endpoint in OPEN:
        return None
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    with here.reading() as session:
        token = tokens.holder(session, key.strip()) if kind.lower() == "bearer" else None
    if token is None:
        answer = problems.problem(
            401, say("Chưa có khóa kết nối"), say("Hãy gửi khóa còn hiệu lực: Authorization: Bearer KHÓA.")
        )
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tieng-loa"'
        return answer
    if request.method != "GET" and token.scope != "write":
        return problems.problem(403, say("Khóa này chỉ được xem"), say("Hãy dùng khóa có phạm vi “xem và điều khiển”."))
    if tokens.needs_note(token, here.now()):
        with here.writing() as session:
            tokens.note_use(session, token.id, here.now())
    g.machine = f"máy {token.name}"
    return None


@pages.after_request
def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    return _json(_described(json.loads(DESCRIPTION.read_text(encoding="utf-8"))))


@pages.get("/status")
def status() -> ResponseReturnValue:
    with here.reading() as session:
        return _json(read_status(session, here.now(), here.settings().tz).facts())


@pages.get("/plan")
def planned() -> ResponseReturnValue:
    start = _instant("from") or here.now()
    end = _instant("to") or start + plan.HORIZON
    if not timedelta(0) <= end - start <= LONGEST_PLAN:
        raise _bad(say("from và to phải đúng thứ tự và cách nhau không quá 92 ngày"))
    with here.reading() as session:
        lines = ahead.view(session, start, end, here.settings().tz)
    names = ("slot", "broadcast", "programme", "title", "zone", "starts_at", "ends_at", "status", "changed")
    return _json(
        [
            {name: getattr(p, name) for name in names} | {"warnings": [words.reason(w) for w in p.warnings]}
            for p in lines
        ]
    )


@pages.get("/log")
def log() -> ResponseReturnValue:
    """A page of the log, newest first; `next` is the `before` of the page that follows."""
    limit = request.args.get("limit", "100")
    if not (re.fullmatch("[0-9]{1,4}", limit) and 1 <= int(limit) <= MOST):
        raise _bad(say("limit phải từ 1 đến {most}", most=MOST))
    wanted = Wanted(_instant("from"), _instant("to"), _programme(), request.args.get("outcome"))
    with here.reading() as session:
        page = logbook.page(session, wanted, int(limit), before=request.args.get("before"))
    return _json({"entries": [_entry(e) for e in page.entries], "next": page.older})


@pages.get("/bulletins")
def listed() -> ResponseReturnValue:
    chosen = request.args.get("status")
    with here.reading() as session:
        rows = [b for b in bulletins.newest(session) if chosen in (None, b.status)]
        return _json([_bulletin(b) for b in rows])


@pages.get("/bulletins/<bulletin_id>")
def bulletin(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        row = bulletins.get(session, bulletin_id)
        return _json(_bulletin(row) | {"text": row.text})


@pages.post("/play")
def play() -> ResponseReturnValue:
    """A programme's edition of the moment, or a recording; at the end of the queue, or at an instant."""
    body = _body()
    name, sha256 = _field(body, "programme", str, None), _field(body, "recording", str, None)
    why = _field(body, "reason", str, "")
    moment, where = _field(body, "at", str, None), _zones(body)
    if bool(name) == bool(sha256):
        raise _bad(say("cần đúng một trong hai: programme hoặc recording"))
    at = when.instant(moment, here.settings().tz) if moment else None
    if at is None:
        here.expect_station()
    now, by = here.now(), g.machine
    with here.writing() as session:
        how: dict[str, Any] = {"by": by, "now": now, "tz": here.settings().tz, "at": at, "why": why}
        sound = None if name else broadcasts.recording(session, sha256 or "")
        rows = [
            playing.recording(session, sound, zone=zone, **how)
            if sound
            else playing.programme(session, name or "", zone=zone, **how)
            for zone in zones.chosen(session, where)
        ]
        return _made(body, rows)


@pages.post("/alert")
def alert() -> ResponseReturnValue:
    body = _body()
    text, repeat, where = _field(body, "text", str, ""), _field(body, "repeat", int, 3), _zones(body)
    if not 1 <= repeat <= 10:
        raise _bad(say("repeat phải từ 1 đến 10"))
    here.expect_station()
    return _made(body, alerts.typed(here.sessions(), text, repeat, g.machine, here.now(), where))


@pages.post("/stop")
def stop() -> ResponseReturnValue:
    return _wish("stop")


@pages.post("/resume")
def resume() -> ResponseReturnValue:
    return _wish("resume")


def _wish(kind: str) -> Response:
    wishes.ask(here.sessions(), kind, g.machine, here.clock())
    return _json({"done": kind})


def _entry(entry: asrun.Entry) -> dict[str, Any]:
    return entry.facts() | {"reason": words.reason(entry.reason) or None}


def _bulletin(row: Bulletin) -> dict[str, Any]:
    edited = ("id", "title", "week", "status", "author", "submitted_at", "decided_by", "decided_at", "reason")
    names = (*edited, "expires", "topics", "text_sha256", "audio_sha256", "created_at", "version")
    return {name: getattr(row, name) for name in names} | {"programme": row.programme.slug}


def _broadcast(row: Broadcast) -> dict[str, Any]:
    names = ("id", "kind", "title", "zone", "starts_at", "status", "by", "approved_by")
    return {name: getattr(row, name) for name in names} | {"audio_sha256": row.recording}


def _made(body: dict[str, Any], rows: list[Broadcast]) -> Response:
    """A list for whoever asked with a list of zones: a broadcast for each, one for all of them."""
    made = [_broadcast(row) for row in rows]
    return _json(made if isinstance(body.get("zone"), list) else made[0], 201)


def _zones(body: dict[str, Any]) -> list[str]:
    """One zone, or several in a list; everywhere unless it says anything."""
    asked = body.get("zone", EVERYWHERE)
    found = asked if isinstance(asked, list) else [asked]
    if not all(isinstance(zone, str) for zone in found):
        raise _bad(say("{name} chưa đúng kiểu", name="zone"))
    return found


def _programme() -> str | None:
    name = request.args.get("programme")
    if not name:
        return None
    with here.reading() as session:
        return programmes.get(session, name, retired=True).id


def _instant(field: str) -> datetime | None:
    text = request.args.get(field)
    return when.instant(text, here.settings().tz) if text else None


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise _bad(say("cần một đối tượng JSON với Content-Type: application/json"))
    return body


def _field(body: dict[str, Any], name: str, kind: type, default: V) -> V:
    value: V = body.get(name, default)
    if value is not default and (not isinstance(value, kind) or isinstance(value, bool)):
        raise _bad(say("{name} chưa đúng kiểu", name=name))
    return value


def _bad(what: str) -> BroadcasterError:
    return BroadcasterError("body-bad", usage=True, what=what)


def _described(value: Any) -> Any:
    """The description, what people read of it in their language."""
    if isinstance(value, list):
        return [_described(each) for each in value]
    if not isinstance(value, dict):
        return value
    read = {key: say(value[key]) for key in SAID_OF_PARTS if isinstance(value.get(key), str)}
    return {key: read.get(key, _described(each)) for key, each in value.items()}


def _json(facts: Any, status: int = 200) -> Response:
    body = json.dumps(facts, ensure_ascii=False, default=_plain)
    return Response(body + "\n", status=status, mimetype="application/json")


def _plain(value: Any) -> str:
    """Instants as ISO 8601 with the station's offset."""
    return value.astimezone(here.settings().tz).isoformat() if isinstance(value, datetime) else str(value)
