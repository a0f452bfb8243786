"""`sound:` and `sound:NAME`: a sound device through PortAudio, whose stream clock makes starts exact."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from audio.errors import OutputUnavailable
from audio.format import RATE
from audio.outputs import Clock, Health, Render
from audio.streamclock import StreamClock, WallOffset

BLOCK = RATE // 100  # frames, 10 ms
LATENCY_S = 0.04  # what the device holds ahead: docs/decisions/0024-how-much-a-device-holds.md
STALL_S = 2.5  # seconds without a callback after which the device counts as gone; an idle sound server may
# take two to wake up


class SoundOutput:
    """An open PortAudio stream. `name` is part of a device's name, or empty for the system's default."""

    _open: ClassVar[set[SoundOutput]] = set()

    def __init__(self, name: str, clock: Clock) -> None:
        self.uri = f"sound:{name}"
        self._name = name
        self._clock = clock
        self._stream: Any = None
        self._blocks = 0
        self._underruns = 0
        self._last = 0.0

    def start(self, render: Render) -> None:
        try:
            import sounddevice
        except OSError as error:  # the wheel is there, the system's PortAudio is not
            raise OutputUnavailable("no-portaudio", str(error)) from error
        ticks, offset = StreamClock(), WallOffset()
        clock = self._clock

        def callback(out: Any, frames: int, time: Any, status: Any) -> None:
            instant = time.outputBufferDacTime + offset.add(clock.wall(), time.currentTime)
            np.frombuffer(out, np.float32)[:] = render(frames, ticks.block(instant, frames))
            self._blocks += 1
            self._underruns += bool(status.output_underflow)
            self._last = clock.monotonic()

        # A server that died leaves PortAudio's list of devices stale. Asking afresh ends every open stream of
        # the process, so it is done when there is none: after a dead server that is soon the case.
        if not SoundOutput._open:
            sounddevice._terminate()
            sounddevice._initialize()
        try:
            self._stream = sounddevice.RawOutputStream(  # its array twin uses what NumPy 2.5 deprecates
                samplerate=RATE,
                blocksize=BLOCK,
                device=self._name or None,
                channels=1,
                dtype="float32",
                latency=LATENCY_S,
                callback=callback,
            )
            self._last = clock.monotonic()
            self._stream.start()
            SoundOutput._open.add(self)
        except (sounddevice.PortAudioError, ValueError) as error:
            self._stream = None
            raise OutputUnavailable("no-device", str(error)) from error

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        SoundOutput._open.discard(self)
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    def health(self) -> Health:
        if self._stream is None:
            return Health(False, self._blocks, self._underruns, "closed")
        silent = self._clock.monotonic() - self._last
        return Health(silent < STALL_S, self._blocks, self._underruns, "" if silent < STALL_S else "stalled")
