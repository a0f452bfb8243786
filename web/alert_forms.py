"""Emergency templates: written in quiet times, by the operator or the administrator."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import alert_templates, phrases
from broadcaster.alert_templates import AlertTemplate
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say, table
from web import guard, here

pages = Blueprint("alert_templates", __name__, url_prefix="/mau-khan-cap")


@pages.get("/")
@guard.allow("operator", "admin")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        rows = alert_templates.listed(session)
    return render_template("alert_templates/index.html", templates=rows, kinds=table(phrases.ALERT_KINDS))


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow("operator", "admin")
def new() -> ResponseReturnValue:
    return _edit(AlertTemplate(kind="storm", title="", text=""))


@pages.route("/<template_id>", methods=["GET", "POST"])
@guard.allow("operator", "admin")
def edit(template_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        row = alert_templates.get(session, template_id)
    return _edit(row)


@pages.post("/<template_id>/xoa")
@guard.allow("operator", "admin")
def remove(template_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        row = alert_templates.remove(session, template_id, here.person().name, here.now())
    flash(say("Đã xóa mẫu “{title}”.", title=row.title), "done")
    return redirect(url_for(".index"))


def _edit(row: AlertTemplate) -> ResponseReturnValue:
    shown = {"id": row.id, "kind": row.kind, "title": row.title, "text": row.text, "version": row.version}
    if request.method == "GET":
        return _form(shown)
    typed = {name: request.form.get(name, "") for name in ("kind", "title", "text")}
    try:
        if row.id and request.form.get("version") != str(row.version):
            raise BroadcasterError("lexicon-changed")
        with here.writing() as session:
            kept = session.merge(row) if row.id else row
            alert_templates.save(session, kept, **typed, by=here.person().name, now=here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _form(shown | typed), 400
    flash(say("Đã lưu mẫu “{title}”.", title=typed["title"].strip()), "done")
    return redirect(url_for(".index"))


def _form(shown: dict[str, object]) -> str:
    return render_template(
        "alert_templates/form.html",
        shown=shown,
        kinds=table(phrases.ALERT_KINDS),
        most=alert_templates.LONGEST_TEXT,
        longest_title=alert_templates.LONGEST_TITLE,
    )
