"""All the outputs of the station as one: a broadcast is cued in each output of its zone, and is told of as one.

Outputs that play the same share an anchor and stay in step. One that was taken by something higher, or lost its
device, joins the others where they are by then; what is interrupted everywhere is told as interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol, TypeAlias

from audio.cues import Began, Ended, Lane, Progress, Source
from audio.drift import Anchor
from audio.errors import AudioError
from audio.format import RATE
from audio.mixer import Mixer
from broadcaster.clock import Clock

EVERYWHERE = "all"
TOGETHER_S = 0.25  # outputs that begin together need this much warning: more than any of them holds ahead
AT_ONCE = 0.0  # an instant that is past by any clock, also by one that is set back meanwhile
REJOIN_S = 0.3  # what cuts in everywhere does so in each output within this time

Opener: TypeAlias = Callable[[int], Source]  # first frame -> source; raises AudioError


class Outlet(Protocol):
    """Where a mixer's sound goes (see broadcaster.output.Channel)."""

    zone: str
    mixer: Mixer

    @property
    def up(self) -> bool: ...

    @property
    def lost(self) -> bool: ...

    def start(self) -> None: ...

    def tend(self) -> None: ...

    def stop(self) -> None: ...


class ByHand:
    """An outlet without a device: whoever holds it renders its mixer, on a clock of their own."""

    up, lost = True, False

    def __init__(self, zone: str = EVERYWHERE, mixer: Mixer | None = None) -> None:
        self.zone, self.mixer = zone, mixer or Mixer()

    def start(self) -> None:
        """There is nothing to open."""

    tend = stop = start


class _State(Enum):
    WAITING = 1
    ON_AIR = 2
    AWAY = 3  # cut by something higher while others play on
    DONE = 4


@dataclass
class _Part:
    """A run in one output."""

    state: _State = _State.WAITING
    since: float = 0.0  # monotonic, when it left the air
    frames: int = 0  # of the stretches that are over
    gap: int = 0
    ended: Ended | None = None


@dataclass
class _Run:
    """One stretch of a broadcast, in all its outputs."""

    key: str
    lane: Lane
    opener: Opener
    start: int
    anchor: Anchor | None
    at: float
    parts: dict[Outlet, _Part] = field(default_factory=dict)
    began: bool = False

    def states(self) -> set[_State]:
        return {p.state for p in self.parts.values()}


class Channels:
    """One thread calls everything here; each mixer is rendered by its output's own thread."""

    def __init__(self, clock: Clock, notify: Callable[[], None] | None = None) -> None:
        """`notify` is called from the outputs' threads when something has happened, and must not wait."""
        self._clock, self._notify = clock, notify
        self._outlets: list[Outlet] = []
        self._runs: dict[str, _Run] = {}

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(self._outlets)

    def arrange(self, outlets: Sequence[Outlet]) -> None:
        """Let these be the outputs: those that are new are opened, those that are gone closed."""
        for outlet in self._outlets:
            if outlet not in outlets:
                outlet.stop()
        for outlet in outlets:
            if outlet not in self._outlets:
                outlet.mixer.notify = self._notify
                outlet.start()
        leaving = [o for o in self._outlets if o not in outlets]
        self._outlets = [*outlets]
        for outlet in leaving:
            for event in outlet.mixer.happened():
                self._note(outlet, event)

    def tend(self) -> None:
        for outlet in self._outlets:
            outlet.tend()

    def stop(self) -> None:
        for outlet in self._outlets:
            outlet.stop()

    def of(self, zone: str) -> list[Outlet]:
        """The outputs a broadcast for `zone` sounds in; a zone nobody knows any more sounds everywhere."""
        found = [o for o in self._outlets if zone in (EVERYWHERE, o.zone)]
        return found or self._outlets

    def reachable(self, zone: str) -> bool:
        """Whether any output of the zone has its device."""
        return any(o.up for o in self.of(zone))

    def in_front(self, zone: str) -> set[str | None]:
        """What is on air in the outputs of a zone: one key, or several, or None where there is silence."""
        playing = [o.mixer.playing() for o in self.of(zone)]
        return {p[0].key if p else None for p in playing}

    def lead(self, zone: str) -> float:
        """Seconds that amplifiers of a zone which are silent now need to wake (see audio.rouse)."""
        return max((o.mixer.lead / RATE for o in self.of(zone) if not o.mixer.playing()), default=0.0)

    def heard(self, key: str) -> bool:
        """Whether a run is on air in an output that has its device."""
        run = self._runs.get(key)
        return run is not None and any(p.state is _State.ON_AIR and o.up for o, p in run.parts.items())

    def cue(
        self,
        key: str,
        lane: Lane,
        zone: str,
        opener: Opener,
        at: float,
        *,
        start: int = 0,
        fade_in: bool = False,
        ducks: bool = False,
        live: bool = False,
    ) -> None:
        """Plan a run for the instant `at`, from frame `start` of its recording on. Raises AudioError.

        `live` is what goes on whether anybody hears it or not: it is joined where it is by then.
        """
        outlets = self.of(zone)
        together = len(outlets) > 1 and lane < Lane.MICROPHONE  # a voice is heard as soon as it can be
        if together:
            at = max(at, self._clock.wall() + TOGETHER_S)
        at = max(at, self._behind_higher(lane, outlets))
        anchor = Anchor(at if live else None) if together or live else None
        run = _Run(key, lane, opener, start, anchor, at)
        sources: list[Source] = []
        try:
            for _ in outlets:
                sources.append(opener(start))
        except AudioError:
            for source in sources:
                source.close()
            raise
        for outlet, source in zip(outlets, sources, strict=True):
            run.parts[outlet] = _Part()
            outlet.mixer.cue(key, lane, source, at, fade_in=fade_in, ducks=ducks, anchor=anchor)
        self._runs[key] = run

    def clock_was_set(self, seconds: float) -> None:
        """What plays on several outputs began that much later (or earlier) by the clock of today."""
        for run in self._runs.values():
            if run.anchor is not None and run.anchor.instant is not None:
                run.anchor.instant += seconds

    def _behind_higher(self, lane: Lane, outlets: list[Outlet]) -> float:
        """The instant up to which something higher is only getting its outputs together: nothing lower begins for
        that moment, only to be cut."""
        soon = self._clock.wall() + TOGETHER_S
        return max(
            (r.at for r in self._runs.values()
             if r.lane > lane and not r.began and r.at <= soon and r.parts.keys() & set(outlets)),
            default=0.0,
        )  # fmt: skip

    def used(self, key: str) -> set[Outlet]:
        """The outputs a run was cued in; none once it is over."""
        return set(self._runs[key].parts) if key in self._runs else set()

    def withdraw(self, key: str) -> None:
        """Take a run back, wherever it is."""
        for outlet in self._runs[key].parts if key in self._runs else ():
            outlet.mixer.withdraw(key)

    def clear(self) -> None:
        """Silence everywhere."""
        for outlet in self._outlets:
            outlet.mixer.clear()

    def pending(self) -> bool:
        """Whether something has happened, or an output wants to be tended."""
        return any(o.mixer.pending() or o.lost for o in self._outlets)

    def playing(self) -> list[Progress]:
        """What is on air, each run once, with how far it has got where it has got farthest."""
        best: dict[str, Progress] = {}
        for outlet in self._outlets:
            for progress in outlet.mixer.playing():
                run = self._runs.get(progress.key)
                if run is None or outlet not in run.parts:
                    continue
                part = run.parts[outlet]
                whole = replace(progress, frames=progress.frames + part.frames, gap=progress.gap + part.gap)
                best[progress.key] = max(best.get(progress.key, whole), whole, key=lambda p: p.frames)
        return list(best.values())

    def happened(self) -> list[Began | Ended]:
        """What has happened since the last call, each run told as one."""
        told: list[Began | Ended] = []
        for outlet in self._outlets:
            for event in outlet.mixer.happened():
                told += self._note(outlet, event)
        for run in list(self._runs.values()):
            told += self._settle(run)
        return sorted(told, key=lambda e: e.instant)

    def _note(self, outlet: Outlet, event: Began | Ended) -> list[Began | Ended]:
        run = self._runs.get(event.key)
        part = run.parts.get(outlet) if run else None
        if run is None or part is None:
            return []
        if isinstance(event, Began):
            part.state = _State.ON_AIR
            first, run.began = not run.began, True
            return [event] if first else []
        part.frames, part.gap = part.frames + event.frames, part.gap + event.gap
        part.ended = event
        part.since = self._clock.monotonic()
        part.state = _State.AWAY if event.by else _State.DONE
        return []

    def _settle(self, run: _Run) -> list[Ended]:
        """See what becomes of a run that is not in the same state everywhere."""
        states = run.states()
        if not states & {_State.ON_AIR, _State.WAITING}:
            del self._runs[run.key]
            return [self._as_one(run)]
        sounding = any(p.state is _State.ON_AIR and o.up for o, p in run.parts.items())
        if sounding and _State.AWAY in states:
            self._rejoin(run)
        elif not sounding and states & {_State.DONE, _State.AWAY} and self._long_ago(run):
            self.withdraw(run.key)  # it is over where it was heard; nobody begins it afresh for the rest
        return []

    def _long_ago(self, run: _Run) -> bool:
        return all(self._clock.monotonic() - p.since > REJOIN_S for p in run.parts.values() if p.ended)

    def _rejoin(self, run: _Run) -> None:
        now, since = self._clock.wall(), self._clock.monotonic() - REJOIN_S
        for outlet, part in run.parts.items():
            if part.state is not _State.AWAY or part.since >= since or run.anchor is None:
                continue
            behind = max(0, round((now - (run.anchor.instant or now)) * RATE))
            try:
                source = run.opener(run.start + behind)
            except AudioError:
                part.state = _State.DONE
                continue
            part.state = _State.WAITING
            outlet.mixer.cue(run.key, run.lane, source, AT_ONCE, fade_in=True, anchor=run.anchor, first=behind)

    def _as_one(self, run: _Run) -> Ended:
        """The end of a run as it was where it was heard best."""
        parts = [p for p in run.parts.values() if p.ended]
        best = max(parts, key=lambda p: (p.ended is not None and not p.ended.cut, p.state is _State.AWAY, p.frames))
        assert best.ended is not None
        return replace(best.ended, frames=best.frames, gap=best.gap)
