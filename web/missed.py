"""What was missed: played after all, or let be. Offered on the first page and in the log."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from broadcaster import missed, phrases
from broadcaster.asrun import Entry
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import guard, here

pages = Blueprint("missed", __name__, url_prefix="/bo-lo")
SHOWN = 5  # on the first page; the log has them all


@pages.post("/<broadcast_id>/phat")
@guard.allow("operator")
def play(broadcast_id: str) -> ResponseReturnValue:
    here.expect_station()
    with here.writing() as session:
        replay = missed.play(
            session,
            broadcast_id,
            by=here.person().name,
            now=here.now(),
            tz=here.settings().tz,
            reason=request.form.get("reason", ""),
        )
    flash(say("Đã đưa “{title}” vào hàng chờ; phát ngay khi loa rảnh.", title=replay.title), "done")
    return redirect(here.back())


@pages.post("/<broadcast_id>/bo")
@guard.allow("operator")
def dismiss(broadcast_id: str) -> ResponseReturnValue:
    with here.writing() as session:
        answer = missed.dismiss(
            session, broadcast_id, by=here.person().name, now=here.now(), reason=request.form.get("reason", "")
        )
    flash(say("Đã bỏ “{title}”. Trạm không hỏi lại nữa.", title=answer.title), "done")
    return redirect(here.back())


def asking() -> list[Entry]:
    """What asks for an answer; looked up once a request."""
    if "asking" not in g:
        with here.reading() as session:
            g.asking = missed.asking(session, here.now())
        look_at([entry.broadcast_id for entry in g.asking[:SHOWN] if missed.playable(entry)])
    found: list[Entry] = g.asking
    return found


def hindrance(broadcast_id: str) -> str | None:
    """Why it can't be played after all, in words."""
    known: dict[str, BroadcasterError | None] = g.setdefault("hindrances", {})
    if broadcast_id not in known:
        look_at([broadcast_id])
    found = known[broadcast_id]
    return here.in_words(found) if found else None


def look_at(among: list[str]) -> None:
    """What will be asked of these is looked up at once."""
    with here.reading() as session:
        found = missed.hindrances(session, among, here.now(), here.settings().tz)
    g.setdefault("hindrances", {}).update(found)


@pages.app_template_filter()
def answered(what: str) -> str:
    return say(phrases.MISSED_ANSWERS[what])


@pages.app_context_processor
def _common() -> dict[str, object]:
    return {
        "missed_asking": asking,
        "missed_shown": SHOWN,
        "missed_playable": missed.playable,
        "missed_hindrance": hindrance,
    }
