"""Preparing recordings: text becomes sound in a worker process, well before its moment; uploads become recordings."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio import files
from audio.compose import Composed
from audio.errors import AudioError, BadAudio
from audio.reading import Preferences, read
from audio.segments import Chime, Clip, Segment, Silence
from broadcaster import assembly, programmes, running_order, takes, voices, words
from broadcaster.clock import Clock
from broadcaster.database import Sessions, connect, looking
from broadcaster.errors import BroadcasterError
from broadcaster.manner import manner, spoken_sha256
from broadcaster.models import Broadcast, Bulletin, Programme, Recording, Rendering
from broadcaster.settings import Settings
from broadcaster.speaking import render

ORIGINAL = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,7})?")
PLACES = ("opening", "closing", "bed")  # of a programme's own music
BETWEEN_REPEATS_S = 1.5  # an alert is said again after a breath


def keep_original(settings: Settings, data: bytes, name: str) -> str:
    """Keep an upload as it came; returns its name in the store (hash and a harmless suffix)."""
    suffix = Path(name).suffix.lower() if Path(name).suffix[1:].isalnum() else ""
    target = settings.originals / f"{hashlib.sha256(data).hexdigest()}{suffix[:8]}"
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, target)
        _sync_folder(target.parent)
    return target.name


def has_original(settings: Settings, name: str) -> bool:
    """Whether this is the name of a kept upload, and nothing else."""
    return ORIGINAL.fullmatch(name) is not None and (settings.originals / name).is_file()


def path_of(settings: Settings, sha256: str) -> Path:
    return settings.recordings / f"{sha256}.flac"


def keep(
    session: Session,
    settings: Settings,
    composed: Composed,
    boundaries: list[dict[str, object]],
    title: str,
    now: datetime,
) -> Recording:
    """Move a finished file into the store under its sha256, and note it. The same sound is kept once."""
    target = path_of(settings, composed.sha256)
    if not target.exists() or files.sha256(target) != composed.sha256:  # a damaged one is made whole again
        os.replace(composed.path, target)
        _sync_folder(target.parent)
    recording = session.get(Recording, composed.sha256)
    if recording is None:
        recording = Recording(
            sha256=composed.sha256,
            title=title,
            frames=composed.frames,
            lufs=composed.lufs,
            true_peak_dbtp=composed.true_peak_dbtp,
            voice=composed.voice,
            segments=boundaries,
            created_at=now,
        )
        session.add(recording)
    if composed.said:
        recording.said = [{"text": s.text, "start_s": s.start_s, "end_s": s.end_s} for s in composed.said]
    session.flush()
    return recording


def import_recording(sessions: Sessions, settings: Settings, source: Path, title: str, now: datetime) -> Recording:
    """An uploaded or named audio file as a recording: 48 kHz mono FLAC at the house loudness.

    Raises BadAudio when it can't be decoded.
    """
    with tempfile.TemporaryDirectory(dir=settings.recordings) as folder:
        composed = files.import_clip(source, Path(folder) / "clip.flac")
        with sessions.begin() as session:
            return keep(session, settings, composed, _whole(composed, title), title, now)


def _whole(composed: Composed, title: str) -> list[dict[str, object]]:
    return [{"kind": "recording", "title": title, "start_s": 0.0, "end_s": composed.duration_s}]


def set_jingle(
    sessions: Sessions, settings: Settings, slug: str, place: str, source: Path | None, now: datetime
) -> None:
    """Replace a programme's first or last jingle or the bed under its speech by an upload; None brings the house's
    chime back, and takes the bed away. Raises BroadcasterError part-unknown when it has no jingle there."""
    recording = import_recording(sessions, settings, source, source.stem, now) if source else None
    sha256 = recording.sha256 if recording else None
    with sessions.begin() as session:
        programme = programmes.get(session, slug)
        if place == "bed":
            programme.bed = sha256
            return
        order = running_order.read(programme.running_order)
        jingle = running_order.jingle(order, place)
        programme.running_order = running_order.written(running_order.changed(order, replace(jingle, recording=sha256)))


def verify(settings: Settings, sha256: str) -> Path:
    """The file of a recording, once its bytes are known to be the ones that were approved. Raises BadAudio."""
    path = path_of(settings, sha256)
    try:
        if files.sha256(path) != sha256:
            raise BadAudio(f"{path}: its content has changed")
    except OSError as error:
        raise BadAudio(f"{path}: {error.strerror}") from error
    return path


def parts_of(
    settings: Settings,
    programme: Programme,
    text: str,
    reads: Preferences,
    corrected: Mapping[str, str] | None = None,
    fillings: Mapping[str, str] | None = None,
) -> list[tuple[str, Segment]]:
    return assembly.edition(programme, text, lambda sha256: path_of(settings, sha256), reads, corrected, fillings)


def alert_parts(text: str, repeat: int, reads: Preferences) -> list[tuple[str, Segment]]:
    """Siren, then the message as often as asked. Raises BroadcasterError text-empty."""
    sentences = read(text, reads).sentences
    if not sentences:
        raise BroadcasterError("text-empty", usage=True)
    parts: list[tuple[str, Segment]] = [("siren", Chime("Còi báo động", "siren"))]
    for number in range(max(1, repeat)):
        if number:
            parts.append(("silence", Silence(BETWEEN_REPEATS_S)))
        parts.append(("alert", assembly.speech(f"Thông báo khẩn, lần {number + 1}", sentences)))
    return parts


def alert_clip_parts(clip: Path, repeat: int) -> list[tuple[str, Segment]]:
    """The same around a recorded message."""
    parts: list[tuple[str, Segment]] = [("siren", Chime("Còi báo động", "siren"))]
    for number in range(max(1, repeat)):
        if number:
            parts.append(("silence", Silence(BETWEEN_REPEATS_S)))
        parts.append(("alert", Clip(f"Thông báo khẩn, lần {number + 1}", clip)))
    return parts


class Cancelled(Exception):
    """Nobody wants this rendering any more."""


def warm_up(settings: Settings) -> None:
    """Do once, and throw away, what a rendering does: a worker then answers an alert without loading anything."""
    sessions = connect(settings)
    with looking(sessions) as session:
        reads = manner(session)
        speakers = voices.candidates(session, settings, "auto", emergency=True)
    with tempfile.TemporaryDirectory() as folder:
        render(settings, alert_parts("Thử.", 1, reads), Path(folder) / "out.flac", speakers)
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
        unhurried = row.broadcast_id is None
    progress = _Progress(sessions, rendering_id, clock, watch)
    rendered = render(settings, order.parts, out, order.speakers, progress, listens=unhurried, speed=order.speed)
    with sessions.begin() as session:
        row = _wanted(session, rendering_id, "working")
        recording = keep(session, settings, rendered.composed, rendered.boundaries, order.title, clock.now())
        row.status, row.recording, row.done = "done", recording.sha256, row.total
        row.passed_over, row.faulty = rendered.passed_over, rendered.faulty
        if row.broadcast_id and (broadcast := session.get(Broadcast, row.broadcast_id)):
            broadcast.recording = recording.sha256


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
            return _Order(alert_parts(alert.text or "", alert.repeat, manner(session)), speakers, alert.title)
        take = takes.of_rendering(session, row.id)
        return _Order(alert_parts(take.text, take.repeat, manner(session)), speakers, take.text.splitlines()[0][:60])
    bulletin = session.get_one(Bulletin, row.bulletin_id)
    programme = bulletin.programme
    fillings = programmes.fillings(session, programme, bulletin.week)
    parts = parts_of(settings, programme, bulletin.text, manner(session), bulletin.corrections, fillings)
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


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut (POSIX: the folder's own fsync; elsewhere the system's business)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def waiting(sessions: Sessions) -> list[tuple[str, bool]]:
    """(id, whether it is an alert, on air or kept ready) of the renderings nobody has begun: alerts on air first, then
    oldest first."""
    query = (
        sa.select(Rendering.id, Rendering.bulletin_id.is_(None))
        .where(Rendering.status == "waiting")
        .order_by(Rendering.broadcast_id.is_(None), Rendering.id)
    )
    with looking(sessions) as session:
        return [(rendering_id, alert) for rendering_id, alert in session.execute(query)]
