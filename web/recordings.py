"""The sound itself, in parts when the browser asks for parts."""

from __future__ import annotations

import re

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from broadcaster import store
from web import here

pages = Blueprint("recordings", __name__)
SHA256 = re.compile(r"[0-9a-f]{64}")


@pages.get("/am-thanh/<sha256>.flac")
def flac(sha256: str) -> ResponseReturnValue:
    path = store.path_of(here.settings(), sha256)
    if not SHA256.fullmatch(sha256) or not path.is_file():
        abort(404)
    return send_file(path, mimetype="audio/flac", conditional=True, etag=sha256)
