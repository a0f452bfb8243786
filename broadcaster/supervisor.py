"""`broadcaster run`: starts station and panel as two processes and keeps both alive until told to stop."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from broadcaster import reach
from broadcaster.clock import Clock
from broadcaster.errors import BroadcasterError

log = logging.getLogger(__name__)
PAUSES_S = (0.0, 0.5, 1.0, 2.0, 5.0)  # before a restart; a child that had lived starts again at the first
LIVED_S = 10.0  # longer than any start-up: a child that falls later was killed or met bad luck, and is needed at once
ORDERLY_S = 8.0  # a child gets this long to stop by itself


@dataclass
class Child:
    """A process to keep alive. It ends by itself when its standard input closes, so none outlives us."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    due: float = field(default=0.0)

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)
        self.started = now

    def tend(self, now: float) -> None:
        """Restart it when it fell, after a pause that grows while it keeps falling."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            log.error("tiến trình %s dừng (mã %s), đang chạy lại", self.name, self.process.returncode)
            self.falls = 0 if now - self.started > LIVED_S else self.falls + 1
            self.due = now + PAUSES_S[min(self.falls, len(PAUSES_S) - 1)]
            self.process = None
        if now >= self.due:
            self.start(now)

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(ORDERLY_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process, self.falls, self.due = None, 0, 0.0


def check_port(host: str, port: int) -> None:
    """Raises BroadcasterError port-taken or port-refused, so that a person is told before anything starts."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:  # also a machine without IPv6
        code = "port-taken" if error.errno == errno.EADDRINUSE else "port-refused"
        raise BroadcasterError(code, host=host, port=port, detail=error.strerror) from error


def supervise(
    children: list[Child],
    clock: Clock,
    up: Callable[[], bool],
    announce: Callable[[], None],
    errand: Callable[[], Callable[[], None] | None] = lambda: None,
) -> None:
    """Keep the children alive until SIGINT or SIGTERM; call `announce` once when `up` first says so.

    `errand` gives work that wants all of them stopped meanwhile, if there is any.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    announced = False
    try:
        while not stop.wait(0.1):
            if work := errand():
                for child in reversed(children):
                    child.stop()
                work()
            for child in children:
                child.tend(clock.monotonic())
            if not announced and up():
                announce()
                announced = True
    finally:
        for child in reversed(children):
            child.stop()


def end_with_parent(stop: Callable[[], None]) -> None:
    """In a child: call `stop` when the parent is gone (its end of our standard input closes)."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):  # not the buffered reader: its lock would break our own end
            pass
        stop()

    threading.Thread(target=wait, name="parent watch", daemon=True).start()


def answers(host: str, port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((reach.HERE if host in reach.EVERYWHERE else host, port), timeout=0.5):
            return True
    except OSError:
        return False
