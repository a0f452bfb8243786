"""A form that could not be taken (logged out meanwhile, a page left open too long, a disk that refuses): what was typed
is shown, and can be sent again. Only to our own pages: another site's form gets nothing to press."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

LARGEST = 1024 * 1024  # bytes of a form that is read for somebody who is not logged in
SECRET = ("password", "again", "code")  # fields that are never written into a page
OWN = ("csrf_token", "draft")


def page(title: str, text: str, code: int) -> ResponseReturnValue | None:
    """What was typed, with a button that sends it again; None when there is nothing to keep."""
    if request.method != "POST" or request.headers.get("Origin") != request.host_url.rstrip("/"):
        return None
    if (request.content_length or 0) > LARGEST:
        return None
    if any(name.startswith(SECRET) for name in request.form):
        return None
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN]
    if not any(value.strip() for _, value in typed):
        return None
    had_file = any(file.filename for file in request.files.values())
    return render_template("errors/kept.html", title=title, text=text, typed=typed, had_file=had_file), code
