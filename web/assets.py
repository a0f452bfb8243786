"""Style, script and icon: read once, compressed once, and named by what they hold, so that a browser keeps them until
they change and never asks again."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from web.packing import packed, zipped_wanted

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"  # an address that names its content never holds another
ASK = "public, no-cache"  # kept, but asked about: an address without or with an older name


@dataclass(frozen=True)
class Asset:
    data: bytes
    zipped: bytes
    mark: str
    mimetype: str


def serve_for(app: Flask) -> None:
    """Answer for /static/…, and let `url_for` name the content."""
    assets = {path.name: _read(path) for path in FOLDER.iterdir() if path.is_file()}

    def static(filename: str) -> ResponseReturnValue:
        if filename not in assets:
            abort(404)
        return _answer(assets[filename])

    @app.url_defaults
    def _name(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in assets:
            values["v"] = assets[values["filename"]].mark

    app.add_url_rule("/static/<path:filename>", "static", static)


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    mimetype = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(data, packed(data), hashlib.sha256(data).hexdigest()[:12], mimetype)


def _answer(asset: Asset) -> Response:
    zipped = zipped_wanted()
    response = Response(asset.zipped if zipped else asset.data, mimetype=asset.mimetype)
    if zipped:
        response.content_encoding = "gzip"
    response.set_etag(asset.mark, weak=True)  # of both forms
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == asset.mark else ASK
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response
