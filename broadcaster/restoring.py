"""Restoring from the panel: it leaves a backup where the supervisor finds it, which stops everything, puts the backup
in its place and starts everything again."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from broadcaster import care, words
from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings

GRACE_S = 3.0  # between asking and stopping: the panel's answer must reach the person who asked


@dataclass(frozen=True)
class Outcome:
    """The last restore: who asked, for which backup, when; `error` in words when it failed."""

    by: str
    name: str
    at: str
    error: str | None = None


def ask(
    settings: Settings,
    source: Path,
    name: str,
    by: str,
    now: datetime,
    take: Callable[[Path], object] | None = None,
) -> None:
    """Have a backup put in the place of what is here. `take` moves it to a path, where it need not stay.

    Raises BroadcasterError backup-bad, file-missing, disk.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            archive.getinfo(care.MARK)
    except (zipfile.BadZipFile, KeyError) as error:
        raise BroadcasterError("backup-bad", usage=True, path=name) from error
    except FileNotFoundError as error:
        raise BroadcasterError("file-missing", usage=True, path=name) from error
    place = _folder(settings)
    try:
        place.mkdir(exist_ok=True)
        if take is None:
            shutil.copyfile(source, place / "next.part")
        else:
            take(place / "next.part")
        _note(settings, Outcome(by, name, now.isoformat()))
        os.replace(place / "next.part", place / "next.zip")
        os.utime(place / "next.zip", (now.timestamp(), now.timestamp()))
    except OSError as error:
        raise BroadcasterError("disk", path=place, detail=error.strerror) from error


def asked(settings: Settings) -> bool:
    """Whether one has been asked for and is not done yet."""
    return (_folder(settings) / "next.zip").exists()


def due(settings: Settings, clock: Clock) -> bool:
    """Whether the supervisor should stop everything for it now."""
    try:
        since = (_folder(settings) / "next.zip").stat().st_mtime
    except OSError:
        return False
    return not 0 <= clock.wall() - since < GRACE_S


def carry_out(settings: Settings) -> Outcome:
    """With everything stopped: restore, once, whatever comes of it."""
    path, wanted = _folder(settings) / "next.zip", last(settings) or Outcome("?", "?", "")
    error = None
    try:
        care.restore(settings, path)
    except BroadcasterError as failure:
        error = words.explain(failure, settings.tz)
    path.unlink(missing_ok=True)
    outcome = Outcome(wanted.by, wanted.name, wanted.at, error)
    _note(settings, outcome)
    return outcome


def last(settings: Settings) -> Outcome | None:
    try:
        return Outcome(**json.loads((_folder(settings) / "last.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _folder(settings: Settings) -> Path:
    return settings.data / "restore"


def _note(settings: Settings, outcome: Outcome) -> None:
    path = _folder(settings) / "last.json"
    path.write_text(json.dumps(asdict(outcome), ensure_ascii=False), encoding="utf-8")
