"""The door to the sound devices (PortAudio through sounddevice): streams that call back, and what there is.

Run as a program it prints the devices as JSON: {"outputs": [name, …], "inputs": [name, …]}.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from audio.errors import OutputUnavailable
from audio.format import RATE

Callback: TypeAlias = Callable[..., None]  # as sounddevice calls it: (buffer(s), frames, time, status)

_streams: set[Stream] = set()


def _library() -> Any:
    try:
        import sounddevice
    except OSError as error:  # the wheel is there, the system's PortAudio is not
        raise OutputUnavailable("no-portaudio", str(error)) from error
    return sounddevice


def present() -> dict[str, list[str]]:
    """The devices of this machine by the names that open them. Raises OutputUnavailable no-portaudio.

    PortAudio looks only once in a process: who wants to know what is there now asks in a fresh one.
    """
    sounddevice = _library()
    systems = [system["name"] for system in sounddevice.query_hostapis()]
    devices = [dict(device) for device in sounddevice.query_devices()]
    found: dict[str, list[str]] = {}
    for kind, channels in (("outputs", "max_output_channels"), ("inputs", "max_input_channels")):
        fit = [d for d in devices if d[channels] > 0]
        often = Counter(d["name"] for d in fit)  # Windows shows each device once for each of its sound systems
        found[kind] = [d["name"] if often[d["name"]] == 1 else f"{d['name']}, {systems[d['hostapi']]}" for d in fit]
    return found


class Stream:
    """An open stream of mono float32 at 48 kHz. `name` is part of a device's name, empty for the default.

    Raises OutputUnavailable no-portaudio, no-device.
    """

    def __init__(
        self, name: str, block: int, latency: float | str, callback: Callback, *, listens: bool = False
    ) -> None:
        sounddevice = _library()
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


if __name__ == "__main__":
    try:
        json.dump(present(), sys.stdout)
    except OutputUnavailable as error:
        sys.exit(error.code)
