"""Preparing recordings: text becomes sound in a worker process, well before its moment."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.errors import AudioError
from audio.reading import Preferences
from audio.segments import Segment
from broadcaster import (
    alert_parts,
    alertdesk,
    assembly,
    broadcasts,
    music,
    programmes,
    renderings,
    store,
    takes,
    voices,
    words,
)
from broadcaster.clock import Clock
from broadcaster.database import Sessions, connect, looking
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner, spoken_sha256
from broadcaster.models import Broadcast, Bulletin, Programme, Rendering
from broadcaster.settings import Settings
from broadcaster.speaking import render
from broadcaster.takes import AlertTake


def parts_of(
    settings: Settings,
    programme: Programme,
    text: str,
    reads: Preferences,
    corrected: Mapping[str, str] | None = None,
    fillings: Mapping[str, str] | None = None,
) -> list[tuple[str, Segment]]:
    return assembly.edition(programme, text, lambda sha256: store.path_of(settings, sha256), reads, corrected, fillings)


class Cancelled(Exception):
    """Nobody wants this rendering any more."""


def warm_up(settings: Settings) -> None:
    """Do once, and throw away, what a rendering does: a worker then answers an alert without loading anything."""
    sessions = connect(settings)
    with looking(sessions) as session:
        reads = manner(session)
        speakers = voices.candidates(session, settings, "auto", emergency=True)
    with tempfile.TemporaryDirectory() as folder:
        render(settings, alert_parts.typed("Thử.", 1, reads), Path(folder) / "out.flac", speakers)
    sessions.kw["bind"].dispose()


def work(settings: Settings, rendering_id: str, watch: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Do one rendering, start to end; runs in a worker process. Progress and outcome are in its row."""
    sessions = connect(settings)
    folder = Path(tempfile.mkdtemp(dir=settings.recordings))
    try:
        _work(sessions, settings, rendering_id, folder / "out.flac", watch)
    except Cancelled:
        pass  # whoever cancelled it has written so
    except (AudioError, BroadcasterError, OSError) as error:
        with sessions.begin() as session:
            row = session.get_one(Rendering, rendering_id)
            if row.status == "working":
                row.status, row.error = "failed", words.explain(_worded(error, settings), settings.tz)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        sessions.kw["bind"].dispose()


def _worded(error: Exception, settings: Settings) -> Exception:
    """The same trouble as an error that has words."""
    if isinstance(error, OSError):
        return BroadcasterError("disk", path=error.filename or settings.recordings, detail=error.strerror)
    return error


def _work(
    sessions: Sessions, settings: Settings, rendering_id: str, out: Path, watch: Callable[[int, int], None]
) -> None:
    """Raises Cancelled, AudioError, BroadcasterError, OSError."""
    clock = Clock()
    with sessions.begin() as session:
        row = _wanted(session, rendering_id, "waiting", "working")
        row.status = "working"
        order = _ordered(session, settings, row)
        row.spoken_sha256 = spoken_sha256(order.parts, order.voice, order.speed)  # as of now
        if row.bulletin_id:
            spoken = music.left_out(order.parts, music.sounds(session))
            row.plain_sha256 = spoken_sha256(spoken, order.voice, order.speed)
        unhurried = row.broadcast_id is None
    progress = _Progress(sessions, rendering_id, clock, watch)
    rendered = render(settings, order.parts, out, order.speakers, progress, listens=unhurried, speed=order.speed)
    with sessions.begin() as session:
        row = _wanted(session, rendering_id, "working")
        recording = store.keep(session, settings, rendered.composed, rendered.boundaries, order.title, clock.now())
        row.status, row.recording, row.done = "done", recording.sha256, row.total
        row.passed_over, row.faulty = rendered.passed_over, rendered.faulty
        if row.broadcast_id and (broadcast := session.get(Broadcast, row.broadcast_id)):
            for alert in broadcasts.sent_together(session, broadcast):
                alert.recording = recording.sha256


def _wanted(session: Session, rendering_id: str, *statuses: str) -> Rendering:
    """The row, while it still has one of these statuses. Raises Cancelled."""
    row = session.get_one(Rendering, rendering_id)
    if row.status not in statuses:
        raise Cancelled
    return row


@dataclass(frozen=True)
class _Order:
    """What to say, the voices to try, and how it was asked for."""

    parts: list[tuple[str, Segment]]
    speakers: list[str]
    title: str
    voice: str = ""
    speed: int = 100


def _ordered(session: Session, settings: Settings, row: Rendering) -> _Order:
    if row.bulletin_id is None:
        speakers = voices.candidates(session, settings, "auto", emergency=True)
        if row.broadcast_id:
            alert = session.get_one(Broadcast, row.broadcast_id)
            return _Order(alert_parts.typed(alert.text or "", alert.repeat, manner(session)), speakers, alert.title)
        take = takes.of_rendering(session, row.id)
        return _Order(
            alert_parts.typed(take.text, take.repeat, manner(session)), speakers, take.text.splitlines()[0][:60]
        )
    bulletin = session.get_one(Bulletin, row.bulletin_id)
    programme = bulletin.programme
    fillings = programmes.fillings(session, programme, bulletin.week)
    parts = parts_of(settings, programme, bulletin.text, manner(session), bulletin.corrections, fillings)
    if row.mourning:
        if not renderings.as_approved(session, bulletin):
            raise BroadcasterError("rendering-stale")
        parts = music.left_out(parts, music.sounds(session))
    speakers = voices.candidates(session, settings, programme.voice)
    return _Order(parts, speakers, bulletin.title, programme.voice, programme.speed)


class _Progress:
    """Writes progress to the row twice a second at most, so that an SD card is not worn by it.

    Raises Cancelled once the rendering is.
    """

    def __init__(self, sessions: Sessions, rendering_id: str, clock: Clock, watch: Callable[[int, int], None]) -> None:
        self._sessions, self._id, self._clock, self._watch = sessions, rendering_id, clock, watch
        self._last = clock.monotonic() - 1

    def __call__(self, done: int, total: int) -> None:
        self._watch(done, total)
        if self._clock.monotonic() - self._last < 0.5:
            return
        self._last = self._clock.monotonic()
        with self._sessions.begin() as session:
            row = _wanted(session, self._id, "working")
            row.done, row.total = done, total


def waiting(sessions: Sessions) -> list[tuple[str, bool]]:
    """(id, whether somebody waits for it at the alert desk) of the renderings nobody has begun: alerts on air first,
    then oldest first."""
    kept = sa.select(AlertTake.rendering_id).where(AlertTake.by == alertdesk.NOBODY)
    query = (
        sa.select(Rendering.id, Rendering.bulletin_id.is_(None) & Rendering.id.not_in(kept))
        .where(Rendering.status == "waiting")
        .order_by(Rendering.broadcast_id.is_(None), Rendering.mourning, Rendering.id)
    )
    with looking(sessions) as session:
        return [(rendering_id, urgent) for rendering_id, urgent in session.execute(query)]
