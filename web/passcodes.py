"""Leaders' passcodes: made and taken back by the administrator; who used one, or tried to."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import passcodes, phrases
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say, table
from web import guard, here

pages = Blueprint("passcodes", __name__, url_prefix="/ma-lanh-dao")
RECENT = 100  # uses shown


@pages.get("/")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    return _page()


@pages.post("/them")
@guard.allow("admin")
def add() -> ResponseReturnValue:
    """The digits stand on this one answer and nowhere else."""
    name = request.form.get("name", "")
    try:
        with here.writing() as session:
            row, digits = passcodes.create(session, name, here.person().name, here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _page(), 400
    return _page(made=row, digits=digits)


@pages.post("/<passcode_id>/thu-hoi")
@guard.allow("admin")
def revoke(passcode_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        row = passcodes.revoke(session, passcode_id, here.now())
    flash(say("Đã thu hồi mã của {name}.", name=row.name), "done")
    return redirect(url_for(".index"))


def _page(made: passcodes.Passcode | None = None, digits: str = "") -> str:
    with here.reading() as session:
        return render_template(
            "passcodes/index.html",
            rows=passcodes.listed(session),
            uses=passcodes.uses(session, RECENT),
            use_words=table(phrases.PASSCODE_USES),
            now=here.now(),
            made=made,
            digits=digits,
        )
