"""One output and the mixer that feeds it: kept open for ever, reopened when it goes.

While the device is away nothing begins and what is on air waits where it was; `gone_s` of silence are then its gap.
"""

from __future__ import annotations

import logging

from audio.errors import OutputUnavailable
from audio.format import RATE, Samples
from audio.mixer import Mixer
from audio.outputs import Health, Output, open_output, shown
from broadcaster.clock import Clock

log = logging.getLogger(__name__)
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)  # waits between tries; the last one for ever


class Channel:
    """`zone` is the slug of the zone it sounds in, `failure` why the output can't be had now."""

    def __init__(self, zone: str, uri: str, clock: Clock) -> None:
        self.zone, self.uri, self.mixer = zone, uri, Mixer()
        self.failure: OutputUnavailable | None = None
        self._clock = clock
        self._output: Output | None = None
        self._underruns = 0  # of the outputs before this one
        self._tries = 0
        self._next_try = 0.0
        self._rendered: float | None = None  # monotonic, when the device last asked
        self._was_away = False

    @property
    def up(self) -> bool:
        """Whether what the mixer renders reaches the device."""
        return self._output is not None

    @property
    def tries(self) -> int:
        """How often it has been tried in vain since it went."""
        return self._tries

    @property
    def lost(self) -> bool:
        """Whether the device has gone and `tend` has not noticed yet."""
        return self._output is not None and not self._output.health().ok

    def start(self) -> None:
        """Open; when that fails, keep trying."""
        self._was_away = True
        try:
            output = open_output(self.uri, self._clock)
            output.start(self._render)
        except OutputUnavailable as error:
            self._failed(error)
            return
        if self.failure:
            log.warning("đầu ra %s đã hoạt động lại", shown(self.uri))
        self._output, self.failure, self._tries = output, None, 0

    def tend(self) -> None:
        """Notice a device that went away, and try to get it back; called every pass."""
        if self._output and self.lost:
            log.error("đầu ra %s không nhận tiếng nữa, đang mở lại", shown(self.uri))
            failure = OutputUnavailable(self._output.health().detail or "stalled")
            self._close()
            self._failed(failure)
        elif self._output is None and self._clock.monotonic() >= self._next_try:
            self.start()
        if self._output is None:
            self.mixer.stand(self._clock.wall())

    def reopen(self) -> None:
        """Close; the next `tend` opens it again."""
        self._close()
        self._tries, self._next_try = 0, self._clock.monotonic()

    def health(self) -> Health:
        if self._output is None:
            return Health(False, 0, self._underruns, self.failure.code if self.failure else "closed")
        health = self._output.health()
        return Health(health.ok, health.blocks, self._underruns + health.underruns, health.detail)

    def stop(self) -> None:
        """Close for good: what was on air ends here."""
        self._close()
        self.mixer.clear()
        self.mixer.stand(self._clock.wall())

    def _render(self, frames: int, instant: float) -> Samples:
        now = self._clock.monotonic()
        if self._was_away:
            self._was_away = False
            if self._rendered is not None:
                self.mixer.missed(round((now - self._rendered) * RATE))
        self._rendered = now
        return self.mixer.render(frames, instant)

    def _failed(self, error: OutputUnavailable) -> None:
        if self.failure is None or self.failure.code != error.code:
            log.error("đầu ra %s chưa dùng được: %s", shown(self.uri), error)
        self.failure = error
        self._next_try = self._clock.monotonic() + BACK_OFF_S[min(self._tries, len(BACK_OFF_S) - 1)]
        self._tries += 1

    def _close(self) -> None:
        output, self._output = self._output, None
        if output:
            output.stop()
            self._underruns += output.health().underruns
