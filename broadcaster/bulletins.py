"""The editorial path: draft → submitted → approved or returned → withdrawn. Who may do what is decided here.

Approval holds for exactly one text and one sound: both hashes are stored with it, and any change voids it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.reading import read
from broadcaster import accounts, corrections, versions
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner, would_say
from broadcaster.models import Bulletin, Programme, Recording, Rendering
from broadcaster.topics import guessed
from schedules.errors import ScheduleError
from schedules.weeks import Week

SAMPLE = "sample"  # the status of the sample bulletin: heard, but never edited, submitted or approved
LONGEST_TEXT = 200_000  # characters; about three hours of speech, no bulletin is that long


def text_hash(text: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def words_hash(bulletin: Bulletin) -> str:
    """Of all that a person has written in a bulletin: its text, and its corrections where there are any."""
    corrected = bulletin.corrections or {}
    said = "\0" + json.dumps(corrected, ensure_ascii=False, sort_keys=True) if corrected else ""
    return text_hash(bulletin.text + said)


def get(session: Session, bulletin_id: str) -> Bulletin:
    """By id or a unique beginning or end of it. Raises BroadcasterError bulletin-unknown."""
    found = session.get(Bulletin, bulletin_id)
    if found is None:
        like = sa.or_(Bulletin.id.startswith(bulletin_id), Bulletin.id.endswith(bulletin_id))
        rows = session.scalars(sa.select(Bulletin).where(like).limit(2)).all() if len(bulletin_id) >= 4 else []
        if len(rows) != 1:
            raise BroadcasterError("bulletin-unknown", usage=True, id=bulletin_id)
        found = rows[0]
    return found


def newest(session: Session, limit: int = 200) -> list[Bulletin]:
    query = sa.select(Bulletin).where(Bulletin.status != SAMPLE).order_by(Bulletin.created_at.desc())
    return list(session.scalars(query.limit(limit)))


def waiting(session: Session) -> list[Bulletin]:
    """What an approver has to look at, oldest first."""
    query = sa.select(Bulletin).where(Bulletin.status == "submitted")
    return list(session.scalars(query.order_by(Bulletin.submitted_at, Bulletin.id)))


def decided(session: Session, limit: int) -> list[Bulletin]:
    """What was approved or returned, the latest first."""
    query = sa.select(Bulletin).where(Bulletin.status.in_(["approved", "returned"]), Bulletin.decided_at.is_not(None))
    return list(session.scalars(query.order_by(Bulletin.decided_at.desc(), Bulletin.id.desc()).limit(limit)))


def add(
    session: Session,
    programme: Programme,
    *,
    text: str,
    week: str | None,
    title: str,
    by: str,
    now: datetime,
    original: str | None = None,
    expires: date | None = None,
    topics: Sequence[str] | None = None,
) -> Bulletin:
    """A new draft. `week` like 2026-W48, or None for a standing notice or a piece of a rotation. `expires` is the last
    wall date on which it may air, `topics` the weekly duties it meets (by default as guessed from the text).

    Raises BroadcasterError not-allowed, user-unknown, text-empty, text-too-long, week-bad.
    """
    accounts.require(session, by, "author", "admin")
    bulletin = Bulletin(
        programme_id=programme.id,
        programme=programme,
        week=_week(week),
        title=title.strip() or programme.name,
        text=_text(text),
        original=original,
        expires=expires,
        topics=list(guessed(text) if topics is None else topics),
        author=by,
        writers=[by],
        status="draft",
        created_at=now,
    )
    session.add(bulletin)
    session.flush()
    versions.remember(session, bulletin, by, now)
    return bulletin


def expect_length(text: str) -> None:
    """Raises BroadcasterError text-too-long."""
    if len(text) > LONGEST_TEXT:
        raise BroadcasterError("text-too-long", usage=True, most=LONGEST_TEXT)


def edit(
    session: Session, bulletin: Bulletin, *, text: str, week: str | None, title: str, by: str, now: datetime
) -> None:
    """Change a bulletin; whatever it was, it is a draft again. Corrections stay with the sentences that stay.

    Raises as `add`, and bulletin-withdrawn.
    """
    _expect_writer(session, bulletin, by)
    text, week = _text(text), _week(week)
    if (text, week, title) == (bulletin.text, bulletin.week, bulletin.title):
        return
    versions.remember(session, bulletin, bulletin.author, bulletin.created_at)  # of one from before versions were kept
    if text != bulletin.text:
        bulletin.topics = guessed(text)
        bulletin.corrections = corrections.still_needed(read(text, manner(session)).sentences, bulletin.corrections)
    bulletin.text, bulletin.week, bulletin.title = text, week, title.strip()
    _rewritten(session, bulletin, by, now)


def correct(session: Session, bulletin: Bulletin, written: str, spoken: str | None, *, by: str, now: datetime) -> None:
    """Say one sentence otherwise than it is read; None: as it is read again. The bulletin is a draft again.

    Raises BroadcasterError not-allowed, bulletin-withdrawn, sentence-unknown, correction-….
    """
    _expect_writer(session, bulletin, by)
    found = next((s for s in read(bulletin.text, manner(session)).sentences if s.written == written), None)
    if found is None:
        raise BroadcasterError("sentence-unknown", usage=True)
    wanted = corrections.cleaned(spoken) if spoken is not None else found.spoken
    corrected = {key: said for key, said in bulletin.corrections.items() if key != written}
    if wanted != found.spoken:
        corrected[written] = wanted
    if corrected == bulletin.corrections:
        return
    versions.remember(session, bulletin, bulletin.author, bulletin.created_at)
    bulletin.corrections = corrected
    _rewritten(session, bulletin, by, now)


def submit(
    session: Session,
    bulletin: Bulletin,
    *,
    by: str | None,
    now: datetime,
    serious: Sequence[str] = (),
    insist: bool = False,
) -> Rendering:
    """Hand a draft to the approver, and have it rendered.

    `serious` are the remarks (in words) that stand open on the text; with any of them it needs somebody who insists,
    and the approver sees who did on what. Raises BroadcasterError not-allowed, bulletin-state, findings-serious.
    """
    if by is not None:
        accounts.require(session, by, "author", "admin")
    _expect(bulletin, "draft", "returned")
    if serious and not insist:
        raise BroadcasterError("findings-serious", count=len(serious), first=serious[0])
    bulletin.insisted = {"by": by, "remarks": list(serious)} if serious else None
    bulletin.status, bulletin.submitted_at, bulletin.reason = "submitted", now, None
    return want_rendering(session, bulletin, now)


def approve(session: Session, bulletin: Bulletin, *, by: str, now: datetime) -> None:
    """Release exactly this text and this sound for air.

    Raises BroadcasterError not-allowed, own-bulletin (nobody who wrote any of it approves it), bulletin-state,
    not-rendered (nobody can have listened to it), rendering-stale (today it would be said otherwise).
    """
    accounts.require(session, by, "approver")
    if by in bulletin.writers:
        raise BroadcasterError("own-bulletin", name=by)
    _expect(bulletin, "submitted")
    rendering = rendering_of(session, bulletin)
    if rendering is None and _renderings(session, bulletin):
        raise BroadcasterError("rendering-stale")
    if rendering is None or rendering.status != "done" or rendering.recording is None:
        raise BroadcasterError("not-rendered")
    bulletin.status, bulletin.decided_by, bulletin.decided_at, bulletin.reason = "approved", by, now, None
    bulletin.text_sha256, bulletin.audio_sha256 = rendering.text_sha256, rendering.recording


def send_back(session: Session, bulletin: Bulletin, *, by: str, reason: str, now: datetime) -> None:
    """Return a bulletin to its author. Raises BroadcasterError not-allowed, bulletin-state, reason-missing."""
    accounts.require(session, by, "approver")
    _expect(bulletin, "submitted")
    if not reason.strip():
        raise BroadcasterError("reason-missing", usage=True)
    _cancel_rendering(session, bulletin)
    bulletin.status, bulletin.decided_by, bulletin.decided_at = "returned", by, now
    bulletin.reason = reason.strip()


def withdraw(session: Session, bulletin: Bulletin, *, by: str) -> None:
    """Take a bulletin out of use for good. Raises BroadcasterError not-allowed."""
    accounts.require(session, by, "author", "approver", "admin")
    _cancel_rendering(session, bulletin)
    _to_draft(bulletin)
    bulletin.status = "withdrawn"


def cancel_rendering(session: Session, bulletin: Bulletin, *, by: str) -> bool:
    """Stop speaking a bulletin; whether there was anything to stop. Raises BroadcasterError not-allowed."""
    accounts.require(session, by, "author", "approver", "admin")
    return _cancel_rendering(session, bulletin)


def want_rendering(session: Session, bulletin: Bulletin, now: datetime) -> Rendering:
    """The rendering of this very text as it is said today, asked for if there is none yet, or if it
    failed or was cancelled."""
    return _asked(session, bulletin, rendering_of(session, bulletin), now)


def want_rehearsal(session: Session, bulletin: Bulletin, now: datetime) -> Rendering:
    """The same, also of an approved bulletin, whose own sound stays what it is."""
    return _asked(session, bulletin, as_today(session, bulletin), now)


def _asked(session: Session, bulletin: Bulletin, found: Rendering | None, now: datetime) -> Rendering:
    if found is not None and found.status not in ("failed", "cancelled"):
        return found
    _cancel_rendering(session, bulletin)  # of what it was to say before
    rendering = Rendering(
        bulletin_id=bulletin.id,
        text_sha256=words_hash(bulletin),
        spoken_sha256=_would_say(session, bulletin),
        created_at=now,
    )
    session.add(rendering)
    session.flush()
    return rendering


def rendering_of(session: Session, bulletin: Bulletin) -> Rendering | None:
    """The one that was approved; before approval the newest of the present text that says what would be said today."""
    if bulletin.status != "approved":
        return as_today(session, bulletin)
    return next((r for r in _renderings(session, bulletin) if r.recording == bulletin.audio_sha256), None)


def as_today(session: Session, bulletin: Bulletin) -> Rendering | None:
    """The newest rendering that is what one made now would be, whatever has been approved."""
    found = _renderings(session, bulletin)
    today = _would_say(session, bulletin) if found else ""
    return next((r for r in found if r.spoken_sha256 == today), None)


def _renderings(session: Session, bulletin: Bulletin) -> list[Rendering]:
    """Of the bulletin's present words, newest first."""
    of_text = sa.and_(Rendering.bulletin_id == bulletin.id, Rendering.text_sha256 == words_hash(bulletin))
    return list(session.scalars(sa.select(Rendering).where(of_text).order_by(Rendering.id.desc())))


def _would_say(session: Session, bulletin: Bulletin) -> str:
    return would_say(session, bulletin.programme, bulletin.text, bulletin.corrections, bulletin.week)


def voice_of(session: Session, rendering: Rendering | None) -> str:
    """The voice that spoke a finished rendering, "" while there is none."""
    recording = session.get(Recording, rendering.recording) if rendering and rendering.recording else None
    return recording.voice if recording else ""


def may_air(bulletin: Bulletin) -> bool:
    """Approved, and its words still the ones that were approved. (The sound's hash is checked where the file is.)"""
    return bulletin.status == "approved" and bulletin.text_sha256 == words_hash(bulletin)


def _cancel_rendering(session: Session, bulletin: Bulletin) -> bool:
    cancelled = session.execute(
        sa.update(Rendering)
        .where(Rendering.bulletin_id == bulletin.id, Rendering.status.in_(["waiting", "working"]))
        .values(status="cancelled")
    )
    return bool(cancelled.rowcount)  # type: ignore[attr-defined]  # Result of an UPDATE has it


def released(session: Session, bulletin_id: str | None, recording: str | None) -> bool:
    """Whether this sound of this bulletin may air now; what belongs to no bulletin is its operator's own."""
    if bulletin_id is None:
        return True
    bulletin = session.get(Bulletin, bulletin_id)
    return bulletin is not None and may_air(bulletin) and bulletin.audio_sha256 == recording


def _expect_writer(session: Session, bulletin: Bulletin, by: str) -> None:
    accounts.require(session, by, "author", "admin")
    if bulletin.status in ("withdrawn", SAMPLE):
        raise BroadcasterError("bulletin-withdrawn")


def _rewritten(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
    """After a change of what will be heard: whoever made it can't approve it, and nobody has."""
    bulletin.writers = [*(w for w in bulletin.writers if w != by), by]
    _cancel_rendering(session, bulletin)
    _to_draft(bulletin)
    versions.remember(session, bulletin, by, now)


def _to_draft(bulletin: Bulletin) -> None:
    bulletin.status, bulletin.text_sha256, bulletin.audio_sha256 = "draft", None, None
    bulletin.decided_by = bulletin.decided_at = bulletin.submitted_at = bulletin.reason = bulletin.insisted = None


def _expect(bulletin: Bulletin, *statuses: str) -> None:
    if bulletin.status not in statuses:
        raise BroadcasterError("bulletin-state", status=bulletin.status)


def _text(text: str) -> str:
    if not text.strip():
        raise BroadcasterError("text-empty", usage=True)
    expect_length(text)
    return text


def _week(week: str | None) -> str | None:
    try:
        return str(Week.parse(week)) if week else None
    except ScheduleError as error:
        raise BroadcasterError("week-bad", usage=True, week=week) from error
