"""Late policies: what becomes of a broadcast whose moment has passed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.errors import ScheduleError

FORM = re.compile(r"(from-start|resume):(\d+)([smh])")
UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
SKIP_GRACE = timedelta(seconds=2)  # "skip" still allows for the time it takes to notice and to cue


@dataclass(frozen=True)
class LatePolicy:
    """`kind`: from-start, resume (where it should be by now) or skip; `grace` is the most it may be late."""

    kind: str
    grace: timedelta

    @classmethod
    def parse(cls, text: str) -> LatePolicy:
        """From "from-start:10m", "resume:30m" or "skip". Raises ScheduleError bad-late-policy."""
        if text.strip() == "skip":
            return cls("skip", SKIP_GRACE)
        match = FORM.fullmatch(text.strip())
        if match is None or len(match[2]) > 6:
            raise ScheduleError("bad-late-policy", policy=text)
        return cls(match[1], int(match[2]) * UNITS[match[3]])

    def __str__(self) -> str:
        if self.kind == "skip":
            return "skip"
        seconds = int(self.grace.total_seconds())
        unit, size = next((u, s) for u, s in (("h", 3600), ("m", 60), ("s", 1)) if seconds % s == 0)
        return f"{self.kind}:{seconds // size}{unit}"


def late_position(policy: LatePolicy, planned: datetime, now: datetime, duration: timedelta) -> timedelta | None:
    """Where in the broadcast to begin at `now`; None when it is too late for it."""
    late = now - planned
    if late <= timedelta(0):
        return timedelta(0)
    if late > policy.grace:
        return None
    if policy.kind == "resume":
        return late if late < duration else None
    return timedelta(0)
