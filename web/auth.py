"""Logging in and out, and the first account by a one-time link."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from broadcaster import accounts
from broadcaster.errors import BroadcasterError
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


@pages.route("/moi/<token>", methods=["GET", "POST"])
@guard.public
def first(token: str) -> ResponseReturnValue:
    """Whoever holds the link makes one account with it, once."""
    with here.reading() as rows:
        roles = accounts.invited_roles(rows, token, here.now())
    if roles is None:
        here.tell(BroadcasterError("link-dead"))
        return render_template("auth/dead.html"), 410
    name = request.form.get("name", "")
    if request.method == "POST":
        password = request.form.get("password", "")
        if password != request.form.get("again"):
            here.tell(BroadcasterError("passwords-differ"))
            return render_template("auth/first.html", name=name, held=roles), 400
        try:
            with here.writing() as rows:
                user = accounts.redeem(rows, token, name, password, here.now())
        except BroadcasterError as error:
            here.tell(error)
            return render_template("auth/first.html", name=name, held=roles), 400
        guard.let_in(user)
        flash(say("Đã tạo tài khoản. Chào mừng!"), "done")
        return redirect(url_for("home.dashboard"))
    return render_template("auth/first.html", name=name, held=roles)
