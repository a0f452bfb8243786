"""A gain that moves evenly, so that no change of loudness clicks."""

from __future__ import annotations

import numpy as np

from audio.format import RATE, Samples

FADE = RATE // 100  # frames, 10 ms: long enough not to click, too short to be heard as a fade


class Fader:
    """Moves towards its target at the pace of `frames` from silence to full."""

    def __init__(self, gain: float = 1.0, frames: int = FADE) -> None:
        self._gain = self._target = gain
        self._step = 1.0 / frames

    def to(self, target: float, frames: int = FADE) -> None:
        """Move to `target` from the next frame on; `frames` is the way from silence to full."""
        self._target, self._step = target, 1.0 / frames

    def rest(self, gain: float) -> None:
        """Be there at once: for where nothing sounds that could click."""
        self._gain = self._target = gain

    @property
    def sounding(self) -> bool:
        """Whether anything is let through now or will be."""
        return self._gain > 0 or self._target > 0

    def shape(self, block: Samples) -> Samples:
        """The block at this gain; the very block when the gain is full and at rest."""
        if self._gain == self._target:
            return block if self._gain == 1.0 else block * np.float32(self._gain)
        way = np.arange(len(block) + 1, dtype=np.float32) * np.float32(self._step)
        rising = self._target > self._gain
        gains = np.minimum(self._gain + way, self._target) if rising else np.maximum(self._gain - way, self._target)
        self._gain = float(gains[-1])
        if abs(self._gain - self._target) < 1e-6:
            self._gain = self._target
        return np.asarray(block * gains[:-1], np.float32)
