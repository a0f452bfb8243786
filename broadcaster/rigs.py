"""Loudspeakers of a simulated station, on devices that go and come back, and mixers whose sound nobody needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from audio.cues import Began, Cue, Ended
from audio.decks import Blank, Until
from audio.errors import OutputUnavailable
from audio.format import RATE, Samples
from audio.mixer import Mixer
from audio.outputs import Health, Render
from audio.outputs.sound import STALL_S
from broadcaster.clock import Clock
from broadcaster.output import Channel

LONGEST_S = 600.0  # of a block


@dataclass
class Unheard(Mixer):
    """A mixer whose sound nobody needs: orders, starts and ends to the frame, without touching the samples."""

    news: list[Began | Ended] = field(default_factory=list)  # what the witness has not heard of yet

    def render(self, frames: int, instant: float) -> Samples:
        """See Mixer.render; what comes out is no sound."""
        known = len(self._events)
        out = super().render(frames, instant)
        self.news += list(self._events)[known:]
        return out

    def stand(self, instant: float, away: int = 0) -> None:
        """See Mixer.stand."""
        known = len(self._events)
        super().stand(instant, away)
        self.news += list(self._events)[known:]

    def quiet_for(self, instant: float) -> float:
        """Seconds from an instant until something begins or ends by itself."""
        sources = [cue.source for cue in (self._on_air, self._under) if cue]
        ends = [s.left / RATE for s in sources if isinstance(s, (Blank, Until))]
        return min(*ends, *(c.at - instant for c in self._waiting if c.at > instant), LONGEST_S, LONGEST_S)

    def _fill(self, cue: Cue, out: Samples, pos: int, upto: int, instant: float) -> int:
        block = cue.read(upto - pos)
        return pos + len(block) if cue.over else upto

    def _levelled(self, out: Samples) -> Samples:
        return out[:1]


class Devices:
    """Which devices are gone, by URI, since when (monotonic)."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.gone: dict[str, float] = {}

    def open(self, uri: str, clock: Clock) -> Plug:
        """See audio.outputs.open_output."""
        return Plug(uri, self)


class Plug:
    """An output that is asked for its blocks by hand, while its device is there."""

    def __init__(self, uri: str, devices: Devices) -> None:
        self.uri, self._devices = uri, devices
        self.render: Render | None = None

    @property
    def there(self) -> bool:
        return self.uri not in self._devices.gone

    def start(self, render: Render) -> None:
        if not self.there:
            raise OutputUnavailable("no-device", self.uri)
        self.render = render

    def hasten(self, wanted: bool) -> None:
        """Asked by hand, it has no thread."""

    def stop(self) -> None:
        self.render = None

    def health(self) -> Health:
        gone = self._devices.gone.get(self.uri)
        return Health(gone is None or self._devices.clock.monotonic() - gone < STALL_S, 0, 0)


class Rig(Channel):
    """The station's own way with an output, on such a device."""

    def __init__(self, zone: str, uri: str, devices: Devices) -> None:
        self.unheard = Unheard()
        super().__init__(zone, uri, devices.clock, devices.open, self.unheard)

    @property
    def spot(self) -> tuple[str, str]:
        """What the witness knows it by."""
        return self.zone, self.uri

    @property
    def takes(self) -> bool:
        """Whether what it plays is heard now."""
        return isinstance(self._output, Plug) and self._output.there

    @property
    def well(self) -> bool:
        """Whether there is nothing to tend."""
        return self.takes and self._way == 0

    def sound(self, frames: int, instant: float) -> None:
        if isinstance(self._output, Plug) and self._output.there and self._output.render:
            self._output.render(frames, instant)
