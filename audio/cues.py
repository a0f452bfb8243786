"""What the mixer plays: cues in lanes, the sources they read from, and what the mixer tells about them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np

from audio.drift import Anchor, Steering
from audio.fader import Fader
from audio.format import RATE, Samples

log = logging.getLogger(__name__)


class Lane(IntEnum):
    """Who is heard when several want to be: the higher number."""

    QUEUE = 1
    SCHEDULED = 2
    PRIORITY = 3
    MICROPHONE = 4
    ALERT = 5


class Source(Protocol):
    """Where a cue's frames come from. Nothing here waits; fewer frames than asked are an underrun or the end."""

    @property
    def finished(self) -> bool: ...

    def read(self, frames: int) -> Samples: ...

    def skip(self, frames: int) -> None:
        """Leave out the next frames."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Began:
    """The first frame of a cue leaves the device at `instant` (seconds since 1970, UTC)."""

    key: str
    instant: float


@dataclass(frozen=True)
class Ended:
    """A cue is over: `frames` were delivered, `skipped` left out to keep up with other outputs, and `gap` frames of
    silence stood in for late ones.

    `cut` tells that it did not end by itself; `by` names the cue that cut in, `broken` a source that failed.
    """

    key: str
    instant: float
    frames: int
    gap: int
    skipped: int = 0
    cut: bool = False
    by: str | None = None
    broken: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a cue that is on air has got, in frames."""

    key: str
    frames: int
    gap: int
    skipped: int


@dataclass(eq=False)
class Cue:
    """A source on its way through the mixer, and how far it has got (frames)."""

    key: str
    lane: Lane
    source: Source
    at: float
    order: int
    fader: Fader
    ducks: bool
    anchor: Anchor | None
    first: int
    steering: Steering = field(default_factory=Steering)
    frames: int = 0
    gap: int = 0
    skipped: int = 0
    dry: int = 0  # frames since the source last gave any
    broken: bool = False

    def rank(self) -> tuple[int, float, int]:
        return (-self.lane, self.at, self.order)

    @property
    def over(self) -> bool:
        return self.broken or self.source.finished

    def behind(self, instant: float) -> float:
        """Frames by which its next one is later than the others play it. `first` is its source's first frame."""
        if self.anchor is None or self.anchor.instant is None:
            return 0.0
        return (instant - self.anchor.instant) * RATE - (self.first + self.skipped + self.frames)

    def read(self, frames: int) -> Samples:
        """The source's next frames at this cue's gain; none once it is broken."""
        try:
            block = self.source.read(frames)
        except Exception:  # whatever is wrong with a source costs that source, never the stream
            log.exception("nguồn tiếng %s hỏng", self.key)
            self.broken = True
            return np.zeros(0, np.float32)
        self.frames += len(block)
        return block

    def skip(self, frames: int) -> None:
        """Leave frames out; a negative number leaves out none."""
        if frames > 0:
            self.source.skip(frames)
            self.skipped += frames

    def progress(self) -> Progress:
        return Progress(self.key, self.frames, self.gap, self.skipped)

    def ended(self, instant: float, cut: bool = False, by: str | None = None) -> Ended:
        return Ended(self.key, instant, self.frames, self.gap, self.skipped, cut or self.broken, by, self.broken)
