"""The sound itself, in parts when the browser asks for parts."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from broadcaster import store
from broadcaster.waveform import outline
from web import here
from web.outline import drawing

pages = Blueprint("recordings", __name__)
SHA256 = re.compile(r"[0-9a-f]{64}")


@pages.get("/am-thanh/<sha256>.flac")
def flac(sha256: str) -> ResponseReturnValue:
    return send_file(_path(sha256), mimetype="audio/flac", conditional=True, etag=sha256)


@pages.get("/am-thanh/<sha256>.svg")
def svg(sha256: str) -> ResponseReturnValue:
    """What it looks like; the same for ever."""
    _path(sha256)
    drawn = drawing(outline(here.settings(), sha256))
    if not drawn:
        abort(404)
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _path(sha256: str) -> Path:
    """Ends with 404 where there is none."""
    path = store.path_of(here.settings(), sha256)
    if not SHA256.fullmatch(sha256) or not path.is_file():
        abort(404)
    return path
