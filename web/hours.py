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
from web import guard, here, inputs, spans
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
    return render_template(
        "hours/form.html",
        place=place,
        spans=[*place.hours.allowed, *[None] * SPARE][:MOST],
        names=[say(name) for name in DAYS],
        days_of=_days,
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
            max_minutes=inputs.number(form.get("minutes", "")), max_repeats=inputs.number(form.get("repeats", "")),
        )  # fmt: skip


def _spans(form: MultiDict[str, str]) -> list[str]:
    """Those that were filled in, as schedules.hours_text has them."""
    return [
        f"{','.join(NAMES[int(day) - 1] for day in span.days)} {span.start:%H:%M}-{span.end:%H:%M}"
        for span in spans.filled(form, MOST)
    ]


def _clock(form: MultiDict[str, str], name: str) -> str:
    """A time as people write it. Raises BroadcasterError hour-bad, at its field."""
    return f"{inputs.hour(form.get(name, ''), name):%H:%M}"


def _days(span: Window | None) -> str:
    """As web/spans writes them; of a span that is not there yet, all."""
    return "".join(day for n, day in enumerate(zones.EVERY_DAY) if span is None or n in span.weekdays)


def _told(span: Window) -> str:
    """ "05:30–06:30", with its days unless it is every day."""
    days = ", ".join(say(DAYS[day]) for day in sorted(span.weekdays)) if len(span.weekdays) < len(DAYS) else ""
    return f"{span.start:%H:%M}–{span.end:%H:%M}" + (f": {days}" if days else "")
