"""Waiting for a rendering, by whoever can do it: the running station, or this very process when there is none."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from broadcaster import prepare
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.errors import BroadcasterError
from broadcaster.models import Rendering
from broadcaster.models_station import StationState
from broadcaster.settings import Settings
from broadcaster.status import ALIVE

PATIENCE_S = 600.0
LOOK_EVERY_S = 0.2


def station_is_alive(sessions: Sessions, clock: Clock) -> bool:
    with looking(sessions) as session:
        beat = session.get_one(StationState, 1).beat_at
    return beat is not None and abs(clock.now() - beat) < ALIVE


def await_rendering(
    sessions: Sessions,
    settings: Settings,
    clock: Clock,
    rendering_id: str,
    progress: Callable[[int, int], None],
) -> None:
    """Until the rendering is done. Raises BroadcasterError render-failed, render-cancelled."""
    if not station_is_alive(sessions, clock) and _claim(sessions, rendering_id):
        prepare.work(settings, rendering_id, progress)
    deadline = clock.monotonic() + PATIENCE_S
    while clock.monotonic() < deadline:
        with looking(sessions) as session:
            row = session.get_one(Rendering, rendering_id)
        if row.status == "done":
            return
        if row.status == "failed":
            raise BroadcasterError("render-failed", detail=row.error)
        if row.status == "cancelled":
            raise BroadcasterError("render-cancelled")
        progress(row.done, row.total)
        clock.sleep(LOOK_EVERY_S)
    raise BroadcasterError("render-failed", detail="quá 10 phút chưa xong")


def _claim(sessions: Sessions, rendering_id: str) -> bool:
    """Take a waiting (or, with the station dead, abandoned) rendering; exactly one process can."""
    with sessions.begin() as session:
        claimed = session.execute(
            sa.update(Rendering)
            .where(Rendering.id == rendering_id, Rendering.status.in_(["waiting", "working"]))
            .values(status="working")
        )
        return bool(claimed.rowcount)  # type: ignore[attr-defined]  # Result of an UPDATE has it
