"""Zones and their outputs: how they fare, how loud they are now and through the week, a test tone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import devices, live, playing, zones
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from broadcaster.zones import Loudness, Zone
from web import guard, here, zone_form
from web.shown import DAYS, station

pages = Blueprint("zones", __name__, url_prefix="/khu-vuc")
STEP = 10  # per cent, of the plain buttons


@pages.get("/")
@guard.allow("operator", "admin")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        found = zones.listed(session)
    return render_template(
        "zones/index.html", zones=found, states=_states(), volume_of=_volume_of, own=here.settings().output, step=STEP
    )


@pages.get("/trang-thai")
@guard.allow("operator", "admin")
def states() -> ResponseReturnValue:
    """What changes by itself on that page."""
    with here.reading() as session:
        return render_template("zones/states.html", zones=zones.listed(session), states=_states())


@pages.route("/moi", methods=["GET", "POST"])
@guard.allow("admin")
def new() -> ResponseReturnValue:
    return _edit(None)


@pages.route("/<slug>/sua", methods=["GET", "POST"])
@guard.allow("admin")
def edit(slug: str) -> ResponseReturnValue:
    return _edit(slug)


@pages.post("/<slug>/xoa")
@guard.allow("admin")
def remove(slug: str) -> ResponseReturnValue:
    with here.writing() as session:
        name = zones.one(session, slug)[0].name
        zones.remove(session, slug)
    flash(say("Đã xóa cụm loa {name}.", name=name), "done")
    return redirect(url_for(".index"))


@pages.post("/<slug>/am-luong")
@guard.allow("operator", "admin")
def turn(slug: str) -> ResponseReturnValue:
    """Louder or softer now, or back to what the week says. Who went one step mostly goes another: the button keeps
    the focus."""
    with here.writing() as session:
        zone = zones.one(session, slug)[0]
        percent = _asked(zone)
        zones.turn(session, slug, percent, _until(request.form.get("hold", "")))
    told = say("theo lịch âm lượng") if percent is None else f"{percent} %"
    flash(say("Âm lượng {name}: {level}.", name=zone.name, level=told), "done")
    return redirect(url_for(".index", cum=slug, nut=request.form.get("do", "")))


@pages.route("/<slug>/theo-gio", methods=["GET", "POST"])
@guard.allow("operator", "admin")
def week(slug: str) -> ResponseReturnValue:
    """How loud it is through the week."""
    with here.reading() as session:
        zone, version = zones.one(session, slug)
    if request.method == "POST":
        try:
            _expect_version(version)
            with here.writing() as session:
                zones.schedule(session, slug, zone_form.rules(request.form))
        except BroadcasterError as error:
            here.tell(error)
            return _week(zone, version), 400
        flash(say("Đã lưu âm lượng theo giờ của {name}.", name=zone.name), "done")
        return redirect(url_for(".week", slug=slug))
    return _week(zone, version)


@pages.post("/<slug>/thu-loa")
@guard.allow("operator", "admin")
def tone(slug: str) -> ResponseReturnValue:
    """Three seconds of a test tone, which end by themselves."""
    here.expect_station()
    with here.reading() as session:
        zone = zones.one(session, slug)[0]
        typed = request.form.get("reason", "")
        excuse = playing.excuse(session, typed, here.now(), here.settings().tz, zone=zone.slug, of_day=False)
    live.tone(here.sessions(), here.settings(), zone=zone.slug, by=here.person().name, now=here.now(), excuse=excuse)
    flash(say("Đang phát âm thử {seconds:g} giây ở {name}.", seconds=live.TONE_S, name=zone.name), "done")
    return redirect(url_for(".index"))


def _asked(zone: Zone) -> int | None:
    """Raises BroadcasterError volume-bad."""
    how = request.form.get("do")
    if how == "week":
        return None
    now = round(100 * zone.gain(here.now(), here.settings().tz))
    if how in ("softer", "louder"):
        return min(100, max(0, now + (STEP if how == "louder" else -STEP)))
    typed = request.form.get("percent", "").strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > 3:
        raise BroadcasterError("volume-bad", usage=True)
    return int(typed)


def _until(hold: str) -> Any:
    """Until when a volume set by hand holds: an hour, the end of the wall day, or until it is taken back."""
    if hold == "keep":
        return None
    if hold == "hour":
        return here.now() + timedelta(hours=1)
    wall = here.now().astimezone(here.settings().tz)
    return (wall + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _states() -> dict[str, dict[str, Any]]:
    """By zone, what the station last told of it; nothing while it is dead."""
    return {zone["zone"]: zone for zone in station().zones}


def _volume_of(zone: Zone) -> int:
    return round(100 * zone.gain(here.now(), here.settings().tz))


def _edit(slug: str | None) -> ResponseReturnValue:
    look = devices.look()
    with here.reading() as session:
        zone, version = zones.one(session, slug) if slug else (Zone("", "", ()), 0)
        taken = {z.slug for z in zones.listed(session)}
    status = 200
    if request.method == "POST":
        try:
            _expect_version(version)
            return _save(zone, taken)
        except BroadcasterError as error:
            here.tell(error)
            status = 400
    uris = zone.outputs or ((here.settings().output,) if not taken else ())
    return render_template(
        "zones/form.html",
        zone=zone,
        version=version,
        fields=zone_form.fields(uris),
        look=look,
        first=not taken,
        most_lead=zones.LONGEST_LEAD_S,
        typed=request.form,
    ), status


def _save(zone: Zone, taken: set[str]) -> ResponseReturnValue:
    name = " ".join(request.form.get("name", "").split())[:80]
    if not name:
        raise BroadcasterError("zone-name")
    lead = request.form.get("lead", "").strip().replace(",", ".") or "0"
    try:
        lead_s = float(lead)
    except ValueError as error:
        raise BroadcasterError("lead-bad", usage=True, most=zones.LONGEST_LEAD_S) from error
    uris = zone_form.outputs(request.form, zone.outputs)
    if not uris:
        raise BroadcasterError("output-none")
    slug = zone.slug or zone_form.slug(name, taken)
    with here.writing() as session:
        zones.save(session, slug, name, uris, [str(rule) for rule in zone.volume], here.now(), lead_s)
    flash(say("Đã lưu cụm loa {name}.", name=name), "done")
    return redirect(url_for(".index"))


def _week(zone: Zone, version: int) -> str:
    blank = [None] * zone_form.SPARE
    return render_template(
        "zones/week.html",
        zone=zone,
        version=version,
        rules=[*zone.volume, *blank][: zone_form.MOST],
        names=[say(name) for name in DAYS],
        every=zones.EVERY_DAY,
        profile=[(say(name), _profile(zone.volume, day)) for day, name in enumerate(DAYS)],
        typed=request.form,
    )


def _profile(rules: tuple[Loudness, ...], day: int) -> list[tuple[str, int]]:
    """A day of the week as (from when, per cent), where it changes."""
    monday = here.now().astimezone(here.settings().tz).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = monday + timedelta(days=day - monday.weekday())
    changes = sorted({"00:00", *(f"{t:%H:%M}" for rule in rules for t in (rule.start, rule.end))})
    told: list[tuple[str, int]] = []
    for at in changes:
        moment = midnight.replace(hour=int(at[:2]), minute=int(at[3:]))
        percent = round(100 * zones.gain(rules, moment, here.settings().tz))
        if not told or told[-1][1] != percent:
            told.append((at, percent))
    return told


def _expect_version(version: int) -> None:
    """Raises BroadcasterError lexicon-changed when the form was made for another shape of the zone."""
    if version and request.form.get("version") != str(version):
        raise BroadcasterError("lexicon-changed")
