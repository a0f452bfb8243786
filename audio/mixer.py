"""The mixer: lanes in, one stream of blocks out. Pure: driven from outside, deterministic to the sample.

At most one cue is heard at a time. A cue begins at the frame whose instant is its planned one; a higher
lane cuts a lower one with a short fade; what ends hands over to what waits at the very next frame.
Commands come in and events go out through deques, whose append and popleft are atomic, so that the
audio callback that calls `render` never waits for a lock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np

from audio.format import RATE, Samples

FADE = RATE // 100  # frames, 10 ms: long enough not to click, too short to be heard as a fade


class Lane(IntEnum):
    """Who is heard when several want to be: the higher number."""

    QUEUE = 1
    SCHEDULED = 2
    PRIORITY = 3
    MICROPHONE = 4
    ALERT = 5


class Source(Protocol):
    """Where a cue's frames come from. `read` never waits; fewer frames than asked are an underrun or the end."""

    @property
    def finished(self) -> bool: ...

    def read(self, frames: int) -> Samples: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Began:
    """The first frame of a cue leaves the device at `instant` (seconds since 1970, UTC)."""

    key: str
    instant: float


@dataclass(frozen=True)
class Ended:
    """A cue is over: `frames` were delivered and `gap` frames of silence stood in for late ones.

    `cut` tells that it did not end by itself; `by` names the cue that cut in, if one did.
    """

    key: str
    instant: float
    frames: int
    gap: int
    cut: bool = False
    by: str | None = None


@dataclass
class _Cue:
    key: str
    lane: Lane
    source: Source
    at: float
    order: int
    fade_in: bool
    frames: int = 0
    gap: int = 0

    def rank(self) -> tuple[int, float, int]:
        return (-self.lane, self.at, self.order)


@dataclass
class Mixer:
    """Lanes in, blocks out. `cue`, `withdraw` and `clear` may be called from any thread, `render` from one."""

    level: float = 0.0  # RMS of the last block, 0..1
    _events: deque[Began | Ended] = field(default_factory=deque)
    _inbox: deque[_Cue | str | None] = field(default_factory=deque)
    _waiting: list[_Cue] = field(default_factory=list)
    _on_air: _Cue | None = None
    _tail: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    _orders: int = 0

    def cue(self, key: str, lane: Lane, source: Source, at: float, *, fade_in: bool = False) -> None:
        """Plan `source` for the instant `at` (seconds since 1970, UTC; the past means at once)."""
        self._orders += 1
        self._inbox.append(_Cue(key, lane, source, at, self._orders, fade_in))

    def withdraw(self, key: str) -> None:
        """Take a cue back: faded out when on air, forgotten when it waits."""
        self._inbox.append(key)

    def clear(self) -> None:
        """Silence: everything on air is faded out, everything that waits forgotten."""
        self._inbox.append(None)

    def progress(self) -> tuple[str, int, int] | None:
        """(key, frames delivered, gap frames) of what is on air; a snapshot, safe from any thread."""
        cue = self._on_air
        return (cue.key, cue.frames, cue.gap) if cue else None

    def pending(self) -> bool:
        """Whether `happened` has something to tell."""
        return bool(self._events)

    def happened(self) -> list[Began | Ended]:
        """What has happened since the last call, in order."""
        return [self._events.popleft() for _ in range(len(self._events))]

    def render(self, frames: int, instant: float) -> Samples:
        """The next block, float32 (frames,); its first frame leaves the device at `instant`."""
        self._obey(instant)
        out = np.zeros(frames, np.float32)
        if self._on_air is None and not self._waiting and not len(self._tail):
            self.level = 0.0
            return out  # silence is what most blocks of a day are: it should cost next to nothing
        pos = 0
        while pos < frames:
            self._hand_over(pos, instant)
            upto = self._next_start(pos, frames, instant)
            pos = self._fill(out, pos, upto, instant) if self._on_air else upto
        self._add_tail(out)
        np.clip(out, -1.0, 1.0, out=out)
        self.level = float(np.sqrt(np.mean(np.square(out)))) if frames else 0.0
        return out

    def _obey(self, instant: float) -> None:
        while self._inbox:
            command = self._inbox.popleft()
            if isinstance(command, _Cue):
                self._waiting.append(command)
                self._waiting.sort(key=_Cue.rank)
                continue
            gone = [c for c in self._waiting if command is None or c.key == command]
            self._waiting = [c for c in self._waiting if c not in gone]
            for cue in gone:
                cue.source.close()
                self._events.append(Ended(cue.key, instant, 0, 0, cut=True))
            if self._on_air and (command is None or self._on_air.key == command):
                self._cut(instant, by=None)

    def _offset(self, cue: _Cue, instant: float) -> int:
        return round((cue.at - instant) * RATE)

    def _hand_over(self, pos: int, instant: float) -> None:
        """Begin the best cue that is due at frame `pos`, if its lane is above what is on air."""
        due = next((c for c in self._waiting if self._offset(c, instant) <= pos), None)
        if due is None or (self._on_air is not None and self._on_air.lane >= due.lane):
            return
        when = instant + pos / RATE
        if self._on_air:
            self._cut(when, by=due.key, pos=pos)
        self._waiting.remove(due)
        self._on_air = due
        self._events.append(Began(due.key, when))

    def _next_start(self, pos: int, frames: int, instant: float) -> int:
        lane = self._on_air.lane if self._on_air else 0
        later = [o for c in self._waiting if c.lane > lane and pos < (o := self._offset(c, instant)) < frames]
        return min(later, default=frames)

    def _fill(self, out: Samples, pos: int, upto: int, instant: float) -> int:
        cue = self._on_air
        assert cue is not None
        block = cue.source.read(upto - pos)
        got = len(block)
        out[pos : pos + got] += self._shaped(cue, block)
        cue.frames += got
        pos += got
        if cue.source.finished:
            self._on_air = None
            cue.source.close()
            self._events.append(Ended(cue.key, instant + pos / RATE, cue.frames, cue.gap))
            return pos
        cue.gap += upto - pos  # an underrun: silence now, the same frame next time
        return upto

    def _shaped(self, cue: _Cue, block: Samples) -> Samples:
        if not cue.fade_in or cue.frames >= FADE:
            return block
        ramp = np.arange(cue.frames, cue.frames + len(block), dtype=np.float32) / FADE
        return block * np.minimum(ramp, 1.0)

    def _cut(self, when: float, by: str | None, pos: int = 0) -> None:
        cue = self._on_air
        assert cue is not None
        rest = cue.source.read(FADE)
        cue.frames += len(rest)
        tail = np.zeros(pos + FADE, np.float32)
        tail[pos : pos + len(rest)] = rest * np.linspace(1.0, 0.0, FADE, dtype=np.float32)[: len(rest)]
        if len(self._tail) < len(tail):
            self._tail = np.pad(self._tail, (0, len(tail) - len(self._tail)))
        self._tail[: len(tail)] += tail
        self._on_air = None
        cue.source.close()
        self._events.append(Ended(cue.key, when, cue.frames, cue.gap, cut=True, by=by))

    def _add_tail(self, out: Samples) -> None:
        n = min(len(out), len(self._tail))
        out[:n] += self._tail[:n]
        self._tail = self._tail[n:]
