"""The station's voices: which there are, which comes first, how each sounds; a natural one brought or taken away."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import sticks, voices, voicestore
from broadcaster.booth import Booth
from broadcaster.errors import BroadcasterError
from broadcaster.programme_phrases import voice as called
from broadcaster.tongue import say
from web import guard, here
from web.work import Progress, Work

pages = Blueprint("voices", __name__, url_prefix="/giong-doc")
BEST = voices.NATURAL[0]


@dataclass(frozen=True)
class Row:
    """One voice; `place` counts from 1 in the station's order, 0 outside it."""

    spec: str
    name: str
    place: int
    installed: str
    megabytes: int
    toneless: bool


@pages.get("/")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        rows = _rows(session)
    work, here_now = _work(), voices.installed(here.settings())
    return render_template(
        "voices/index.html",
        rows=rows,
        last=voices.LAST_RESORT,
        best=BEST,
        has_best=BEST in here_now,
        found=[name for name in sticks.voices() if name not in here_now],
        work=work,
        ended=_news(work),
        error=here.in_words(work.error) if work.error else None,
        called=called,
    )


@pages.get("/nghe/<spec>.flac")
@guard.allow("admin")
def sound(spec: str) -> ResponseReturnValue:
    """A sentence in that voice and no other."""
    booth: Booth = current_app.config["BOOTH"]
    try:
        data = booth.say([voices.resolved(here.settings(), spec)], voicestore.TRIAL)
    except BroadcasterError as error:
        page = render_template("errors/page.html", title=say("Chưa nghe được giọng này"), text=here.in_words(error))
        return page, 404 if error.usage else 503
    answer: Response = send_file(BytesIO(data), mimetype="audio/flac", conditional=True, etag=sha256(data).hexdigest())
    answer.headers["Cache-Control"] = "private, no-cache"  # a voice may be replaced under its name
    return answer


@pages.post("/dung")
@guard.allow("admin")
def prefer() -> ResponseReturnValue:
    """This voice before all others."""
    with here.writing() as session:
        spec = voices.resolved(here.settings(), request.form.get("voice", ""))
        _use(session, [spec, *(other for other in voices.order(session, here.settings()) if other != spec)])
    flash(say("Từ nay trạm đọc bằng {voice}. Bản thu đã duyệt không đổi.", voice=called(spec)), "done")
    return redirect(url_for(".index"))


@pages.post("/thoi")
@guard.allow("admin")
def leave() -> ResponseReturnValue:
    """No longer in the order; it stays on the machine."""
    with here.writing() as session:
        spec = request.form.get("voice", "")
        _use(session, [other for other in voices.order(session, here.settings()) if other != spec])
        first = voices.order(session, here.settings())[0]
    flash(say("Đã bỏ {voice} khỏi thứ tự. Trạm đọc bằng {first}.", voice=called(spec), first=called(first)), "done")
    return redirect(url_for(".index"))


@pages.post("/cai")
@guard.allow("admin")
def install() -> ResponseReturnValue:
    """From the network, or from a stick that is plugged into the station."""
    settings, stick = here.settings(), request.form.get("stick", "")
    source = sticks.voices().get(stick) if stick else None
    if stick and source is None:
        raise BroadcasterError("stick-gone")
    name = stick or BEST

    def job(progress: Progress) -> None:
        voicestore.install(settings, name, source=source, progress=progress)

    if not _work().start(name, job):
        raise BroadcasterError("voice-running")
    return redirect(url_for(".index"))


@pages.post("/go")
@guard.allow("admin")
def remove() -> ResponseReturnValue:
    name = request.form.get("voice", "").removeprefix("piper:")
    voicestore.remove(here.settings(), name)
    with here.writing() as session:
        voices.forget(session, name, here.now())
    flash(say("Đã gỡ {voice}.", voice=called(f"piper:{name}")), "done")
    return redirect(url_for(".index"))


def _rows(session: Session) -> list[Row]:
    """The station's order, then what else this machine has."""
    settings = here.settings()
    order, here_now = voices.order(session, settings), voices.installed(settings)
    specs = [*order, *(f"piper:{name}" for name in here_now), *voices.choices(settings)[1:]]
    return [_row(spec, order, here_now) for spec in dict.fromkeys(specs)]


def _row(spec: str, order: list[str], here_now: list[str]) -> Row:
    name = spec.removeprefix("piper:")
    installed = name if spec.startswith("piper:") and name in here_now else ""
    place = order.index(spec) + 1 if spec in order else 0
    size = voicestore.size_mb(here.settings(), name) if installed else 0
    toneless = bool(installed) and voices.without_tones(here.settings(), name)
    return Row(spec, called(spec), place, installed, size, toneless)


def _use(session: Session, specs: list[str]) -> None:
    chosen = [spec for spec in specs if spec != voices.LAST_RESORT]
    voices.use(session, here.settings(), chosen, here.now(), by=here.person().name)


def _news(work: Work) -> bool:
    """Whether it has come to its end since a whole page was last looked at."""
    ended = work.ended and not work.running
    if "X-Fragment" not in request.headers:
        work.ended = False
    return ended


def _work() -> Work:
    found: Work = current_app.config["VOICES"]
    return found
