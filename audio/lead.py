"""What is heard before a message is there: the siren, over and over, until the alert has been spoken."""

from __future__ import annotations

import numpy as np

from audio.cues import Source
from audio.format import Samples


class Lead:
    """A source that repeats `sound` until `follow` names what comes next, at most `most` times.

    `follow` may be called from any thread while another reads; the reader goes over at the end of a round,
    without a gap. What follows must begin after its own copy of the sound.
    """

    def __init__(self, sound: Samples, most: int) -> None:
        self._sound = sound
        self._left = most
        self._at = 0
        self._heard = 0
        self._next: Source | None = None
        self._from = 0
        self._over = False
        self._closed = False

    @property
    def followed(self) -> bool:
        """Whether what comes next is known."""
        return self._next is not None

    @property
    def finished(self) -> bool:
        if self._closed:
            return True
        return self._next.finished if self._over and self._next else self._left <= 0

    @property
    def left_out(self) -> int:
        """By how many frames the sound was shorter than the beginning of the message that it stood in for."""
        return max(0, self._from - self._heard) if self._over else 0

    def follow(self, source: Source, first: int = 0) -> None:
        """Go over to `source`, from frame `first` of the message on, when the round now heard ends. Once only."""
        self._from = first
        self._next = source

    def read(self, frames: int) -> Samples:
        """See Source.read."""
        parts: list[Samples] = []
        need = frames
        while need > 0 and not self._over and self._left > 0:
            part = self._sound[self._at : self._at + need]
            parts.append(part)
            need -= len(part)
            self._heard += len(part)
            self._at = (self._at + len(part)) % len(self._sound)
            if self._at == 0:
                self._left -= 1
                self._over = self._next is not None
        if need > 0 and self._over and self._next:
            parts.append(self._next.read(need))
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def skip(self, frames: int) -> None:
        """Nothing: an alert is heard from its siren on, whenever it begins."""

    def close(self) -> None:
        self._closed = True
        if self._next:
            self._next.close()
