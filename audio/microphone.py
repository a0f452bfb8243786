"""A live microphone: the opening chime, the voice as long as there is one, the closing chime.

The input's own thread writes the reel; every mixer reads it with a tap a few hundredths of a second behind.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from audio.chimes import closing, opening
from audio.device import Stream
from audio.fader import FADE, Fader
from audio.format import RATE, Samples
from audio.live import Reel, Tap

BLOCK = RATE // 100
BEHIND = RATE * 6 // 100  # frames between writing and reading: rides out what two sound devices disagree on
CHIME = round(2.6 * RATE)  # frames of the opening chime: enough to listen up
QUIET = 0.006  # RMS, -44 dBFS: a room without a speaker is below, a voice at arm's length far above
LEVELS_S = 0.3  # over which the level is shown


class Microphone:
    """Opens taps on one input. `quiet_s` of silence end it, and `longest_s` (0: no limit) of anything.

    Raises OutputUnavailable when it can't be opened.

    `level` is what the meter shows (RMS, 0..1), `quiet` for how many frames nobody has spoken.
    """

    def __init__(
        self, device: str = "", quiet_s: float = 120.0, *, chimes: bool = True, longest_s: float = 0.0
    ) -> None:
        self._device = device
        self._most_quiet = round(quiet_s * RATE)
        self._left = round(longest_s * RATE) if longest_s > 0 else None
        self._closing = closing() if chimes else np.zeros(0, np.float32)
        self._reel = Reel()
        self._taps: list[Tap] = []
        self._stream: Stream | None = None
        self._chime: Samples = np.zeros(0, np.float32)
        if chimes:
            self._chime = np.concatenate([opening()[:CHIME] * _end_softly(CHIME), np.zeros(RATE // 5, np.float32)])
        self._voice = Fader(0.0)
        self._asked = False  # to finish
        self._finishing = False
        self.level = 0.0
        self.quiet = 0
        self.trouble = ""

    def __call__(self, start: int) -> Tap:
        """A tap a moment behind the input; a live voice has no other beginning than now."""
        if self._stream is None:
            self._stream = Stream(self._device, BLOCK, "low", self._heard, listens=True)
        tap = Tap(self._reel, None, behind=BEHIND)
        self._taps.append(tap)
        return tap

    def finish(self) -> None:
        """The closing chime, then the end."""
        self._asked = True

    def close(self) -> None:
        """Close the input."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def facts(self) -> dict[str, Any]:
        """What the station's status tells: the input's level, seconds since anybody spoke, seconds that are left."""
        left = None if self._left is None else max(0, self._left // RATE)
        return {"input_level": round(self.level, 4), "quiet_s": self.quiet // RATE, "left_s": left}

    def _over_time(self) -> bool:
        return self._left is not None and self._left <= 0

    def _heard(self, data: Any, frames: int, time: Any, status: Any) -> None:
        self.write(np.frombuffer(data, np.float32))

    def write(self, voice: Samples) -> None:
        """One block of the input."""
        level = float(np.sqrt(np.mean(np.square(voice))))
        self.level += (level - self.level) * min(1.0, len(voice) / RATE / LEVELS_S)
        if self._asked and not self._finishing:
            self._finishing = True
            self._voice.to(0.0)
            self._chime = np.concatenate([np.zeros(FADE, np.float32), self._closing])
        elif not len(self._chime) and not self._finishing:
            self._voice.to(1.0)
        chime, self._chime = self._chime[: len(voice)], self._chime[len(voice) :]
        out = self._voice.shape(voice).copy()
        out[: len(chime)] += chime
        self._reel.write(np.clip(out, -1.0, 1.0))
        self.quiet = self.quiet + len(voice) if level < QUIET else 0
        if self._left is not None:
            self._left -= len(voice)
        if not self._asked and (self.quiet >= self._most_quiet or self._over_time()):
            self.trouble = "mic-limit" if self._over_time() else "mic-quiet"
            self.finish()
        elif self._finishing and not len(self._chime):
            for tap in self._taps:
                tap.end(self._reel.written)


def _end_softly(frames: int) -> Samples:
    """Full, and falling over the last tenth of a second."""
    way = np.arange(frames, 0, -1, dtype=np.float32) / (RATE / 10)
    return np.asarray(np.minimum(way, 1.0), np.float32)
