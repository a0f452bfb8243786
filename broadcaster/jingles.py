"""A programme's own music: its first and last jingle, and the bed under its speech."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from broadcaster import programmes, running_order, store
from broadcaster.database import Sessions
from broadcaster.settings import Settings

PLACES = ("opening", "closing", "bed")


def replace_by(
    sessions: Sessions, settings: Settings, slug: str, place: str, source: Path | None, now: datetime
) -> None:
    """Replace a programme's first or last jingle or the bed under its speech by an upload; None brings the house's
    chime back, and takes the bed away. Raises BroadcasterError part-unknown when it has no jingle there."""
    recording = store.import_recording(sessions, settings, source, source.stem, now) if source else None
    sha256 = recording.sha256 if recording else None
    with sessions.begin() as session:
        programme = programmes.get(session, slug)
        if place == "bed":
            programme.bed = sha256
            return
        order = running_order.read(programme.running_order)
        jingle = running_order.jingle(order, place)
        programme.running_order = running_order.written(running_order.changed(order, replace(jingle, recording=sha256)))
