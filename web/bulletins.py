"""Bulletins: writing, reading along, listening, approving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import broadcasts, bulletins, programmes, review, words
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from web import forms, guard, here, library

pages = Blueprint("bulletins", __name__, url_prefix="/ban-tin")
MOST_TOLD, LONGEST_TOLD = 6, 200  # remarks, and characters of each: they travel in a cookie


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
            content = form.content(here.settings())
            if content.doubtful:
                return _form(form, None, content), 400
            with here.writing() as session:
                bulletin = bulletins.add(
                    session,
                    programmes.get(session, form.programme),
                    text=content.text,
                    week=form.week,
                    title=form.title,
                    by=here.person().name,
                    now=here.now(),
                    original=content.original,
                )
            _tell_of(content)
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
            content = form.content(here.settings(), bulletin.text)
            if content.doubtful:
                return _form(form, bulletin, content), 400
            with here.writing() as session:
                row = bulletins.get(session, bulletin_id)
                forms.expect_version(row)
                bulletins.edit(session, row, text=content.text, week=form.week, title=form.title, by=here.person().name)
            _tell_of(content)
            flash("Đã lưu. Bản tin trở lại bản nháp; hãy nộp duyệt lại.", "done")
            return redirect(url_for(".show", bulletin_id=bulletin_id))
        except BroadcasterError as error:
            here.tell(error)
    return _form(form, bulletin), 400 if request.method == "POST" else 200


@pages.post("/<bulletin_id>/nop")
@guard.allow("author")
def submit(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        serious = [remark.text for remark in _sheet(session, bulletin).serious]
        insist = request.form.get("insist") == "yes"
        bulletins.submit(session, bulletin, by=by, now=now, serious=serious, insist=insist)

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
        library.play_now(session, recording, title, facts)

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
        "sheet": _sheet(session, bulletin),
    }


def _sheet(session: Session, bulletin: Bulletin) -> review.Sheet:
    return review.of_bulletin(session, bulletin, here.now(), here.settings().tz)


def _tell_of(content: forms.Content) -> None:
    """What the author should know about how the text was come by."""
    for warning in content.taken.warnings[:MOST_TOLD] if content.taken else ():
        flash(f"Lưu ý: {warning[:LONGEST_TOLD]}", "note")


def _form(form: forms.BulletinForm, bulletin: Bulletin | None, content: forms.Content | None = None) -> str:
    """The form; with `content` also why its text can't be trusted, and what the author can choose."""
    with here.reading() as session:
        return render_template(
            "bulletins/form.html",
            form=form,
            content=content,
            bulletin=bulletin,
            weeks=form.weeks(here.now().astimezone(here.settings().tz).date()),
            programmes=programmes.listed(session),
            remarks=_open_remarks(session, form, bulletin),
        )


def _open_remarks(session: Session, form: forms.BulletinForm, bulletin: Bulletin | None) -> tuple[review.Remark, ...]:
    """What to look at in the text that stands in the form."""
    today = here.now().astimezone(here.settings().tz).date()
    day = review.day_of(bulletin, here.now(), here.settings().tz) if bulletin else today
    return review.of_text(session, form.text, day).remarks
