"""Pauses, holidays, mourning and quieter weeks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import calendar_in, periods, phrases, programmes, timetable
from broadcaster.calendar_in import LeftOut
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say, table
from web import guard, here, inputs

pages = Blueprint("periods", __name__, url_prefix="/ngay-khac")
SAID = 20  # of what was left out, on one page
LARGEST_CALENDAR = 1024 * 1024  # bytes; a year of holidays is some kilobytes


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page()


@pages.post("/them")
@guard.allow("operator", "admin")
def add() -> ResponseReturnValue:
    form = request.form
    days, volume = (inputs.number(form.get(name, most)) for name, most in (("days", "1"), ("volume", "100")))
    try:
        first = inputs.day(form.get("first", ""), "first")
        last = inputs.day(form.get("last", ""), "last") or first
        with here.writing() as session:
            slug = form.get("programme")
            periods.add(
                session,
                effect=form.get("effect", "pause") if form.get("effect") in phrases.EFFECTS else "pause",
                first=first,
                last=last,
                rule=form.get("every", "").strip() or None,
                days=days,
                volume=volume / 100,
                reason=form.get("reason", ""),
                programme=programmes.get(session, slug) if slug else None,
                zone=form.get("zone") or None,
                now=here.now(),
                by=here.person().name,
            )
    except BroadcasterError as error:
        here.tell(error)
        return _page(), 400
    flash(say("Đã thêm. Lịch phát được tính lại ngay."), "done")
    return redirect(_came_from())


@pages.post("/nhap")
@guard.allow("operator", "admin")
def take() -> ResponseReturnValue:
    """The whole days of an iCalendar file become pauses."""
    file = request.files.get("file")
    data = file.read(LARGEST_CALENDAR) if file else b""
    with here.writing() as session:
        taken = calendar_in.take(session, data, now=here.now(), tz=here.settings().tz, by=here.person().name)
        made, known = len(taken.made), taken.known
    if made:
        flash(say("Đã nhập {made} đợt tạm ngưng.", made=made), "done")
    elif known:
        flash(say("Các ngày trong lịch này đã có sẵn."), "done")
    else:
        flash(say("Lịch này không có ngày nghỉ nào nhập được."), "error")
    for item in taken.left_out[:SAID]:
        flash(say("Không nhập {what}.", what=_why(item)), "error")
    if (more := len(taken.left_out) - SAID) > 0:
        flash(say("Còn {more} mục khác không nhập được.", more=more), "error")
    return redirect(url_for(".index"))


@pages.post("/<period_id>/bo")
@guard.allow("operator", "admin")
def remove(period_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        periods.remove(session, period_id, here.now())
    flash(say("Đã bỏ. Lịch phát được tính lại ngay."), "done")
    return redirect(_came_from())


def _why(item: LeftOut) -> str:
    return say(phrases.LEFT_OUT[item.why], title=item.title or say("không tên"))


def _came_from() -> str:
    """The month the form was on, or the list."""
    month = request.form.get("month")
    return url_for("month.index", thang=month) if month else url_for(".index")


def _page() -> str:
    with here.reading() as session:
        listed = programmes.listed(session)
        return render_template(
            "periods/index.html", rows=timetable.period_rows(session), effects=table(phrases.EFFECTS),
            programmes=listed,
            names={p.id: p.name for p in listed}, form=request.form,
        )  # fmt: skip
