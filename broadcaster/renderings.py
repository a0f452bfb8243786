"""The renderings of a bulletin: asked for, found again, cancelled. Which one belongs to it is told by two hashes, of
what was written and of what would be said."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.manner import would_say
from broadcaster.models import Bulletin, Recording, Rendering

TRY_AGAIN = timedelta(hours=1)


def text_hash(text: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def words_hash(bulletin: Bulletin) -> str:
    """Of all that a person has written in a bulletin: its text, and its corrections where there are any."""
    corrected = bulletin.corrections or {}
    said = "\0" + json.dumps(corrected, ensure_ascii=False, sort_keys=True) if corrected else ""
    return text_hash(bulletin.text + said)


def want(session: Session, bulletin: Bulletin, now: datetime) -> Rendering:
    """The rendering of this very text as it is said today, asked for if there is none yet, or if it
    failed or was cancelled."""
    return _asked(session, bulletin, of(session, bulletin), now)


def want_rehearsal(session: Session, bulletin: Bulletin, now: datetime) -> Rendering:
    """The same, also of an approved bulletin, whose own sound stays what it is."""
    return _asked(session, bulletin, as_today(session, bulletin), now)


def of(session: Session, bulletin: Bulletin) -> Rendering | None:
    """The one that was approved; before approval the newest of the present text that says what would be said today."""
    if bulletin.status != "approved":
        return as_today(session, bulletin)
    return next((r for r in of_words(session, bulletin) if r.recording == bulletin.audio_sha256), None)


def as_today(session: Session, bulletin: Bulletin) -> Rendering | None:
    """The newest rendering that is what one made now would be, whatever has been approved."""
    found = of_words(session, bulletin)
    today = _would_say(session, bulletin) if found else ""
    return next((r for r in found if r.spoken_sha256 == today), None)


def of_words(session: Session, bulletin: Bulletin) -> list[Rendering]:
    """Of the bulletin's present words, newest first."""
    return list(session.scalars(_of_words(bulletin, mourning=False)))


def for_mourning(session: Session, bulletin: Bulletin) -> list[Rendering]:
    """The same words without any music, newest first."""
    return list(session.scalars(_of_words(bulletin, mourning=True)))


def want_for_mourning(session: Session, bulletin: Bulletin, now: datetime) -> Rendering | None:
    """The approved words once more, without any music: asked for if that has not been done yet, or failed a while ago.

    None where today they would be said otherwise than they were approved: nobody has approved that.
    """
    found = next((r for r in for_mourning(session, bulletin) if r.status != "cancelled"), None)
    if found is not None and (found.status != "failed" or now - found.created_at < TRY_AGAIN):
        return found
    if not as_approved(session, bulletin):
        return None
    rendering = Rendering(bulletin_id=bulletin.id, text_sha256=words_hash(bulletin), mourning=True, created_at=now)
    session.add(rendering)
    session.flush()
    return rendering


def as_approved(session: Session, bulletin: Bulletin) -> bool:
    """Whether a rendering made now would be the one that was approved, or at least without music be what that one is
    without its own: then nothing is said that nobody has approved."""
    approved = of(session, bulletin) if bulletin.status == "approved" else None
    if approved is None:
        return False
    if approved.spoken_sha256 == _would_say(session, bulletin):
        return True
    plain = approved.plain_sha256
    return plain is not None and plain == _would_say(session, bulletin, plainly=True)


def _of_words(bulletin: Bulletin, *, mourning: bool) -> sa.Select[Rendering]:
    which = (
        Rendering.bulletin_id == bulletin.id,
        Rendering.text_sha256 == words_hash(bulletin),
        Rendering.mourning.is_(mourning),
    )
    return sa.select(Rendering).where(*which).order_by(Rendering.id.desc())


def voice_of(session: Session, rendering: Rendering | None) -> str:
    """The voice that spoke a finished rendering, "" while there is none."""
    recording = session.get(Recording, rendering.recording) if rendering and rendering.recording else None
    return recording.voice if recording else ""


def cancel(session: Session, bulletin: Bulletin) -> bool:
    """Stop speaking it; whether there was anything to stop."""
    cancelled = session.execute(
        sa.update(Rendering)
        .where(Rendering.bulletin_id == bulletin.id, Rendering.status.in_(["waiting", "working"]))
        .values(status="cancelled")
    )
    return bool(cancelled.rowcount)  # type: ignore[attr-defined]  # Result of an UPDATE has it


def _asked(session: Session, bulletin: Bulletin, found: Rendering | None, now: datetime) -> Rendering:
    if found is not None and found.status not in ("failed", "cancelled"):
        return found
    cancel(session, bulletin)  # of what it was to say before
    rendering = Rendering(
        bulletin_id=bulletin.id,
        text_sha256=words_hash(bulletin),
        spoken_sha256=_would_say(session, bulletin),
        created_at=now,
    )
    session.add(rendering)
    session.flush()
    return rendering


def _would_say(session: Session, bulletin: Bulletin, *, plainly: bool = False) -> str:
    said = bulletin.programme, bulletin.text, bulletin.corrections, bulletin.week
    return would_say(session, *said, plainly=plainly)
