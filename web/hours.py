"""The hours in which the loudspeakers may be heard: the station's, and those of zones that have their own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from broadcaster import allowance, hours, zones
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE, NAMES, Hours, Window
from broadcaster.tongue import say
from web import guard, here, inputs
from web.shown import DAYS

pages = Blueprint("hours", __name__, url_prefix="/gio-phat")
SPARE, MOST = 2, 24  # empty spans below what there are; spans in one form
BARRED = 20  # broadcasts shown that the hours keep from being heard


@dataclass(frozen=True)
class Place:
    """Everywhere, or a zone; `own` is whether its hours are its own."""

    slug: str
    name: str
    hours: Hours
    version: int

    @property
    def own(self) -> bool:
        return self.slug == EVERYWHERE or self.version > 0


@pages.get("/")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        slugs = [EVERYWHERE, *(zone.slug for zone in zones.listed(session))]
        places = [_place(session, slug) for slug in slugs]
        barred = allowance.barred(session, here.now(), BARRED)
        return render_template("hours/index.html", places=places, barred=barred, told=_told)


@pages.get("/bi-chan")
def barred() -> ResponseReturnValue:
    """What changes by itself on that page: the station looks at its plan again when the hours have changed."""
    with here.reading() as session:
        return render_template("hours/barred.html", barred=allowance.barred(session, here.now(), BARRED))


@pages.route("/<slug>", methods=["GET", "POST"])
@guard.allow("admin")
def edit(slug: str) -> ResponseReturnValue:
    with here.reading() as session:
        place = _place(session, slug)
    status = 200
    if request.method == "POST":
        try:
            _save(place, request.form)
        except BroadcasterError as error:
            here.tell(error)
            status = 400
        else:
            flash(say("Đã lưu giờ được phát của {name}. Lịch phát được tính lại ngay.", name=place.name), "done")
            return redirect(url_for(".index"))
    spans = [*place.hours.allowed, *[None] * SPARE][:MOST]
    return render_template(
        "hours/form.html",
        place=place,
        spans=spans,
        days=list(zip(NAMES, map(say, DAYS), strict=True)),
        names=_names,
        typed=request.form,
        most_minutes=hours.MOST_MINUTES,
        most_repeats=hours.MOST_REPEATS,
    ), status


@pages.post("/<slug>/theo-tram")
@guard.allow("admin")
def follow(slug: str) -> ResponseReturnValue:
    with here.writing() as session:
        place = _place(session, slug)
        hours.follow(session, slug)
    flash(say("{name} theo giờ được phát của toàn trạm.", name=place.name), "done")
    return redirect(url_for(".index"))


def _place(session: Session, slug: str) -> Place:
    """Raises BroadcasterError zone-missing."""
    name = say("Toàn trạm") if slug == EVERYWHERE else zones.one(session, slug)[0].name
    return Place(slug, name, hours.of_zone(session, slug), hours.version(session, slug))


def _save(place: Place, form: MultiDict[str, str]) -> None:
    """Raises BroadcasterError hours-…, hour-bad, weekdays-empty."""
    with here.writing() as session:
        if form.get("version") != str(hours.version(session, place.slug)):
            raise BroadcasterError("hours-changed")
        ends = [form.get(name, "").strip() and _clock(form, name) for name in ("quiet-start", "quiet-end")]
        hours.set_for(
            session, place.slug, allowed="; ".join(_spans(form)), quiet="-".join(ends) if any(ends) else "",
            max_minutes=_number(form, "minutes"), max_repeats=_number(form, "repeats"),
        )  # fmt: skip


def _spans(form: MultiDict[str, str]) -> list[str]:
    """Those that were filled in, as schedules.hours_text has them."""
    found = []
    for n in range(MOST):
        start, end = form.get(f"start-{n}", ""), form.get(f"end-{n}", "")
        if not (start or end) or f"drop-{n}" in form:
            continue
        days = [name for name in NAMES if name in form.getlist(f"days-{n}")]
        if not days:
            raise BroadcasterError("weekdays-empty")
        found.append(f"{','.join(days)} {_clock(form, f'start-{n}')}-{_clock(form, f'end-{n}')}")
    return found


def _clock(form: MultiDict[str, str], name: str) -> str:
    """A time as people write it. Raises BroadcasterError hour-bad, at its field."""
    return f"{inputs.hour(form.get(name, ''), name):%H:%M}"


def _number(form: MultiDict[str, str], name: str) -> int:
    """What is no number is refused like one that is too small."""
    typed = form.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1


def _names(span: Window | None) -> list[str]:
    """The days of a span, as hours are written; of one that is not there yet, all."""
    return [name for day, name in enumerate(NAMES) if span is None or day in span.weekdays]


def _told(span: Window) -> str:
    """ "05:30–06:30", with its days unless it is every day."""
    days = ", ".join(say(DAYS[day]) for day in sorted(span.weekdays)) if len(span.weekdays) < len(DAYS) else ""
    return f"{span.start:%H:%M}–{span.end:%H:%M}" + (f": {days}" if days else "")
