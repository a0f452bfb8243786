"""The mixer's rules said once more, as plainly as possible: one frame at a time, no blocks, no arrays.

Slow, and an oracle for the real one.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio.fader import FADE
from audio.mixer import DUCKED, DUCKING


@dataclass
class Plain:
    key: str
    lane: int
    length: int
    scale: float
    at: int
    order: int
    ducks: bool
    played: int = 0
    gain: float = 1.0
    target: float = 1.0

    def next(self) -> float:
        """The next frame at its gain; the gain moves on."""
        self.played += 1
        value = self.played * self.scale * self.gain
        step = 1 / DUCKING
        if self.target > self.gain:
            self.gain = min(self.gain + step, self.target)
        else:
            self.gain = max(self.gain - step, self.target)
        return value


class PlainMixer:
    def __init__(self, origin: float) -> None:
        self.waiting: list[Plain] = []
        self.front: Plain | None = None
        self.under: Plain | None = None
        self.tails: list[tuple[int, list[float]]] = []  # (first frame, values)
        self.told: list[tuple[str, str, int]] = []
        self.frames: dict[str, int] = {}
        self.orders = 0

    def cue(self, key, lane, length, scale, at, ducks):
        self.orders += 1
        self.waiting.append(Plain(key, lane, length, scale, at, self.orders, ducks))

    def withdraw(self, keys, now):
        for cue in sorted((c for c in self.waiting if c.key in keys), key=lambda c: (-c.lane, c.at, c.order)):
            self.waiting.remove(cue)
            self._tell_end(cue, now)
        for cue in [c for c in (self.front, self.under) if c and c.key in keys]:
            self._cut(cue, now)

    def frame(self, now: int) -> float:
        """The one frame that leaves at `now`."""
        due = sorted((c for c in self.waiting if c.at <= now), key=lambda c: (-c.lane, c.at, c.order))
        if due and (self.front is None or due[0].lane > self.front.lane):
            self._begin(due[0], now)
        value = 0.0
        under = self.under
        for cue in [c for c in (self.front, under) if c]:
            value += cue.next()
        for cue in [c for c in (under, self.front) if c]:
            if cue.played == cue.length:
                self._leave(cue)
                self._tell_end(cue, now + 1)
        value += sum(tail[now - first] for first, tail in self.tails if 0 <= now - first < len(tail))
        return min(1.0, max(-1.0, value))

    def _begin(self, cue, now):
        if cue.ducks and self.front and not self.under:
            self.under, self.under_target = self.front, DUCKED
            self.under.target = DUCKED
        else:
            for gone in [c for c in (self.front, None if cue.ducks else self.under) if c]:
                self._cut(gone, now)
        self.waiting.remove(cue)
        self.front = cue
        self.told.append(("Began", cue.key, now))

    def _cut(self, cue, now):
        left = min(FADE, cue.length - cue.played)
        tail = [cue.next() * (1 - n / (FADE - 1)) for n in range(left)]
        self.tails.append((now, tail))
        self._leave(cue)
        self._tell_end(cue, now)

    def _leave(self, cue):
        if cue is self.front:
            self.front, self.under = self.under, None
            if self.front:
                self.front.target = 1.0
        else:
            self.under = None

    def _tell_end(self, cue, now):
        self.frames[cue.key] = cue.played
        self.told.append(("Ended", cue.key, now))
