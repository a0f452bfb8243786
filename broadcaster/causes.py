"""What kept the station from a moment that has passed: it was off, its clock could not be trusted, or was set."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadcaster.clock import Clock
from broadcaster.clockwatch import STEP_S

SETTLING_S = 300.0  # a clock set this soon after the start was behind because the machine had been off


class Attendance:
    """What the station has seen of the time behind it. Lengths are taken from the clock that nobody can set, so that
    a machine which started with a wrong date still knows how long it has been up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._up_since = clock.monotonic()
        self._seen = clock.now(), clock.monotonic()
        self._doubted: float | None = None  # monotonic, when the clock was last not to be trusted
        self._leapt: tuple[datetime, datetime] | None = None  # the stretch that a step forward left out

    def look(self, *, trusted: bool) -> None:
        """Asked at every pass."""
        (was, then), now, monotonic = self._seen, self._clock.now(), self._clock.monotonic()
        stepped = (now - was).total_seconds() - (monotonic - then) >= STEP_S
        if stepped and self._doubted != then and monotonic - self._up_since > SETTLING_S:
            self._leapt = was, now
        if not trusted:
            self._doubted = monotonic
        self._seen = now, monotonic

    def why_late(self, due: datetime) -> str | None:
        """Why nothing was done at an instant that is past, as a reason code; None when it was watched."""
        if self._leapt and self._leapt[0] < due <= self._leapt[1]:
            return "clock-set"
        if due < self._at(self._up_since):
            return "station-off"
        if self._doubted is not None and due <= self._at(self._doubted):
            return "clock-untrusted"
        return None

    def _at(self, monotonic: float) -> datetime:
        """The instant of a monotonic reading, by the clock as it is now."""
        return self._clock.now() - timedelta(seconds=self._clock.monotonic() - monotonic)
