"""Is the clock to be trusted? Notices when somebody or NTP sets it, and when it has followed nothing for too long."""

from __future__ import annotations

from broadcaster.clock import Clock

STEP_S = 0.25  # a difference between the wall and the monotonic clock that no drift makes within a pass


class ClockWatch:
    """Compares the wall clock with the monotonic one; asked at every pass of the station."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = clock.wall() - clock.monotonic()
        self._followed_at = clock.monotonic()

    def stepped(self) -> float:
        """By how many seconds the wall clock was set since the last call, 0.0 when it was not."""
        offset = self._clock.wall() - self._clock.monotonic()
        step = offset - self._offset
        self._offset = offset  # slow drift is taken along, so that it never adds up to a step
        return step if abs(step) >= STEP_S else 0.0

    def adrift_s(self) -> float:
        """For how many seconds the clock has followed no time source; 0.0 where the system can't tell."""
        if self._clock.synchronised() is not False:
            self._followed_at = self._clock.monotonic()
        return self._clock.monotonic() - self._followed_at
