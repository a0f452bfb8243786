"""A programme asked for by name, out of its turn: its edition of the moment, queued or planned for an instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster import broadcasts, editions, programmes
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast


def programme(
    session: Session,
    name: str,
    *,
    by: str,
    now: datetime,
    tz: ZoneInfo,
    at: datetime | None = None,
    zone: str = "all",
    late: str | None = None,
) -> Broadcast:
    """Raises BroadcasterError programme-unknown, no-edition, time-past, late-bad."""
    found = programmes.get(session, name)
    edition = editions.choose(session, found, at or now, tz)
    if edition is None:
        raise BroadcasterError("no-edition", name=found.name)
    return broadcasts.play(
        session,
        broadcasts.recording(session, edition.recording),
        by=by,
        now=now,
        at=at,
        title=f"{found.name}: {edition.title}",
        zone=zone,
        late=late,
        facts=edition.facts(),
    )
