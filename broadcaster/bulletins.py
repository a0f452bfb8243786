"""The editorial path: draft → submitted → approved or returned → withdrawn. Who may do what is decided here.

Approval holds for exactly one text and one sound: both hashes are stored with it, and any change voids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from types import EllipsisType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.reading import read
from broadcaster import accounts, corrections, renderings, versions
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner
from broadcaster.models import Bulletin, Programme, Rendering
from broadcaster.topics import guessed, known
from schedules.errors import ScheduleError
from schedules.weeks import Week

SAMPLE = "sample"  # the status of the sample bulletin: heard, but never edited, submitted or approved
LONGEST_TEXT = 200_000  # characters; about three hours of speech, no bulletin is that long


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
    topics: Iterable[str] | None = None,
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
        topics=guessed(text) if topics is None else known(topics),
        topics_set=topics is not None,
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
    session: Session,
    bulletin: Bulletin,
    *,
    text: str,
    week: str | None,
    title: str,
    by: str,
    now: datetime,
    expires: date | EllipsisType | None = ...,
) -> None:
    """Change a bulletin; whatever it was, it is a draft again. Corrections stay with the sentences that stay.
    `expires` as in `add`; `...` leaves it.

    Raises as `add`, and bulletin-withdrawn.
    """
    _expect_writer(session, bulletin, by)
    text, week = _text(text), _week(week)
    expires = bulletin.expires if isinstance(expires, EllipsisType) else expires
    if (text, week, title, expires) == (bulletin.text, bulletin.week, bulletin.title, bulletin.expires):
        return
    versions.remember(session, bulletin, bulletin.author, bulletin.created_at)  # of one from before versions were kept
    if text != bulletin.text:
        if not bulletin.topics_set:
            bulletin.topics = guessed(text)
        bulletin.corrections = corrections.still_needed(read(text, manner(session)).sentences, bulletin.corrections)
    bulletin.text, bulletin.week, bulletin.title, bulletin.expires = text, week, title.strip(), expires
    _rewritten(session, bulletin, by, now)


def set_topics(session: Session, bulletin: Bulletin, topics: Iterable[str], *, by: str) -> None:
    """Say which weekly duties a bulletin meets; from then on nothing is guessed. What is heard stays the same, so an
    approval stands. Raises BroadcasterError not-allowed, bulletin-withdrawn."""
    _expect_writer(session, bulletin, by)
    bulletin.topics, bulletin.topics_set = known(topics), True


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
    return renderings.want(session, bulletin, now)


def approve(session: Session, bulletin: Bulletin, *, by: str, now: datetime) -> None:
    """Release exactly this text and this sound for air.

    Raises BroadcasterError not-allowed, own-bulletin (nobody who wrote any of it approves it), bulletin-state,
    not-rendered (nobody can have listened to it), rendering-stale (today it would be said otherwise).
    """
    accounts.require(session, by, "approver")
    if by in bulletin.writers:
        raise BroadcasterError("own-bulletin", name=by)
    _expect(bulletin, "submitted")
    rendering = renderings.of(session, bulletin)
    if rendering is None and renderings.of_words(session, bulletin):
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
    renderings.cancel(session, bulletin)
    bulletin.status, bulletin.decided_by, bulletin.decided_at = "returned", by, now
    bulletin.reason = reason.strip()


def withdraw(session: Session, bulletin: Bulletin, *, by: str) -> None:
    """Take a bulletin out of use for good. Raises BroadcasterError not-allowed."""
    accounts.require(session, by, "author", "approver", "admin")
    renderings.cancel(session, bulletin)
    _to_draft(bulletin)
    bulletin.status = "withdrawn"


def cancel_rendering(session: Session, bulletin: Bulletin, *, by: str) -> bool:
    """Stop speaking a bulletin; whether there was anything to stop. Raises BroadcasterError not-allowed."""
    accounts.require(session, by, "author", "approver", "admin")
    return renderings.cancel(session, bulletin)


def may_air(bulletin: Bulletin) -> bool:
    """Approved, and its words still the ones that were approved. (The sound's hash is checked where the file is.)"""
    return bulletin.status == "approved" and bulletin.text_sha256 == renderings.words_hash(bulletin)


def released(session: Session, bulletin_id: str | None, recording: str | None) -> bool:
    """Whether this sound of this bulletin may air now; what belongs to no bulletin is its operator's own."""
    if bulletin_id is None:
        return True
    bulletin = session.get(Bulletin, bulletin_id)
    if bulletin is None or recording is None or not may_air(bulletin):
        return False
    return bulletin.audio_sha256 == recording or recording in {
        rendering.recording for rendering in renderings.for_mourning(session, bulletin)
    }


def expired(session: Session, bulletin_id: str | None, day: date) -> bool:
    """Whether a wall date is after the last one on which it may air."""
    bulletin = session.get(Bulletin, bulletin_id) if bulletin_id else None
    return bulletin is not None and bulletin.expires is not None and bulletin.expires < day


def _expect_writer(session: Session, bulletin: Bulletin, by: str) -> None:
    accounts.require(session, by, "author", "admin")
    if bulletin.status in ("withdrawn", SAMPLE):
        raise BroadcasterError("bulletin-withdrawn")


def _rewritten(session: Session, bulletin: Bulletin, by: str, now: datetime) -> None:
    """After a change of what will be heard: whoever made it can't approve it, and nobody has."""
    bulletin.writers = [*(w for w in bulletin.writers if w != by), by]
    renderings.cancel(session, bulletin)
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
