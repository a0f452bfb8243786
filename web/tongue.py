"""The language of the pages: Vietnamese, or English for whoever asked for it; a cookie remembers."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

from flask import Blueprint, Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from broadcaster import tongue
from broadcaster.tongue import Translate
from web import catalogue, guard, here

pages = Blueprint("tongue", __name__)
COOKIE = "tieng"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}  # each in its own words
A_YEAR = 365 * 24 * 3600  # seconds


def stand_at(app: Flask) -> None:
    """Every request is answered in the language of its cookie, the refusals of the door too."""
    app.before_request(_begin)
    app.teardown_request(_end)
    app.jinja_env.globals["_"] = marked
    app.jinja_env.globals["language"] = language
    app.jinja_env.globals["languages"] = LANGUAGES
    app.add_template_filter(tongue.say, "said")


@pages.post("/ngon-ngu")
@guard.public
def choose() -> ResponseReturnValue:
    answer: Response = redirect(here.back())  # type: ignore[assignment]
    chosen = request.form.get("tieng", "")
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    return answer


def language() -> str:
    """The code of the language in which this request is answered."""
    asked = request.cookies.get(COOKIE, "vi")
    return asked if asked in LANGUAGES else "vi"


def marked(text: str, /, **values: object) -> Markup:
    """A text of a template: it may hold marks of HTML, what fills its blanks is escaped."""
    said = Markup(tongue.say(text))
    return said.format(**values) if values else said


@cache
def english() -> Translate:
    """Vietnamese text to English; a text that the catalogue lacks stays as it is."""
    texts = {text: english for text, english in catalogue.read().items() if english}

    def translate(text: str) -> str:
        return texts.get(text, text)

    return translate


def _begin() -> None:
    g.tongue = ExitStack()
    if language() == "en":
        g.tongue.enter_context(tongue.speaking(english()))


def _end(error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("tongue", None)
    if stack:
        stack.close()
