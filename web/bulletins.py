"""Bulletins: writing and reading along."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import bulletins, lists, programmes, review, words
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.tongue import say
from web import desk, drafts, forms, guard, here, limits

pages = Blueprint("bulletins", __name__, url_prefix="/ban-tin")
SIZE = 50  # on one page of the list
STATUSES = ("draft", "submitted", "approved", "returned", "withdrawn")
MOST_TOLD, LONGEST_TOLD = 6, 200  # remarks, and characters of each: they travel in a cookie


@pages.get("/")
def index() -> ResponseReturnValue:
    asked = here.asked("tim", "chuong-trinh", "trang-thai")
    with here.reading() as session:
        part = lists.bulletins(
            session, here.page_number(), SIZE, title=asked.get("tim", ""), programme=asked.get("chuong-trinh", ""),
            status=asked.get("trang-thai", ""),
        )  # fmt: skip
        shown = programmes.listed(session)
        template = guard.part("bulletins/list.html", "bulletins/index.html")
        return render_template(template, part=part, asked=asked, programmes=shown, statuses=STATUSES)


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow("author")
@limits.takes("text")
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
                    expires=form.last_day(),
                    topics=form.chosen(),
                )
                drafts.saved(session, form, None)
            _tell_of(content)
            flash(say("Đã lưu bản nháp. Hãy xem câu đọc bên dưới rồi nộp duyệt."), "done")
            return redirect(url_for(".show", bulletin_id=bulletin.id, luu=form.draft))
        except BroadcasterError as error:
            here.tell(error)
    return _form(form, None), 400 if request.method == "POST" else 200


@pages.get("/<bulletin_id>")
def show(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        return render_template("bulletins/show.html", **desk.facts(session, bulletin))


@pages.get("/<bulletin_id>/ban-thu")
def sound(bulletin_id: str) -> ResponseReturnValue:
    """The part of the page that changes while the bulletin is being spoken."""
    with here.reading() as session:
        return render_template("bulletins/sound.html", **desk.facts(session, bulletins.get(session, bulletin_id)))


@pages.route("/<bulletin_id>/sua", methods=["GET", "POST"])
@guard.allow("author")
@limits.takes("text")
def edit(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        bulletin = bulletins.get(session, bulletin_id)
        form = forms.BulletinForm.taken(request) if request.method == "POST" else forms.BulletinForm.of(bulletin)
    theirs = ""
    if request.method == "POST":
        try:
            content = form.content(here.settings(), bulletin.text)
            if content.doubtful:
                return _form(form, bulletin, content), 400
            with here.writing() as session:
                row = bulletins.get(session, bulletin_id)
                forms.expect_version(row)
                by, now = here.person().name, here.now()
                if (topics := form.chosen()) is not None:
                    bulletins.set_topics(session, row, topics, by=by)
                bulletins.edit(
                    session, row, text=content.text, week=form.week, title=form.title, expires=form.last_day(),
                    by=by, now=now,
                )  # fmt: skip
                drafts.saved(session, form, row)
            _tell_of(content)
            drafted = row.status == "draft"
            flash(say("Đã lưu. Bản tin trở lại bản nháp; hãy nộp duyệt lại.") if drafted else say("Đã lưu."), "done")
            return redirect(url_for(".show", bulletin_id=bulletin_id, luu=form.draft))
        except BroadcasterError as error:
            here.tell(error)
            if error.code == "changed-meanwhile":  # seen now: saved again, it goes before theirs
                form, theirs = replace(form, version=str(bulletin.version)), bulletin.text
    return _form(form, bulletin, theirs=theirs), 400 if request.method == "POST" else 200


def _tell_of(content: forms.Content) -> None:
    """What the author should know about how the text was come by."""
    for warning in content.taken.warnings[:MOST_TOLD] if content.taken else ():
        flash(say("Lưu ý: {warning}", warning=words.retold(warning)[:LONGEST_TOLD]), "note")


def _form(
    form: forms.BulletinForm, bulletin: Bulletin | None, content: forms.Content | None = None, theirs: str = ""
) -> str:
    """The form; with `content` also why its text can't be trusted, and what the author can choose; with `theirs` the
    text that somebody else has saved meanwhile."""
    with here.reading() as session:
        form, found = drafts.bring_back(session, form, bulletin)
        return render_template(
            "bulletins/form.html",
            form=form,
            found=found,
            place=drafts.place_of(bulletin),
            content=content,
            theirs=theirs,
            bulletin=bulletin,
            tz=here.settings().tz_name,
            weeks=form.weeks(here.now().astimezone(here.settings().tz).date()),
            programmes=programmes.listed(session),
            remarks=_open_remarks(session, form, bulletin),
        )


def _open_remarks(session: Session, form: forms.BulletinForm, bulletin: Bulletin | None) -> tuple[review.Remark, ...]:
    """What to look at in the text that stands in the form."""
    today = here.now().astimezone(here.settings().tz).date()
    day = review.day_of(bulletin, here.now(), here.settings().tz) if bulletin else today
    return review.of_text(session, form.text, day).remarks
