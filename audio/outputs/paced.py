"""`null:` and the pace of `file:`: blocks at the speed of the monotonic clock, heard by nobody."""

from __future__ import annotations

import threading

from audio.format import RATE, Samples
from audio.outputs import Clock, Health, Render
from audio.streamclock import StreamClock

BLOCK = RATE // 50  # frames, 20 ms


class PacedOutput:
    """Asks for a block every 20 ms by deadlines; after a stall it starts afresh instead of catching up."""

    def __init__(self, uri: str, clock: Clock) -> None:
        self.uri = uri
        self._clock = clock
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._blocks = 0
        self._stalls = 0

    def start(self, render: Render) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(render,), name=f"output {self.uri}", daemon=True)
        self._thread.start()

    def hasten(self, wanted: bool) -> None:
        """Never: who waits for disks and encoders must not come before others."""

    def stop(self) -> None:
        self._stopping.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def health(self) -> Health:
        alive = self._thread is not None and self._thread.is_alive()
        return Health(alive, self._blocks, self._stalls)

    def take(self, block: Samples, instant: float) -> None:
        """What becomes of a block; here nothing."""

    def _run(self, render: Render) -> None:
        stream = StreamClock()
        due = self._clock.monotonic()
        while not self._stopping.wait(max(0.0, due - self._clock.monotonic())):
            late = self._clock.monotonic() - due
            if late > 1.0:
                self._stalls += 1
                due += late
            instant = stream.block(self._clock.wall() + due - self._clock.monotonic(), BLOCK)
            self.take(render(BLOCK, instant), instant)
            self._blocks += 1
            due += BLOCK / RATE
