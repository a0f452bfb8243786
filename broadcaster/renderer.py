"""The renderer: worker processes that turn waiting renderings into recordings."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

import sqlalchemy as sa

from broadcaster import phrases_errors, prepare, priority
from broadcaster.database import Sessions
from broadcaster.models import Rendering
from broadcaster.settings import Settings


def _begin(lowest: bool) -> None:
    """In a new worker. One whose station was killed ends too, instead of waiting for ever for work."""
    if lowest:
        priority.last()
    station = multiprocessing.parent_process()
    if station is not None:
        threading.Thread(target=_end_with, args=(station.sentinel,), name="parent watch", daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


class Worker:
    """One process that does one thing after another; a dead one is replaced at the next task."""

    def __init__(self, *, lowest: bool) -> None:
        self._lowest = lowest
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, settings: Settings, rendering_id: str) -> Future[None]:
        return self._alive().submit(prepare.work, settings, rendering_id)

    def warm_up(self, settings: Settings) -> None:
        """Start the process and let it load what a rendering needs."""
        self._alive().submit(prepare.warm_up, settings)

    def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _alive(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(self._lowest,))
        return self._pool


class Renderer:
    """`poll` hands waiting renderings to a worker; `wake` is called when one has ended.

    Bulletins, and what is only kept ready, are rendered at the lowest priority. Alerts have a worker of their own,
    which is loaded and waiting.
    """

    def __init__(self, settings: Settings, sessions: Sessions, wake: Callable[[], None]) -> None:
        self._settings, self._sessions, self._wake = settings, sessions, wake
        self._bulletins, self._alerts = Worker(lowest=True), Worker(lowest=False)
        self._running: dict[str, tuple[Worker, Future[None]]] = {}

    def start(self) -> None:
        """What a killed worker left half-done is done again."""
        with self._sessions.begin() as session:
            session.execute(sa.update(Rendering).where(Rendering.status == "working").values(status="waiting"))
        self._alerts.warm_up(self._settings)

    def poll(self) -> None:
        """Start what waits. A worker that died takes its rendering with it, not the station."""
        for rendering_id, (worker, future) in list(self._running.items()):
            if future.done():
                del self._running[rendering_id]
                self._check(rendering_id, worker, future)
        for rendering_id, urgent in prepare.waiting(self._sessions):
            if rendering_id not in self._running:
                worker = self._alerts if urgent else self._bulletins
                try:
                    future = worker.submit(self._settings, rendering_id)
                except BrokenProcessPool:
                    worker.close()
                    continue
                future.add_done_callback(lambda _: self._wake())
                self._running[rendering_id] = (worker, future)

    def _check(self, rendering_id: str, worker: Worker, future: Future[None]) -> None:
        error = future.exception()
        if error is None:
            return
        if isinstance(error, BrokenProcessPool):
            worker.close()
        with self._sessions.begin() as session:
            row = session.get_one(Rendering, rendering_id)
            if row.status != "cancelled":
                row.status, row.error = "failed", phrases_errors.ERRORS["render-died"].format(detail=error)

    def close(self) -> None:
        self._bulletins.close()
        self._alerts.close()
