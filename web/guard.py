"""The door: who may open which page, a token on every form, and what browsers are told never to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue

from broadcaster.models import User
from broadcaster.tongue import say
from web import csrf, here, kept

View = TypeVar("View", bound=Callable[..., Any])
LEADER = "loa"  # of the cookie: the entry that a leader's passcode opened
FRAGMENT = "X-Fragment"  # sent by our own script when it asks for a part of a page

_needs: dict[Callable[..., Any], frozenset[str]] = {}
_public: set[Callable[..., Any]] = set()
_hearing: set[Callable[..., Any]] = set()
STAY = 3600  # seconds between two looks that make a session last longer
SIGNED_OUT = ("Phiên làm việc đã hết", "Chữ vừa gõ còn nguyên. Hãy đăng nhập ở thẻ mới, rồi quay lại đây bấm Gửi lại.")
STRANGERS_BODY = 64 * 1024  # bytes: nobody without an account or passcode fills the disk with an upload

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
WITH_MICROPHONE = {  # and what was recorded is heard before it is sent
    "Content-Security-Policy": HEADERS["Content-Security-Policy"] + "; media-src 'self' blob:",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


class Cookies(SecureCookieSessionInterface):
    """Whoever came by HTTPS never shows the cookie elsewhere."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def allow(*roles: str) -> Callable[[View], View]:
    """Only people with one of these roles. Pages without a mark are open to everyone logged in."""

    def mark(view: View) -> View:
        _needs[view] = frozenset(roles)
        return view

    return mark


def public(view: View) -> View:
    """Open without an account."""
    _public.add(view)
    return view


def microphone(view: View) -> View:
    """A page on which a person can record."""
    _hearing.add(view)
    return view


def part(fragment: str, page: str) -> str:
    """Which template answers: a page that keeps itself fresh asks for its part alone (static/panel.js)."""
    return fragment if request.headers.get(FRAGMENT) else page


def stand_at(app: Flask, machines: Blueprint) -> None:
    """Watch over every page. `machines` have a door of their own: they hold keys, no cookies, and fill in no forms."""
    app.before_request(_check)  # before the token check, so that strangers' uploads are not even read
    csrf.protect(app, machines)
    app.config["MACHINES"] = machines.name
    app.after_request(_harden)


def let_in(user: User) -> None:
    """Begin a session; nothing of an earlier one is kept."""
    session.clear()
    session.permanent = True
    session["user"], session["version"] = user.id, user.version
    _stay()


def _stay() -> None:
    """Whoever looks stays logged in. Seldom written: the late answer to a script would take back what a form has put
    into the cookie meanwhile, the message that it was done."""
    now = int(here.now().timestamp())
    if not 0 <= now - session.get("seen", 0) < STAY:
        session["seen"] = now


def _check() -> ResponseReturnValue | None:
    g.person = None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or request.blueprint == current_app.config["MACHINES"]:
        return None
    g.person = _person()
    if view in _public:
        if not g.person and LEADER not in session:
            request.max_content_length = STRANGERS_BODY
        return None
    if g.person is None:
        if request.headers.get(FRAGMENT):
            abort(401)
        if again := kept.page(say(SIGNED_OUT[0]), say(SIGNED_OUT[1]), 401):
            return again
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("auth.login", next=wanted))
    if view in _needs and not g.person.may(*_needs[view]):
        abort(403)
    return None


def _person() -> here.Person | None:
    """Whom the cookie names, unless the account has been closed or changed since."""
    if "user" not in session:
        return None
    with here.reading() as rows:
        user = rows.get(User, session["user"])
    if user is None or user.disabled or user.version != session.get("version"):
        session.clear()
        return None
    _stay()
    return here.Person(user.name, frozenset(user.roles))


def _harden(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.view_functions.get(request.endpoint or "") in _hearing:
        response.headers.update(WITH_MICROPHONE)
    if g.get("person"):
        response.headers.setdefault("Cache-Control", "no-store")  # on a shared machine, nothing stays behind
    return response
