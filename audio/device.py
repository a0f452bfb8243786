"""The door to the sound devices (PortAudio through sounddevice): streams that call back, and what there is.

Run as a program it answers every line it is given with the devices of that moment, as one line of JSON:
{"outputs": [name, …], "inputs": [name, …]}.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

from audio.errors import OutputUnavailable

Callback: TypeAlias = Callable[..., None]  # as sounddevice calls it: (buffer(s), frames, time, status)

REAL_TIME = 4  # priority of the thread that carries sound; sound servers give theirs 5

_streams: set[Stream] = set()


def _library() -> Any:
    try:
        import sounddevice
    except OSError as error:  # the wheel is there, the system's PortAudio is not
        raise OutputUnavailable("no-portaudio", str(error)) from error
    return sounddevice


def _look_again(sounddevice: Any) -> None:
    """PortAudio looks for devices only as it begins."""
    sounddevice._terminate()
    sounddevice._initialize()


def present() -> dict[str, list[str]]:
    """The devices this machine has now by the names that open them. Raises OutputUnavailable no-portaudio.

    To look again ends every open stream of the process: ask in one that plays nothing.
    """
    sounddevice = _library()
    _look_again(sounddevice)
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
        from audio.format import RATE  # its arrays cost a process that only looks as much again as the look

        sounddevice = _library()
        # A server that died leaves PortAudio's list of devices stale. Asking afresh ends every open stream of
        # the process, so it is done when there is none: after a dead server that is soon the case.
        if not _streams:
            _look_again(sounddevice)
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


def listed(name: str) -> bool:
    """Whether this process knows an output of that name; its list is as old as its oldest open stream."""
    import sounddevice

    try:
        sounddevice.query_devices(name or None, "output")
    except (sounddevice.PortAudioError, ValueError):
        return False
    return True


def look_afresh(name: str) -> subprocess.Popen[bytes]:
    """A process that ends with 0 when there is an output of that name now."""
    look = "import sys; from audio.device import listed; sys.exit(not listed(sys.argv[1]))"
    return subprocess.Popen([sys.executable, "-c", look, name], stderr=subprocess.DEVNULL)


def real_time(wanted: bool) -> None:
    """Let this thread come before all ordinary ones, or be one again, where the system allows it (root, LimitRTPRIO).

    For the thread of a callback. (Given to the sound server's client threads too, starts were 5 ms off under load.)
    """
    if hasattr(os, "sched_setscheduler"):
        policy, priority = (os.SCHED_RR, REAL_TIME) if wanted else (os.SCHED_OTHER, 0)
        with suppress(OSError):
            os.sched_setscheduler(0, policy | os.SCHED_RESET_ON_FORK, os.sched_param(priority))


if __name__ == "__main__":
    try:
        for _ in sys.stdin:
            print(json.dumps(present()), flush=True)
    except OutputUnavailable as error:
        sys.exit(error.code)
