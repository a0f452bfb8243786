"""A stored broadcast as the rules of the air see it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster.decide import Candidate
from broadcaster.models import Broadcast, Recording
from schedules.late import LatePolicy


def candidate(session: Session, broadcast: Broadcast) -> Candidate:
    """Raises ScheduleError for a late policy that can't be read."""
    recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
    return Candidate(
        id=broadcast.id,
        kind=broadcast.kind,
        starts_at=broadcast.starts_at,
        late=LatePolicy.parse(broadcast.late),
        length=length(session, broadcast),
        live=broadcast.live is not None,
        heard_to=timedelta(seconds=broadcast.heard_to / RATE),
        boundaries=tuple(timedelta(seconds=s["start_s"]) for s in recording.segments) if recording else (),
        interrupted_by=broadcast.cut_by,
        interrupted_at=broadcast.checked_at,
        refused=broadcast.refused,
    )


def length(session: Session, broadcast: Broadcast) -> timedelta | None:
    """How long it lasts; None while that is not known."""
    recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
    if broadcast.live and "seconds" in broadcast.live:
        return timedelta(seconds=broadcast.live["seconds"])
    return timedelta(seconds=recording.frames / RATE) if recording else None
