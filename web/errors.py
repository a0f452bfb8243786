"""Errors in words: a flash message for forms, a plain page for the rest."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from broadcaster.database import unusable
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import csrf, here, kept, limits, problems

PAGES = {
    400: ("Trang đã để quá lâu", "Hãy quay lại, tải lại trang rồi làm lại."),
    403: ("Tài khoản này không được làm việc đó", "Hãy nhờ người có quyền, hoặc đăng nhập bằng tài khoản khác."),
    404: ("Không có trang này", "Địa chỉ có thể đã cũ. Hãy về trang chủ."),
    405: ("Không mở trực tiếp được địa chỉ này", "Hãy về trang chủ và bấm nút tương ứng."),
    413: ("Gửi lên quá lớn", ""),  # web/limits says how much may be sent
}
STALE = ("Trang đã để quá lâu", "Chưa lưu. Chữ vừa gõ còn nguyên dưới đây: hãy bấm Gửi lại.")
REFUSED = "Chưa lưu được"
BROKEN = ("Trạm gặp lỗi", "Hãy thử lại; nếu vẫn lỗi, hãy khởi động lại chương trình Tiếng Loa.")


def answer_for(app: Flask) -> None:
    app.register_error_handler(BroadcasterError, _refused)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(csrf.Refused, _stale)
    app.register_error_handler(DBAPIError, _not_written)
    app.register_error_handler(OSError, _not_written)
    app.register_error_handler(StaleDataError, _raced)


def _refused(error: Exception) -> ResponseReturnValue:
    """A rule said no. A form that keeps what was typed catches this itself; buttons come here."""
    assert isinstance(error, BroadcasterError)
    if problems.wanted():
        return problems.refused(error)
    if request.method == "POST":
        gone = error.code.endswith("-unknown") and urlsplit(request.referrer or "").path == request.path
        if gone and (again := kept.page(say(REFUSED), here.in_words(error), 404)):
            return again
        here.tell(error)
        return redirect(here.back())
    return render_template("errors/page.html", title=say("Không mở được"), text=here.in_words(error)), 404


def _stale(error: Exception) -> ResponseReturnValue:
    return kept.page(say(STALE[0]), say(STALE[1]), 400) or _page(error)


def _raced(error: Exception) -> ResponseReturnValue:
    """Somebody else wrote the same row in the same moment."""
    why = BroadcasterError("lexicon-changed")
    if problems.wanted():
        return problems.refused(why)
    return kept.page(say(REFUSED), here.in_words(why), 409) or _refused(why)


def _not_written(error: Exception) -> ResponseReturnValue:
    """The database is locked or damaged, the disk full: said as on the command line, and what was typed is kept."""
    current_app.logger.error("không ghi được", exc_info=error)
    if isinstance(error, DBAPIError):
        why = unusable(here.settings(), error)
    else:
        assert isinstance(error, OSError)
        why = BroadcasterError("disk", path=error.filename or here.settings().data, detail=error.strerror)
    if problems.wanted():
        return problems.refused(why)
    if again := kept.page(say(REFUSED), here.in_words(why), 503):
        return again
    return render_template("errors/broken.html"), 500


def _page(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    code = error.code or 500
    if code < 400:
        return error
    if problems.wanted():
        title, text = map(say, PAGES.get(code, BROKEN if code >= 500 else PAGES[404]))
        return problems.problem(code, title, limits.told() if code == 413 else text)
    if code >= 500:
        return render_template("errors/broken.html"), code
    title, text = map(say, PAGES.get(code, PAGES[404]))
    text = limits.told() if code == 413 else text
    return render_template("errors/page.html", title=title, text=text), code
