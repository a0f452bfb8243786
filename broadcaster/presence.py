"""Why no sign of life comes from a station: it does not run, it can't write one, or it is stuck."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings

LOCK = "station.lock"  # held by a station as long as it runs
TRIAL = 64 * 1024  # bytes; a few pages of the database


def locked(settings: Settings) -> bool:
    """Whether a station runs on this data folder, on this machine."""
    lock = FileLock(settings.data / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def why_silent(settings: Settings) -> BroadcasterError:
    """What to tell somebody who gets no answer: station-dead, station-mute (it can't write) or station-stuck."""
    if not locked(settings):
        return BroadcasterError("station-dead")
    if trouble := trial(settings.data):
        return BroadcasterError("station-mute", detail=trouble.values["detail"])
    return BroadcasterError("station-stuck")


def trial(folder: Path) -> BroadcasterError | None:
    """Writes there for real: data-not-writable, or nothing against it."""
    file = folder / f".trial-{os.getpid()}"
    try:
        file.write_bytes(os.urandom(TRIAL))
    except OSError as error:
        return BroadcasterError("data-not-writable", path=folder, detail=error.strerror)
    finally:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    return None
