"""Backups that stay on this machine until somebody carries them away, and when the last one was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.orm import Session

from broadcaster import care
from broadcaster.database import Sessions
from broadcaster.errors import BroadcasterError
from broadcaster.models_care import BackupRow
from broadcaster.settings import Settings

KEPT = 3  # files; older ones make room for new ones


def folder(settings: Settings) -> Path:
    return settings.data / "backups"


def make(sessions: Sessions, settings: Settings, by: str, now: datetime) -> BackupRow:
    """A new backup in the folder; the oldest beyond KEPT go. Raises BroadcasterError backup-running, disk."""
    place = folder(settings)
    lock = FileLock(settings.data / "backup.lock")
    try:
        place.mkdir(exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BroadcasterError("backup-running") from error
    except OSError as error:
        raise BroadcasterError("disk", path=place, detail=error.strerror) from error
    try:
        target = place / f"tieng-loa-{now.astimezone(settings.tz):%Y%m%d-%H%M%S}.zip"
        care.backup(sessions, settings, target)
        row = note(sessions, target, by, now)
        for path in sorted(place.glob("tieng-loa-*.zip"))[:-KEPT]:  # named by their time
            path.unlink()
        return row
    finally:
        lock.release()


def note(sessions: Sessions, path: Path, by: str, now: datetime) -> BackupRow:
    """Remember that a backup was made, wherever it lies."""
    with sessions.begin() as session:
        row = BackupRow(at=now, by=by, name=path.name, size=path.stat().st_size)
        session.add(row)
    return row


def last(session: Session) -> BackupRow | None:
    return session.scalar(sa.select(BackupRow).order_by(BackupRow.at.desc()).limit(1))


def here(session: Session, settings: Settings) -> list[BackupRow]:
    """Those whose file is still in the folder, newest first."""
    rows = session.scalars(sa.select(BackupRow).order_by(BackupRow.at.desc()).limit(10 * KEPT))
    return [row for row in rows if (folder(settings) / row.name).is_file()]


def path_of(session: Session, settings: Settings, name: str) -> Path:
    """The file of one of those. Raises BroadcasterError backup-unknown."""
    for row in here(session, settings):
        if row.name == name:
            return folder(settings) / row.name
    raise BroadcasterError("backup-unknown", usage=True, name=name)
