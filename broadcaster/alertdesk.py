"""The alert desk: a message is heard first or sent at once; what has been spoken already starts without waiting."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.errors import BadAudio
from audio.reading import Preferences
from broadcaster import alert_parts, alert_templates, alerts, broadcasts, renderings, store, takes, zones
from broadcaster.alert_templates import AlertTemplate
from broadcaster.broadcasts import Status
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.manner import manner, spoken_sha256
from broadcaster.models import ALERTS, Broadcast, Rendering
from broadcaster.settings import Settings
from broadcaster.takes import AlertTake

SENDERS = ("operator", "approver", "admin")
REPEATS = 3  # times an emergency is said unless asked otherwise
MOST_REPEATS = 10
NOBODY = ""  # asked for what is spoken by the station itself
LONGEST_NAME = 60  # characters of a recording's title: with three bytes each it is still a file name everywhere
TWICE = timedelta(seconds=10)  # the same message from the same person again: a button pressed twice
NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')  # what some system forbids in a file name


def checked(text: str, repeat: int) -> str:
    """The message as it is kept. Raises BroadcasterError text-empty, alert-long, alert-repeat."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise BroadcasterError("text-empty", usage=True)
    if len(text) > alert_templates.LONGEST_TEXT:
        raise BroadcasterError("alert-long", usage=True, most=alert_templates.LONGEST_TEXT)
    if not 1 <= repeat <= MOST_REPEATS:
        raise BroadcasterError("alert-repeat", usage=True, most=MOST_REPEATS)
    return text


def want(session: Session, text: str, repeat: int, by: str, now: datetime) -> AlertTake:
    """Have a message spoken, unless it has been and would be said the same today. Raises as `checked`."""
    text = checked(text, repeat)
    said = would_say(session, text, repeat)
    for take, rendering in takes.of_text(session, text, repeat):
        unhurried = rendering.status == "waiting" and take.by == NOBODY  # a person has no time for that
        if (rendering.status in ("waiting", "working") and not unhurried) or says(rendering, said):
            return take
    return order(session, text, repeat, by, now)


def order(session: Session, text: str, repeat: int, by: str, now: datetime) -> AlertTake:
    """Have a message spoken; at the lowest priority when NOBODY waits for it."""
    rendering = Rendering(text_sha256=renderings.text_hash(text), created_at=now)
    session.add(rendering)
    session.flush()
    take = AlertTake(text=text, repeat=repeat, rendering_id=rendering.id, by=by, created_at=now)
    session.add(take)
    session.flush()
    return take


def taken(session: Session, take_id: str) -> tuple[AlertTake, Rendering]:
    """Raises BroadcasterError take-unknown."""
    take = session.get(AlertTake, take_id)
    if take is None:
        raise BroadcasterError("take-unknown", usage=True)
    return take, session.get_one(Rendering, take.rendering_id)


def kept_ready(session: Session) -> frozenset[str]:
    """The ids of the templates that are spoken already, as they would be sent."""
    return frozenset(t.id for t in whole(session) if _spoken(session, t.text))


def whole(session: Session) -> list[AlertTemplate]:
    """The templates without blanks, which can be spoken before anybody wants them."""
    return [t for t in alert_templates.listed(session) if not alert_templates.blanks(t.text)]


def _spoken(session: Session, text: str) -> bool:
    said = would_say(session, text, REPEATS)
    return any(says(rendering, said) for _, rendering in takes.of_text(session, text, REPEATS))


def says(rendering: Rendering, said: str) -> bool:
    """Whether it is spoken, and says this."""
    return rendering.status == "done" and rendering.spoken_sha256 == said


def ready(session: Session, settings: Settings, text: str, repeat: int) -> str | None:
    """The sha256 of a whole recording that says this today, siren and repeats included."""
    said = would_say(session, text, repeat)
    for _, rendering in takes.of_text(session, text, repeat):
        if says(rendering, said) and rendering.recording:
            try:
                store.verify(settings, rendering.recording)
            except BadAudio:
                continue  # damaged on disk: it will be spoken anew
            return rendering.recording
    return None


def send(
    sessions: Sessions,
    settings: Settings,
    text: str,
    repeat: int,
    by: str,
    now: datetime,
    where: Sequence[str] = (EVERYWHERE,),
) -> list[Broadcast]:
    """On air at once, one broadcast for each zone: the ready recording, or the siren while the station speaks. A
    button pressed twice sends once.

    Raises as `checked`, and BroadcasterError zone-none, zone-missing.
    """
    text = checked(text, repeat)
    with sessions.begin() as session:
        places = zones.chosen(session, where)
        recording = ready(session, settings, text, repeat)
        return [
            _just_sent(session, text, repeat, by, now, zone)
            or alerts.said(session, text, repeat, by, now, zone, recording)
            for zone in places
        ]


def send_recording(
    sessions: Sessions,
    settings: Settings,
    sha256: str,
    repeat: int,
    by: str,
    now: datetime,
    where: Sequence[str] = (EVERYWHERE,),
) -> list[Broadcast]:
    """A recording behind the siren, one broadcast for each zone.

    Raises BroadcasterError recording-unknown, zone-none, zone-missing, alert-repeat, sound-bad.
    """
    if not 1 <= repeat <= MOST_REPEATS:
        raise BroadcasterError("alert-repeat", usage=True, most=MOST_REPEATS)
    with sessions.begin() as session:
        title = broadcasts.recording(session, sha256).title
    with tempfile.TemporaryDirectory(dir=settings.recordings) as folder:
        named = Path(folder) / f"{file_name(title)}.flac"  # its name is what the log will call it
        try:
            shutil.copyfile(store.verify(settings, sha256), named)
            return alerts.recorded(sessions, settings, named, repeat, by, now, where)
        except BadAudio as error:
            raise BroadcasterError(f"sound-{error.code}", usage=True, name=title) from error


def file_name(title: str) -> str:
    """A title as part of a file name: no way out of its folder, and short enough for every disk."""
    return NO_NAME.sub(" ", title).strip(" .")[:LONGEST_NAME].strip(" .") or "bản ghi"


def latest(session: Session, limit: int) -> list[Broadcast]:
    """The newest alerts, newest first."""
    query = sa.select(Broadcast).where(ALERTS).order_by(Broadcast.id.desc()).limit(limit)  # as its index says it
    return list(session.scalars(query))


def _just_sent(session: Session, text: str, repeat: int, by: str, now: datetime, zone: str) -> Broadcast | None:
    query = sa.select(Broadcast).where(
        Broadcast.kind == "alert",
        Broadcast.text == text,
        Broadcast.repeat == repeat,
        Broadcast.by == by,
        Broadcast.zone == zone,
        Broadcast.created_at > now - TWICE,
        Broadcast.status.in_([Status.PLANNED, Status.READY, Status.ON_AIR]),
    )
    return session.scalars(query.limit(1)).first()


def would_say(session: Session, text: str, repeat: int) -> str:
    """The `spoken_sha256` of a message spoken now."""
    return _said(text, repeat, manner(session))


@lru_cache(maxsize=64)
def _said(text: str, repeat: int, reads: Preferences) -> str:
    """Reading is pure, and the desk asks for its templates at every look."""
    return spoken_sha256(alert_parts.typed(text, repeat, reads))
