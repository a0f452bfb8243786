"""Slows down guessing of passwords: a few failures a name, then a wait. In memory, forgotten at a restart."""

from __future__ import annotations

from threading import Lock

from broadcaster.clock import Clock

MOST = 5  # failures
WITHIN_S = 15 * 60.0
MOST_NAMES = 10_000  # names remembered, so that nobody fills the memory with made-up ones


class Throttle:
    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._lock = Lock()
        self._failures: dict[str, list[float]] = {}

    def blocked(self, name: str) -> bool:
        """Whether this name has to wait."""
        with self._lock:
            return len(self._recent(_key(name))) >= self._most

    def failed(self, name: str) -> None:
        with self._lock:
            key = _key(name)
            if key not in self._failures and len(self._failures) >= MOST_NAMES:
                self._failures.pop(next(iter(self._failures)))  # the oldest name
            self._failures[key] = [*self._recent(key), self._clock.monotonic()]

    def passed(self, name: str) -> None:
        with self._lock:
            self._failures.pop(_key(name), None)

    def _recent(self, key: str) -> list[float]:
        now = self._clock.monotonic()
        return [at for at in self._failures.get(key, []) if now - at < WITHIN_S]


def _key(name: str) -> str:
    return name.strip().casefold()[:100]
