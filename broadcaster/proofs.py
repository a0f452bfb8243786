"""Proof of what was heard: a recording of the monitor compared with what the log says went out, and kept beside it
(the log itself is never changed)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio import proof
from audio.errors import BadAudio
from broadcaster import store
from broadcaster.broadcasts import Status
from broadcaster.database import Sessions, looking
from broadcaster.errors import BroadcasterError
from broadcaster.evidence import Proof
from broadcaster.models_station import AsRun
from broadcaster.settings import Settings


def judge(
    sessions: Sessions, settings: Settings, broadcast_id: str, recording: Path, by: str, now: datetime
) -> dict[str, Any]:
    """Compare, keep and return the verdict (see audio.proof). Of a broadcast that was cut, only what went out counts.

    Raises BroadcasterError proof-unknown, proof-nothing, recording-unknown, sound-bad.
    """
    with looking(sessions) as session:
        row = _line(session, broadcast_id)
    if row.audio_sha256 is None:
        raise BroadcasterError("proof-nothing", usage=True, title=row.title)
    meant = store.path_of(settings, row.audio_sha256)
    if not meant.is_file():
        raise BroadcasterError("recording-unknown", id=row.audio_sha256)
    whole = row.outcome == Status.AIRED.value
    try:
        verdict = proof.judge(meant, recording) if whole else proof.judge(meant, recording, most_s=row.seconds)
    except BadAudio as error:
        raise BroadcasterError("sound-bad", usage=True, name=recording.name) from error
    facts = asdict(verdict) | {"faults": [asdict(fault) for fault in verdict.faults]}
    with sessions.begin() as session:
        session.add(
            Proof(broadcast_id=row.broadcast_id, recording=recording.name, verdict=facts, by=by, created_at=now)
        )
    return facts


def _line(session: Session, broadcast_id: str) -> AsRun:
    row = session.scalar(
        sa.select(AsRun).where(sa.or_(AsRun.broadcast_id == broadcast_id, AsRun.id == broadcast_id)).limit(1)
    )
    if row is None:
        raise BroadcasterError("proof-unknown", usage=True, id=broadcast_id)
    return row
