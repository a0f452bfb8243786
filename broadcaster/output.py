"""The station's output: kept open for ever, reopened when it goes, with null: standing in so that time goes on."""

from __future__ import annotations

import logging

from audio.errors import OutputUnavailable
from audio.outputs import Health, Output, Render, open_output
from broadcaster.clock import Clock

log = logging.getLogger(__name__)
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)  # waits between tries; the last one for ever


class OutputKeeper:
    """Opens the wanted output and watches it. While it can't be had, `null:` stands in and `failure` says why."""

    def __init__(self, uri: str, clock: Clock, render: Render) -> None:
        self.uri = uri
        self._clock = clock
        self._render = render
        self._output: Output | None = None
        self._standing_in = False
        self._tries = 0
        self._next_try = 0.0
        self.failure: OutputUnavailable | None = None

    def start(self) -> None:
        """Open; when that fails, stand in and keep trying."""
        try:
            output = open_output(self.uri, self._clock)
            output.start(self._render)
        except OutputUnavailable as error:
            self._failed(error)
            return
        self._output, self._standing_in, self.failure = output, False, None
        if self._tries:
            log.warning("đầu ra %s đã hoạt động lại", self.uri)
        self._tries = 0

    def tend(self) -> None:
        """Notice a device that went away, and try to get it back; called every tick."""
        if self._output and not self._standing_in and not self._output.health().ok:
            log.error("đầu ra %s không nhận tiếng nữa, đang mở lại", self.uri)
            self._close()
            self._failed(OutputUnavailable("stalled", self.uri))
        elif self._standing_in and self._clock.monotonic() >= self._next_try:
            self._close()
            self.start()

    def health(self) -> Health:
        """Of the wanted output: not ok while null: stands in."""
        health = self._output.health() if self._output else Health(False, 0, 0)
        if self._standing_in:
            return Health(False, health.blocks, health.underruns, self.failure.code if self.failure else "")
        return health

    def unheard(self) -> str | None:
        """A reason code while what is rendered reaches nobody though it should."""
        return "no-output" if self._standing_in else None

    def stop(self) -> None:
        self._close()

    def _failed(self, error: OutputUnavailable) -> None:
        if self.failure is None or self.failure.code != error.code:
            log.error("đầu ra %s chưa dùng được: %s", self.uri, error)
        self.failure = error
        self._next_try = self._clock.monotonic() + BACK_OFF_S[min(self._tries, len(BACK_OFF_S) - 1)]
        self._tries += 1
        self._output, self._standing_in = open_output("null:", self._clock), True
        self._output.start(self._render)

    def _close(self) -> None:
        output, self._output = self._output, None
        if output:
            output.stop()
