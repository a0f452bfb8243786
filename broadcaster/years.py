"""Years of a station on a virtual clock, with power cuts, clocks that go wrong, and people who edit all the while.

A witness (broadcaster.witness) hears what the loudspeakers would, by a clock that is always right, and what was due by
the rules is counted apart from what the plan stored: at the end the log must explain all of it.
"""

from __future__ import annotations

import heapq
import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import sqlalchemy as sa

from audio.outputs import ways
from broadcaster import output, zones
from broadcaster.database import Sessions, looking
from broadcaster.edits import SEGMENT_S, People
from broadcaster.living import DAY_S, Living, WrongClock
from broadcaster.models import Broadcast
from broadcaster.models_station import Wish
from broadcaster.reckoning import Reckoning
from broadcaster.settings import Settings
from broadcaster.simulate import begin_afresh, copied
from broadcaster.witness import RIGHT_S, Witness

PLAN_SOON = timedelta(seconds=60)  # what was edited is planned within a minute, as the station does
EDITS_A_DAY, FAULTS_A_DAY = 0.6, 0.2
OUTPUTS = {"trung-tam": ["null:1", "null:2|null:3"], "thon-sau": ["null:4"]}
NEAR_AIR = 0.6  # the share of mishaps that happen around a broadcast, where they hurt


@dataclass(frozen=True)
class Told:
    """What years of simulation came to: how many broadcasts were due, how each ended, and what went wrong meanwhile."""

    seed: int
    start: datetime
    end: datetime
    due: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    mishaps: dict[str, int]


def years(sessions: Sessions, settings: Settings, start: datetime, end: datetime, seed: int) -> Told:
    """On a copy of the station's database. Raises BroadcasterError drill-broken for a rule that did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(sessions, Path(folder))
        try:
            with copy.begin() as session:
                begin_afresh(session)
                for slug, outputs in OUTPUTS.items():
                    zones.save(session, slug, slug, outputs, [], start)
            with quiet():
                return Years(copy, settings, start, end, seed).run()
        finally:
            copy.kw["bind"].dispose()


@contextmanager
def quiet() -> Iterator[None]:
    """What the station would write of its devices is nobody's trouble."""
    level = output.log.level
    output.log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        output.log.setLevel(level)


@dataclass
class Years:
    """One run."""

    sessions: Sessions
    settings: Settings
    start: datetime
    end: datetime
    seed: int
    _mishaps: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)  # by the right clock, a heap
    _counted: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._rng = Random(self.seed)
        self._clock = WrongClock(self.start)
        self._numbers = count()
        self._witness = Witness(SEGMENT_S, self.settings.tz)
        self._living = Living(self.sessions, self.settings, self._clock, self._witness)
        self._owed = Reckoning(self.settings.tz, self.start)

    def run(self) -> Told:
        """Raises BroadcasterError drill-broken."""
        self._living.boot()
        self._soon(EDITS_A_DAY, self._edit)
        self._soon(FAULTS_A_DAY, self._fault)
        self._at(self._clock.monotonic(), self._week)
        while self._clock.right() < self.end:
            at, _, mishap = heapq.heappop(self._mishaps)
            self._living.until(at)
            mishap()
        self._calm_down()
        with looking(self.sessions) as session:
            self._owed.count(session, self._clock.right())
            lines = self._owed.hold_against(session, self._witness, self._clock.right())
        return Told(
            seed=self.seed,
            start=self.start,
            end=self.end,
            due=len(self._owed.due),
            outcomes=dict(Counter(line.outcome for line in lines)),
            reasons=dict(Counter(code for line in lines for code in (line.reason or "").split())),
            mishaps=dict(self._counted),
        )

    def _at(self, right: float, mishap: Callable[[], None]) -> None:
        heapq.heappush(self._mishaps, (right, next(self._numbers), mishap))

    def _soon(self, a_day: float, mishap: Callable[[], None]) -> None:
        at = self._clock.monotonic() + self._rng.expovariate(a_day) * DAY_S
        if self._rng.random() < NEAR_AIR:
            with looking(self.sessions) as session:
                coming = session.scalar(
                    sa.select(sa.func.min(Broadcast.starts_at)).where(
                        Broadcast.starts_at > datetime.fromtimestamp(at, UTC), Broadcast.kind == "scheduled"
                    )
                )
            if coming:
                at = max(self._clock.monotonic(), coming.timestamp() + self._rng.uniform(-15, 150))
        self._at(at, mishap)

    def _people(self, work: Callable[[People], object]) -> None:
        self._living.alive = self._clock.now()  # all until now was planned before, as the station does every minute
        with self.sessions.begin() as session:
            done = work(People(session, self._rng, self._clock.now(), self.settings.tz))
        self._counted["refused" if done is False else "edit"] += 1
        self._living.plan_within(PLAN_SOON)

    def _edit(self) -> None:
        if self._rng.random() < 0.5 and abs(self._clock.ahead()) < RIGHT_S:
            with looking(self.sessions) as session:  # by the clock that the edit goes by, a little wrong or not
                self._owed.count(session, self._clock.now())
            self._people(People.change_schedule)
        else:
            self._people(People.do_something)
        self._soon(EDITS_A_DAY, self._edit)

    def _week(self) -> None:
        self._people(People.week_begins)
        self._at(self._clock.monotonic() + 7 * DAY_S, self._week)

    def _fault(self) -> None:
        fault = self._rng.choice(
            (self._power_cut, self._power_cut, self._clock_set, self._unfollowed, self._restart)
            + (self._device_gone,) * 3
        )
        fault()
        self._soon(FAULTS_A_DAY, self._fault)

    def _power_cut(self) -> None:
        self._counted["power_cut"] += 1
        self._went_at = self._clock.wall()
        self._living.power_gone()
        self._clock.sleep(self._rng.choice((3.0, 30.0, 300.0, 3600.0, 20_000.0, 200_000.0)) * self._rng.uniform(0.3, 1))
        if self._rng.random() < 0.5:
            self._set(self._rng.choice((self._stopped_rtc, self._old_rtc, self._fast_rtc))())
        self._living.boot()

    def _device_gone(self) -> None:
        """One device is pulled out, or all of them: the sound server, the cable to the mixer."""
        self._counted["device"] += 1
        every = [way for outputs in OUTPUTS.values() for uri in outputs for way in ways(uri)]
        for uri in self._rng.choice((*([uri] for uri in every), every)):
            self._living.device_gone(uri)
            away = self._rng.choice((8.0, 20.0, 90.0, 600.0, 7200.0, 40_000.0)) * self._rng.uniform(0.7, 1)
            self._at(self._clock.monotonic() + away, partial(self._living.device_back, uri))

    def _restart(self) -> None:
        self._counted["restart"] += 1
        self._living.power_gone()
        self._living.end()
        self._clock.sleep(self._rng.uniform(1, 20))
        self._living.boot()

    def _stopped_rtc(self) -> float:
        return self._went_at - self._clock.wall()

    def _old_rtc(self) -> float:
        return self._rng.choice((0.0, 946684800.0)) - self._clock.wall()  # 1970 or 2000

    def _fast_rtc(self) -> float:
        return self._rng.choice((60.0, 3600.0, 2 * DAY_S, 20 * DAY_S, 800 * DAY_S))

    def _set(self, seconds: float) -> None:
        """The clock is wrong by so much more, until its source is found or somebody looks at it."""
        self._clock.set(seconds)
        self._clock.follows = False
        self._counted["clock"] += 1
        wait = self._rng.choice((5.0, 60.0, 600.0, 7200.0, 2 * DAY_S))
        self._at(self._clock.monotonic() + wait * self._rng.uniform(0.5, 1), self._put_right)

    def _put_right(self) -> None:
        self._clock.set(-self._clock.ahead())
        self._clock.follows = True

    def _clock_set(self) -> None:
        self._set(self._rng.choice((-7200.0, -90.0, -5.0, -0.4, 0.4, 5.0, 90.0, 7200.0, 90_000.0)))

    def _unfollowed(self) -> None:
        self._counted["unfollowed"] += 1
        self._clock.follows = False
        self._at(self._clock.monotonic() + self._rng.uniform(0, 5 * DAY_S), self._put_right)

    def _calm_down(self) -> None:
        """No mishaps any more: the clock is right, nothing is held, and all that waits gets its turn."""
        self._put_right()
        self._living.devices_back()
        self._mishaps.clear()
        with self.sessions.begin() as session:
            session.add(Wish(kind="resume", by="diễn tập", created_at=self._clock.now()))
        self._living.until(self._clock.monotonic() + DAY_S / 2)
