"""Khẩn cấp: a template or free text, an upload or a recording of the microphone; heard first, or on air at once."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import alert_templates, alertdesk, broadcasts, phrases, tongue, uploads, zones
from broadcaster.errors import BroadcasterError
from web import guard, here, inputs, landing, limits, places

pages = Blueprint("alert", __name__, url_prefix="/khan-cap")
LATEST = 5  # alerts shown on the desk


@pages.get("/")
@guard.allow(*alertdesk.SENDERS)
@guard.microphone
def index() -> ResponseReturnValue:
    return _desk()


@pages.get("/mau/<template_id>")
@guard.allow(*alertdesk.SENDERS)
def fill(template_id: str) -> ResponseReturnValue:
    return _fill(template_id)


@pages.post("/loi")
@guard.allow(*alertdesk.SENDERS)
@guard.microphone
def say() -> ResponseReturnValue:
    """A message in writing: to be heard first, or on air at once."""
    template_id = request.form.get("template", "")
    try:
        text = _text(template_id)
        if request.form.get("do") == "send":
            return _send(text)
        here.expect_station()
        with here.writing() as session:
            where = zones.chosen(session, places.asked())  # refused before it is spoken
            take = alertdesk.want(session, text, repeats(), here.person().name, here.now())
    except BroadcasterError as error:
        here.tell(error)
        return (_fill(template_id) if template_id else _desk()), 400
    return redirect(url_for(".heard", take_id=take.id, zone=places.in_address(where), template=template_id or None))


@pages.get("/nghe/<take_id>")
@guard.allow(*alertdesk.SENDERS)
def heard(take_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        take, rendering = alertdesk.taken(session, take_id)
        return render_template(
            "alert/heard.html",
            take=take,
            rendering=rendering,
            template=request.args.get("template"),
            zone=places.asked(),
        )


@pages.get("/nghe/<take_id>/sua")
@guard.allow(*alertdesk.SENDERS)
@guard.microphone
def reword(take_id: str) -> ResponseReturnValue:
    """Back to the form it came from, with the words, times and zones as they were."""
    with here.reading() as session:
        take = alertdesk.taken(session, take_id)[0]
        template = alert_templates.of_text(session, request.args.get("template", ""), take.text)
    if template is None:
        return _desk(take.text, take.repeat)
    return _fill(template.id, alert_templates.fillings(template.text, take.text), take.repeat)


@pages.post("/nghe/<take_id>/phat")
@guard.allow(*alertdesk.SENDERS)
def send(take_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        text = alertdesk.taken(session, take_id)[0].text
    return _send(text)


@pages.post("/ghi-am")
@guard.allow(*alertdesk.SENDERS)
@guard.microphone
@limits.takes("sound")
def record() -> ResponseReturnValue:
    """A spoken message: any sound file, or what the browser recorded."""
    title = request.form.get("title", "").strip()
    try:
        recording = taken_in(title)
        if request.form.get("do") == "send":
            return _send_recording(recording)
        with here.reading() as session:
            where = zones.chosen(session, places.asked())
    except BroadcasterError as error:
        here.tell(error)
        return _desk(), 400
    return redirect(url_for(".recorded", sha256=recording, repeat=repeats(), zone=places.in_address(where)))


@pages.get("/ban-ghi/<sha256>")
@guard.allow(*alertdesk.SENDERS)
def recorded(sha256: str) -> ResponseReturnValue:
    with here.reading() as session:
        recording = broadcasts.recording(session, sha256)
        return render_template("alert/recorded.html", recording=recording, repeat=repeats())


@pages.post("/ban-ghi/<sha256>/phat")
@guard.allow(*alertdesk.SENDERS)
def send_recorded(sha256: str) -> ResponseReturnValue:
    return _send_recording(sha256)


def repeats() -> int:
    """As typed; what is no number is refused like a number out of range."""
    return inputs.number(request.values.get("repeat", str(alertdesk.REPEATS)))


def shown_repeats() -> int:
    """The same for the form that comes back: what is no number at all makes room for the usual one."""
    typed = repeats()
    return typed if typed > 0 else alertdesk.REPEATS


def taken_in(title: str) -> str:
    """The sha256 of the sound that was sent. Raises BroadcasterError file-empty, sound-bad."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BroadcasterError("file-empty")
    title = (title or PurePath(file.filename.replace("\\", "/")).stem)[:200]
    recording = uploads.import_sound(
        here.sessions(), here.settings(), landing.path_of(file), file.filename, title, here.now()
    )
    return recording.sha256


def expect_sure() -> None:
    """Raises BroadcasterError alert-unsure unless the box was ticked, which no slip of a finger does."""
    if request.form.get("sure") != "yes":
        raise BroadcasterError("alert-unsure")


def _text(template_id: str) -> str:
    """What is to be said. Raises BroadcasterError alert-…, template-unknown, text-empty."""
    if not template_id:
        return alertdesk.checked(request.form.get("text", ""), repeats())
    with here.reading() as session:
        template = alert_templates.get(session, template_id)
    return alertdesk.checked(alert_templates.filled(template.text, _fillings(template.text)), repeats())


def _fillings(text: str) -> dict[str, str]:
    return {label: request.form.get(f"blank-{n}", "") for n, label in enumerate(alert_templates.blanks(text))}


def _send(text: str) -> ResponseReturnValue:
    expect_sure()
    here.expect_station()
    by = here.person().name
    alertdesk.send(here.sessions(), here.settings(), text, repeats(), by, here.now(), places.asked())
    return _on_air()


def _send_recording(sha256: str) -> ResponseReturnValue:
    expect_sure()
    here.expect_station()
    by = here.person().name
    alertdesk.send_recording(here.sessions(), here.settings(), sha256, repeats(), by, here.now(), places.asked())
    return _on_air()


def _on_air() -> ResponseReturnValue:
    flash(tongue.say("Đã gửi thông báo khẩn ra loa. Theo dõi ở thanh trên cùng."), "done")
    return redirect(url_for(".index"))


def _desk(text: str = "", repeat: int = 0) -> str:
    with here.reading() as session:
        return render_template(
            "alert/index.html",
            templates=alert_templates.listed(session),
            quick=alertdesk.kept_ready(session),
            kinds=tongue.table(phrases.ALERT_KINDS),
            latest=alertdesk.latest(session, LATEST),
            text=text or request.form.get("text", ""),
            title=request.form.get("title", ""),
            repeat=repeat or shown_repeats(),
            most=alert_templates.LONGEST_TEXT,
        )


def _fill(template_id: str, fillings: dict[str, str] | None = None, repeat: int = 0) -> str:
    with here.reading() as session:
        template = alert_templates.get(session, template_id)
        return render_template(
            "alert/fill.html",
            template=template,
            fillings=fillings or _fillings(template.text),
            repeat=repeat or shown_repeats(),
            most=alert_templates.LONGEST_FILLING,
        )
