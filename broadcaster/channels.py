"""All the outputs of the station as one: a broadcast is cued in each output of its zone, and is told of as one.

Outputs that play the same share an anchor and stay in step. One that was taken by something higher, or lost its
device, joins the others where they are by then; what is interrupted everywhere is told as interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from audio.cues import Began, Ended, Lane, Progress, Source
from audio.drift import Anchor
from audio.errors import AudioError
from audio.format import RATE
from broadcaster.clock import Clock
from broadcaster.outlets import Outlet
from broadcaster.stretches import Account, Opener, Over, Part, State, Stretch
from schedules.clashes import meet

TOGETHER_S = 0.25  # outputs that begin together need this much warning: more than any of them holds ahead
AT_ONCE = 0.0  # an instant that is past by any clock, also by one that is set back meanwhile
REJOIN_S = 0.3  # what cuts in everywhere does so in each output within this time


class Channels:
    """One thread calls everything here; each mixer is rendered by its output's own thread."""

    def __init__(self, clock: Clock, notify: Callable[[], None] | None = None) -> None:
        """`notify` is called from the outputs' threads when something has happened, and must not wait."""
        self._clock, self._notify = clock, notify
        self._outlets: list[Outlet] = []
        self._runs: dict[str, Stretch] = {}

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
        """The outputs a broadcast for `zone` sounds in; none for a zone that is gone. A station without zones has one
        place, and any word means it."""
        return [o for o in self._outlets if meet(zone, o.zone)]

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
        return run is not None and run.sounding

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
        without: Collection[str] = (),
    ) -> None:
        """Plan a run for the instant `at`, from frame `start` of its recording on. Raises AudioError.

        `live` is what goes on whether anybody hears it or not: it is joined where it is by then;
        outputs of the zones in `without` stay as they are.
        """
        outlets = [o for o in self.of(zone) if o.zone not in without]
        together = len(outlets) > 1 and lane < Lane.MICROPHONE  # a voice is heard as soon as it can be
        if together:
            at = max(at, self._clock.wall() + TOGETHER_S)
        at = max(at, self._behind_higher(lane, outlets))
        anchor = Anchor(at if live else None) if together or live else None
        run = Stretch(key, lane, opener, start, anchor, at)
        sources: list[Source] = []
        try:
            for _ in outlets:
                sources.append(opener(start))
        except AudioError:
            for source in sources:
                source.close()
            raise
        for outlet, source in zip(outlets, sources, strict=True):
            run.parts[outlet] = Part()
            outlet.mixer.cue(key, lane, source, at, fade_in=fade_in, ducks=ducks, anchor=anchor)
        self._runs[key] = run

    def accounts(self, key: str) -> tuple[Account, ...]:
        """What each output has made of a run until now; nothing once its end has been told."""
        return self._runs[key].accounts() if key in self._runs else ()

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

    def happened(self) -> list[Began | Over]:
        """What has happened since the last call, each run told as one."""
        told: list[Began | Over] = []
        for outlet in self._outlets:
            for event in outlet.mixer.happened():
                told += self._note(outlet, event)
        for run in list(self._runs.values()):
            told += self._settle(run)
        return sorted(told, key=lambda e: e.instant)

    def _note(self, outlet: Outlet, event: Began | Ended) -> list[Began]:
        run = self._runs.get(event.key)
        part = run.parts.get(outlet) if run else None
        if run is None or part is None:
            return []
        if isinstance(event, Began):
            part.state, part.dry = State.ON_AIR, outlet.health().underruns
            first, run.began = not run.began, True
            return [event] if first else []
        part.frames, part.gap = part.frames + event.frames, part.gap + event.gap
        part.underruns += max(0, outlet.health().underruns - part.dry) if event.frames else 0
        part.ended = event
        part.since = self._clock.monotonic()
        part.state = State.AWAY if event.by else State.DONE
        return []

    def _settle(self, run: Stretch) -> list[Over]:
        """See what becomes of a run that is not in the same state everywhere."""
        states = run.states()
        if not states & {State.ON_AIR, State.WAITING}:
            del self._runs[run.key]
            return [run.as_one()]
        if run.sounding and State.AWAY in states:
            self._rejoin(run)
        elif not run.sounding and states & {State.DONE, State.AWAY} and self._long_ago(run):
            self.withdraw(run.key)  # it is over where it was heard; nobody begins it afresh for the rest
        return []

    def _long_ago(self, run: Stretch) -> bool:
        return self._clock.monotonic() - run.quiet_since() > REJOIN_S

    def _rejoin(self, run: Stretch) -> None:
        now, since = self._clock.wall(), self._clock.monotonic() - REJOIN_S
        for outlet, part in run.parts.items():
            if part.state is not State.AWAY or part.since >= since or run.anchor is None:
                continue
            behind = max(0, round((now - (run.anchor.instant or now)) * RATE))
            try:
                source = run.opener(run.start + behind)
            except AudioError:
                part.state = State.DONE
                continue
            part.state = State.WAITING
            outlet.mixer.cue(run.key, run.lane, source, AT_ONCE, fade_in=True, anchor=run.anchor, first=behind)
