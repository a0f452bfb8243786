"""The renderer: a low-priority worker process that turns waiting renderings into recordings."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import sqlalchemy as sa

from broadcaster import prepare
from broadcaster.database import Sessions
from broadcaster.models import Rendering
from broadcaster.settings import Settings


def _lowest_priority() -> None:
    if hasattr(os, "nice"):
        os.nice(19)  # what is on air must never slip because something is being prepared


class Renderer:
    """`poll` hands waiting renderings to the worker; `wake` is called when one has ended."""

    def __init__(self, settings: Settings, sessions: Sessions, wake: Callable[[], None]) -> None:
        self._settings, self._sessions, self._wake = settings, sessions, wake
        self._pool: ProcessPoolExecutor | None = None
        self._running: dict[str, Future[None]] = {}

    def recover(self) -> None:
        """What a killed worker left half-done is done again."""
        with self._sessions.begin() as session:
            session.execute(sa.update(Rendering).where(Rendering.status == "working").values(status="waiting"))

    def poll(self) -> None:
        """Start what waits. A worker that died takes its rendering with it, not the station."""
        for rendering_id, future in list(self._running.items()):
            if future.done():
                del self._running[rendering_id]
                self._check(rendering_id, future)
        for rendering_id in prepare.waiting(self._sessions):
            if rendering_id not in self._running:
                try:
                    future = self._workers().submit(prepare.work, self._settings, rendering_id)
                except BrokenProcessPool:
                    self.close()
                    return
                future.add_done_callback(lambda _: self._wake())
                self._running[rendering_id] = future

    def _check(self, rendering_id: str, future: Future[None]) -> None:
        error = future.exception()
        if error is None:
            return
        if isinstance(error, BrokenProcessPool):
            self.close()
        with self._sessions.begin() as session:
            row = session.get_one(Rendering, rendering_id)
            row.status, row.error = "failed", f"{type(error).__name__}: {error}"

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_lowest_priority)
        return self._pool

    def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)
