"""Accounts: who may do what at this station, and the links with which people set a password of their own."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from broadcaster import accounts, links
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import guard, here

pages = Blueprint("people", __name__, url_prefix="/tai-khoan")
MAY = {
    "author": "soạn, sửa và nộp bản tin",
    "approver": "nghe, duyệt hoặc trả lại",
    "operator": "phát, hàng chờ, lịch phát",
    "admin": "tài khoản, cụm loa, sao lưu",
}


@pages.get("/")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    return _page("", [])


@pages.get("/sua")
@guard.allow("admin")
def show() -> ResponseReturnValue:
    with here.reading() as session:
        user = accounts.get_user(session, request.args.get("ten", ""))
        return render_template("people/show.html", user=user, may=_may())


@pages.post("/them")
@guard.allow("admin")
def add() -> ResponseReturnValue:
    """With a password, or (none typed) with a link by which the person sets one."""
    name, roles = request.form.get("name", ""), request.form.getlist("role")
    password = request.form.get("password") or None
    try:
        if not roles:
            raise BroadcasterError("roles-empty")
        with here.writing() as session:
            user = accounts.add_user(session, name, password, roles, here.now())
            if password is None:
                _hand_out(session, user.name)
    except BroadcasterError as error:
        here.tell(error)
        return _page(name, roles), 400
    flash(say("Đã tạo tài khoản {name}.", name=user.name), "done")
    return redirect(url_for(".index"))


@pages.post("/quyen")
@guard.allow("admin")
def give() -> ResponseReturnValue:
    """Other roles; the person has to log in again, unless it is the one who does this."""
    name, roles = request.form.get("name", ""), request.form.getlist("role")
    if not roles:
        raise BroadcasterError("roles-empty")
    with here.writing() as session:
        user = accounts.set_roles(session, name, roles, request.form.get("version", type=int))
    if name == here.person().name:
        guard.let_in(user)
    flash(say("Đã đổi quyền của {name}.", name=name), "done")
    return redirect(url_for(".index" if "admin" in roles or name != here.person().name else "home.dashboard"))


@pages.post("/lien-ket")
@guard.allow("admin")
def link() -> ResponseReturnValue:
    """For a person who has forgotten: nobody but that person learns the password."""
    with here.writing() as session:
        _hand_out(session, request.form.get("name", ""))
    return redirect(url_for(".index"))


@pages.post("/khoa")
@guard.allow("admin")
def disable() -> ResponseReturnValue:
    """Close an account; whoever uses it is out at the next click."""
    name = request.form.get("name", "")
    with here.writing() as session:
        accounts.disable_user(session, name)
    flash(say("Đã khóa tài khoản {name}.", name=name), "done")
    return redirect(url_for(".index"))


@pages.post("/mo-khoa")
@guard.allow("admin")
def enable() -> ResponseReturnValue:
    name = request.form.get("name", "")
    with here.writing() as session:
        accounts.enable_user(session, name)
    flash(say("Đã mở khóa tài khoản {name}, mật khẩu như cũ.", name=name), "done")
    return redirect(url_for(".index"))


def _hand_out(session: Session, name: str) -> None:
    """The link stands in the message on the next page and nowhere else: a form sent twice (web/once) shows it again."""
    token = links.offer(session, name, here.now())
    told = say("Liên kết để {name} tự đặt mật khẩu, dùng một lần trong 24 giờ. Hãy gửi ngay.", name=name)
    address = url_for("auth.first", token=token, _external=True)
    flash(Markup('{} <code class="key">{}</code>').format(told, address), "done")


def _may() -> dict[str, str]:
    return {role: say(what) for role, what in MAY.items()}


def _page(name: str, held: list[str]) -> str:
    with here.reading() as session:
        return render_template(
            "people/index.html",
            users=accounts.list_users(session),
            may=_may(),
            name=name,
            held=held,
            least=accounts.SHORTEST_PASSWORD,
        )
