"""Broadcasts: one thing to be heard each. Their statuses, the legal steps between them, and how they come to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import zones
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Recording, Rendering
from schedules.errors import ScheduleError
from schedules.late import LatePolicy

DEFAULT_LATE = "from-start:10m"


class Status(StrEnum):
    PLANNED = "planned"
    READY = "ready"
    ON_AIR = "on_air"
    AIRED = "aired"
    WITHDRAWN = "withdrawn"
    MISSED = "missed"
    FAILED = "failed"
    CUT = "cut"


ENDS = frozenset({Status.AIRED, Status.WITHDRAWN, Status.MISSED, Status.FAILED, Status.CUT})
UNHEARD = (Status.MISSED, Status.FAILED, Status.WITHDRAWN)
STEPS: dict[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.READY, Status.WITHDRAWN, Status.MISSED, Status.FAILED}),
    # A broadcast interrupted in the middle is ready again, and then goes on or is cut.
    Status.READY: frozenset({Status.PLANNED, Status.ON_AIR, *ENDS}),
    Status.ON_AIR: frozenset({Status.READY, Status.AIRED, Status.CUT, Status.FAILED}),
}


def step(broadcast: Broadcast, to: Status) -> None:
    """Take a legal step. Raises BroadcasterError bad-step: an end is an end."""
    if to not in STEPS.get(Status(broadcast.status), frozenset()):
        raise BroadcasterError("bad-step", id=broadcast.id, was=broadcast.status, to=to.value)
    broadcast.status = to


def waiting(session: Session, before: datetime) -> list[Broadcast]:
    """What is planned or ready and starts before the instant, in order."""
    query = (
        sa.select(Broadcast)
        .where(Broadcast.status.in_([Status.PLANNED, Status.READY]), Broadcast.starts_at < before)
        .order_by(Broadcast.starts_at, Broadcast.position, Broadcast.id)
    )
    return list(session.scalars(query))


NEVER_SKIPPED = ("alert", "mic")  # kinds that end by themselves or by name


def on_air(session: Session) -> list[Broadcast]:
    return list(session.scalars(sa.select(Broadcast).where(Broadcast.status == Status.ON_AIR)))


def queue(session: Session) -> list[Broadcast]:
    """The operator's queue, in order; what is on air is no longer in it."""
    query = (
        sa.select(Broadcast)
        .where(Broadcast.kind == "queue", Broadcast.status.in_([Status.PLANNED, Status.READY]))
        .order_by(Broadcast.position, Broadcast.id)
    )
    return list(session.scalars(query))


def expect_coming(at: datetime | None, now: datetime) -> None:
    """Raises BroadcasterError time-past."""
    if at is not None and at < now - timedelta(seconds=1):
        raise BroadcasterError("time-past", usage=True, at=at)


def play(
    session: Session,
    recording: Recording,
    *,
    by: str | None,
    now: datetime,
    at: datetime | None = None,
    title: str = "",
    zone: str = "all",
    late: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Broadcast:
    """Put a recording into the queue, or plan it for an exact instant.

    `facts` are the text hash and approver of an approved edition, and what of the hours was overruled for it
    (`playing.excuse`): outside them it would not begin. `late` is a late policy.
    Raises BroadcasterError time-past, late-bad, zone-missing.
    """
    try:
        policy = LatePolicy.parse(late or DEFAULT_LATE)
    except ScheduleError as error:
        raise BroadcasterError("late-bad", usage=True, text=late) from error
    expect_coming(at, now)
    last = session.scalar(sa.select(sa.func.max(Broadcast.position)).where(Broadcast.kind == "queue")) or 0.0
    broadcast = Broadcast(
        kind="at" if at else "queue",
        title=title or recording.title,
        zone=zones.check(session, zone),
        late=str(policy),
        starts_at=at or now,
        position=0.0 if at else last + 1.0,
        status=Status.READY,
        recording=recording.sha256,
        by=by,
        created_at=now,
        **(facts or {}),
    )
    session.add(broadcast)
    session.flush()
    return broadcast


def alert(
    session: Session,
    *,
    text: str | None,
    recording: str | None,
    title: str,
    repeat: int,
    by: str | None,
    now: datetime,
    zone: str = "all",
) -> Broadcast:
    """Khẩn cấp: airs as soon as it can be heard. A typed one is spoken first, by the station."""
    broadcast = Broadcast(
        kind="alert",
        title=title,
        zone=zones.check(session, zone),
        text=text,
        repeat=repeat,
        starts_at=now,
        status=Status.PLANNED,
        recording=recording,
        by=by,
        created_at=now,
    )
    session.add(broadcast)
    session.flush()
    return broadcast


def recording(session: Session, sha256: str) -> Recording:
    """A recording by its sha256. Raises BroadcasterError recording-unknown."""
    found = session.get(Recording, sha256)
    if found is None:
        raise BroadcasterError("recording-unknown", id=sha256)
    return found


def unspoken_alerts(session: Session) -> list[Broadcast]:
    """Typed alerts that nobody has begun to speak; of those that went to several zones at once the first alone."""
    asked = sa.select(Rendering.broadcast_id).where(Rendering.broadcast_id.is_not(None))
    query = sa.select(Broadcast).where(
        Broadcast.kind == "alert",
        Broadcast.status.in_([Status.PLANNED, Status.READY, Status.ON_AIR]),
        Broadcast.recording.is_(None),
    )
    unspoken = list(session.scalars(query.where(Broadcast.id.not_in(asked)).order_by(Broadcast.id)))
    begun = session.scalars(query.where(Broadcast.id.in_(asked))).all() if unspoken else []
    left = {_order(row): row for row in reversed(unspoken)}
    for row in begun:
        left.pop(_order(row), None)
    return sorted(left.values(), key=lambda row: row.id)


def sent_together(session: Session, alert: Broadcast) -> list[Broadcast]:
    """A typed alert and the same in the other zones it was sent to in one go."""
    same = (Broadcast.kind == "alert", Broadcast.text == alert.text, Broadcast.created_at == alert.created_at)
    return [row for row in session.scalars(sa.select(Broadcast).where(*same)) if _order(row) == _order(alert)]


def _order(alert: Broadcast) -> tuple[object, ...]:
    """What the alerts of one order have in common, and no others."""
    return alert.created_at, alert.by, alert.text, alert.repeat


def move(session: Session, broadcast_id: str, place: int) -> None:
    """Put a queue item at a place (1 is first). Raises BroadcasterError queue-unknown."""
    rows = queue(session)
    row = in_queue(rows, broadcast_id)
    rows.remove(row)
    rows.insert(max(0, place - 1), row)
    for number, item in enumerate(rows, start=1):
        item.position = float(number)


def in_queue(rows: list[Broadcast], broadcast_id: str) -> Broadcast:
    """The one item of this id, or of an id ending so. Raises BroadcasterError queue-unknown."""
    found = [r for r in rows if r.id == broadcast_id or r.id.endswith(broadcast_id)]
    if len(found) != 1:
        raise BroadcasterError("queue-unknown", usage=True, id=broadcast_id)
    return found[0]
