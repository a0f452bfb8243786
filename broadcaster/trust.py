"""Whether the schedule may follow the clock: what is heard at a wrong hour is worse than silence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from broadcaster import clockword
from broadcaster.clock import Clock

SETTLING_S = 300.0  # after a start or a step the time source has this long before anything is given up for good


class Trust:
    """Asked at every tick. `adrift`: the clock has followed no source for longer than the station wants."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._unsettled = clock.monotonic()
        self.adrift = False

    def given(self, session: Session, now: datetime) -> bool:
        """A clock that follows a time source is right, whatever a wrong one once wrote into the log; so is one that
        a person vouched for after that."""
        sure = self._clock.synchronised() is True or clockword.later(session, now) is None
        return sure and not self.adrift

    def clock_was_set(self) -> None:
        """Its time source may be about to correct it once more."""
        self._unsettled = self._clock.monotonic()

    def settling(self) -> bool:
        """Whether the clock follows no source yet, and there has been little time to find one."""
        return self._clock.synchronised() is False and self._clock.monotonic() - self._unsettled < SETTLING_S
