"""The steps of the editorial path: handing in, recording, approving, returning, withdrawing, playing."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import broadcasts, bulletins, renderings
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin
from broadcaster.tongue import for_the_record, say
from web import desk, guard, here, library

pages = Blueprint("steps", __name__, url_prefix="/ban-tin")


@pages.post("/<bulletin_id>/nop")
@guard.allow("author")
def submit(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        with for_the_record():
            serious = [remark.text for remark in desk.sheet_of(session, bulletin).serious]
        insist = request.form.get("insist") == "yes"
        bulletins.submit(session, bulletin, by=by, now=now, serious=serious, insist=insist)

    return desk.step(bulletin_id, act, say("Đã nộp. Máy đang thu tiếng; người duyệt nghe được ngay khi thu xong."))


@pages.post("/<bulletin_id>/thu-lai")
@guard.allow("author", "approver")
def render_again(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        renderings.want(session, bulletin, now)

    return desk.step(bulletin_id, act, say("Đang thu lại."))


@pages.post("/<bulletin_id>/huy-thu")
@guard.allow("author", "approver")
def cancel(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.cancel_rendering(session, bulletin, by=by)

    return desk.step(bulletin_id, act, say("Đã hủy thu tiếng."))


@pages.post("/<bulletin_id>/duyet")
@guard.allow("approver")
def approve(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.approve(session, bulletin, by=by, now=now)

    return desk.step(bulletin_id, act, say("Đã duyệt. Bản tin sẽ phát theo lịch."))


@pages.post("/<bulletin_id>/tra-lai")
@guard.allow("approver")
def send_back(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        reason = ". ".join(filter(None, (request.form.get(name, "").strip() for name in ("because", "reason"))))
        bulletins.send_back(session, bulletin, by=by, reason=reason, now=now)

    return desk.step(bulletin_id, act, say("Đã trả lại cho người soạn."))


@pages.post("/<bulletin_id>/rut")
@guard.allow("author", "approver")
def withdraw(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        bulletins.withdraw(session, bulletin, by=by)

    return desk.step(bulletin_id, act, say("Đã rút bản tin; bản tin này không phát nữa."))


@pages.post("/<bulletin_id>/phat")
@guard.allow("operator")
def play(bulletin_id: str) -> ResponseReturnValue:
    def act(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
        here.expect_station()
        if not bulletins.may_air(bulletin):
            raise BroadcasterError("bulletin-state", status=bulletin.status)
        recording = broadcasts.recording(session, bulletin.audio_sha256 or "")
        facts = {
            "bulletin_id": bulletin.id,
            "text_sha256": bulletin.text_sha256 or "",
            "approved_by": bulletin.decided_by or "",
        }
        title = f"{bulletin.programme.name}: {bulletin.title}"
        library.play_now(session, recording, title, facts)

    return desk.step(bulletin_id, act, say("Đã đưa vào hàng chờ; phát ngay khi loa rảnh."))
