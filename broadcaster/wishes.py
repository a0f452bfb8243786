"""What people ask of the running station. A wish is a row; the station's next pass carries it out."""

from __future__ import annotations

from broadcaster import broadcasts
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import Wish

PATIENCE_S = 3.0
LOOK_EVERY_S = 0.02


def ask(sessions: Sessions, kind: str, by: str, clock: Clock, broadcast_id: str | None = None) -> None:
    """Ask for something (see models.Wish) and wait until it is done. Raises BroadcasterError station-dead."""
    if not station_is_alive(sessions, clock):
        raise BroadcasterError("station-dead")
    with sessions.begin() as session:
        wish = Wish(kind=kind, broadcast_id=broadcast_id, by=by, created_at=clock.now())
        session.add(wish)
        session.flush()
        wish_id = wish.id
    deadline = clock.monotonic() + PATIENCE_S
    while clock.monotonic() < deadline:
        with looking(sessions) as session:
            if session.get_one(Wish, wish_id).done_at:
                return
        clock.sleep(LOOK_EVERY_S)
    raise BroadcasterError("station-dead")


def skip(sessions: Sessions, by: str, clock: Clock) -> None:
    """Leave out what is heard. Raises BroadcasterError station-dead, nothing-to-skip."""
    with looking(sessions) as session:
        heard = [b for b in broadcasts.on_air(session) if b.kind not in broadcasts.NEVER_SKIPPED]
    if not heard and station_is_alive(sessions, clock):
        raise BroadcasterError("nothing-to-skip")
    ask(sessions, "skip", by, clock)
