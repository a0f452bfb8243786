"""Late policies: what becomes of a broadcast whose moment has passed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast

from schedules.errors import BadLatePolicy

Kind: TypeAlias = Literal["from-start", "resume", "skip"]

FORM = re.compile(r"(from-start|resume):([0-9]{1,6})([smh])")
UNITS = {"h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}  # largest first
SKIP_GRACE = timedelta(seconds=2)  # "skip" still allows for the time it takes to notice and to cue


@dataclass(frozen=True)
class LatePolicy:
    """`kind`: from-start, resume (where it should be by now) or skip; `grace` is the most it may be late, in whole
    seconds, and always SKIP_GRACE for skip."""

    kind: Kind
    grace: timedelta = SKIP_GRACE

    def __post_init__(self) -> None:
        """Raises BadLatePolicy bad-late-policy for what its text could not say."""
        known = self.kind in ("from-start", "resume") or (self.kind == "skip" and self.grace == SKIP_GRACE)
        if not known or self.grace < timedelta(0) or self.grace.microseconds:
            raise BadLatePolicy("bad-late-policy", policy=f"{self.kind} {self.grace}")

    @classmethod
    def parse(cls, text: str) -> LatePolicy:
        """From "from-start:10m", "resume:30m" or "skip". Raises BadLatePolicy bad-late-policy."""
        if text.strip() == "skip":
            return cls("skip")
        match = FORM.fullmatch(text.strip())
        if match is None:
            raise BadLatePolicy("bad-late-policy", policy=text)
        return cls(cast(Kind, match[1]), int(match[2]) * UNITS[match[3]])

    def __str__(self) -> str:
        if self.kind == "skip":
            return "skip"
        unit, size = next((unit, size) for unit, size in UNITS.items() if not self.grace % size)
        return f"{self.kind}:{self.grace // size}{unit}"


def late_position(policy: LatePolicy, planned: datetime, now: datetime, duration: timedelta) -> timedelta | None:
    """Where in the broadcast to begin at `now` (aware UTC, as `planned`); None when it is too late for it.

    Exactly the grace is not too late. A resume that would find nothing left to play is.
    """
    late = now - planned
    if late <= timedelta(0):
        return timedelta(0)
    if late > policy.grace:
        return None
    if policy.kind == "resume":
        return late if late < duration else None
    return timedelta(0)
