"""Room set aside on the disk for the worst moment: while it is full, "stop" and an alert must still get through.

What people wish of the station is written into the database, so a full disk would leave it playing and deaf. The room
is given up when the database can't be written, and set aside again once there is plenty.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

NAME = "station.spare"
SIZE = 8 * 1024 * 1024  # bytes; SQLite begins its write-ahead log anew at about 4 MB (sqlite.org/wal.html)
PLENTY = 4 * SIZE  # free besides it


def keep(folder: Path) -> None:
    """Set the room aside if it is not, and there is plenty. Never an error: it is only a precaution."""
    path = folder / NAME
    with contextlib.suppress(OSError):
        if path.exists() or shutil.disk_usage(folder).free < SIZE + PLENTY:
            return
        try:
            path.write_bytes(os.urandom(SIZE))  # zeros take no room on disks that compress
        except OSError:
            path.unlink(missing_ok=True)


def give_up(folder: Path) -> bool:
    """Whether there was room to give up."""
    try:
        (folder / NAME).unlink()
    except OSError:
        return False
    return True
