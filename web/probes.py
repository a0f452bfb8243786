"""For machines that watch the station: is sound flowing, and its numbers."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from broadcaster import health, tokens
from web import guard, here

pages = Blueprint("probes", __name__)
HERE = {"127.0.0.1", "::1"}
RELAYED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


@pages.get("/healthz")
@guard.public
def healthz() -> ResponseReturnValue:
    """Green or red, and nothing else: anybody may look."""
    with here.reading() as session:
        green = health.flows(session, here.now())
    return Response("ok\n" if green else "red\n", 200 if green else 503, mimetype="text/plain")


@pages.get("/metrics")
@guard.public
def metrics() -> ResponseReturnValue:
    """To programs on this very machine, and to those with a key. Whom a proxy brings comes from elsewhere."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    with here.reading() as session:
        known = kind.lower() == "bearer" and tokens.holder(session, key.strip()) is not None
        local = request.remote_addr in HERE and not any(name in request.headers for name in RELAYED)
        if not (known or local):
            abort(403)
        text = health.metrics(session, here.settings(), here.now())
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")
