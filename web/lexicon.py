"""The station's lexicon: looking words up, adding, changing, removing, trying out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import lexicon, review
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import guard, here

pages = Blueprint("lexicon", __name__, url_prefix="/tu-dien")

SHOWN = 200  # entries a page; beyond that people search
LONGEST_TRIAL = 500  # characters read on the spot


@pages.get("/")
@guard.allow(*lexicon.EDITORS)
def index() -> ResponseReturnValue:
    return _page(request.args.get("viet", ""), "")


@pages.post("/them")
@guard.allow(*lexicon.EDITORS)
def add() -> ResponseReturnValue:
    written, spoken = request.form.get("written", ""), request.form.get("spoken", "")
    try:
        with here.writing() as session:
            row = lexicon.add(session, written, spoken, by=here.person().name, now=here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _page(written, spoken), 400
    flash(
        say(
            "Từ nay “{written}” đọc là “{spoken}”. Bản thu đã duyệt không đổi.", written=row.written, spoken=row.spoken
        ),
        "done",
    )
    return redirect(url_for(".index"))


@pages.route("/<entry_id>", methods=["GET", "POST"])
@guard.allow(*lexicon.EDITORS)
def edit(entry_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        row = lexicon.get(session, entry_id)
    typed, quicker = {"written": row.written, "spoken": row.spoken, "version": str(row.version)}, False
    if request.method == "POST":
        typed = {name: request.form.get(name, "") for name in typed}
        try:
            with here.writing() as session:
                entry = lexicon.get(session, entry_id)
                if typed["version"] != str(entry.version):
                    raise BroadcasterError("lexicon-changed")
                by = here.person().name
                lexicon.change(session, entry, typed["written"], typed["spoken"], by=by, now=here.now())
            flash(
                say(
                    "Từ nay “{written}” đọc là “{spoken}”. Bản thu đã duyệt không đổi.",
                    written=entry.written,
                    spoken=entry.spoken,
                ),
                "done",
            )
            return redirect(url_for(".index"))
        except BroadcasterError as error:
            here.tell(error)
            quicker = error.code == "lexicon-changed"
            typed["version"] = str(row.version)  # seen now: saved again, it goes before theirs
    page = render_template("lexicon/edit.html", row=row, typed=typed, quicker=quicker)
    return page, 400 if request.method == "POST" else 200


@pages.post("/<entry_id>/bo")
@guard.allow(*lexicon.EDITORS)
def remove(entry_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        row = lexicon.get(session, entry_id)
        lexicon.remove(session, row, by=here.person().name)
    flash(say("Đã bỏ “{written}” khỏi từ điển của đài.", written=row.written), "done")
    return redirect(url_for(".index"))


def _page(written: str, spoken: str) -> str:
    wanted, trial = request.args.get("tim", "").strip(), request.args.get("thu", "").strip()[:LONGEST_TRIAL]
    with here.reading() as session:
        rows = lexicon.listed(session, wanted)
        own = {row.written for row in rows}
        today = here.now().astimezone(here.settings().tz).date()
        return render_template(
            "lexicon/index.html",
            rows=rows[:SHOWN],
            more=max(0, len(rows) - SHOWN),
            common=[entry for entry in lexicon.published_with(wanted) if entry.written not in own][:SHOWN],
            wanted=wanted,
            trial=trial,
            heard=review.of_text(session, trial, today).lines if trial else (),
            written=written,
            spoken=spoken,
            longest={"written": lexicon.LONGEST_WRITTEN, "spoken": lexicon.LONGEST_SPOKEN, "trial": LONGEST_TRIAL},
        )
