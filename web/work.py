"""Something that takes longer than a page may: one at a time, in a thread, its progress told to whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TypeAlias

from broadcaster.errors import BroadcasterError

Progress: TypeAlias = Callable[[int, int], None]  # (done, total)


@dataclass
class Work:
    """`what` is under way, or was the last; `ended` once it was; `error` when it did not come to a good end."""

    name: str
    what: str = ""
    running: bool = False
    ended: bool = False
    error: BroadcasterError | None = None
    done: int = 0
    total: int = 0

    def __post_init__(self) -> None:
        self._lock = Lock()

    def start(self, what: str, job: Callable[[Progress], None]) -> bool:
        """Begin, unless something is under way. A job ends with BroadcasterError when it can't be done."""
        with self._lock:
            if self.running:
                return False
            self.what, self.running, self.ended, self.error, self.done, self.total = what, True, False, None, 0, 0

        def run() -> None:
            try:
                job(self._reached)
            except BroadcasterError as error:
                self.error = error
            finally:
                self.running, self.ended = False, True

        Thread(target=run, name=self.name, daemon=True).start()
        return True

    def _reached(self, done: int, total: int) -> None:
        self.done, self.total = done, total
