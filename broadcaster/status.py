"""How the station is: written by it once a second, read by the panel and the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from broadcaster import broadcasts, plan
from broadcaster.models import Broadcast, Recording, StationState

NEXT = 5  # broadcasts ahead that are told
ALIVE = timedelta(seconds=4)  # a beat older than this means the station is gone


@dataclass(frozen=True)
class StationStatus:
    """`state`: idle, on_air, stopped (held silent by a person) or dead (no beat)."""

    state: str
    now: datetime
    playing: dict[str, Any] | None
    next: tuple[dict[str, Any], ...]
    queue: tuple[dict[str, Any], ...]
    output: dict[str, Any]
    clock: dict[str, Any]
    held_by: str | None

    def facts(self) -> dict[str, Any]:
        return dict(self.__dict__)


def read_status(session: Session, now: datetime, tz: ZoneInfo) -> StationStatus:
    state = session.get_one(StationState, 1)
    alive = state.beat_at is not None and abs(now - state.beat_at) < ALIVE
    facts = state.facts if alive else {}
    playing = facts.get("playing")
    name = "stopped" if state.held_by else "on_air" if playing else "idle"
    return StationStatus(
        state=name if alive else "dead",
        now=now,
        playing=playing,
        next=tuple(
            {"title": p.title, "starts_at": p.starts_at, "ends_at": p.ends_at, "warnings": p.warnings}
            for p in plan.coming(session, now, NEXT, tz)
        ),
        queue=tuple({"id": b.id, "title": b.title, "by": b.by} for b in broadcasts.queue(session)),
        output=facts.get("output", {"uri": None, "ok": False, "underruns": 0}),
        clock=facts.get("clock", {"trusted": False}),
        held_by=state.held_by,
    )


def playing_facts(session: Session, on_air: tuple[str, float] | None) -> dict[str, Any] | None:
    """What is on air, for the status row: title, seconds into it, its length."""
    if on_air is None:
        return None
    broadcast = session.get(Broadcast, on_air[0])
    if broadcast is None:
        return None
    recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
    return {
        "id": broadcast.id,
        "kind": broadcast.kind,
        "title": broadcast.title,
        "position_s": round(on_air[1], 1),
        "length_s": round(recording.frames / 48_000, 1) if recording else None,
    }


def as_json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False)
