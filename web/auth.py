"""Logging in and out, one's own password, and what a one-time link opens."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from broadcaster import accounts, links
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import Invite
from broadcaster.tongue import say
from web import guard, here
from web.throttle import Throttle

pages = Blueprint("auth", __name__)


@pages.route("/dang-nhap", methods=["GET", "POST"])
@guard.public
def login() -> ResponseReturnValue:
    target = here.local(request.args.get("next")) or url_for("home.dashboard")
    if request.method == "GET":
        if g.person:
            return redirect(target)
        with here.reading() as rows:
            return render_template("auth/login.html", name="", nobody=accounts.nobody_yet(rows))
    name = request.form.get("name", "")
    throttle: Throttle = current_app.config["THROTTLE"]
    if throttle.blocked(name):
        here.tell(BroadcasterError("too-many-tries"))
        return render_template("auth/login.html", name=name), 429
    with here.reading() as rows:
        user = accounts.authenticate(rows, name, request.form.get("password", ""))
    if user is None:
        throttle.failed(name)
        here.tell(BroadcasterError("login-failed"))
        return render_template("auth/login.html", name=name), 401
    throttle.passed(name)
    guard.let_in(user)
    return redirect(target)


@pages.post("/dang-xuat")
@guard.public
def logout() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for("auth.login"))


@pages.route("/mat-khau", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Everybody's own. Whoever else sits in a session of this account is out."""
    name = here.person().name
    if request.method == "GET":
        return _own_password()
    throttle: Throttle = current_app.config["THROTTLE"]
    if throttle.blocked(name):
        return _own_password(BroadcasterError("too-many-tries"), 429)
    with here.reading() as rows:
        known = accounts.authenticate(rows, name, request.form.get("password_now", ""))
    if known is None:
        throttle.failed(name)
        return _own_password(BroadcasterError("password-wrong"), 400)
    throttle.passed(name)
    try:
        fresh = _typed_twice()
        with here.writing() as rows:
            user = accounts.get_user(rows, name)
            accounts.set_password(rows, user, fresh)
    except BroadcasterError as error:
        return _own_password(error, 400)
    guard.let_in(user)
    flash(say("Đã đổi mật khẩu. Các máy khác đang mở tài khoản này phải đăng nhập lại."), "done")
    return redirect(url_for("home.dashboard"))


def _own_password(error: BroadcasterError | None = None, code: int = 200) -> ResponseReturnValue:
    if error:
        here.tell(error)
    return render_template("auth/password.html", least=accounts.SHORTEST_PASSWORD), code


def _typed_twice() -> str:
    """The new password. Raises BroadcasterError passwords-differ."""
    if request.form.get("password", "") != request.form.get("again"):
        raise BroadcasterError("passwords-differ")
    return request.form.get("password", "")


@pages.route("/moi/<token>", methods=["GET", "POST"])
@guard.public
def first(token: str) -> ResponseReturnValue:
    """Whoever holds the link makes one account with it, or sets the password of the account it is for; once."""
    with here.reading() as rows:
        link = links.find(rows, token, here.now())
    if link is None:
        here.tell(BroadcasterError("link-dead"))
        return render_template("auth/dead.html"), 410
    name = link.name or request.form.get("name", "")
    if request.method == "POST":
        try:
            with here.writing() as rows:
                rows.info["actor"] = link.name or here.STRANGER
                user = links.redeem(rows, token, name, _typed_twice(), here.now())
        except BroadcasterError as error:
            here.tell(error)
            return _invited(link, name), 400
        throttle: Throttle = current_app.config["THROTTLE"]
        throttle.passed(user.name)
        guard.let_in(user)
        done = say("Đã đặt mật khẩu mới.") if link.name else say("Đã tạo tài khoản. Chào mừng!")
        flash(done, "done")
        return redirect(url_for("home.dashboard"))
    return _invited(link, name)


def _invited(link: Invite, name: str) -> str:
    return render_template("auth/first.html", link=link, name=name, least=accounts.SHORTEST_PASSWORD)
