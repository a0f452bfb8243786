"""The operator's queue: what plays as soon as the loudspeakers are free."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import asrun, broadcasts, uploads, wishes
from broadcaster.errors import BroadcasterError
from web import guard, here

pages = Blueprint("queue", __name__, url_prefix="/hang-cho")


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page("")


@pages.post("/them")
@guard.allow("operator")
def add() -> ResponseReturnValue:
    """A sound file becomes the operator's own recording and goes to the end of the queue."""
    title, file = request.form.get("title", "").strip(), request.files.get("file")
    try:
        here.expect_station()
        if file is None or not file.filename:
            raise BroadcasterError("file-empty")
        title = title or PurePath(file.filename).stem
        recording = uploads.import_sound(
            here.sessions(), here.settings(), file.read(), file.filename, title, here.now()
        )
        with here.writing() as session:
            broadcasts.play(session, recording, by=here.person().name, now=here.now(), title=title)
    except BroadcasterError as error:
        here.tell(error)
        return _page(title), 400
    flash(f"Đã thêm “{title}” vào hàng chờ.", "done")
    return redirect(url_for(".index"))


@pages.post("/<broadcast_id>/bo")
@guard.allow("operator")
def remove(broadcast_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        asrun.withdraw(session, broadcast_id, here.person().name, here.now())
    flash("Đã bỏ khỏi hàng chờ.", "done")
    return redirect(url_for(".index"))


@pages.post("/<broadcast_id>/len")
@guard.allow("operator")
def move_up(broadcast_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        places = [b.id for b in broadcasts.queue(session)]
        place = places.index(broadcast_id) if broadcast_id in places else 0
        broadcasts.move(session, broadcast_id, place)  # its index is the number of the place before it
    return redirect(url_for(".index"))


@pages.post("/bo-qua")
@guard.allow("operator")
def skip() -> ResponseReturnValue:
    wishes.ask(here.sessions(), "skip", here.person().name, here.clock())
    flash("Đã bỏ qua mục đang phát.", "done")
    return redirect(url_for(".index"))


def _page(title: str) -> str:
    with here.reading() as session:
        return render_template("queue/index.html", items=broadcasts.queue(session), title=title)
