"""The door to the sound devices (PortAudio through sounddevice): streams that call back, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from audio.errors import OutputUnavailable
from audio.format import RATE

Callback: TypeAlias = Callable[..., None]  # as sounddevice calls it: (buffer(s), frames, time, status)

_streams: set[Stream] = set()


class Stream:
    """An open stream of mono float32 at 48 kHz. `name` is part of a device's name, empty for the default.

    Raises OutputUnavailable no-portaudio, no-device.
    """

    def __init__(
        self, name: str, block: int, latency: float | str, callback: Callback, *, listens: bool = False
    ) -> None:
        try:
            import sounddevice
        except OSError as error:  # the wheel is there, the system's PortAudio is not
            raise OutputUnavailable("no-portaudio", str(error)) from error
        # A server that died leaves PortAudio's list of devices stale. Asking afresh ends every open stream of
        # the process, so it is done when there is none: after a dead server that is soon the case.
        if not _streams:
            sounddevice._terminate()
            sounddevice._initialize()
        # The raw kinds: their array twins use what NumPy 2.5 deprecates.
        kind = sounddevice.RawInputStream if listens else sounddevice.RawOutputStream
        try:
            self._stream: Any = kind(
                samplerate=RATE,
                blocksize=block,
                device=name or None,
                channels=1,
                dtype="float32",
                latency=latency,
                callback=callback,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise OutputUnavailable("no-device", str(error)) from error
        _streams.add(self)

    def close(self) -> None:
        """No callback after it returns."""
        _streams.discard(self)
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
