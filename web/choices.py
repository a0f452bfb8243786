"""What the station chooses: its name and telephones, how numbers are read, what a week asks for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

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
        chosen = {preference.key: text for preference, text in preferences.written(session)}
    return render_template(
        "choices/index.html",
        groups={say(name): group for name, group in GROUPS},
        chosen=chosen | request.form.to_dict(),
        about={key: say(text) for key, text in phrases.PREFERENCES.items()},
    ), status


def _save() -> None:
    """All of the form or nothing. Raises BroadcasterError setting-bad."""
    with here.writing() as session:
        for preference in (each for _, group in GROUPS for each in group):
            if preference.key in request.form:
                text = request.form[preference.key]
                preferences.put(session, preference.key, text, by=here.person().name, now=here.now())
