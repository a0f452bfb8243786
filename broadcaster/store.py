"""The store of sounds and uploads: each file under the sha256 of its content, complete or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from audio import files
from audio.compose import Composed
from audio.errors import BadAudio
from broadcaster.database import Sessions
from broadcaster.models import Recording
from broadcaster.settings import Settings

ORIGINAL = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,7})?")


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
            silence_s=composed.silence_s,
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


def verify(settings: Settings, sha256: str) -> Path:
    """The file of a recording, once its bytes are known to be the ones that were approved. Raises BadAudio."""
    path = path_of(settings, sha256)
    try:
        if files.sha256(path) != sha256:
            raise BadAudio(f"{path}: its content has changed")
    except OSError as error:
        raise BadAudio(f"{path}: {error.strerror}") from error
    return path


def _whole(composed: Composed, title: str) -> list[dict[str, object]]:
    return [{"kind": "recording", "title": title, "start_s": 0.0, "end_s": composed.duration_s}]


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut (POSIX: the folder's own fsync; elsewhere the system's business)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
