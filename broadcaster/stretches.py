"""One stretch of a broadcast on air, in all its outputs: what each of them has made of it, and its end as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from audio.cues import Ended, Lane, Source
from audio.drift import Anchor
from broadcaster.outlets import Outlet

Opener: TypeAlias = Callable[[int], Source]  # first frame -> source; raises AudioError


class State(Enum):
    WAITING = 1
    ON_AIR = 2
    AWAY = 3  # cut by something higher while others play on
    DONE = 4


@dataclass(frozen=True)
class Account:
    """What one output has made of a stretch: frames that were delivered to it, that were late, and how often the
    device ran dry meanwhile."""

    zone: str
    output: str
    frames: int
    gap: int
    underruns: int


@dataclass(frozen=True)
class Over(Ended):
    """A stretch is over, told as one; with the account of each output."""

    outputs: tuple[Account, ...] = ()


@dataclass
class Part:
    """A run in one output."""

    state: State = State.WAITING
    since: float = 0.0  # monotonic, when it left the air
    frames: int = 0  # of the stretches that are over
    gap: int = 0
    underruns: int = 0
    dry: int = 0  # the output's underruns when this began there
    ended: Ended | None = None

    def account(self, outlet: Outlet, key: str) -> Account:
        """With what is on air there now."""
        frames, gap, dry = self.frames, self.gap, self.underruns
        playing = next((p for p in outlet.mixer.playing() if p.key == key), None)
        if self.state is State.ON_AIR and playing:
            frames, gap = frames + playing.frames, gap + playing.gap
            dry += max(0, outlet.health().underruns - self.dry)
        return Account(outlet.zone, outlet.uri, frames, gap, dry)


@dataclass
class Stretch:
    """One stretch of a broadcast, in all its outputs."""

    key: str
    lane: Lane
    opener: Opener
    start: int
    anchor: Anchor | None
    at: float
    parts: dict[Outlet, Part] = field(default_factory=dict)
    began: bool = False

    def states(self) -> set[State]:
        return {p.state for p in self.parts.values()}

    @property
    def sounding(self) -> bool:
        """Whether any output that has its device plays it."""
        return any(p.state is State.ON_AIR and o.up for o, p in self.parts.items())

    def accounts(self) -> tuple[Account, ...]:
        """What each output has made of it until now."""
        return tuple(part.account(outlet, self.key) for outlet, part in self.parts.items())

    def quiet_since(self) -> float:
        """When the last part that has ended did so (monotonic)."""
        return max(p.since for p in self.parts.values() if p.ended)

    def as_one(self) -> Over:
        """Its end as it was where it was heard best."""
        parts = [p for p in self.parts.values() if p.ended]
        best = max(parts, key=lambda p: (p.ended is not None and not p.ended.cut, p.state is State.AWAY, p.frames))
        assert best.ended is not None
        whole = replace(best.ended, frames=best.frames, gap=best.gap)
        return Over(**vars(whole), outputs=self.accounts())
