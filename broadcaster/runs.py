"""What is cued or on air, until the mixers have told its end; and how it is taken off again, with the reason why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from audio.cues import Began, Progress
from audio.format import RATE
from broadcaster import broadcasts
from broadcaster.channels import Channels
from broadcaster.clock import Clock
from broadcaster.heard import Run
from broadcaster.stretches import Over

IN_TURN = ("scheduled", "at", "queue")  # kinds that wait for each other


class Runs:
    def __init__(self, air: Channels, clock: Clock) -> None:
        self._air, self._clock = air, clock
        self._runs: dict[str, Run] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._runs

    def __bool__(self) -> bool:
        return bool(self._runs)

    def get(self, key: str) -> Run | None:
        return self._runs.get(key)

    def all(self) -> Collection[Run]:
        return self._runs.values()

    def add(self, run: Run) -> None:
        self._runs[run.key] = run

    def told(self) -> list[tuple[Began | Over, Run]]:
        """What the mixers have told since the last call; what has ended is let go."""
        told = [(event, self._runs[event.key]) for event in self._air.happened()]
        for event, run in told:
            if not isinstance(event, Began):
                del self._runs[event.key]
                if run.live:
                    run.live.close()
        return told

    def sounding(self) -> list[tuple[Run, Progress]]:
        """What has begun, and how far it is."""
        return [(run, p) for p in self._air.playing() if (run := self._runs.get(p.key)) and run.began]

    def positions(self) -> dict[str, float]:
        """Key → seconds into its recording, of everything that is heard now."""
        return {
            p.key: (self._runs[p.key].start + p.frames + p.skipped) / RATE
            for p in self._air.playing()
            if p.key in self._runs and self._air.heard(p.key)
        }

    def live_facts(self, key: str) -> dict[str, Any]:
        """How a relay or microphone that is on air fares; nothing of anything else."""
        run = self._runs.get(key)
        return run.live.facts() if run and run.live else {}

    def clear(self, why: str) -> None:
        """Silence everywhere."""
        for run in self._runs.values():
            run.why = why
        self._air.clear()

    def take_off(self, run: Run, why: str) -> None:
        run.why = why
        self._air.withdraw(run.key)

    def finish(self, key: str | None, *, microphones: bool) -> None:
        """A person ends one of them, or whatever microphone is open; a microphone says goodbye."""
        for run in self._runs.values():
            if (run.key == key or (microphones and run.microphone)) and not run.says_goodbye():
                self.take_off(run, "ended")

    def skip(self) -> None:
        """What is heard ends; an alert or somebody at the microphone is not skipped."""
        for key in self.positions():
            if self._runs[key].kind not in broadcasts.NEVER_SKIPPED:
                self.take_off(self._runs[key], "skipped")

    def clock_was_set(self) -> None:
        """What has not begun is decided anew."""
        for run in self._runs.values():
            if not run.began:
                self.take_off(run, "clock-set")

    def take_back(self, key: str, why: str) -> None:
        """Nothing lower slips in before what takes its place: all that only waits for its outputs, or for those of
        what is cued anew for it, is cued anew too, in its order. What waits elsewhere is left alone."""
        if key not in self._runs:
            return
        self._runs[key].why = why
        waits = {run.key for run in self._runs.values() if not run.began and run.kind in IN_TURN}
        touched, back = self._air.used(key), {key}
        while back:
            for each in back:
                self._air.withdraw(each)
            waits -= back
            back = {each for each in waits if touched & self._air.used(each)}
            touched |= {outlet for each in back for outlet in self._air.used(each)}

    def unheard(self) -> list[Run]:
        """What has begun, and has no device now."""
        return [run for run in self._runs.values() if run.unheard is not None and not run.why]

    def give_up(self) -> None:
        """What lost its device and does not get it back in time is over."""
        now = self._clock.monotonic()
        for run in self._runs.values():
            if not run.began or self._air.heard(run.key):
                run.unheard = None
            elif run.unheard is None:
                run.unheard = now
            elif now - run.unheard > run.patience.total_seconds():
                self.take_off(run, "no-output")
