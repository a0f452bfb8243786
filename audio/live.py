"""Live sound on its way to several mixers: one thread writes a reel, each mixer reads it with a tap of its own."""

from __future__ import annotations

import threading

import numpy as np

from audio.format import RATE, Samples

REEL = 8 * RATE  # frames a reel remembers, for taps that are behind


class Reel:
    """An endless tape of which the last eight seconds are kept. One writer, many readers, no lock: the count is
    moved after the frames are in their place."""

    def __init__(self) -> None:
        self._tape = np.zeros(REEL, np.float32)
        self.written = 0
        self.read_to = 0  # the farthest any tap has got
        self.wanted = threading.Event()  # set when a tap has read

    def write(self, block: Samples) -> None:
        """At most a reel at once."""
        first = self.written % REEL
        fits = min(len(block), REEL - first)
        self._tape[first : first + fits] = block[:fits]
        self._tape[: len(block) - fits] = block[fits:]
        self.written += len(block)

    def take(self, first: int, frames: int) -> Samples:
        """Frames from number `first` on, at most as many as there are; none of those long gone."""
        if first < self.written - REEL:
            return np.zeros(0, np.float32)
        last = min(first + frames, self.written)
        self.read_to = max(self.read_to, last)
        self.wanted.set()
        return self._tape[np.arange(first, max(first, last)) % REEL]


class Tap:
    """A mixer's source on a reel, from frame `at` on, for `frames` frames (None: as long as the reel runs).

    With `at` None it begins `behind` frames behind the newest one when it is first read.
    """

    def __init__(self, reel: Reel, at: int | None = 0, frames: int | None = None, behind: int = 0) -> None:
        self._reel, self._at, self._left, self._behind = reel, at, frames, behind
        self.closed = False

    @property
    def finished(self) -> bool:
        return self.closed or (self._left is not None and self._left <= 0)

    def read(self, frames: int) -> Samples:
        """See Source.read."""
        if self._at is None:
            self._reel.wanted.set()
            if self._reel.written < self._behind:
                return np.zeros(0, np.float32)
            self._at = self._reel.written - self._behind
        if self._left is not None:
            frames = min(frames, self._left)
        block = self._reel.take(self._at, frames)
        self._move(len(block))
        return block

    def skip(self, frames: int) -> None:
        """See Source.skip."""
        if self._at is not None:
            self._move(frames)

    def _move(self, frames: int) -> None:
        self._at = (self._at or 0) + frames
        if self._left is not None:
            self._left -= frames

    def end(self, at: int) -> None:
        """Let frame `at` be the first that is not heard; called by the writer, once it has written them all."""
        if self._left is None:
            self._left = max(0, at - (at if self._at is None else self._at))

    def close(self) -> None:
        self.closed = True
        self._reel.wanted.set()
