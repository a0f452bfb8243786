"""A form that is sent twice acts once: a double click, a page that answers slowly and is pressed again. The second time
is answered as the first one was. Each page carries a token of its own (web/csrf), so the same form of a page that was
asked for anew is another wish; and so is a form that a browser brings back with its Back button a while later."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass

from flask import Flask, Response, current_app, flash, g, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from web import here

KEPT = 500  # of the latest forms; nobody presses twice with as many others in between
FRESH_S = 20.0  # later than this nobody presses twice without meaning it: an alert must never be swallowed
BEGINNING = 1 << 20  # bytes of a file by which it is told from another one of the same name and size
PATIENCE_S = 30.0  # the first one may be reading an hour of sound
ALWAYS = {"home.stop"}  # twice does no harm, and silence is never argued about
TOKEN = "csrf_token"


@dataclass(frozen=True)
class Answer:
    """Where the first one led, and what it told."""

    location: str
    told: tuple[tuple[str, str], ...]


class Answers:
    """The answers to the latest forms. One process serves the panel; its threads share this."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: OrderedDict[str, Future[Answer]] = OrderedDict()
        self._until: dict[str, float] = {}

    def begin(self, key: str, now: float) -> Future[Answer] | None:
        """The answer of the one before; None for the first, who then has to `end`. `now` is monotonic, in seconds."""
        with self._lock:
            if self._until.get(key, now) < now:
                del self._of[key], self._until[key]
            if key in self._of:
                return self._of[key]
            self._of[key] = Future()
            while len(self._of) > KEPT:
                old, future = self._of.popitem(last=False)
                self._until.pop(old, None)
                future.cancel()
            return None

    def end(self, key: str, answer: Answer | None, now: float = 0.0) -> None:
        """None: it did nothing, so it may be sent again."""
        with self._lock:
            made = self._of.get(key)
            if made is None:
                return
            if answer:
                self._until[key] = now + FRESH_S
                made.set_result(answer)
            else:
                del self._of[key]
                made.cancel()


def stand_at(app: Flask) -> None:
    """After the door (web/guard), which lets in only forms of our own pages."""
    app.config["ANSWERS"] = Answers()
    app.before_request(_look)
    app.after_request(_keep)
    app.teardown_request(_give_up)


def _look() -> ResponseReturnValue | None:
    if request.method != "POST" or request.endpoint in ALWAYS or "user" not in session or TOKEN not in request.form:
        return None
    key = _key()
    while (before := _answers().begin(key, _now())) is not None:
        try:
            answer = before.result(PATIENCE_S)
        except (CancelledError, TooLong):
            if before.cancelled():
                continue
            return redirect(request.path)
        known = [tuple(told) for told in session.get("_flashes", [])]
        for kind, text in answer.told:
            if (kind, text) not in known:
                flash(text, kind)
        return redirect(answer.location)
    g.once = key, session["user"]
    return None


def _keep(response: Response) -> Response:
    if "once" in g:
        key, user = g.pop("once")
        told = tuple((kind, text) for kind, text in session.get("_flashes", []))
        led = response.status_code in (302, 303) and session.get("user") == user
        done = led and not any(kind == "error" for kind, _ in told)
        _answers().end(key, Answer(response.location or "", told) if done else None, _now())
    return response


def _give_up(error: BaseException | None) -> None:
    if "once" in g:
        _answers().end(g.pop("once")[0], None)


def _key() -> str:
    """Of everything that was sent; of files their names, sizes and beginnings."""
    parts = [session["user"], request.full_path, *(f"{name}={text}" for name, text in request.form.items(multi=True))]
    parts += [f"{name}:{file.filename}:{_looks(file)}" for name, file in request.files.items(multi=True)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _looks(file: FileStorage) -> str:
    beginning = hashlib.sha256(file.stream.read(BEGINNING)).hexdigest()
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return f"{size}:{beginning}"


def _now() -> float:
    return here.clock().monotonic()


def _answers() -> Answers:
    found: Answers = current_app.config["ANSWERS"]
    return found
