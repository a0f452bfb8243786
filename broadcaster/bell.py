"""The bell: wakes the station the moment somebody has a wish, in this process or another.

What is wished stands in the database; whoever commits there rings. A ring carries nothing and may be lost (another
user, a container without the socket): the station also glances at the database, only not as soon.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
from pathlib import Path

NAME = "station.bell"  # a datagram socket in the data folder


class Bell:
    """The station's end. `ring` may be called from any thread, a signal handler and the audio callback: it never
    waits. `public` tells whether other processes can ring it."""

    def __init__(self) -> None:
        self._inner, self._button = socket.socketpair()
        self._button.setblocking(False)
        self._outer: socket.socket | None = None
        self._ears = selectors.DefaultSelector()
        self._heed(self._inner)

    @property
    def public(self) -> bool:
        return self._outer is not None

    def listen(self, folder: Path) -> None:
        """Let others ring too; for the one station that holds this data folder."""
        self._outer = _listening(folder / NAME)
        if self._outer is not None:
            self._heed(self._outer)

    def ring(self) -> None:
        with contextlib.suppress(OSError):  # full: it rings already; closed: nobody is there any more
            self._button.send(b"!")

    def wait(self, seconds: float) -> bool:
        """Whether it rang within so many seconds, or since the last time."""
        rung = self._ears.select(seconds)
        for key, _ in rung:
            with contextlib.suppress(BlockingIOError):
                while key.data.recv(4096):
                    pass  # as often as it rang
        return bool(rung)

    def close(self) -> None:
        self._ears.close()
        for end in (self._inner, self._button, self._outer):
            if end is not None:
                end.close()

    def _heed(self, ear: socket.socket) -> None:
        ear.setblocking(False)
        self._ears.register(ear, selectors.EVENT_READ, ear)


def ring(folder: Path) -> None:
    """Ring the bell of the station whose data folder this is, if it runs."""
    if hasattr(socket, "AF_UNIX"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as button:
            button.setblocking(False)
            button.sendto(b"!", str(folder / NAME))


def _listening(path: Path) -> socket.socket | None:
    """None where there are no such sockets (Windows), or no room for one (a path above 107 bytes, odd disks)."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        path.unlink(missing_ok=True)  # of a station that was killed
        ear.bind(str(path))
    except OSError:
        ear.close()
        return None
    return ear
