"""What the station chooses: its name and telephones, how numbers are read, what a week asks for."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import phrases, preferences
from broadcaster.errors import BroadcasterError
from broadcaster.preferences import Preference
from broadcaster.tongue import say
from web import guard, here

pages = Blueprint("choices", __name__, url_prefix="/lua-chon")
GROUPS: tuple[tuple[str, tuple[Preference[Any], ...]], ...] = (  # the order of voices has a page of its own
    ("Đài", (preferences.NAME, preferences.PHONES)),
    ("Chỉ tiêu mỗi tuần", (preferences.CRIME_A_WEEK, preferences.DEEDS_A_WEEK)),
    ("Cách đọc số", (preferences.THOUSAND, preferences.ODD, preferences.FOUR)),
    ("Đồng hồ", (preferences.ADRIFT,)),
)


@pages.route("/", methods=["GET", "POST"])
@guard.allow("admin")
def index() -> ResponseReturnValue:
    status = 200
    if request.method == "POST":
        try:
            _save()
        except BroadcasterError as error:
            here.tell(error)
            status = 400
        else:
            flash(say("Đã lưu lựa chọn của đài. Bản thu đã duyệt không đổi."), "done")
            return redirect(url_for(".index"))
    with here.reading() as session:
        chosen = _chosen(session)
    return render_template(
        "choices/index.html",
        groups={say(name): group for name, group in GROUPS},
        mark=_mark(chosen),
        chosen=chosen | request.form.to_dict(),
        about={key: say(text) for key, text in phrases.PREFERENCES.items()},
    ), status


def _save() -> None:
    """All of the form or nothing. Raises BroadcasterError setting-bad, lexicon-changed."""
    with here.writing() as session:
        if request.form.get("mark") != _mark(_chosen(session)):
            raise BroadcasterError("lexicon-changed")
        for preference in (each for _, group in GROUPS for each in group):
            if preference.key in request.form:
                text = request.form[preference.key]
                preferences.put(session, preference.key, text, by=here.person().name, now=here.now())


def _chosen(session: Session) -> dict[str, str]:
    return {preference.key: text for preference, text in preferences.written(session)}


def _mark(chosen: dict[str, str]) -> str:
    """What the form was made of: another one when somebody has chosen something meanwhile."""
    return sha256(repr(sorted(chosen.items())).encode()).hexdigest()[:16]
