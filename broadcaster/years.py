"""Years of a station on a virtual clock, with power cuts, clocks that go wrong, and people who edit all the while.

A witness (broadcaster.witness) hears what the loudspeakers would, by a clock that is always right, and what was due by
the rules is counted apart from what the plan stored: at the end the log must explain all of it.
"""

from __future__ import annotations

import heapq
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import sqlalchemy as sa

from audio.decks import Blank
from audio.format import RATE
from broadcaster import plan, preferences, zones
from broadcaster.broadcasts import Status
from broadcaster.channels import Channels
from broadcaster.clock import VirtualClock
from broadcaster.clockwatch import ClockWatch
from broadcaster.database import Sessions, looking
from broadcaster.decide import LEAD
from broadcaster.edits import SEGMENT_S, People
from broadcaster.models import Broadcast, Recording, SlotRow, StationState, Wish
from broadcaster.outlets import ByHand
from broadcaster.playout import Playout
from broadcaster.reckoning import Reckoning
from broadcaster.settings import Settings
from broadcaster.simulate import Assumed, begin_afresh, copied
from broadcaster.witness import RIGHT_S, Unheard, Witness

PLAN_EVERY = timedelta(days=2)
PLAN_SOON = timedelta(seconds=60)  # what was edited is planned within a minute, as the station does
NEAR_S = 1.0
AT_ONCE_S = 0.01
EDITS_A_DAY, FAULTS_A_DAY = 0.6, 0.2
NEAR_AIR = 0.6  # the share of mishaps that happen around a broadcast, where they hurt
CUED_S = LEAD.total_seconds() - 0.5  # ahead of its start a broadcast is cued by then
DAY_S = 86400.0


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


class WrongClock(VirtualClock):
    """A virtual clock that may be wrong, and that tells whether it follows a time source."""

    follows = True

    def synchronised(self) -> bool | None:
        return self.follows

    def ahead(self) -> float:
        """By how many seconds it is wrong."""
        return self.wall() - self.monotonic()

    def right(self) -> datetime:
        """What it should say."""
        return datetime.fromtimestamp(self.monotonic(), UTC)


def years(sessions: Sessions, settings: Settings, start: datetime, end: datetime, seed: int) -> Told:
    """On a copy of the station's database. Raises BroadcasterError drill-broken for a rule that did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(sessions, Path(folder))
        try:
            with copy.begin() as session:
                begin_afresh(session)
                session.execute(sa.update(SlotRow).values(override_reason="diễn tập"))
                for slug in ("trung-tam", "thon-sau"):
                    zones.save(session, slug, slug, ["null:"], [], start)
            return Years(copy, settings, start, end, seed).run()
        finally:
            copy.kw["bind"].dispose()


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
        self._witness = Witness(SEGMENT_S)
        self._lengths: dict[str, int] = {}
        self._owed = Reckoning(self.settings.tz, self.start)

    def run(self) -> Told:
        """Raises BroadcasterError drill-broken."""
        self._boot()
        self._soon(EDITS_A_DAY, self._edit)
        self._soon(FAULTS_A_DAY, self._fault)
        self._at(self._clock.monotonic(), self._week)
        while self._clock.right() < self.end:
            at, _, mishap = heapq.heappop(self._mishaps)
            self._live_until(at)
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

    def _boot(self) -> None:
        """As broadcaster.station starts: what was on air first, then a first pass with the plan."""
        with looking(self.sessions) as session:
            self._last_alive = session.get_one(StationState, 1).beat_at
            self._outlets = [ByHand(z.slug, Unheard()) for z in zones.sounding(session, "null:")]
        self._air = Channels(self._clock)
        self._air.arrange(self._outlets)
        self._watch = ClockWatch(self._clock)
        self._playout = Playout(self.sessions, self._air, self._clock, self.settings.tz, self._blank, Assumed)
        self._playout.recover()
        self._next_plan = self._clock.monotonic()
        self._pass()

    def _pass(self) -> None:
        if step := self._watch.stepped():
            self._playout.clock_was_set(step)
            self._next_plan = self._clock.monotonic()
        self._playout.tick()
        self._playout.checkpoint()
        if self._clock.monotonic() >= self._next_plan:
            with self.sessions.begin() as session:
                now = self._clock.now()
                plan.store(session, now, self.settings.tz, since=self._last_alive)
                most_s = 3600 * preferences.get(session, preferences.ADRIFT)
            self._playout.trust.adrift = 0 < most_s < self._watch.adrift_s()
            self._last_alive = now
            self._next_plan = self._clock.monotonic() + PLAN_EVERY.total_seconds()
            self._playout.tick()  # what is new is due within half a second, see Station._pass

    def _blank(self, sha256: str, first: int) -> Blank:
        if sha256 not in self._lengths:
            with looking(self.sessions) as session:
                self._lengths[sha256] = session.get_one(Recording, sha256).frames
        return Blank(self._lengths[sha256] - first)

    def _live_until(self, right: float) -> None:
        """Let the station live until an instant of the right clock."""
        while (left := right - self._clock.monotonic()) > 0:
            self._pass()
            wake = min(left, max(self._next_plan - self._clock.monotonic(), NEAR_S), max(self._ahead(), NEAR_S))
            if not self._playout.busy():
                self._clock.sleep(wake)
                continue
            if not self._sound(AT_ONCE_S):  # what happens at once has a pass at once
                wall = self._clock.wall()
                quiet = (o.mixer.quiet_for(wall) for o in self._outlets if isinstance(o.mixer, Unheard))
                self._sound(min(wake, *quiet))
        self._pass()  # a pass follows every event at once, see Station._rest

    def _sound(self, seconds: float) -> bool:
        """Let the outlets sound, with the witness beside them; whether anything began or ended."""
        frames = round(seconds * RATE) or 1
        for outlet in self._outlets:
            outlet.mixer.render(frames, self._clock.wall())
        happened = any(isinstance(o.mixer, Unheard) and o.mixer.news for o in self._outlets)
        if happened:
            with looking(self.sessions) as session:
                self._witness.hear(session, self._outlets, self._playout, self._clock.ahead())
        self._clock.sleep(frames / RATE)
        return happened

    def _ahead(self) -> float:
        """Seconds until a verdict may change by time alone."""
        now = self._clock.now()
        with looking(self.sessions) as session:
            coming = session.scalar(
                sa.select(sa.func.min(Broadcast.starts_at)).where(
                    Broadcast.status.in_([Status.PLANNED, Status.READY]),
                    Broadcast.kind != "queue",
                    Broadcast.starts_at > now,
                )
            )
        if coming is None:
            return DAY_S
        seconds: float = (coming - now).total_seconds()
        return seconds - CUED_S if seconds > CUED_S else seconds

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
        self._last_alive = self._clock.now()  # all until now was planned before, as the station does every minute
        with self.sessions.begin() as session:
            done = work(People(session, self._rng, self._clock.now(), self.settings.tz))
        self._counted["refused" if done is False else "edit"] += 1
        self._next_plan = min(self._next_plan, self._clock.monotonic() + PLAN_SOON.total_seconds())

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
        fault = self._rng.choice((self._power_cut, self._power_cut, self._clock_set, self._unfollowed, self._restart))
        fault()
        self._soon(FAULTS_A_DAY, self._fault)

    def _power_cut(self) -> None:
        self._counted["power_cut"] += 1
        self._off()
        self._clock.sleep(self._rng.choice((3.0, 30.0, 300.0, 3600.0, 20_000.0, 200_000.0)) * self._rng.uniform(0.3, 1))
        if self._rng.random() < 0.5:
            self._set(self._rng.choice((self._stopped_rtc, self._old_rtc, self._fast_rtc))())
        self._boot()

    def _off(self) -> None:
        """The power goes: nothing is ended in order."""
        self._witness.power_gone(self._clock.monotonic())
        self._went_at = self._clock.wall()
        with self.sessions.begin() as session:
            session.get_one(StationState, 1).beat_at = self._clock.now()

    def _restart(self) -> None:
        self._counted["restart"] += 1
        self._witness.power_gone(self._clock.monotonic())
        with self.sessions.begin() as session:
            session.get_one(StationState, 1).beat_at = self._clock.now()
        self._playout.recover()
        self._clock.sleep(self._rng.uniform(1, 20))
        self._boot()

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
        self._mishaps.clear()
        with self.sessions.begin() as session:
            session.add(Wish(kind="resume", by="diễn tập", created_at=self._clock.now()))
        self._live_until(self._clock.monotonic() + DAY_S / 2)
