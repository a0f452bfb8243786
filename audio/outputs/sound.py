"""`sound:` and `sound:NAME`: a sound device through PortAudio, whose stream clock makes starts exact."""

from __future__ import annotations

from typing import Any

from audio.device import Stream, real_time
from audio.format import RATE
from audio.outputs import Clock, Health, Render
from audio.streamclock import StreamClock, WallOffset

BLOCK = RATE // 50  # frames, 20 ms
LATENCY_S = 0.04  # what the device holds ahead: docs/decisions/0024-how-much-a-device-holds.md
STALL_S = 2.2  # seconds without a callback after which the device counts as gone; a server needs up to 2 for a gap
WAKE_S = 4.0  # the same for the first callback: an idle sound server takes longer to wake up


class SoundOutput:
    """An open stream. `name` is part of a device's name, or empty for the system's default."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.uri = f"sound:{name}"
        self._name = name
        self._clock = clock
        self._stream: Stream | None = None
        self._blocks = 0
        self._underruns = 0
        self._last = 0.0
        self._patience = WAKE_S
        self._hastened = False

    def start(self, render: Render) -> None:
        ticks, offset = StreamClock(), WallOffset()
        clock = self._clock

        def callback(out: Any, frames: int, time: Any, status: Any) -> None:
            instant = time.outputBufferDacTime + offset.add(clock.wall(), time.currentTime)
            out[:] = render(frames, ticks.block(instant, frames))  # as bytes: an array around `out` costs 0.1 %
            self._blocks += 1
            self._underruns += bool(status.output_underflow)
            self._last = clock.monotonic()
            self._patience = STALL_S

        self._last, self._patience, self._hastened = clock.monotonic(), WAKE_S, False
        self._stream = Stream(self._name, BLOCK, LATENCY_S, callback)

    def hasten(self, wanted: bool) -> None:
        """See Output.hasten."""
        if wanted is not self._hastened:
            self._hastened = wanted
            real_time(wanted)

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def health(self) -> Health:
        if self._stream is None:
            return Health(False, self._blocks, self._underruns, "closed")
        silent = self._clock.monotonic() - self._last
        ok = silent < self._patience
        return Health(ok, self._blocks, self._underruns, "" if ok else "stalled")
