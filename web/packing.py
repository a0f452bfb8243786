"""Answers go out compressed: on a phone's network the page is there in a tenth of the time."""

from __future__ import annotations

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

LEAST = 500  # bytes; below it the envelope costs more than it saves
LEVEL = 5  # a page in a millisecond, within 2 % of the smallest
KINDS = frozenset({"text/html", "text/css", "text/javascript", "text/plain", "text/calendar", "image/svg+xml"})
KINDS |= {"application/json", "application/problem+json"}
PADDING = 64  # most random bytes: sizes tell nothing exact about what is inside (Heal the BREACH)


def compress_for(app: Flask) -> None:
    app.after_request(_pack)


def zipped_wanted() -> bool:
    """Whether the browser takes gzip."""
    return request.accept_encodings.quality("gzip") > 0


def packed(data: bytes) -> bytes:
    """As gzip, with a name of random length in its header."""
    out = BytesIO()
    name = "x" * secrets.randbelow(PADDING)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _pack(response: Response) -> Response:
    if response.mimetype not in KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 304 or response.content_encoding or not zipped_wanted():
        return response
    data = response.get_data()
    if len(data) >= LEAST:
        response.set_data(packed(data))
        response.content_encoding = "gzip"
    return response
