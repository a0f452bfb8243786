"""Khẩn cấp: a message that cuts in at once, typed (the station speaks it) or recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from broadcaster import alert_parts, broadcasts, store, zones
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.manner import manner
from broadcaster.models import Broadcast
from broadcaster.settings import Settings
from broadcaster.speaking import render
from broadcaster.voices import LAST_RESORT

TITLE = "Thông báo khẩn"


def typed(
    sessions: Sessions, text: str, repeat: int, by: str, now: datetime, where: Sequence[str] = (EVERYWHERE,)
) -> list[Broadcast]:
    """A typed alert, one broadcast for each of its zones. Raises BroadcasterError text-empty, zone-missing."""
    with sessions.begin() as session:
        return [said(session, text, repeat, by, now, zone) for zone in zones.chosen(session, where)]


def said(
    session: Session, text: str, repeat: int, by: str, now: datetime, zone: str, recording: str | None = None
) -> Broadcast:
    """A text in one zone; the station speaks it unless there is a recording. Raises BroadcasterError text-empty."""
    if recording is None:
        alert_parts.typed(text, repeat, manner(session))  # refuses what holds nothing to say before anyone waits
    title = f"{TITLE}: {text.strip().splitlines()[0][:60]}"
    return broadcasts.alert(
        session, text=text, recording=recording, title=title, repeat=repeat, by=by, now=now, zone=zone
    )


def recorded(
    sessions: Sessions,
    settings: Settings,
    source: Path,
    repeat: int,
    by: str,
    now: datetime,
    where: Sequence[str] = (EVERYWHERE,),
) -> list[Broadcast]:
    """A recorded alert, behind the siren. Raises BadAudio, BroadcasterError alert-empty, zone-missing."""
    if repeat < 1:
        raise BroadcasterError("alert-empty", usage=True)
    with sessions.begin() as session:
        places = zones.chosen(session, where)  # refused before it is composed
    title = f"{TITLE}: {source.stem}"
    with tempfile.TemporaryDirectory(dir=settings.recordings) as folder:
        out = Path(folder) / "alert.flac"
        rendered = render(settings, alert_parts.recorded(source, repeat), out, [LAST_RESORT])
        with sessions.begin() as session:
            recording = store.keep(session, settings, rendered.composed, rendered.boundaries, title, now)
            return [
                broadcasts.alert(
                    session,
                    text=None,
                    recording=recording.sha256,
                    title=title,
                    repeat=repeat,
                    by=by,
                    now=now,
                    zone=zone,
                )
                for zone in places
            ]
