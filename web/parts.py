"""The parts of a programme: added, changed, put in another place, taken out."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import blanks, editor, programme_phrases, programmes, running_order
from broadcaster.errors import BroadcasterError
from broadcaster.running_order import LONGEST_TEXT, LONGEST_TITLE, PAUSES_S, WORDED, Order, Part
from broadcaster.tongue import say
from web import guard, here, programme_forms
from web.programmes import EDITORS

pages = Blueprint("parts", __name__, url_prefix="/chuong-trinh/<slug>/doan")
BLANKS = {
    blanks.STATION: "tên đài",
    blanks.PROGRAMME: "tên chương trình",
    blanks.WEEK: "số tuần của bản tin",
    blanks.FIRST: "thứ Hai của tuần",
    blanks.LAST: "Chủ nhật của tuần",
}


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow(*EDITORS)
def new(slug: str) -> ResponseReturnValue:
    """The form of a kind of part; posted, the part stands where it was wanted."""
    kind = request.values.get("loai", "")
    if kind not in running_order.KINDS:
        abort(404)
    part, place = Part(kind, bed=kind in (*WORDED, "bulletin", "deeds")), request.values.get("place", 0, type=int)
    if request.method == "POST":
        part = programme_forms.part(part)
        try:
            with here.writing() as session:
                programme = programmes.get(session, slug)
                order = running_order.added(editor.order_of(programme), part, place)
                editor.arrange(session, programme, order, version=programme_forms.version())
            return _done(slug, part, say("Đã thêm đoạn. Bản tin đã duyệt giữ nguyên âm thanh."))
        except BroadcasterError as error:
            here.tell(error)
    return _form(slug, part, place, is_new=True)


@pages.route("/<part_id>", methods=["GET", "POST"])
@guard.allow(*EDITORS)
def edit(slug: str, part_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        part = editor.part_of(programmes.get(session, slug), part_id)
    if request.method == "POST":
        part = programme_forms.part(part)
        try:
            with here.writing() as session:
                programme = programmes.get(session, slug)
                order = running_order.changed(editor.order_of(programme), part)
                editor.arrange(session, programme, order, version=programme_forms.version())
            return _done(slug, part, say("Đã lưu đoạn. Bản tin đã duyệt giữ nguyên âm thanh."))
        except BroadcasterError as error:
            here.tell(error)
    return _form(slug, part, 0, is_new=False)


@pages.post("/<part_id>/bo")
@guard.allow(*EDITORS)
def remove(slug: str, part_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        programme = programmes.get(session, slug)
        order = running_order.removed(editor.order_of(programme), part_id)
        editor.arrange(session, programme, order, version=programme_forms.version())
    flash(say("Đã bỏ đoạn. Bản tin đã duyệt giữ nguyên âm thanh."), "done")
    return redirect(url_for("programmes.show", slug=slug, _anchor="thu-tu"))


@pages.post("/<part_id>/len")
@guard.allow(*EDITORS)
def move_up(slug: str, part_id: str) -> ResponseReturnValue:
    return _move(slug, part_id, lambda was: was - 1, "len")


@pages.post("/<part_id>/xuong")
@guard.allow(*EDITORS)
def move_down(slug: str, part_id: str) -> ResponseReturnValue:
    return _move(slug, part_id, lambda was: was + 1, "xuong")


@pages.post("/<part_id>/cho")
@guard.allow(*EDITORS)
def move_to(slug: str, part_id: str) -> ResponseReturnValue:
    """Where it was dropped."""
    return _move(slug, part_id, lambda was: request.form.get("place", was, type=int), "")


def _move(slug: str, part_id: str, place: Callable[[int], int], button: str) -> ResponseReturnValue:
    """`button` keeps the focus: who moves a part once mostly moves it again."""
    with here.writing() as session:
        programme = programmes.get(session, slug)
        order = editor.order_of(programme)
        was = order.index(running_order.find(order, part_id)) + 1
        order = running_order.moved(order, part_id, place(was))
        editor.arrange(session, programme, order, version=programme_forms.version())
    if button:  # no anchor: a browser would look there instead
        return redirect(url_for("programmes.show", slug=slug, doan=part_id, nut=button))
    return redirect(url_for("programmes.show", slug=slug, _anchor=f"doan-{part_id}"))


def _done(slug: str, part: Part, text: str) -> ResponseReturnValue:
    flash(text, "done")
    return redirect(url_for("programmes.show", slug=slug, _anchor=f"doan-{part.id}"))


def _form(slug: str, part: Part, place: int, *, is_new: bool) -> ResponseReturnValue:
    with here.reading() as session:
        programme = programmes.get(session, slug)
        page = render_template(
            "programmes/part.html",
            programme=programme,
            part=part,
            is_new=is_new,
            place=place or usual_place(editor.order_of(programme)),
            order=editor.order_of(programme),
            kinds=programme_phrases.PARTS,
            part_name=programme_phrases.part_name,
            meanings=programme_phrases.MEANINGS,
            chimes=programme_phrases.CHIMES,
            sounds=programme_forms.sounds(session, programme),
            recorded=programme_forms.RECORDED,
            blanks=BLANKS,
            week=blanks.WEEK,
            pauses=PAUSES_S,
            longest={"text": LONGEST_TEXT, "title": LONGEST_TITLE},
        )
    return page, 400 if request.method == "POST" else 200


def usual_place(order: Order) -> int:
    """Before the closing words, counted from one: what is added mostly belongs to the matter."""
    closing = (n for n, part in enumerate(order, 1) if part.kind == "closing")
    return next(closing, len(order) + 1)
