"""Errors for machines: RFC 9457 problem details, with the sentence that people would read."""

from __future__ import annotations

import json

from flask import Response, request

from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import here

PREFIX = "/api/"
TITLE = "Chưa làm được"


def wanted() -> bool:
    """Whether a machine is asking."""
    return request.path.startswith(PREFIX)


def refused(error: BroadcasterError) -> Response:
    """A rule said no: `code` names it and never changes its meaning."""
    if error.code.endswith("-unknown"):
        status = 404
    elif error.code in ("station-dead", "station-mute", "station-stuck"):
        status = 503
    else:
        status = 422 if error.usage else 409
    return problem(status, say(TITLE), here.in_words(error), code=error.code)


def problem(status: int, title: str, detail: str, *, code: str = "") -> Response:
    told = {"type": f"urn:tieng-loa:{code}" if code else "about:blank", "title": title, "status": status}
    body = json.dumps(told | {"detail": detail} | ({"code": code} if code else {}), ensure_ascii=False)
    return Response(body + "\n", status=status, content_type="application/problem+json")
