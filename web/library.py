"""The library: the operator's recordings, heard, replaced by newer versions, put into the queue."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import broadcasts, editor, library, music, playing, zones
from broadcaster.errors import BroadcasterError
from broadcaster.models import Recording
from broadcaster.tongue import say
from web import alert, guard, here, limits, places

pages = Blueprint("library", __name__, url_prefix="/thu-vien")
SIZE = 20  # on one page of the list


@pages.get("/")
@guard.microphone
def index() -> ResponseReturnValue:
    return _page("")


@pages.post("/them")
@guard.allow("operator")
@guard.microphone
@limits.takes("sound")
def add() -> ResponseReturnValue:
    """An upload, or what the browser's microphone recorded."""
    title, file = request.form.get("title", "").strip(), request.files.get("file")
    try:
        recording = alert.taken_in(title)
        title = title or PurePath((file and file.filename) or "").stem
        with here.writing() as session:
            item = library.add(session, title, recording, here.person().name, here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _page(title), 400
    _tell(item.title, recording)
    return redirect(url_for(".index"))


@pages.post("/<item_id>/ban-moi")
@guard.allow("operator")
@limits.takes("sound")
def replace(item_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        title = library.shelf(session, item_id).title
    recording = alert.taken_in(title)
    with here.writing() as session:
        library.replace(session, item_id, recording, here.person().name, here.now())
        renewed = _renew(session, item_id) if "everywhere" in request.form else []
    _tell(title, recording)
    _tell_renewed(renewed)
    return redirect(url_for(".index"))


@pages.post("/<item_id>/dung-ban-moi")
@guard.allow("operator")
def renew(item_id: str) -> ResponseReturnValue:
    """The newest version in every programme that still holds an older one."""
    with here.writing() as session:
        renewed = _renew(session, item_id)
    _tell_renewed(renewed)
    return redirect(url_for(".index"))


@pages.post("/<item_id>/phat")
@guard.allow("operator")
def play(item_id: str) -> ResponseReturnValue:
    here.expect_station()
    with here.writing() as session:
        shelf = library.shelf(session, item_id)
        play_now(session, shelf.recording, shelf.title)
    flash(say("Đã thêm “{title}” vào hàng chờ.", title=shelf.title), "done")
    return redirect(url_for("queue.index"))


@pages.post("/<item_id>/loai")
@guard.allow("operator")
def mark(item_id: str) -> ResponseReturnValue:
    """Music or speech: in mourning music is not heard."""
    is_music = request.form.get("music") == "yes"
    with here.writing() as session:
        library.mark(session, item_id, music=is_music)
    told = say("Đã đánh dấu là nhạc: ngày quốc tang không phát.") if is_music else say("Đã đánh dấu là lời nói.")
    flash(told, "done")
    return redirect(url_for(".index"))


@pages.post("/<item_id>/xoa")
@guard.allow("operator")
def remove(item_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        item = library.remove(session, item_id, here.now())
    flash(say("Đã bỏ “{title}” khỏi thư viện.", title=item.title), "done")
    return redirect(url_for(".index"))


def play_now(session: Session, recording: Recording, title: str, facts: dict[str, str] | None = None) -> None:
    """Into the queue, once for each zone of the form, with its reason where the hours ask for one.

    Raises BroadcasterError.
    """
    for zone in zones.chosen(session, places.asked()):
        playing.recording(
            session,
            recording,
            by=here.person().name,
            now=here.now(),
            tz=here.settings().tz,
            title=title,
            zone=zone,
            why=request.form.get("reason", ""),
            facts=facts,
        )


def _renew(session: Session, item_id: str) -> list[str]:
    """The names of programmes that hold another version now."""
    shelf = library.shelf(session, item_id)
    return [programme.name for programme in editor.renew(session, shelf.older, shelf.recording.sha256)]


def _tell_renewed(names: list[str]) -> None:
    if names:
        said = say("Bản mới dùng từ nay ở: {names}. Bản tin đã duyệt giữ nguyên âm thanh.", names=", ".join(names))
        flash(said, "done")


def _tell(title: str, sha256: str) -> None:
    with here.reading() as session:
        recording = broadcasts.recording(session, sha256)
    flash(say("Đã lưu “{title}” vào thư viện.", title=title), "done")
    if library.odd(recording):
        flash(say("Lưu ý: bản ghi ngắn hơn 2 giây hoặc dài hơn 1 giờ. Hãy nghe lại xem có đúng tệp không."), "note")


def _page(title: str) -> str:
    asked = here.asked("tim")
    with here.reading() as session:
        part = library.shelves(session, here.page_number(), SIZE, asked.get("tim", ""))
        songs = music.among(session, [shelf.recording for shelf in part.rows])
        return render_template("library/index.html", part=part, songs=songs, asked=asked, title=title)
