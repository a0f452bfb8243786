"""What is typed into the forms of a programme, kept as it was when something has to be typed again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from broadcaster import cards, library, programmes, running_order
from broadcaster.editor import Wanted
from broadcaster.models import Programme, Recording
from broadcaster.running_order import CHIMES, EMPTY, Part
from web.shown import RATE

RECORDED = "ban-ghi:"  # before the sha256 of a recording, in the list that also offers the house's chimes


@dataclass(frozen=True)
class Sound:
    """A recording to choose: the newest version of each in the library, and what is chosen already."""

    sha256: str
    title: str
    seconds: float
    old: bool = False


def version() -> int:
    """That of the programme as it was on the page; 0, which none has, when there is none."""
    return request.form.get("version", 0, type=int)


def wanted(programme: Programme) -> Wanted:
    """The settings form; of a relay only what it has."""
    form = request.form
    return Wanted(
        voice=form.get("voice", programme.voice),
        speed=form.get("speed", 0, type=int),
        fallback=form.get("fallback", ""),
        fallback_recording=form.get("fallback_recording") or None,
        bed=form.get("bed") or None,
    )


def wanted_of(programme: Programme) -> Wanted:
    return Wanted(programme.voice, programme.speed, programme.fallback, programme.fallback_recording, programme.bed)


def part(before: Part) -> Part:
    """The form of one part; its kind and id are not typed."""
    form = request.form
    sound = form.get("sound", "")
    return running_order.cleaned(
        Part(
            kind=before.kind,
            id=before.id,
            title=form.get("title", ""),
            text=form.get("text", ""),
            recording=sound.removeprefix(RECORDED) if sound.startswith(RECORDED) else None,
            chime=sound if sound in CHIMES else EMPTY.chime,
            seconds=form.get("seconds", 0.0, type=float),
            bed="bed" in form,
        )
    )


def sounds(session: Session, programme: Programme) -> list[Sound]:
    """By title; an older version that the programme still uses stands behind the newest."""
    found = [Sound(sha256, title, frames / RATE) for sha256, title, frames in library.newest(session)]
    missing = programmes.recordings(programme) - {sound.sha256 for sound in found}
    outdated = cards.newer(session, missing)
    for sha256 in missing:
        if recording := session.get(Recording, sha256):
            found.append(Sound(sha256, recording.title, recording.frames / RATE, old=sha256 in outdated))
    return sorted(found, key=lambda sound: (sound.title.casefold(), sound.old, sound.sha256))
