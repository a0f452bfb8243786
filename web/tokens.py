"""Keys for machines: made, shown once, taken back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import phrases, tokens
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say, table
from web import guard, here

pages = Blueprint("tokens", __name__, url_prefix="/ket-noi")


@pages.get("/")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    return _page()


@pages.post("/them")
@guard.allow("admin")
def add() -> ResponseReturnValue:
    """The key stands on the page that answers, and nowhere else."""
    name, scope = request.form.get("name", ""), request.form.get("scope", "")
    try:
        with here.writing() as session:
            key = tokens.create(session, name, scope, here.person().name, here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _page(name, scope), 400
    return _page(made=name.strip(), key=key)


@pages.post("/thu-hoi")
@guard.allow("admin")
def revoke() -> ResponseReturnValue:
    with here.writing() as session:
        tokens.revoke(session, request.form.get("id", ""), here.now())
    flash(say("Đã thu hồi. Khóa đó không dùng được nữa."), "done")
    return redirect(url_for(".index"))


def _page(name: str = "", scope: str = "read", made: str = "", key: str = "") -> str:
    with here.reading() as session:
        found = tokens.listed(session)
    return render_template(
        "tokens/index.html", tokens=found, scopes=table(phrases.SCOPES), name=name, scope=scope, made=made, key=key
    )
