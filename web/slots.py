"""Slots: when programmes air."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import changes, clashing, lists, programmes, repeats, rule_words, slots, timetable
from broadcaster.clashing import Clashing
from broadcaster.errors import BroadcasterError
from broadcaster.models import SlotRow
from broadcaster.slots import OnClash
from broadcaster.tongue import say, table
from web import guard, here
from web.slot_form import LATE, SlotForm, day_names

pages = Blueprint("slots", __name__, url_prefix="/khung-gio")
SIZE = 50  # on one page of the list
OVERRULED = ("hours-refused", "slot-clashes", "slot-meets-order")  # what a written reason gives way to


@pages.get("/")
def index() -> ResponseReturnValue:
    asked = here.asked("chuong-trinh")
    with here.reading() as session:
        part = lists.slots(session, here.page_number(), SIZE, programme=asked.get("chuong-trinh", ""))
        return render_template(
            "slots/index.html",
            part=part,
            asked=asked,
            rows=[(row, SlotForm.of(row)) for row in part.rows],
            originals={row.repeat_of: session.get(SlotRow, row.repeat_of) for row in part.rows if row.repeat_of},
            form_of=SlotForm.of,
            changes=timetable.changes_named(session),
            programmes=programmes.listed(session),
        )


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow("operator", "admin")
def new() -> ResponseReturnValue:
    def save(session: Session, form: SlotForm, on_clash: OnClash) -> None:
        programme = programmes.get(session, form.programme)
        slots.add(
            session, programme, form.wanted(), now=here.now(), tz=here.settings().tz, by=here.person().name,
            on_clash=on_clash,
        )  # fmt: skip

    form = SlotForm.taken(request.form) if request.method == "POST" else SlotForm()
    return _form(form, None, save, say("Đã thêm khung giờ."))


@pages.route("/<slot_id>/sua", methods=["GET", "POST"])
@guard.allow("operator", "admin")
def edit(slot_id: str) -> ResponseReturnValue:
    def save(session: Session, form: SlotForm, on_clash: OnClash) -> None:
        version = int(form.version) if form.version.isdecimal() else 0
        slots.edit(
            session, slots.get(session, slot_id), form.wanted(), version=version, now=here.now(),
            tz=here.settings().tz, by=here.person().name, on_clash=on_clash,
        )  # fmt: skip

    with here.reading() as session:
        row = slots.get(session, slot_id)
        form = SlotForm.taken(request.form) if request.method == "POST" else SlotForm.of(row)
    return _form(form, slot_id, save, say("Đã sửa khung giờ."))


@pages.post("/<slot_id>/bo")
@guard.allow("operator", "admin")
def remove(slot_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        row = slots.remove(session, slot_id, here.now(), request.form.get("version", type=int))
        repeated = len(repeats.repeating(session, row.id))
    flash(say("Đã bỏ khung giờ. Những buổi đã phát vẫn còn trong nhật ký."), "done")
    if repeated:
        flash(say("{count} khung giờ phát lại của nó nay phát bản tin của tuần. Hãy xem và sửa lại.", count=repeated))
    return redirect(url_for(".index"))


@pages.post("/tra-lai/<change_id>")
@guard.allow("operator", "admin")
def undo(change_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        changes.undo(session, change_id, here.now())
    flash(say("Lần phát này trở lại như khung giờ."), "done")
    return redirect(here.back())


def _form(
    form: SlotForm, slot_id: str | None, save: Callable[[Session, SlotForm, OnClash], None], done: str
) -> ResponseReturnValue:
    """The form; posted, what it asks for is done, or it comes back with every clash and the ways out."""
    met: tuple[Clashing, ...] = ()
    theirs: SlotForm | None = None
    overrulable, code = slot_id is not None or bool(form.override), 200
    if request.method == "POST":
        wish = request.form.get("clash", "refuse")
        on_clash: OnClash = "after" if wish == "after" else "replace" if wish == "replace" else "refuse"
        try:
            with here.writing() as session:
                save(session, form, on_clash)
            flash(done, "done")
            return redirect(url_for(".index"))
        except BroadcasterError as error:
            met = error.values.get("clashes", ())  # type: ignore[assignment]
            overrulable, code = overrulable or error.code in OVERRULED, 400
            here.tell(error)
            if slot_id and error.code == "slot-changed":
                with here.reading() as session:
                    theirs = SlotForm.of(slots.get(session, slot_id))
                form = replace(form, version=theirs.version)  # seen now: saved again, it goes before theirs
    with here.reading() as session:
        listed = programmes.listed(session)
        row = slots.get(session, slot_id) if slot_id else None
        originals = repeats.offered(session, row)
        return render_template(
            "slots/form.html", form=form, slot_id=slot_id, programmes=listed, days=day_names(), late=table(LATE),
            weekdays=rule_words.day_names(), places=rule_words.places(), met=met, seen=theirs,
            after=clashing.time_after(met, here.settings().tz) if met else None,
            names={p.id: p.name for p in listed}, overrulable=overrulable, originals=originals,
        ), code  # fmt: skip
