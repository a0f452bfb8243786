"""Trực tiếp: the microphone and the relay of a stream, ordered now, watched, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import broadcasts, devices, library, live, ordered, words, zones
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from broadcaster.tongue import say
from web import guard, here, inputs, places
from web.shown import station

pages = Blueprint("direct", __name__, url_prefix="/truc-tiep")
MINUTES, MOST_MINUTES = 10, 240  # of a microphone
EMPTY: Mapping[str, str] = {}
RELAY_MINUTES, MOST_RELAY = 30, 12 * 60
MOST_CHOICES = 500  # recordings to choose a stand-in from


@pages.get("/")
@guard.allow("operator")
def index() -> ResponseReturnValue:
    return _page()


@pages.get("/trang-thai")
@guard.allow("operator")
def states() -> ResponseReturnValue:
    """What changes by itself on that page."""
    with here.reading() as session:
        return render_template("direct/now.html", **_now(session))


@pages.post("/micro")
@guard.allow("operator")
def speak() -> ResponseReturnValue:
    """Open the station's own microphone."""
    try:
        minutes = inputs.minutes("minutes", MOST_MINUTES, "mic-minutes")
        _expect_free_to_air()
        with here.writing() as session:
            if any(row.kind == "mic" for row in live.coming(session, here.now())):
                raise BroadcasterError("mic-open")
            live.microphones(
                session, into=zones.chosen(session, places.asked()), reason=request.form.get("reason", ""),
                tz=here.settings().tz, by=here.person().name, now=here.now(), device=request.form.get("device", ""),
                ducks="ducks" in request.form, chimes="chimes" in request.form, longest_s=minutes * 60,
            )  # fmt: skip
    except BroadcasterError as error:
        here.tell(error)
        return _page(mic=request.form), 400
    chimes = "chimes" in request.form
    flash(say("Đang mở micrô. Nói sau hồi nhạc hiệu.") if chimes else say("Đang mở micrô. Nói được ngay."), "done")
    return redirect(url_for(".index"))


@pages.post("/tiep-song")
@guard.allow("operator")
def relay() -> ResponseReturnValue:
    """Carry a stream from now on."""
    try:
        end, url = _end(), _address()
        _expect_free_to_air()
        fallback = request.form.get("fallback") or None
        before = next((facts["title"] for facts in station().live), "")
        with here.writing() as session:
            if fallback:
                broadcasts.recording(session, fallback)
            now, tz = here.now(), here.settings().tz
            rows = live.relays(
                session, url, now, end, into=zones.chosen(session, places.asked()),
                reason=request.form.get("reason", ""), tz=tz, fallback=fallback, by=here.person().name, now=now,
                title=" ".join(request.form.get("title", "").split())[:120],
            )  # fmt: skip
            met = dict.fromkeys(m for row in rows for m in ordered.by_order(session, row, now, tz))
            clash = words.meets([*met], tz)
    except BroadcasterError as error:
        here.tell(error)
        return _page(tuned=request.form), 400
    if clash:
        flash(clash, "note")
    flash(
        say("Đã đặt. Đài này ra loa khi “{title}” kết thúc.", title=before)
        if before
        else say("Đang nối tới đài. Tiếng ra loa sau khoảng mười giây."),
        "done",
    )
    return redirect(url_for(".index"))


@pages.post("/<broadcast_id>/ket-thuc")
@guard.allow("operator")
def end(broadcast_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        row = session.get(Broadcast, broadcast_id)
        chimes = bool(row and row.status == broadcasts.Status.ON_AIR and (row.live or {}).get("chimes"))
    title = live.end(here.sessions(), broadcast_id, here.person().name, here.clock())
    ended = (
        say("Micrô đã tắt. Loa phát nốt nhạc hiệu rồi thôi.") if chimes else say("Đã kết thúc “{title}”.", title=title)
    )
    flash(ended, "done")
    return redirect(url_for(".index"))


def _expect_free_to_air() -> None:
    """Raises BroadcasterError station-dead, station-held: somebody who speaks must know whether anyone hears."""
    here.expect_station()
    if station().held_by:
        raise BroadcasterError("station-held")


def _address() -> str:
    """People write "dai.vn/nghe.mp3". Raises BroadcasterError relay-bad, at its field."""
    typed = request.form.get("url", "").strip()
    url = typed if ":" in typed.split("/")[0].split(".")[0] or not typed else f"http://{typed}"
    try:
        live.relay_facts(url, 1.0, None)
    except BroadcasterError as error:
        raise BroadcasterError(error.code, usage=True, field="url", url=typed[:200]) from error
    return url


def _end() -> datetime:
    """At a time of day if one was typed, today or else tomorrow, or after some minutes."""
    if not (at := request.form.get("until", "").strip()):
        return here.now() + timedelta(minutes=inputs.minutes("minutes", MOST_RELAY, "relay-minutes"))
    wall = here.now().astimezone(here.settings().tz)
    end = datetime.combine(wall.date(), inputs.hour(at, "until"), wall.tzinfo)
    end = end if end > wall else end + timedelta(days=1)
    if end - wall > timedelta(minutes=MOST_RELAY):
        raise BroadcasterError("minutes-bad", most=MOST_RELAY, field="until")
    return end


def _now(session: Session) -> dict[str, Any]:
    """What is on air and what is ordered, as orders: each a broadcast or one for each of its zones."""
    told = {facts["id"]: facts for facts in station().live}
    rows = sorted(live.coming(session, here.now()), key=lambda row: (row.starts_at, live.order_of(row)))
    orders = [list(order) for _, order in groupby(rows, key=live.order_of)]
    return {"orders": orders, "told": told, "ends_of": _ends}


def _ends(row: Broadcast) -> datetime | None:
    seconds = (row.live or {}).get("seconds")
    return row.starts_at + timedelta(seconds=seconds) if seconds else None


def _page(mic: Mapping[str, str] = EMPTY, tuned: Mapping[str, str] = EMPTY) -> str:
    """`mic` and `tuned` are what was typed into a form that has to be corrected."""
    look = devices.look()
    with here.reading() as session:
        return render_template(
            "direct/index.html",
            **_now(session),
            addresses=live.addresses(session),
            stand_ins=sorted(library.newest(session), key=lambda item: item[1])[:MOST_CHOICES],
            mic=mic,
            tuned=tuned,
            minutes=MINUTES,
            most_minutes=MOST_MINUTES,
            relay_minutes=RELAY_MINUTES,
            most_relay=MOST_RELAY,
            look=look,
        )
