"""The first page: what is heard, what comes next, what is wrong, what waits for this person; and the stop button."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import alertdesk, asrun, bulletins, care, clockword, lists, notices, preferences, voices, wishes
from broadcaster.clock import wall_text
from broadcaster.models import Bulletin
from broadcaster.tongue import say
from web import desk, findings, guard, here

pages = Blueprint("home", __name__)
LATEST = 5  # lines of the log on the first page
SHOWN = 5  # bulletins that wait for one answer of this person; the rest are counted


@pages.get("/")
def dashboard() -> ResponseReturnValue:
    person, admin = here.person(), here.person().may("admin")
    upkeep = care.upkeep(here.sessions(), here.settings(), here.clock()) if admin else []
    with here.reading() as session:
        return render_template(
            guard.part("home/parts.html", "home/dashboard.html"),
            to_approve=_to_approve(session) if person.may("approver") else [],
            returned=lists.returned_to(session, person.name),
            drafts=lists.drafts_of(session, person.name, SHOWN) if person.may("author") else [],
            lacking=notices.standing(session, here.now(), here.settings().tz),
            upkeep=[findings.told(finding) for finding in upkeep if finding.state != "ok"],
            nameless=admin and preferences.get(session, preferences.NAME) == preferences.NAME.default,
            hard_to_understand=admin and voices.only_last_resort(session, here.settings()),
            latest=asrun.latest(session, LATEST),
            shown=SHOWN,
            today=here.now().astimezone(here.settings().tz).date(),
        )


def _to_approve(session: Session) -> list[tuple[Bulletin, str]]:
    """What waits for an approver; of those that are shown how far their sound is (`desk.readiness`)."""
    waiting = bulletins.waiting(session)
    return [(row, desk.readiness(session, row)[0] if n < SHOWN else "") for n, row in enumerate(waiting)]


@pages.get("/trang-thai")
def status() -> ResponseReturnValue:
    """What changes by itself; fetched every second or two by the open pages."""
    return render_template("home/live.html")


@pages.post("/dung-phat")
@guard.allow(*alertdesk.SENDERS)
def stop() -> ResponseReturnValue:
    wishes.ask(here.sessions(), "stop", here.person().name, here.clock())
    flash(say("Đã dừng phát. Loa im cho tới khi bấm “Phát tiếp”."), "done")
    return redirect(here.back())


@pages.post("/dong-ho-dung")
@guard.allow("operator", "admin")
def clock_is_right() -> ResponseReturnValue:
    with here.writing() as session:
        word = clockword.give(session, here.person().name, here.now())
    at = wall_text(word.said_at.replace(microsecond=0), here.settings().tz)
    flash(say("Đã ghi nhận: giờ máy {at} là đúng; nhật ký ghi ngày tương lai không giữ lịch phát nữa.", at=at), "done")
    return redirect(here.back())


@pages.post("/phat-tiep")
@guard.allow(*alertdesk.SENDERS)
def resume() -> ResponseReturnValue:
    wishes.ask(here.sessions(), "resume", here.person().name, here.clock())
    flash(say("Trạm phát tiếp theo lịch."), "done")
    return redirect(here.back())
