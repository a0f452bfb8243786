"""Keeping outputs together that play the same: each follows the instants, not its own device's idea of a second.

Two sound cards differ by up to 100 ppm, a third of a second an hour. Each output knows, from its stream clock,
which frame should be leaving now; it makes up for the difference by taking one frame more or less for a block.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.format import RATE, Samples

SLACK = RATE // 2000  # frames, 0.5 ms: nearer than that is near enough
SMOOTH = 4 * RATE  # frames over which the measured difference is averaged: its jitter is no drift
STEP = RATE  # a difference of a second is no drift but a step of the wall clock, which all outputs see alike
SHORTEST = 256  # frames in a block in which one frame more or less is not heard: 0.4 %, 7 cents for 5 ms


@dataclass
class Anchor:
    """The instant of the first frame of what several outputs play; None until the first of them has begun."""

    instant: float | None = None


class Steering:
    """Says for each block whether to take one frame more (+1), one less (-1) or as many as it holds (0)."""

    def __init__(self) -> None:
        self._behind = 0.0  # frames, smoothed
        self._base = 0.0  # what steps of the clock have added

    def extra(self, behind: float, frames: int) -> int:
        """`behind` is by how many frames this output lags, `frames` the block's length."""
        if abs(behind - self._base) > STEP:
            self._base, self._behind = behind, 0.0
        self._behind += (behind - self._base - self._behind) * min(1.0, frames / SMOOTH)
        if abs(self._behind) < SLACK or frames < SHORTEST:
            return 0
        extra = 1 if self._behind > 0 else -1
        self._behind -= extra
        return extra


def stretched(block: Samples, frames: int) -> Samples:
    """The block drawn out or pressed together to `frames`, of which it holds one more or one less."""
    places = np.arange(frames) * (len(block) / frames)
    return np.asarray(np.interp(places, np.arange(len(block)), block), np.float32)
