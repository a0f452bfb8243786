"""A stored broadcast as the rules of the air see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import hours
from broadcaster.decide import Candidate
from broadcaster.models import Broadcast, Recording
from schedules.late import LatePolicy


def candidate(session: Session, broadcast: Broadcast, tz: ZoneInfo) -> Candidate:
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
        bounds=hours.Bounds(hours.of_zone(session, broadcast.zone), tz, frozenset(broadcast.overruled)),
    )


def length(session: Session, broadcast: Broadcast) -> timedelta | None:
    """How long it lasts; None while that is not known."""
    recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
    return lasting(broadcast.live, recording.frames if recording else None)


def lasting(live: Mapping[str, Any] | None, frames: int | None) -> timedelta | None:
    """The same, of what Broadcast.live holds and the length of the recording."""
    if live and "seconds" in live:
        return timedelta(seconds=live["seconds"])
    return None if frames is None else timedelta(seconds=frames / RATE)
