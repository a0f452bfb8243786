"""Which wall instant a block's first frame leaves the device at, smoothed over blocks. Pure."""

from collections import deque

from audio.format import RATE

READINGS = 50  # of both clocks, about a second of blocks, of which the promptest counts
JUMP_S = 0.050  # no thread is kept waiting that long: the wall clock has been set

STEP_S = 0.010  # a larger difference is no jitter but a step of a clock or a gap in the stream: follow at once
GAIN = 0.04  # of each measured difference; settles in 25 blocks, and 100 ppm of drift stay below 0.1 ms


class StreamClock:
    """A slow loop over the measured instants (seconds since 1970, UTC): each block follows the one before,
    pulled gently towards the measurement."""

    def __init__(self) -> None:
        self._next: float | None = None

    def block(self, measured: float, frames: int) -> float:
        """The instant of this block's first frame, given the measured one and the block's length in frames."""
        instant = measured
        if self._next is not None and abs(measured - self._next) < STEP_S:
            instant = self._next + GAIN * (measured - self._next)
        self._next = instant + frames / RATE
        return instant


class WallOffset:
    """Wall time minus device time, from pairs of readings of which the second may be late.

    The device's time is read before a callback begins, the wall's inside it, when this thread has got its turn:
    each difference is the true one plus a wait, so the smallest of the last ones is the best.
    """

    def __init__(self) -> None:
        self._readings: deque[float] = deque(maxlen=READINGS)
        self._least = 0.0  # of them

    def add(self, wall: float, device: float) -> float:
        """The offset in seconds, given one more pair of readings."""
        reading = wall - device
        if abs(reading - self._least) > JUMP_S:
            self._readings.clear()
        leaving = self._readings[0] if len(self._readings) == READINGS else None
        self._readings.append(reading)
        if len(self._readings) == 1 or reading <= self._least:
            self._least = reading
        elif leaving == self._least:
            self._least = min(self._readings)
        return self._least
