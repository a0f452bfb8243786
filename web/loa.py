"""The page for a leader's telephone: passcode, message, hear it, send it. No account; every try is in the log."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from broadcaster import alert_templates, alertdesk, broadcasts, passcodes, store, zones
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast
from web import alert, guard, here, limits, places
from web.throttle import Throttle

pages = Blueprint("loa", __name__, url_prefix="/loa")
MOST_WRONG = 20  # an address in a quarter of an hour: several leaders may share one


@pages.after_request
def never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.route("/", methods=["GET", "POST"])
@guard.public
def enter() -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("loa/enter.html")
    throttle: Throttle = current_app.config["LEADERS"]
    address = request.remote_addr or ""
    if throttle.blocked(address):
        here.tell(BroadcasterError("too-many-tries"))
        return render_template("loa/enter.html"), 429
    try:
        entry = passcodes.enter(here.sessions(), request.form.get("code", ""), address, here.now())
    except BroadcasterError as error:
        throttle.failed(address)
        if throttle.blocked(address):
            with here.writing() as rows:
                passcodes.note(rows, None, "throttled", address, here.now())
        here.tell(error)
        return render_template("loa/enter.html"), 401
    throttle.passed(address)
    session[guard.LEADER] = {"entry": entry}
    return redirect(url_for(".compose"))


@pages.get("/noi")
@guard.public
@guard.microphone
def compose() -> ResponseReturnValue:
    return _compose()


@pages.post("/noi")
@guard.public
@guard.microphone
@limits.takes("sound")
def take() -> ResponseReturnValue:
    """What was typed or spoken, to be heard before it is sent."""
    leader, text = _leader(), request.form.get("text", "")
    try:
        here.expect_station()
        with here.reading() as rows:
            where = zones.chosen(rows, places.asked())  # refused before it is spoken, not after the passcode is spent
        file = request.files.get("file")
        if file is not None and file.filename:
            if text.strip():
                raise BroadcasterError("text-twice")
            draft = {"recording": alert.taken_in(leader.name)}
        else:
            with here.writing() as rows:
                by = passcodes.sender(leader)
                draft = {"take": alertdesk.want(rows, text, alert.repeats(), by, here.now()).id}
    except BroadcasterError as error:
        here.tell(error)
        return _compose(), 400
    made = {"repeat": alert.repeats() or alertdesk.REPEATS, "zone": where}
    session[guard.LEADER] = {"entry": _entry()} | made | draft
    return redirect(url_for(".hear"))


@pages.get("/nghe")
@guard.public
def hear() -> ResponseReturnValue:
    leader = _leader()
    text, status, sound = _draft()
    return render_template(
        "loa/hear.html",
        leader=leader,
        text=text,
        status=status,
        sound=sound,
        repeat=_kept("repeat"),
        zone=_kept("zone"),
    )


@pages.get("/am-thanh.flac")
@guard.public
def sound() -> ResponseReturnValue:
    """What this person is about to send, and nothing else."""
    _leader()
    recording = _draft()[2]
    if not recording:
        abort(404)
    return send_file(store.path_of(here.settings(), recording), mimetype="audio/flac", conditional=True)


@pages.post("/phat")
@guard.public
def send() -> ResponseReturnValue:
    """Once for each entry of the passcode, whatever is posted again."""
    _leader()
    text, _, recording = _draft()
    alert.expect_sure()
    here.expect_station()
    address = request.remote_addr or ""
    leader, entry = passcodes.spend(here.sessions(), _entry(), address, here.now()), _entry()
    outcome, sent, where = "failed", list[Broadcast](), _kept("zone")
    try:
        sent = _sent(text, recording, passcodes.sender(leader))
        outcome = "sent"
    finally:
        with here.writing() as rows:
            passcodes.note(
                rows, leader, outcome, address, here.now(), entry=entry, broadcast_id=sent[0].id if sent else None
            )
        session.pop(guard.LEADER, None)
    return render_template("loa/sent.html", leader=leader, zone=where)


@pages.post("/thoi")
@guard.public
def leave() -> ResponseReturnValue:
    session.pop(guard.LEADER, None)
    return redirect(url_for(".enter"))


def _sent(text: str | None, recording: str | None, by: str) -> list[Broadcast]:
    repeat, where, now = int(_kept("repeat")), _kept("zone"), here.now()
    if text is None:
        return alertdesk.send_recording(here.sessions(), here.settings(), recording or "", repeat, by, now, where)
    return alertdesk.send(here.sessions(), here.settings(), text, repeat, by, now, where)


def _compose() -> str:
    """As it was typed; of who comes back to it, as it was made."""
    leader, made = _leader(), session.get(guard.LEADER, {}) if request.method == "GET" else {}
    return render_template(
        "loa/compose.html",
        leader=leader,
        text=(_draft()[0] if "take" in made else None) or request.form.get("text", ""),
        repeat=made.get("repeat") or alert.shown_repeats(),
        zone=made.get("zone"),
        most=alert_templates.LONGEST_TEXT,
    )


def _leader() -> passcodes.Passcode:
    """Raises BroadcasterError entry-over."""
    return passcodes.who(here.sessions(), _entry(), here.now())


def _entry() -> str:
    return str(session.get(guard.LEADER, {}).get("entry", ""))


def _kept(name: str) -> Any:
    """Something of the message this person has made. Raises BroadcasterError entry-over when there is none."""
    try:
        return session[guard.LEADER][name]
    except KeyError:
        raise BroadcasterError("entry-over") from None


def _draft() -> tuple[str | None, str, str | None]:
    """The text (None: it was spoken), how far it is (a Rendering's status), and the sha256 of what will be heard."""
    with here.reading() as rows:
        if "take" in session.get(guard.LEADER, {}):
            made, rendering = alertdesk.taken(rows, _kept("take"))
            return made.text, rendering.status, rendering.recording
        return None, "done", broadcasts.recording(rows, _kept("recording")).sha256
