"""Relay (tiếp sóng): a network stream on air, with a recording in its place while it is away.

A child process (audio.tuner) turns the stream into frames. One thread lays what is to be heard on a reel, a second
ahead of the mixers: the stream as long as frames come, else the fallback, and the stream again once enough of it
has come to last. Both ways the change is a short fade.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from audio.chimes import opening
from audio.cues import Source
from audio.errors import BadAudio
from audio.fader import FADE, Fader
from audio.format import RATE, Samples
from audio.live import Reel, Tap
from audio.tuner import Tuner

log = logging.getLogger(__name__)
AHEAD = RATE  # frames laid down before they are heard
STEP = RATE // 20  # frames laid down at once
PREBUFFER = 3 * RATE  # frames of the stream that must be there before it is put on air
FIRST_S = 6.0  # the stream gets this long to come before the fallback is laid down; cued 10 s ahead, 4 s are left
REST_S = 8.0  # between two rounds of the interval signal


class Interval:
    """What stands in when no recording was chosen: the house's chime now and then, so that nobody thinks it broke."""

    def __init__(self) -> None:
        self._round = np.concatenate([opening(), np.zeros(round(REST_S * RATE), np.float32)])
        self._at = 0

    finished = False

    def read(self, frames: int) -> Samples:
        where = np.arange(self._at, self._at + frames) % len(self._round)
        self._at = (self._at + frames) % len(self._round)
        return self._round[where]

    def skip(self, frames: int) -> None:
        self._at += frames

    def close(self) -> None:
        """Nothing is held."""


class Relay:
    """Opens taps on one stream. `fallback` opens the recording that stands in, from its beginning.

    It connects at once and ends when its last tap is closed.
    """

    def __init__(self, url: str, seconds: float, fallback: Callable[[], Source] | None = None) -> None:
        self._seconds = seconds
        self._fallback = fallback or Interval
        self._tuner = Tuner(url)
        self._reel = Reel()
        self._first = 0  # how much of the broadcast was over where the reel begins, in frames
        self._taps: list[Tap] = []
        self._desk = Desk(self._tuner.take, self._stand_in)
        self.trouble = ""  # "relay-fallback" once the fallback has been heard
        self._thread: threading.Thread | None = None

    def __call__(self, start: int) -> Tap:
        """A tap that ends when the broadcast does; `start` frames of it are over already. Later ones join the first."""
        if self._thread is None:
            self._first = start
        tap = Tap(self._reel, max(0, start - self._first), round(self._seconds * RATE) - start)
        self._taps.append(tap)
        if self._thread is None:
            self._tuner.start()
            self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
            self._thread.start()
        return tap

    def finish(self) -> None:
        """End at once."""
        for tap in self._taps:
            tap.close()

    close = finish

    def facts(self) -> dict[str, Any]:
        """What the station's status tells: whether the fallback is heard, and whether the stream `ever` was."""
        return {"standing_in": not self._desk.live, "ever": self._desk.ever}

    def _stand_in(self) -> Source:
        try:
            return self._fallback()
        except BadAudio as error:
            log.error("bản ghi thay thế khi tiếp sóng không mở được: %s", error)
            return Interval()

    def _run(self) -> None:
        try:
            self._wait_for_stream()
            while not all(tap.closed for tap in self._taps):
                if self._reel.written - self._reel.read_to >= AHEAD:
                    self._reel.wanted.wait(0.05)
                    self._reel.wanted.clear()
                    continue
                self._reel.write(self._desk.next(STEP, self._tuner.ready))
                if self._desk.stood_in and self._reel.read_to:
                    self.trouble = "relay-fallback"
        finally:
            self._tuner.stop()
            self._desk.close()
            self.finish()

    def _wait_for_stream(self) -> None:
        for _ in range(round(FIRST_S / 0.05)):
            if self._tuner.ready >= PREBUFFER or self._reel.wanted.wait(0.05):
                return


class Desk:
    """Chooses between stream and fallback, block by block. Pure: `take` gives at most so many frames of the stream,
    `stand_in` opens the fallback. `live` while the stream is heard, `ever` from its first moment on."""

    def __init__(self, take: Callable[[int], Samples], stand_in: Callable[[], Source]) -> None:
        self._take, self._stand_in = take, stand_in
        self.live = self.ever = False
        self._stream, self._other = Fader(0.0), Fader(0.0)
        self._source: Source | None = None
        self.stood_in = False

    def next(self, frames: int, ready: int) -> Samples:
        """The next frames, of which the stream has `ready`."""
        if self.live and ready < frames + FADE:
            self._change(False)
        elif not self.live and ready >= PREBUFFER:
            self._change(True)
        elif not self.live and self._source is None:
            self._change(False)
        out = np.zeros(frames, np.float32)
        if self.live or ready:
            block = self._take(frames if self.live else min(FADE, frames, ready) if self._stream.sounding else 0)
            out[: len(block)] += self._stream.shape(block)
        if self._source is not None:
            out += self._other.shape(self._read(frames))
            if self.live and not self._other.sounding:
                self.close()
        return np.clip(out, -1.0, 1.0)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _change(self, live: bool) -> None:
        self.live = live
        self.ever = self.ever or live
        self._stream.to(1.0 if live else 0.0)
        self._other.to(0.0 if live else 1.0)
        if not live:
            self.stood_in = True
            self._source = self._source or self._stand_in()

    def _read(self, frames: int) -> Samples:
        """Of the fallback, over and over. A recording that is late or broken leaves silence, not a shorter block."""
        assert self._source is not None
        parts: list[Samples] = []
        need = frames
        for _ in range(3):
            parts.append(self._source.read(need))
            need -= len(parts[-1])
            if need and self._source.finished:
                self._source.close()
                self._source = self._stand_in()
        return np.concatenate([*parts, np.zeros(need, np.float32)])
