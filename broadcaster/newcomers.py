"""Sound devices that are plugged in while others are open: PortAudio lists devices once, and asking it afresh ends
every open stream. So a process of its own looks, and everything is opened anew when that helps and nobody hears it.
"""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Sequence

from audio import device
from audio.outputs import ways
from broadcaster.clock import Clock
from broadcaster.output import Channel

log = logging.getLogger(__name__)
KIND = "sound:"
LOOK_S = 30.0  # between looks; each takes a third of a second of processor
MOST_S = 3600.0  # a device that is there and still can't be had is not worth a gap every half minute


class Newcomers:
    """`tend` is called every pass, by the thread that tends the channels."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._look: subprocess.Popen[bytes] | None = None
        self._found = False
        self._wait_s = LOOK_S
        self._next = clock.monotonic() + LOOK_S
        self._turn = 0

    def tend(self, channels: Sequence[Channel], *, quiet: bool) -> None:
        """`quiet`: nothing is on air or about to be, so opening everything anew is heard by nobody."""
        sound = [c for c in channels if any(uri.startswith(KIND) for uri in ways(c.uri))]
        missing = [c for c in sound if c.failure and c.failure.code == "no-device"]
        if not missing or not any(c.up for c in sound):  # with nothing open each try asks afresh by itself
            self._found, self._wait_s = False, LOOK_S
            return
        if self._look is not None and self._look.poll() is not None:
            self._found, self._look = self._look.returncode == 0, None
        if self._found and quiet:
            log.warning("có thêm thiết bị âm thanh; mở lại các đầu ra")
            for channel in sound:
                channel.reopen()
            self._found, self._wait_s = False, min(2 * self._wait_s, MOST_S)
            self._next = self._clock.monotonic() + self._wait_s
        elif self._look is None and not self._found and self._clock.monotonic() >= self._next:
            name = ways(missing[self._turn % len(missing)].uri)[0].removeprefix(KIND)
            self._turn += 1
            self._next = self._clock.monotonic() + self._wait_s
            if not device.listed(name):  # one that is known and can't be opened gains nothing
                self._look = device.look_afresh(name)

    def close(self) -> None:
        if self._look is not None:
            self._look.kill()
            self._look.wait()
