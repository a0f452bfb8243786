"""What every page stands on: this application's settings, clock and database, and the person at the screen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, request, send_file, url_for
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from broadcaster import presence, words
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from broadcaster.tongue import say
from web.own_words import OWN_WORDS

ASKS_REASON = "asks_reason"
STRANGER = "người chưa đăng nhập"


@dataclass(frozen=True)
class Person:
    """Who is logged in."""

    name: str
    roles: frozenset[str]

    def may(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def clock() -> Clock:
    found: Clock = current_app.config["CLOCK"]
    return found


def now() -> datetime:
    return clock().now()


def sessions() -> Sessions:
    found: Sessions = current_app.config["SESSIONS"]
    return found


def reading() -> AbstractContextManager[Session]:
    return looking(sessions())


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: all of it or nothing. Who is at the screen, or the machine that asks, stands in the trail."""
    with sessions().begin() as session:
        who = g.get("person")
        session.info.update(actor=who.name if who else g.get("machine", STRANGER), clock=clock())
        yield session


def person() -> Person:
    """The one who is logged in; the door has seen to it that there is one."""
    found: Person = g.person
    return found


def tell(error: BroadcasterError) -> None:
    """Show an error in words on the next page, and beside the field it names."""
    flash(in_words(error), "error")
    if error.code == "reason-outside":
        cookie[ASKS_REASON] = True
    if field := error.values.get("field"):
        g.setdefault("faults", {})[field] = in_words(error)


def asks_reason() -> bool:
    """Whether something was just refused for want of a reason: the page that is shown now has a place for it."""
    return bool(g.setdefault(ASKS_REASON, cookie.pop(ASKS_REASON, False)))


def in_words(error: BroadcasterError) -> str:
    own = OWN_WORDS.get(error.code)
    return say(own, **words.values(error, settings().tz)) if own else words.explain(error, settings().tz)


def expect_station() -> None:
    """Raises BroadcasterError station-dead, -mute, -stuck: what is queued now must not sound at some later morning."""
    if not station_is_alive(sessions(), clock()):
        raise presence.why_silent(settings())


def local(target: str | None) -> str | None:
    """The target, if it is a path of this very panel."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if any(ord(c) <= 32 for c in target) or urlsplit(target).netloc:
        return None
    return target


def download(name: str, write: Callable[[Path], None]) -> Response:
    """What `write` puts into the file it is given, as a file to keep."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return send_file(BytesIO(path.read_bytes()), as_attachment=True, download_name=name)


def asked(*names: str) -> dict[str, str]:
    """What was filled in of a list's filter."""
    return {name: found for name in names if (found := request.args.get(name, "").strip())}


def page_number() -> int:
    """Which page of a list is asked for."""
    return request.args.get("trang", 1, type=int)


def reachable(endpoint: str, **values: Any) -> str:
    """The address of a page as telephones reach it, also when it is looked at on the station's machine."""
    base = (on_this_machine() and current_app.config["REACHED_AT"]()) or request.host_url.rstrip("/")
    return f"{base}{url_for(endpoint, **values)}"


def only_here() -> bool:
    """Whether the page is looked at on the station's machine, and no telephone can reach it."""
    return on_this_machine() and current_app.config["REACHED_AT"]() is None


def on_this_machine() -> bool:
    return urlsplit(f"//{request.host}").hostname in ("127.0.0.1", "localhost", "::1")


def back() -> str:
    """The page the form was on."""
    came = urlsplit(request.referrer or "")
    path = local(came.path) if came.netloc == request.host and _opens(came.path) else None
    return (f"{path}?{came.query}" if came.query else path) if path else url_for("home.dashboard")


def _opens(path: str) -> bool:
    """Whether a page stands there, and not only the answer to a form."""
    try:
        current_app.url_map.bind_to_environ(request.environ).match(path, "GET")
    except (MethodNotAllowed, NotFound):
        return False
    except RequestRedirect:
        pass
    return True
