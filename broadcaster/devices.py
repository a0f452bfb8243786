"""Which sound devices this machine has just now, asked in a process of its own: looking must not disturb what plays."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PATIENCE_S = 8.0  # a sound server that hangs answers never
REST_S = 600.0  # the process begins in some 0.2 s, looks in 0.03, and weighs 25 MB: it stays as long as people look
LOOKER = (sys.executable, "-m", "audio.device")


@dataclass(frozen=True)
class Devices:
    """Names that open them; `known` is False when nobody could tell."""

    outputs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    known: bool = True

    def uris(self) -> list[str]:
        """The outputs as a zone names them."""
        return [f"sound:{name}" for name in self.outputs]


class Looker:
    """The process that looks; it begins with the first look, and ends when nobody has looked for `rest_s`."""

    def __init__(self, rest_s: float = REST_S) -> None:
        self._rest_s = rest_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._rest: threading.Timer | None = None

    def look(self) -> Devices:
        """What is there now."""
        with self._lock:
            try:
                found = json.loads(self._ask())
            except (OSError, ValueError):
                self._end()
                return Devices(known=False)
            self._stay()
            return Devices(tuple(found["outputs"]), tuple(found["inputs"]))

    def close(self) -> None:
        """Ends the process; the next look begins another."""
        with self._lock:
            self._end()

    def _ask(self) -> str:
        """The line answered; empty from a process that died or took too long."""
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                LOOKER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self._process.stdin
        assert self._process.stdout
        with _hurried(self._process):
            self._process.stdin.write("\n")
            self._process.stdin.flush()
            return self._process.stdout.readline()

    def _stay(self) -> None:
        if self._rest:
            self._rest.cancel()
        self._rest = threading.Timer(self._rest_s, self.close)
        self._rest.daemon = True
        self._rest.start()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        with suppress(BrokenPipeError):  # a question it did not live to read
            self._process.communicate()
        self._process = None


@contextmanager
def _hurried(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kills the process when what is done with it takes longer than PATIENCE_S."""
    hurry = threading.Timer(PATIENCE_S, process.kill)
    hurry.start()
    try:
        yield
    finally:
        hurry.cancel()


_looker = Looker()
_asking = ThreadPoolExecutor(1, thread_name_prefix="devices")


def look() -> Future[Devices]:
    """What is there now: in 0.03 s, in 0.2 when nobody has looked for REST_S; time to do something else meanwhile."""
    return _asking.submit(_looker.look)
