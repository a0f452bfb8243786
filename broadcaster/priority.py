"""Who gets the processor first: what is on air, then people, then what is being prepared.

Linux shares the processor out among sessions first (its "autogroups"), and only within one do nice values count. So
the station has a session of its own, whose share is set too.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

AHEAD = -11  # nice value of the station: what sound servers give themselves, where the system allows it
LAST = 19
BEHIND = 5  # share of what is prepared, a third: it writes too, and at 19 it once kept the database locked for 10 s
SHARE = Path("/proc/self/autogroup")


def own_session() -> None:
    """Leave the session of whoever started this process: a share of the processor of its own, and no Ctrl-C."""
    if hasattr(os, "setsid"):  # POSIX
        with contextlib.suppress(OSError):  # it leads one already
            os.setsid()


def ahead() -> None:
    """Put this thread, and those it starts, before others; without permission (root, LimitNICE) nothing changes."""
    _set(AHEAD, AHEAD)


def last() -> None:
    """Put this process behind everything: what is on air must never slip because something is being prepared."""
    own_session()
    _set(LAST, BEHIND)


def _set(nice: int, share: int) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "setpriority"):  # POSIX
            os.setpriority(os.PRIO_PROCESS, 0, nice)
        if hasattr(os, "getsid") and os.getsid(0) == os.getpid():  # else the share is other people's too
            SHARE.write_text(str(share))
