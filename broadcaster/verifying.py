"""Recordings are read through before they air, by a thread of their own: no pass of the station waits for a disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audio.errors import BadAudio
from broadcaster import store
from broadcaster.clock import Clock
from broadcaster.settings import Settings

FRESH_S = 600.0  # what was read through is believed for so long, as long as the file is not touched


@dataclass(frozen=True)
class _Found:
    """`stamp` is what the file looked like, `bad` what is wrong with it."""

    stamp: tuple[int, ...]
    until: float
    bad: BadAudio | None


class Verifier:
    """`ready` is asked by one thread, from pass to pass; `ring` is called when a file has been read through."""

    def __init__(self, settings: Settings, clock: Clock, ring: Callable[[], None]) -> None:
        self._settings, self._clock, self._ring = settings, clock, ring
        self.aside = True  # False: nobody waits for this thread, so what is asked for is read in place
        self._found: dict[str, _Found] = {}
        self._reading: set[str] = set()

    def ready(self, sha256: str) -> bool:
        """Whether it is known what the recording is worth. When it is not, that is being found out."""
        if not self.aside or self._known(sha256):
            return True
        if sha256 not in self._reading:
            self._reading.add(sha256)
            threading.Thread(target=self._read, args=(sha256,), name="verifier", daemon=True).start()
        return False

    def path(self, sha256: str) -> Path:
        """The file of a recording whose bytes are the approved ones; read through now if need be. Raises BadAudio."""
        found = self._known(sha256) or self._look(sha256)
        if found.bad:
            raise found.bad
        return store.path_of(self._settings, sha256)

    def _known(self, sha256: str) -> _Found | None:
        now = self._clock.monotonic()
        for key in [key for key, found in list(self._found.items()) if found.until <= now]:
            self._found.pop(key, None)
        found = self._found.get(sha256)
        return found if found and found.stamp == self._stamp(sha256) else None

    def _read(self, sha256: str) -> None:
        try:
            self._look(sha256)
        finally:
            self._reading.discard(sha256)
            self._ring()

    def _look(self, sha256: str) -> _Found:
        stamp, bad = self._stamp(sha256), None
        try:
            store.verify(self._settings, sha256)
        except BadAudio as error:
            bad = error
        found = _Found(stamp, self._clock.monotonic() + FRESH_S, bad)
        self._found[sha256] = found
        return found

    def _stamp(self, sha256: str) -> tuple[int, ...]:
        try:
            seen = store.path_of(self._settings, sha256).stat()
        except OSError:
            return ()
        return seen.st_ino, seen.st_size, seen.st_mtime_ns
