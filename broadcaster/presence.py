"""Why no sign of life comes from a station: it does not run, it can't write one, or it is stuck."""

from __future__ import annotations

import os

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
    trial = settings.data / f".trial-{os.getpid()}"
    try:
        trial.write_bytes(os.urandom(TRIAL))
    except OSError as error:
        return BroadcasterError("station-mute", detail=error.strerror)
    finally:
        trial.unlink(missing_ok=True)
    return BroadcasterError("station-stuck")
