"""The approver's desk: what waits, and the whole programme to listen to with its text."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from broadcaster import bulletins
from broadcaster.models import Recording
from broadcaster.review import Line
from broadcaster.waveform import outline
from web import desk, guard, here
from web.outline import Picture, picture

pages = Blueprint("approval", __name__, url_prefix="/duyet")
DECIDED = 20  # decisions shown
REASONS = ("Sai nội dung", "Còn lỗi đọc", "Chưa được phép phát")  # one tap each; anything else is typed


@dataclass(frozen=True)
class Heard:
    """A sentence at its place in the sound; `line` is what is written for it, when that is known."""

    start_s: float
    end_s: float
    text: str
    line: Line | None

    @property
    def otherwise(self) -> bool:
        """Whether it is said otherwise than written, beyond capitals and marks at the end."""
        return self.line is not None and _plain(self.line.sentence.written) != _plain(self.text)


@dataclass(frozen=True)
class Part:
    """A segment of the programme with the sentences in it."""

    title: str
    start_s: float
    end_s: float
    sentences: list[Heard] = field(default_factory=list)


@pages.get("/")
def index() -> ResponseReturnValue:
    with here.reading() as session:
        return render_template(
            guard.part("approval/lists.html", "approval/index.html"),
            waiting=[(row, desk.readiness(session, row)) for row in bulletins.waiting(session)],
            decided=bulletins.decided(session, DECIDED),
        )


@pages.get("/<bulletin_id>")
def show(bulletin_id: str) -> ResponseReturnValue:
    with here.reading() as session:
        facts = desk.facts(session, bulletins.get(session, bulletin_id))
    recording: Recording | None = facts["recording"]
    template = guard.part("approval/progress.html", "approval/show.html")
    if recording is None or template == "approval/progress.html":
        return render_template(template, reasons=REASONS, **facts)
    parts = parts_of(recording, facts["sheet"].lines)
    return render_template(
        template, parts=parts, picture=drawn(recording, parts, facts["seconds"]), reasons=REASONS, **facts
    )


def _plain(text: str) -> str:
    return text.casefold().strip(" .,:;-–*")


def drawn(recording: Recording, parts: Sequence[Part], seconds: float) -> Picture | None:
    """Its outline, with its parts and their sentences; None while its file is not there."""
    sentences = [heard.start_s for part in parts for heard in part.sentences]
    levels = outline(here.settings(), recording.sha256)
    return picture(levels, [part.start_s for part in parts], seconds, sentences)


def parts_of(recording: Recording, lines: Sequence[Line]) -> list[Part]:
    """The sound with its text. Recordings from before sentences were noted have their segments alone."""
    written: defaultdict[str, deque[Line]] = defaultdict(deque)
    for line in lines:
        written[line.sentence.spoken].append(line)
    parts = [Part(s["title"], s["start_s"], s["end_s"]) for s in recording.segments if s["title"]]
    for said in recording.said:
        same = written.get(said["text"])
        heard = Heard(said["start_s"], said["end_s"], said["text"], same.popleft() if same else None)
        home = next((part for part in parts if part.start_s - 0.001 <= heard.start_s < part.end_s), None)
        if home:
            home.sentences.append(heard)
    return parts
