"""The operator's queue: what plays as soon as the loudspeakers are free."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import asrun, broadcasts, uploads, wishes
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import guard, here, landing, library, limits

pages = Blueprint("queue", __name__, url_prefix="/hang-cho")


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page("")


@pages.post("/them")
@guard.allow("operator")
@limits.takes("sound")
def add() -> ResponseReturnValue:
    """A sound file becomes the operator's own recording and goes to the end of the queue."""
    title, file = request.form.get("title", "").strip(), request.files.get("file")
    try:
        here.expect_station()
        if file is None or not file.filename:
            raise BroadcasterError("file-empty")
        title = title or PurePath(file.filename).stem
        recording = uploads.import_sound(
            here.sessions(), here.settings(), landing.path_of(file), file.filename, title, here.now()
        )
        with here.writing() as session:
            library.play_now(session, recording, title)
    except BroadcasterError as error:
        here.tell(error)
        return _page(title), 400
    flash(say("Đã thêm “{title}” vào hàng chờ.", title=title), "done")
    return redirect(url_for(".index"))


@pages.post("/<broadcast_id>/bo")
@guard.allow("operator")
def remove(broadcast_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        asrun.withdraw(session, broadcast_id, here.person().name, here.now())
    flash(say("Đã bỏ khỏi hàng chờ."), "done")
    return redirect(url_for(".index"))


@pages.post("/<broadcast_id>/len")
@guard.allow("operator")
def move_up(broadcast_id: str) -> ResponseReturnValue:
    return _move(broadcast_id, -1, "len")


@pages.post("/<broadcast_id>/xuong")
@guard.allow("operator")
def move_down(broadcast_id: str) -> ResponseReturnValue:
    return _move(broadcast_id, 1, "xuong")


@pages.post("/<broadcast_id>/cho")
@guard.allow("operator")
def move_to(broadcast_id: str) -> ResponseReturnValue:
    """Where it was dropped."""
    with here.writing() as session:
        place = request.form.get("place", type=int)
        if place is not None:
            broadcasts.move(session, broadcast_id, place)
    return redirect(url_for(".index"))


def _move(broadcast_id: str, places: int, button: str) -> ResponseReturnValue:
    """`button` keeps the focus: who moves an item once mostly moves it again."""
    with here.writing() as session:
        row = broadcasts.in_queue(broadcasts.queue(session), broadcast_id)
        was = broadcasts.queue(session).index(row) + 1
        broadcasts.move(session, row.id, was + places)
    return redirect(url_for(".index", muc=broadcast_id, nut=button))


@pages.post("/bo-qua")
@guard.allow("operator")
def skip() -> ResponseReturnValue:
    wishes.skip(here.sessions(), here.person().name, here.clock())
    flash(say("Đã bỏ qua mục đang phát."), "done")
    return redirect(url_for(".index"))


def _page(title: str) -> str:
    with here.reading() as session:
        return render_template(
            guard.part("queue/list.html", "queue/index.html"), items=broadcasts.queue(session), title=title
        )
