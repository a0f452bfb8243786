"""Programmes: the list, one programme with its parts in order, its name and settings, retiring it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import cards, editor, programme_phrases, programmes, running_order, voices
from broadcaster.errors import BroadcasterError
from broadcaster.models import Programme
from broadcaster.programme_phrases import voice as voice_name
from broadcaster.tongue import say
from web import guard, here, programme_forms
from web.slot_form import SlotForm

pages = Blueprint("programmes", __name__, url_prefix="/chuong-trinh")
EDITORS = ("operator", "admin")
RECENT = 8  # bulletins offered for a rehearsal


@pages.get("/")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        return render_template(
            "programmes/index.html",
            cards=cards.all_of(session, here.settings(), here.now()),
            retired=cards.all_of(session, here.settings(), here.now(), retired=True),
        )


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow(*EDITORS)
def new() -> ResponseReturnValue:
    name = request.form.get("name", "")
    if request.method == "POST":
        try:
            with here.writing() as session:
                slug = editor.create(session, name).slug
            flash(say("Đã tạo chương trình. Hãy xem các đoạn, nghe thử, rồi đặt khung giờ."), "done")
            return redirect(url_for(".show", slug=slug))
        except BroadcasterError as error:
            here.tell(error)
    return render_template("programmes/new.html", name=name), 400 if request.method == "POST" else 200


@pages.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    with here.reading() as session:
        return page(session, programmes.get(session, slug, retired=True))


@pages.post("/<slug>/ten")
@guard.allow(*EDITORS)
def rename(slug: str) -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        with here.writing() as session:
            programme = programmes.get(session, slug)
            editor.rename(session, programme, name, version=programme_forms.version())
    except BroadcasterError as error:
        return _again(slug, error, name=name)
    flash(say("Đã đổi tên. Tên cũ vẫn tìm được chương trình này; nhật ký cũ giữ tên lúc phát."), "done")
    return redirect(url_for(".show", slug=slug))


@pages.post("/<slug>/thiet-lap")
@guard.allow(*EDITORS)
def settle(slug: str) -> ResponseReturnValue:
    """Voice, speed, music, and what airs when nothing is approved."""
    with here.reading() as session:
        wanted = programme_forms.wanted(programmes.get(session, slug))
    try:
        with here.writing() as session:
            programme = programmes.get(session, slug)
            editor.settle(session, here.settings(), programme, wanted, version=programme_forms.version())
    except BroadcasterError as error:
        return _again(slug, error, wanted=wanted)
    flash(say("Đã lưu thiết lập. Bản tin đã duyệt giữ nguyên âm thanh."), "done")
    return redirect(url_for(".show", slug=slug))


@pages.post("/<slug>/ngung")
@guard.allow(*EDITORS)
def retire(slug: str) -> ResponseReturnValue:
    with here.writing() as session:
        programme = programmes.get(session, slug)
        count = editor.retire(session, programme, here.now(), version=programme_forms.version())
    flash(
        say(
            "Đã ngừng “{name}”, {count} khung giờ cũng thôi. Nhật ký, bản tin và bản ghi vẫn còn.",
            name=programme.name,
            count=count,
        ),
        "done",
    )
    return redirect(url_for(".index"))


@pages.post("/<slug>/dung-lai")
@guard.allow(*EDITORS)
def restore(slug: str) -> ResponseReturnValue:
    with here.writing() as session:
        programme = programmes.get(session, slug, retired=True)
        editor.restore(session, programme, version=programme_forms.version())
    flash(say("Đã dùng lại chương trình. Hãy đặt khung giờ cho nó."), "done")
    return redirect(url_for(".show", slug=slug))


def _again(slug: str, error: BroadcasterError, **typed: Any) -> ResponseReturnValue:
    """The page as it is now, with what was typed."""
    here.tell(error)
    with here.reading() as session:
        return page(session, programmes.get(session, slug, retired=True), **typed), 400


def page(session: Session, programme: Programme, **typed: Any) -> str:
    """One programme. `typed` are a name and settings that could not be kept."""
    settings, now = here.settings(), here.now()
    wanted = typed.get("wanted") or programme_forms.wanted_of(programme)
    sounds, order = programme_forms.sounds(session, programme), editor.order_of(programme)
    return render_template(
        "programmes/show.html",
        programme=programme,
        card=cards.card(session, settings, programme, now),
        order=order,
        estimate=cards.estimate(session, programme),
        effects=editor.effects(session, programme, now, settings.tz),
        slots=[(row, SlotForm.of(row)) for row in editor.slots_of(session, programme)],
        name=typed.get("name", programme.name),
        wanted=wanted,
        sounds=sounds,
        titles={sound.sha256: sound for sound in sounds},
        voices=[(spec, voice_name(spec)) for spec in voices.choices(settings, also=programme.voice)],
        speeds=editor.SPEED_CHOICES,
        fallbacks=programme_phrases.FALLBACKS,
        kinds=programme_phrases.PARTS,
        once=running_order.ONCE,
        held={part.kind for part in order},
        part_name=programme_phrases.part_name,
        meanings=programme_phrases.MEANINGS,
        chimes=programme_phrases.CHIMES,
        recent=cards.recent(session, programme, RECENT),
        may_edit=here.person().may(*EDITORS) and not programme.retired_at,
        voice_name=voice_name(programme.voice),
    )
