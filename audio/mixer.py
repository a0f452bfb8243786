"""The mixer: lanes in, one stream of blocks out. Pure: driven from outside, deterministic to the sample.

One cue is in front. It began at the frame whose instant is its planned one; a higher lane cuts it with a short
fade, or, if it ducks, plays above it while it goes on softly; what ends hands over at the very next frame.
Commands come in and events go out through deques, whose append and popleft are atomic, so that the audio
callback that calls `render` never waits for a lock.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from audio.cues import Began, Cue, Ended, Lane, Progress, Source
from audio.drift import Anchor, stretched
from audio.fader import FADE, Fader
from audio.format import RATE, Samples
from audio.rouse import tone

DUCKED = 0.16  # gain of what plays on under a voice: 16 dB down, still music, no hindrance
DUCKING = RATE // 2  # frames from full to silence while ducking: it should be noticed, not startle
STARVED = 5 * RATE  # frames: a source that gave nothing for so long is broken, and silence is no programme


@dataclass
class Mixer:
    """Lanes in, blocks out. One thread calls `render` (or `stand`), any thread everything else."""

    level: float = 0.0  # RMS of the last block, 0..1
    loudest: float = 0.0  # of all blocks since `take_loudest`
    lead: int = 0  # frames of a soft tone before what begins out of silence (see audio.rouse)
    volume: float = 1.0  # gain of everything but alerts, which are always at full
    notify: Callable[[], None] | None = None  # called after a block in which something happened; must not wait
    _events: deque[Began | Ended] = field(default_factory=deque)
    _inbox: deque[Callable[[float], None]] = field(default_factory=deque)
    _waiting: list[Cue] = field(default_factory=list)
    _on_air: Cue | None = None
    _under: Cue | None = None  # goes on softly under what is on air
    _tail: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    _silence: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    _master: Fader = field(default_factory=Fader)
    _orders: int = 0

    def cue(
        self,
        key: str,
        lane: Lane,
        source: Source,
        at: float,
        *,
        fade_in: bool = False,
        ducks: bool = False,
        anchor: Anchor | None = None,
        first: int = 0,
    ) -> None:
        """Plan `source` for the instant `at` (seconds since 1970, UTC; the past means at once).

        With an anchor it keeps in step with other mixers, and joins them where they are when it begins late; frame
        `first` counted from the anchor is then the source's first.
        """
        self._orders += 1
        fader = Fader()
        if fade_in:
            fader = Fader(0.0)
            fader.to(1.0)
        cue = Cue(key, lane, source, at, self._orders, fader, ducks, anchor, first)
        self._inbox.append(partial(self._plan, cue))

    def withdraw(self, key: str) -> None:
        """Take a cue back: faded out when on air, forgotten when it waits."""
        self._inbox.append(partial(self._withdraw, key))

    def clear(self) -> None:
        """Silence: everything on air is faded out, everything that waits forgotten."""
        self._inbox.append(partial(self._withdraw, None))

    def missed(self, frames: int) -> None:
        """The device was away for so long (more): what is on air goes on where it was, or where the others are."""
        self._inbox.append(partial(self._miss, frames))

    def playing(self) -> tuple[Progress, ...]:
        """What is on air, in front first; a snapshot, safe from any thread."""
        return tuple(c.progress() for c in (self._on_air, self._under) if c)

    def take_loudest(self) -> float:
        """The level of the loudest block since the last call: what a meter that looks once a second should show."""
        loudest, self.loudest = self.loudest, 0.0
        return loudest

    @property
    def resting(self) -> bool:
        """Whether nothing sounds or is planned; for the thread that renders."""
        return self._on_air is None and not self._waiting and not len(self._tail)

    def pending(self) -> bool:
        """Whether `happened` has something to tell."""
        return bool(self._events)

    def happened(self) -> list[Began | Ended]:
        """What has happened since the last call, in order."""
        return [self._events.popleft() for _ in range(len(self._events))]

    def stand(self, instant: float, away: int = 0) -> None:
        """Obey without a device: what is withdrawn ends, nothing begins, what is on air waits where it is, and was
        without one for `away` frames more."""
        for cue in (self._on_air, self._under):
            if cue is not None:
                cue.gap += away
        self._obey(instant)
        self.level = 0.0

    def render(self, frames: int, instant: float) -> Samples:
        """The next block, float32 (frames,); its first frame leaves the device at `instant`."""
        told = len(self._events)
        block = self._render(frames, instant)
        if self.notify and len(self._events) > told:
            self.notify()
        return block

    def _render(self, frames: int, instant: float) -> Samples:
        self._obey(instant)
        if self.resting:  # as in most blocks of a day: it should cost next to nothing
            self.level = 0.0
            self._master.rest(self.volume)
            return self._silent(frames)
        out = np.zeros(frames, np.float32)
        rousing = self._rousing(frames, instant)
        pos = 0
        while pos < frames:
            self._hand_over(pos, instant)
            upto = self._next_start(pos, frames, instant)
            if self._on_air is None:
                pos = upto
                continue
            pos = self._play(self._on_air, self._under, out, pos, upto, instant)
        self._add_tail(out)
        out = self._levelled(out)
        if rousing is not None:
            out += rousing
        self.level = math.sqrt(float(np.dot(out, out)) / frames) if frames else 0.0
        self.loudest = max(self.loudest, self.level)
        return out

    def _silent(self, frames: int) -> Samples:
        if len(self._silence) != frames:
            self._silence = np.zeros(frames, np.float32)
            self._silence.flags.writeable = False  # it is handed out again and again
        return self._silence

    def _rousing(self, frames: int, instant: float) -> Samples | None:
        if not self.lead or self._on_air is not None or not self._waiting or len(self._tail):
            return None
        return tone(min(self._offset(c, instant) for c in self._waiting), frames, self.lead)

    def _levelled(self, out: Samples) -> Samples:
        loud = self._on_air is not None and self._on_air.lane == Lane.ALERT
        self._master.to(1.0 if loud else self.volume)
        out = self._master.shape(out)
        return np.minimum(np.maximum(out, -1.0, out=out), 1.0, out=out)  # np.clip takes four times as long for a block

    def _obey(self, instant: float) -> None:
        while self._inbox:
            self._inbox.popleft()(instant)

    def _plan(self, cue: Cue, instant: float) -> None:
        self._waiting.append(cue)
        self._waiting.sort(key=Cue.rank)

    def _withdraw(self, key: str | None, instant: float) -> None:
        gone = [c for c in self._waiting if key is None or c.key == key]
        self._waiting = [c for c in self._waiting if c not in gone]
        for waiting in gone:
            waiting.source.close()
            self._events.append(waiting.ended(instant, cut=True))
        for cue in (self._on_air, self._under):
            if cue is not None and (key is None or cue.key == key):
                self._cut(cue, instant)

    def _miss(self, frames: int, instant: float) -> None:
        for cue in (self._on_air, self._under):
            if cue is not None:
                cue.gap += frames
                cue.skip(round(cue.behind(instant)))
        self._tail = self._tail[:0]
        self._master = Fader(0.0)  # it begins again in the middle of a sound

    def _offset(self, cue: Cue, instant: float) -> int:
        return round((cue.at - instant) * RATE)

    def _hand_over(self, pos: int, instant: float) -> None:
        """Begin the best cue that is due at frame `pos`, if its lane is above what is on air."""
        due = next((c for c in self._waiting if self._offset(c, instant) <= pos), None)
        if due is None or (self._on_air is not None and self._on_air.lane >= due.lane):
            return
        when = instant + pos / RATE
        if due.ducks and self._on_air is not None and self._under is None:
            self._under = self._on_air
            self._under.fader.to(DUCKED, DUCKING)
        else:
            for cue in (self._on_air, None if due.ducks else self._under):
                if cue is not None:
                    self._cut(cue, when, by=due.key, pos=pos)
        self._waiting.remove(due)
        self._on_air = due
        if due.anchor is not None:
            if due.anchor.instant is None:
                due.anchor.instant = when
            due.skip(round(due.behind(when)))
        self._events.append(Began(due.key, when))

    def _next_start(self, pos: int, frames: int, instant: float) -> int:
        lane = self._on_air.lane if self._on_air else 0
        later = [o for c in self._waiting if c.lane > lane and pos < (o := self._offset(c, instant)) < frames]
        return min(later, default=frames)

    def _play(self, front: Cue, under: Cue | None, out: Samples, pos: int, upto: int, instant: float) -> int:
        """Fill out[pos:upto], or up to where the one in front ends; returns up to where."""
        got = self._fill(front, out, pos, upto, instant)
        if under is not None and got > pos:
            till = self._fill(under, out, pos, got, instant)
            if under.over:
                self._end(under, instant + till / RATE)
        if front.over:
            self._end(front, instant + got / RATE)
        return got

    def _fill(self, cue: Cue, out: Samples, pos: int, upto: int, instant: float) -> int:
        """Put the cue's next frames into out[pos:upto]; returns up to where it goes."""
        want = upto - pos
        extra = cue.steering.extra(cue.behind(instant + pos / RATE), want) if cue.anchor else 0
        block = cue.read(want + extra)
        if extra and len(block) == want + extra:
            block = stretched(block, want)
        out[pos : pos + len(block)] += cue.fader.shape(block)
        if cue.over:
            return pos + len(block)
        missing = want - len(block)
        cue.gap += missing  # an underrun: silence now, the same frame next time
        cue.dry = 0 if len(block) else cue.dry + missing
        cue.broken = cue.dry >= STARVED
        return upto

    def _end(self, cue: Cue, when: float) -> None:
        self._leave(cue)
        cue.source.close()
        self._events.append(cue.ended(when))

    def _leave(self, cue: Cue) -> None:
        """Take a cue off the air; what it had ducked comes to the front again."""
        if cue is self._on_air:
            self._on_air, self._under = self._under, None
            if self._on_air is not None:
                self._on_air.fader.to(1.0, DUCKING)
        else:
            self._under = None

    def _cut(self, cue: Cue, when: float, by: str | None = None, pos: int = 0) -> None:
        rest = cue.fader.shape(cue.read(FADE))
        tail = np.zeros(pos + FADE, np.float32)
        tail[pos : pos + len(rest)] = rest * np.linspace(1.0, 0.0, FADE, dtype=np.float32)[: len(rest)]
        if len(self._tail) < len(tail):
            self._tail = np.pad(self._tail, (0, len(tail) - len(self._tail)))
        self._tail[: len(tail)] += tail
        self._leave(cue)
        cue.source.close()
        self._events.append(cue.ended(when, cut=True, by=by))

    def _add_tail(self, out: Samples) -> None:
        n = min(len(out), len(self._tail))
        out[:n] += self._tail[:n]
        self._tail = self._tail[n:]
