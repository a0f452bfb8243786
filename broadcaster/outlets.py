"""Where sound goes, as whoever plays on it sees it; and one without a device, for rehearsals and tests."""

from __future__ import annotations

from typing import Protocol

from audio.mixer import Mixer
from audio.outputs import Health
from broadcaster.hours import EVERYWHERE


class Outlet(Protocol):
    """Where a mixer's sound goes (see broadcaster.output.Channel)."""

    zone: str
    uri: str
    mixer: Mixer

    @property
    def up(self) -> bool: ...

    @property
    def lost(self) -> bool: ...

    def health(self) -> Health: ...

    def start(self) -> None: ...

    def tend(self) -> None: ...

    def stop(self) -> None: ...


class ByHand:
    """An outlet without a device: whoever holds it renders its mixer, on a clock of their own."""

    up, lost = True, False
    uri = "null:"

    def __init__(self, zone: str = EVERYWHERE, mixer: Mixer | None = None) -> None:
        self.zone, self.mixer = zone, mixer or Mixer()

    def health(self) -> Health:
        return Health(True, 0, 0)

    def start(self) -> None:
        """There is nothing to open."""

    tend = stop = start
