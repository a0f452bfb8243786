"""Which wall instant a block's first frame leaves the device at, smoothed over blocks. Pure."""

from audio.format import RATE

STEP_S = 0.010  # a larger difference is no jitter but a step of a clock or a gap in the stream: follow at once
GAIN = 0.05  # of each measured difference; settles in 20 blocks, and 100 ppm of drift stay below 0.05 ms


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
