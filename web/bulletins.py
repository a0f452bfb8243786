"""Bulletins: writing, reading along, listening, approving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import broadcasts, bulletins, programmes, uploads, words
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from web import forms, guard, here

pages = Blueprint("bulletins", __name__, url_prefix="/ban-tin")


@pages.get("/")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        return render_template("bulletins/index.html", bulletins=bulletins.newest(session))


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow("author")
def new() -> ResponseReturnValue:
    form = forms.BulletinForm.taken(request)
    if request.method == "POST":
        try:
            text, original = form.content(here.settings())
            with here.writing() as session:
                bulletin = bulletins.add(
                    session,
                    programmes.get(session, form.programme),
                    text=text,
                    week=form.week,
                    title=form.title,
                    by=here.person().name,
                    now=here.now(),
                    original=original,
                )
            flash("Đã lưu bản nháp. Hãy xem câu đọc bên dưới rồi nộp duyệt.", "done")
            return redirect(url_for(".show", bulletin_id=bulletin.id))
        except BroadcasterError as error:
            here.tell(error)
    return _form(form, None), 400 if request.method == "POST" else 200


@pages.get("/<bulletin_id>")
def show(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        return render_template(
            "bulletins/show.html",
            lines=uploads.read_aloud(bulletin.text),
            left_out=uploads.not_voiced(bulletin.text),
            **_facts(session, bulletin),
        )


@pages.get("/<bulletin_id>/ban-thu")
def sound(bulletin_id: str) -> ResponseReturnValue:
    """The part of the page that changes while the bulletin is being spoken."""
    with here.reading() as session:
        return render_template("bulletins/sound.html", **_facts(session, bulletins.get(session, bulletin_id)))


@pages.route("/<bulletin_id>/sua", methods=["GET", "POST"])
@guard.allow("author")
def edit(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        form = forms.BulletinForm.taken(request) if request.method == "POST" else forms.BulletinForm.of(bulletin)
    if request.method == "POST":
        try:
            text, _ = form.content(here.settings())
            with here.writing() as session:
                row = bulletins.get(session, bulletin_id)
                forms.expect_version(row)
                bulletins.edit(session, row, text=text, week=form.week, title=form.title, by=here.person().name)
            flash("Đã lưu. Bản tin trở lại bản nháp; hãy nộp duyệt lại.", "done")
            return redirect(url_for(".show", bulletin_id=bulletin_id))
        except BroadcasterError as error:
            here.tell(error)
    return _form(form, bulletin), 400 if request.method == "POST" else 200


@pages.post("/<bulletin_id>/nop")
@guard.allow("author")
def submit(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.submit(session, bulletin, by=by, now=now)

    return _act(bulletin_id, act, "Đã nộp. Máy đang thu tiếng; người duyệt nghe được ngay khi thu xong.")


@pages.post("/<bulletin_id>/thu-lai")
@guard.allow("author", "approver")
def render_again(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.want_rendering(session, bulletin, now)

    return _act(bulletin_id, act, "Đang thu lại.")


@pages.post("/<bulletin_id>/huy-thu")
@guard.allow("author", "approver")
def cancel(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.cancel_rendering(session, bulletin, by=by)

    return _act(bulletin_id, act, "Đã hủy thu tiếng.")


@pages.post("/<bulletin_id>/duyet")
@guard.allow("approver")
def approve(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.approve(session, bulletin, by=by, now=now)

    return _act(bulletin_id, act, "Đã duyệt. Bản tin sẽ phát theo lịch.")


@pages.post("/<bulletin_id>/tra-lai")
@guard.allow("approver")
def send_back(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.send_back(session, bulletin, by=by, reason=request.form.get("reason", ""), now=now)

    return _act(bulletin_id, act, "Đã trả lại cho người soạn.")


@pages.post("/<bulletin_id>/rut")
@guard.allow("author", "approver")
def withdraw(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.withdraw(session, bulletin, by=by)

    return _act(bulletin_id, act, "Đã rút bản tin; bản tin này không phát nữa.")


@pages.post("/<bulletin_id>/phat")
@guard.allow("operator")
def play(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        here.expect_station()
        if not bulletins.may_air(bulletin):
            raise BroadcasterError("bulletin-state", status=bulletin.status)
        recording = broadcasts.recording(session, bulletin.audio_sha256 or "")
        facts = {
            "bulletin_id": bulletin.id,
            "text_sha256": bulletin.text_sha256 or "",
            "approved_by": bulletin.decided_by or "",
        }
        title = f"{bulletin.programme.name}: {bulletin.title}"
        broadcasts.play(session, recording, by=by, now=now, title=title, facts=facts)

    return _act(bulletin_id, act, "Đã đưa vào hàng chờ; phát ngay khi loa rảnh.")


def _act(bulletin_id: str, act: Callable[[Session, Bulletin, str, datetime], None], done: str) -> ResponseReturnValue:
    """One step of the editorial path, on exactly the version that the person was looking at."""
    with here.writing() as session:
        bulletin = bulletins.get(session, bulletin_id)
        forms.expect_version(bulletin)
        act(session, bulletin, here.person().name, here.now())
    flash(done, "done")
    return redirect(url_for(".show", bulletin_id=bulletin_id))


def _facts(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    rendering = bulletins.rendering_of(session, bulletin)
    return {
        "bulletin": bulletin,
        "programme": bulletin.programme,
        "rendering": rendering,
        "voice": bulletins.voice_of(session, rendering),
        "remarks": words.heard(rendering.passed_over, rendering.faulty) if rendering else [],
        "may_air": bulletins.may_air(bulletin),
        "own": here.person().name in bulletin.writers,
    }


def _form(form: forms.BulletinForm, bulletin: Bulletin | None) -> str:
    with here.reading() as session:
        return render_template(
            "bulletins/form.html",
            form=form,
            bulletin=bulletin,
            weeks=form.weeks(here.now().astimezone(here.settings().tz).date()),
            programmes=programmes.listed(session),
        )
