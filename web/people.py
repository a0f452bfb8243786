"""Accounts: who may do what at this station."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import accounts
from broadcaster.errors import BroadcasterError
from broadcaster.tongue import say
from web import guard, here

pages = Blueprint("people", __name__, url_prefix="/tai-khoan")


@pages.get("/")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    return _page("", [])


@pages.post("/them")
@guard.allow("admin")
def add() -> ResponseReturnValue:
    name, roles = request.form.get("name", ""), request.form.getlist("role")
    try:
        if not roles:
            raise BroadcasterError("roles-empty")
        with here.writing() as session:
            accounts.add_user(session, name, request.form.get("password", ""), roles, here.now())
    except BroadcasterError as error:
        here.tell(error)
        return _page(name, roles), 400
    flash(say("Đã tạo tài khoản {name}.", name=name.strip()), "done")
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


def _page(name: str, held: list[str]) -> str:
    with here.reading() as session:
        users = accounts.list_users(session)
        return render_template("people/index.html", users=users, name=name, held=held, least=accounts.SHORTEST_PASSWORD)
