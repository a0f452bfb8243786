"""What the pages around a bulletin share: the facts they show, and one step of the editorial path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from broadcaster import bulletins, lengths, renderings, review, words
from broadcaster.models import Bulletin, Recording
from broadcaster.programme_phrases import voice as voice_name
from web import forms, here
from web.shown import RATE

Act = Callable[[Session, Bulletin, str, datetime], None]


def facts(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    rendering = renderings.of(session, bulletin)
    recording = session.get(Recording, rendering.recording) if rendering and rendering.recording else None
    sheet = sheet_of(session, bulletin)
    sentences = [line.sentence for line in sheet.lines]
    promised = lengths.promised(session, bulletin.programme, sentences).total_seconds() if sentences else 0.0
    return {
        "bulletin": bulletin,
        "programme": bulletin.programme,
        "rendering": rendering,
        "recording": recording,
        "voice": voice_name(recording.voice) if recording and recording.voice else "",
        "seconds": recording.frames / RATE if recording else promised,
        "remarks": words.heard(rendering.passed_over, rendering.faulty) if rendering else [],
        "may_air": bulletins.may_air(bulletin),
        "expired": bulletins.expired(session, bulletin.id, here.now().astimezone(here.settings().tz).date()),
        "own": here.person().name in bulletin.writers,
        "sheet": sheet,
    }


def readiness(session: Session, bulletin: Bulletin) -> tuple[str, float]:
    """How far its sound is (a status of Rendering, "stale" without one), and its length in seconds when it is done."""
    rendering = renderings.of(session, bulletin)
    recording = session.get(Recording, rendering.recording) if rendering and rendering.recording else None
    return rendering.status if rendering else "stale", recording.frames / RATE if recording else 0.0


def sheet_of(session: Session, bulletin: Bulletin) -> review.Sheet:
    return review.of_bulletin(session, bulletin, here.now(), here.settings().tz)


def step(bulletin_id: str, act: Act, done: str, then: str | None = None) -> ResponseReturnValue:
    """One step on exactly the version that the person was looking at, then back to the page the form names."""
    with here.writing() as session:
        bulletin = bulletins.get(session, bulletin_id)
        forms.expect_version(bulletin)
        act(session, bulletin, here.person().name, here.now())
    flash(done, "done")
    page = then or here.local(request.form.get("next")) or url_for("bulletins.show", bulletin_id=bulletin_id)
    return redirect(page)
