"""Who gets the processor first: what is on air, then people, then what is being prepared."""

from __future__ import annotations

import contextlib
import os

AHEAD = -11  # nice value of the station: what sound servers give themselves, where the system allows it
LAST = 19


def ahead() -> None:
    """Put this thread, and those it starts, before others; without permission (root, LimitNICE) nothing changes."""
    _set(AHEAD)


def last() -> None:
    """Put this process behind everything: what is on air must never slip because something is being prepared."""
    _set(LAST)


def _set(nice: int) -> None:
    if hasattr(os, "setpriority"):  # POSIX
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, nice)
