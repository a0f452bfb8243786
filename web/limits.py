"""How much may be sent to which page. The server asks before it reads (web/server); what it held back, or what is more
than the page takes, is answered in words that say what to do."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException

from broadcaster import spare, uploads, words
from broadcaster.settings import Settings
from broadcaster.tongue import say
from web import guard, here

View = TypeVar("View", bound=Callable[..., Any])
FORM = 4 * 1024 * 1024  # bytes: what a form weighs without a file; a bulletin of the greatest length in percent escapes
COPIES = 2  # an upload lies on the disk as it came and, parsed, as a file; a restore keeps it beside what it unpacks


LARGEST = {  # bytes of a file
    "sound": 600_000_000,  # an hour of stereo as WAV
    "text": uploads.LARGEST_TEXT,
    "backup": None,  # as much as the disk has room for
}
ADVICE = {
    "sound": "Hãy cắt ngắn tệp hoặc lưu dạng MP3 rồi gửi lại.",
    "text": "Hãy bỏ bớt ảnh trong tệp rồi gửi lại.",
    "backup": "Hãy xóa bớt tệp không dùng trên máy trạm, hoặc khôi phục bằng lệnh trên máy trạm.",
}

_takes: dict[Callable[..., Any], str] = {}


class Withheld(io.BytesIO):
    """Stands where the body of a request would be that the server did not keep; `limit` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


def takes(kind: str) -> Callable[[View], View]:
    """A page to which a file of this kind (of LARGEST) is sent. All others take a small form."""

    def mark(view: View) -> View:
        _takes[view] = kind
        return view

    return mark


def stand_at(app: Flask) -> None:
    """Before the door (web/guard), which lowers it further for strangers."""
    app.before_request(_limit)
    app.jinja_env.globals["heaviest"] = lambda kind: file_limit(kind, here.settings())
    app.jinja_env.globals["megabytes"] = megabytes


def asker(app: Flask) -> Callable[[str, str, str], int]:
    """For the server: how many bytes of a body are kept, by its method, path and cookies. Only who has logged in, or
    entered a passcode, sends files."""

    def limit(method: str, path: str, cookies: str) -> int:
        try:
            endpoint, _ = app.url_map.bind("").match(path, method)
        except HTTPException:
            return FORM
        kind = _takes.get(app.view_functions[endpoint])
        if kind is None:
            return FORM
        asking = app.request_class({"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_COOKIE": cookies})
        cookie = app.session_interface.open_session(app, asking)
        known = cookie is not None and ("user" in cookie or guard.LEADER in cookie)
        return _body(kind, app.config["SETTINGS"]) if known else FORM

    return limit


def file_limit(kind: str, settings: Settings) -> int:
    """Bytes of a file of this kind that can be sent now."""
    room = max(0, shutil.disk_usage(settings.data).free - spare.PLENTY) // COPIES
    largest = LARGEST[kind]
    return room if largest is None else min(largest, room)


def megabytes(size: int) -> str:
    return words.number(size / 1e6, 0 if size >= 10_000_000 else 1)


def told() -> str:
    """What is said of a body that was too large."""
    limit = request.max_content_length or 0
    kind = _kind()
    current_app.logger.warning("gửi lên quá lớn: %s byte, tối đa %s", request.content_length, limit)
    if kind is None or (request.content_length or 0) <= limit:
        return say("Chữ gửi lên quá dài. Hãy chia làm nhiều phần rồi gửi lại.")
    most = max(0, limit - FORM)
    largest = LARGEST[kind]
    if largest is not None and most < largest:
        return say(
            "Đĩa của máy trạm gần đầy, lúc này chỉ nhận được tới {mb} MB. Hãy xóa bớt tệp không dùng trên máy trạm.",
            mb=megabytes(most),
        )
    return say("Ở đây gửi được tệp tối đa {mb} MB. {advice}", mb=megabytes(most), advice=say(ADVICE[kind]))


def _limit() -> None:
    kind = _kind()
    limit = FORM if kind is None else _body(kind, here.settings())
    body = request.environ["wsgi.input"]
    request.max_content_length = min(limit, body.limit) if isinstance(body, Withheld) else limit


def _kind() -> str | None:
    """Of the file that the page that is asked for takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return _takes.get(view) if view else None


def _body(kind: str, settings: Settings) -> int:
    return file_limit(kind, settings) + FORM
