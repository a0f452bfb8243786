"""One output and the mixer that feeds it: kept open for ever, reopened when it goes.

While the device is away nothing begins and what is on air waits where it was; `gone_s` of silence are then its gap.
Where another one stands in for it, that plays meanwhile, and the first is gone back to when nothing sounds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

from audio.errors import OutputUnavailable
from audio.format import RATE, Samples
from audio.mixer import Mixer
from audio.outputs import Health, Output, open_output, shown, ways
from broadcaster.clock import Clock

log = logging.getLogger(__name__)
Opens: TypeAlias = Callable[[str, Clock], Output]  # see audio.outputs.open_output
HOME_S = 30.0  # between tries to go back to the first while another stands in
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)  # waits between tries; the last one for ever


class Channel:
    """`zone` is the slug of the zone it sounds in, `failure` why the output can't be had now, also while another stands
    in for it (see audio.outputs.ways)."""

    def __init__(
        self, zone: str, uri: str, clock: Clock, opens: Opens | None = None, mixer: Mixer | None = None
    ) -> None:
        self.zone, self.uri, self.mixer = zone, uri, mixer or Mixer()
        self._opens = opens or open_output
        self.failure: OutputUnavailable | None = None
        self._clock = clock
        self._ways = ways(uri)
        self._way = 0  # which of them is open
        self._first = 0  # which is to be tried first
        self._output: Output | None = None
        self._underruns = 0  # of the outputs before this one
        self._tries = 0
        self._next_try = 0.0
        self._taken_to: float | None = None  # monotonic, up to where the sound was taken, or its absence has been told
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
        count, failure = len(self._ways), self.failure or OutputUnavailable("closed")
        for way in ((self._first + n) % count for n in range(count)):
            try:
                output = self._opens(self._ways[way], self._clock)
                output.start(self._render)
            except OutputUnavailable as error:
                failure = error
                continue
            self._opened(way, output, None if way == 0 else failure)
            return
        self._failed(failure)

    def tend(self) -> None:
        """Notice a device that went away, and try to get it back; called every pass."""
        if self._output and self.lost:
            log.error("đầu ra %s không nhận tiếng nữa, đang mở lại", shown(self.uri))
            failure = OutputUnavailable(self._output.health().detail or "stalled")
            self._close()
            # One that opens and takes nothing is not tried over and over.
            self._first = (self._way + 1) % len(self._ways)
            self._failed(failure)
        elif self._way and self._clock.monotonic() >= self._next_try and not self.mixer.playing():
            self._close()
            self._first = 0
            self.start()
        elif self._output is None and self._clock.monotonic() >= self._next_try:
            self.start()
        if self._output is None:
            self._stand()

    def reopen(self) -> None:
        """Close; the next `tend` opens it again."""
        self._close()
        self._tries, self._next_try = 0, self._clock.monotonic()

    def health(self) -> Health:
        if self._output is None:
            return Health(False, 0, self._underruns, self.failure.code if self.failure else "closed")
        health = self._output.health()
        detail = "standing-in" if self._way else health.detail
        return Health(health.ok, health.blocks, self._underruns + health.underruns, detail)

    def stop(self) -> None:
        """Close for good: what was on air ends here."""
        self._close()
        self.mixer.clear()
        self._stand()

    def _stand(self) -> None:
        self.mixer.stand(self._clock.wall(), self._away())

    def _away(self) -> int:
        """For how many frames nobody has taken the sound, since this was last asked."""
        now = self._clock.monotonic()
        away = 0 if self._taken_to is None else max(0, round((now - self._taken_to) * RATE))
        self._taken_to = now
        return away

    def _render(self, frames: int, instant: float) -> Samples:
        away = self._away()
        if self._was_away:
            self._was_away = False
            self.mixer.missed(away)
        self._taken_to = self._clock.monotonic() + frames / RATE
        block = self.mixer.render(frames, instant)
        if output := self._output:
            output.hasten(not self.mixer.resting)
        return block

    def _opened(self, way: int, output: Output, failure: OutputUnavailable | None) -> None:
        if way:
            if self._way != way:
                log.error("đầu ra %s mất, phát qua %s", shown(self._ways[0]), shown(self._ways[way]))
            self._next_try = self._clock.monotonic() + HOME_S
        elif self.failure:
            log.warning("đầu ra %s đã hoạt động lại", shown(self._ways[0]))
        self._output, self._way, self.failure, self._tries = output, way, failure, 0

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
