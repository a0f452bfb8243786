"""`sound:` and `sound:NAME`: a sound device through PortAudio, whose stream clock makes starts exact."""

from __future__ import annotations

from typing import Any

import numpy as np

from audio.errors import OutputUnavailable
from audio.format import RATE
from audio.outputs import Clock, Health, Render
from audio.streamclock import StreamClock

BLOCK = RATE // 50  # frames, 20 ms
LATENCY_S = 0.1  # what the device holds ahead: rides out a busy machine
STALL_S = 2.5  # seconds without a callback after which the device counts as gone; an idle sound server may
# take two to wake up


class SoundOutput:
    """An open PortAudio stream. `name` is part of a device's name, or empty for the system's default."""

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
        ticks = StreamClock()
        clock = self._clock

        def callback(out: Any, frames: int, time: Any, status: Any) -> None:
            instant = clock.wall() + time.outputBufferDacTime - time.currentTime
            np.frombuffer(out, np.float32)[:] = render(frames, ticks.block(instant, frames))
            self._blocks += 1
            self._underruns += bool(status.output_underflow)
            self._last = clock.monotonic()

        # A server that died leaves PortAudio's list of devices stale: ask afresh on every opening.
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
        except (sounddevice.PortAudioError, ValueError) as error:
            self._stream = None
            raise OutputUnavailable("no-device", str(error)) from error

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    def health(self) -> Health:
        if self._stream is None:
            return Health(False, self._blocks, self._underruns, "closed")
        silent = self._clock.monotonic() - self._last
        return Health(silent < STALL_S, self._blocks, self._underruns, "" if silent < STALL_S else "stalled")
