"""Whether the schedule may follow the clock: what is heard at a wrong hour is worse than silence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from broadcaster import clockword
from broadcaster.clock import Clock

TOLD_S = 900.0  # without a time source for less than this is no news: after a start one needs its minutes
SETTLING_S = 300.0  # after a start or a step the time source has this long before anything is given up for good


class Trust:
    """Asked at every tick. `alone_s`: for how long the clock has followed no source, as far as the system can tell;
    `adrift`: that is longer than the station wants."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._unsettled = clock.monotonic()
        self.alone_s = 0.0
        self.adrift = False

    def given(self, session: Session, now: datetime) -> bool:
        """A clock that follows a time source is right, whatever a wrong one once wrote into the log; so is one that
        a person vouched for after that."""
        sure = self._clock.synchronised() is True or clockword.later(session, now) is None
        return sure and not self.adrift

    def left_alone(self, seconds: float, most_s: float) -> None:
        """By a time source, for so long; `most_s` is for how long the schedule still follows it, 0 for ever."""
        self.alone_s = seconds
        self.adrift = 0 < most_s < seconds

    def clock_was_set(self) -> None:
        """Its time source may be about to correct it once more."""
        self._unsettled = self._clock.monotonic()

    def settling(self) -> bool:
        """Whether the clock follows no source yet, and there has been little time to find one."""
        return self._clock.synchronised() is False and self._clock.monotonic() - self._unsettled < SETTLING_S
