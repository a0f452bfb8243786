"""The as-run log (nhật ký phát): one row for each broadcast when it ends, written from what was delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import accounted, broadcasts, evidence
from broadcaster.broadcasts import Status, step
from broadcaster.models import Broadcast
from broadcaster.models_station import AsRun


@dataclass(frozen=True)
class Entry:
    """One line of the log, as it travels to the panel, the command line and files."""

    id: str
    broadcast_id: str
    title: str
    planned_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    outcome: str
    reason: str | None
    seconds: float
    audio_sha256: str | None
    approved_by: str | None
    by: str | None
    remark: str | None
    kind: str
    zone: str
    proof: dict[str, Any]

    def facts(self) -> dict[str, Any]:
        return asdict(self)


def end(session: Session, broadcast: Broadcast, outcome: Status, now: datetime, reason: str | None = None) -> AsRun:
    """Close a broadcast and write its line. `reason` is a code (see broadcaster.words); notes are added to it."""
    step(broadcast, outcome)
    heard = broadcast.began_at is not None
    quiet = ["part-silent"] if heard and accounted.silent(broadcast.outputs) else []
    reasons = dict.fromkeys([*(broadcast.note or "").split(), *(reason or "").split(), *quiet])  # each once, in order
    row = AsRun(
        broadcast_id=broadcast.id,
        kind=broadcast.kind,
        programme_id=broadcast.programme_id,
        title=broadcast.title,
        zone=broadcast.zone,
        planned_at=broadcast.starts_at,
        began_at=broadcast.began_at,
        ended_at=_last_heard(broadcast, now) if heard else None,
        outcome=outcome.value,
        reason=" ".join(reasons) or None,
        seconds=round(broadcast.delivered / RATE, 3),
        audio_sha256=broadcast.recording if heard else None,
        text_sha256=broadcast.text_sha256,
        approved_by=broadcast.approved_by,
        by=broadcast.by,
        remark="; ".join(filter(None, [broadcast.repeats, broadcast.remark, broadcast.left_out])) or None,
        proof=_proof(broadcast) if heard else {},
    )
    session.add(row)
    session.flush()
    return row


def _proof(broadcast: Broadcast) -> dict[str, Any]:
    outputs = accounted.told(broadcast.outputs)
    return {"frames": broadcast.delivered, "gap_frames": broadcast.gap} | ({"outputs": outputs} if outputs else {})


def withdraw(session: Session, broadcast_id: str, by: str, now: datetime) -> AsRun:
    """Take an item out of the operator's queue. Raises BroadcasterError queue-unknown."""
    row = broadcasts.in_queue(broadcasts.queue(session), broadcast_id)
    row.by = row.by or by
    return end(session, row, Status.WITHDRAWN, now, "taken-out")


def _last_heard(broadcast: Broadcast, now: datetime) -> datetime:
    """Never before it began, though the clock may have been set back meanwhile."""
    last = min(now, broadcast.checked_at) if broadcast.checked_at else now
    return max(last, broadcast.began_at or last)


def entries(session: Session, start: datetime | None = None, end: datetime | None = None) -> list[Entry]:
    """The log between two instants (planned_at), oldest first."""
    query = sa.select(AsRun).order_by(AsRun.planned_at, AsRun.id)
    if start:
        query = query.where(AsRun.planned_at >= start)
    if end:
        query = query.where(AsRun.planned_at < end)
    return shown(session, session.scalars(query))


def latest(session: Session, limit: int) -> list[Entry]:
    """The newest lines, newest first."""
    query = sa.select(AsRun).order_by(AsRun.planned_at.desc(), AsRun.id.desc()).limit(limit)
    return shown(session, session.scalars(query))


def shown(session: Session, rows: Iterable[AsRun]) -> list[Entry]:
    """Each line with what was delivered and, under "heard", the newest verdict on a recording of it."""
    rows = list(rows)
    heard = evidence.newest(session, [row.broadcast_id for row in rows])
    return [entry(row, {"heard": heard[row.broadcast_id]} if row.broadcast_id in heard else None) for row in rows]


def entry(row: AsRun, heard: dict[str, Any] | None = None) -> Entry:
    """A row as it travels."""
    return Entry(
        id=row.id,
        broadcast_id=row.broadcast_id,
        title=row.title,
        planned_at=row.planned_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        reason=row.reason,
        seconds=row.seconds,
        audio_sha256=row.audio_sha256,
        approved_by=row.approved_by,
        by=row.by,
        remark=row.remark,
        kind=row.kind,
        zone=row.zone,
        proof=row.proof | (heard or {}),
    )


def checkpoint(broadcast: Broadcast, *, start: int, delivered: int, frames: int, gap: int, at: datetime) -> None:
    """Keep how far a broadcast has got: `frames` of this run, which began at frame `start` of its recording,
    on top of `delivered` frames of the runs before it."""
    broadcast.heard_to = start + frames
    broadcast.delivered = delivered + frames
    broadcast.gap = gap
    broadcast.checked_at = max(at, broadcast.began_at or at)


def lost(broadcast: Broadcast, now: datetime) -> timedelta:
    """How long an interrupted broadcast has been silent."""
    return now - (broadcast.checked_at or broadcast.began_at or broadcast.starts_at)
