"""Hearing the sample programme: one button, then its progress, its sound, and its line in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broadcaster import asrun, playing, samples
from broadcaster.errors import BroadcasterError
from broadcaster.models import Rendering
from web import guard, here

pages = Blueprint("samples", __name__, url_prefix="/nghe-thu")
RECENT = 50  # lines of the log in which a sample just played is looked for


@dataclass(frozen=True)
class Demo:
    """How far one demonstration has got: waiting, queued as a broadcast, or refused."""

    broadcast: str | None = None
    error: BroadcasterError | None = None


class Demos:
    """The demonstrations under way, by rendering. Rendering takes longer than a page may, so each has a thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: set[str] = set()
        self._found: dict[str, Demo] = {}

    def start(self, rendering: str, run: Callable[[], str]) -> None:
        """Begin, unless this one is under way already."""
        with self._lock:
            if rendering in self._running:
                return
            self._running.add(rendering)
            self._found.pop(rendering, None)
        Thread(target=self._run, args=(rendering, run), name="sample", daemon=True).start()

    def of(self, rendering: str) -> Demo:
        return self._found.get(rendering, Demo())

    def _run(self, rendering: str, run: Callable[[], str]) -> None:
        try:
            self._found[rendering] = Demo(broadcast=run())
        except BroadcasterError as error:
            self._found[rendering] = Demo(error=error)
        finally:
            self._running.discard(rendering)


@pages.post("/")
@guard.allow("operator")
def play() -> ResponseReturnValue:
    here.expect_station()
    sessions, settings, clock, name = here.sessions(), here.settings(), here.clock(), here.person().name
    with here.writing() as session:
        why = playing.reason(session, request.form.get("reason", ""), clock.now(), settings.tz) or ""
        rendering = samples.sample_rendering(session, clock).id
    _demos().start(rendering, lambda: samples.demo(sessions, settings, clock, by=name, why=why))
    return redirect(url_for(".show", rendering_id=rendering))


@pages.get("/<rendering_id>")
def show(rendering_id: str) -> ResponseReturnValue:
    return _page("samples/show.html", rendering_id)


@pages.get("/<rendering_id>/tien-do")
def progress(rendering_id: str) -> ResponseReturnValue:
    return _page("samples/progress.html", rendering_id)


def _page(template: str, rendering_id: str) -> str:
    demo = _demos().of(rendering_id)
    with here.reading() as session:
        rendering = session.get(Rendering, rendering_id)
        if rendering is None:
            raise BroadcasterError("sample-unknown")
        broadcast = samples.heard(session, demo.broadcast) if demo.broadcast else None
        entry = next((e for e in asrun.latest(session, RECENT) if e.broadcast_id == demo.broadcast), None)
        refused = here.in_words(demo.error) if demo.error else None
        return render_template(template, rendering=rendering, broadcast=broadcast, entry=entry, refused=refused)


def _demos() -> Demos:
    found: Demos = current_app.config["DEMOS"]
    return found
