"""What is being typed into a bulletin's form, sent every few seconds by static/autosave.js and brought back here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import drafts
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from web import forms, guard, here

pages = Blueprint("drafts", __name__, url_prefix="/ban-tin/tu-luu")
USE = "dung"  # asked for: the form with the text that was only offered


@dataclass(frozen=True)
class Found:
    """What was kept for a form. `way`: "restored" into it; "offered" because the bulletin has changed since; "used"
    when it was offered and taken; "" for nothing."""

    kept: drafts.Kept
    way: str = ""


@pages.post("/")
@guard.allow("author")
def keep() -> ResponseReturnValue:
    """Answers the script: 204 once it is on the disk, 409 when this text has been saved meanwhile."""
    name, place, turn = request.form.get("draft", ""), request.form.get("place", ""), request.form.get("turn", -1, int)
    if not forms.DRAFT.fullmatch(name) or not 0 <= turn < 10**9:
        abort(400)
    typed = {field: request.form.get(field, "") for field in forms.FIELDS}
    version = request.form.get("version", "")[:20]
    try:
        with here.writing() as session:
            _expect_place(session, place)
            known = drafts.keep(session, here.person().name, place, name, turn, version, typed, here.now())
    except BroadcasterError:
        abort(400)
    return "", 204 if known else 409


@pages.post("/bo")
@guard.allow("author")
def drop() -> ResponseReturnValue:
    place = request.form.get("place", "")
    with here.writing() as session:
        _expect_place(session, place)
        drafts.drop(session, here.person().name, place, request.form.get("draft", ""))
    form = url_for("bulletins.new") if place == drafts.NEW else url_for("bulletins.edit", bulletin_id=place)
    return redirect(form)


def bring_back(
    session: Session, form: forms.BulletinForm, bulletin: Bulletin | None
) -> tuple[forms.BulletinForm, Found]:
    """The form as it is to be shown: with what was typed into it last time, unless the bulletin has changed since."""
    kept = drafts.of(session, here.person().name, place_of(bulletin), here.now())
    if kept.typed is None or request.method == "POST":
        return form, Found(kept)
    typed = form.with_typed(kept.typed)
    if typed == form or (bulletin is None and not (typed.text.strip() or typed.title.strip())):
        return replace(form, draft=kept.name), Found(kept)
    typed = replace(typed, draft=kept.name)
    if kept.version == form.version:
        return typed, Found(kept, "restored")
    return (typed, Found(kept, "used")) if USE in request.args else (form, Found(kept, "offered"))


def saved(session: Session, form: forms.BulletinForm, bulletin: Bulletin | None) -> None:
    """The form has reached the station: nothing is left to bring back."""
    drafts.finish(session, here.person().name, place_of(bulletin), form.draft or "", here.now())


def place_of(bulletin: Bulletin | None) -> str:
    return bulletin.id if bulletin else drafts.NEW


def _expect_place(session: Session, place: str) -> None:
    """Raises NotFound, so that nobody fills the table with forms there are none of."""
    if place != drafts.NEW and session.get(Bulletin, place) is None:
        abort(404)
