"""A station that lives on a virtual clock, with a witness beside its loudspeakers, and may lose its power."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
from broadcaster.models import Broadcast, Recording
from broadcaster.models_station import StationState
from broadcaster.playout import Playout
from broadcaster.rigs import Devices, Rig
from broadcaster.settings import Settings
from broadcaster.simulate import Assumed
from broadcaster.witness import Witness

PLAN_EVERY = timedelta(days=2)
NEAR_S = 1.0
TEND_S, TEND_IDLE_S = 3.0, 300.0  # between looks at a device that is away
AT_ONCE_S = 0.01
CUED_S = LEAD.total_seconds() - 0.5  # ahead of its start a broadcast is cued by then
DAY_S = 86400.0
FINEST_S = 1e-5  # a float of a wrong clock's 2038 moves in steps of 5e-7: by less than that it would stand still


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


class Living:
    """The station, from one loss of power to the next."""

    alive: datetime | None  # until when all that was due has been planned

    def __init__(self, sessions: Sessions, settings: Settings, clock: WrongClock, witness: Witness) -> None:
        self._sessions, self._settings, self._clock, self._witness = sessions, settings, clock, witness
        self._devices = Devices(clock)
        self._lengths: dict[str, int] = {}

    def boot(self) -> None:
        """As broadcaster.station starts: what was on air first, then a first pass with the plan."""
        with looking(self._sessions) as session:
            self.alive = session.get_one(StationState, 1).beat_at
            here = [(z.slug, uri) for z in zones.sounding(session, "null:") for uri in z.outputs]
        self._rigs = [Rig(zone, uri, self._devices) for zone, uri in here]
        self._air = Channels(self._clock)
        self._air.arrange(self._rigs)
        self._watch = ClockWatch(self._clock)
        self._playout = Playout(self._sessions, self._air, self._clock, self._settings.tz, self._blank, Assumed)
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
            with self._sessions.begin() as session:
                now = self._clock.now()
                plan.store(session, now, self._settings.tz, since=self.alive)
                most_s = 3600 * preferences.get(session, preferences.ADRIFT)
            self._playout.trust.left_alone(self._watch.adrift_s(), most_s)
            self.alive = now
            self._next_plan = self._clock.monotonic() + PLAN_EVERY.total_seconds()
            self._playout.tick()  # what is new is due within half a second, see Station._pass

    def _blank(self, sha256: str, first: int) -> Blank:
        if sha256 not in self._lengths:
            with looking(self._sessions) as session:
                self._lengths[sha256] = session.get_one(Recording, sha256).frames
        return Blank(self._lengths[sha256] - first)

    def until(self, right: float) -> None:
        """Let the station live until an instant of the right clock."""
        while (left := right - self._clock.monotonic()) > FINEST_S:
            self._tended_pass()
            wake = min(left, max(self._next_plan - self._clock.monotonic(), NEAR_S), max(self._ahead(), NEAR_S))
            if not all(rig.well for rig in self._rigs):
                wake = min(wake, TEND_S if self._playout.busy() else TEND_IDLE_S)
            if not self._playout.busy():
                self._clock.sleep(wake)
                continue
            if not self._sound(AT_ONCE_S):  # what happens at once has a pass at once
                wall = self._clock.wall()
                quiet = (rig.unheard.quiet_for(wall) for rig in self._rigs if rig.takes)
                self._sound(min([wake, *quiet]))
        self._tended_pass()  # a pass follows every event at once, see Station._rest

    def _tended_pass(self) -> None:
        self._pass()
        self._air.tend()
        self._heard()

    def _sound(self, seconds: float) -> bool:
        """Let the outlets sound, with the witness beside them; whether anything began or ended."""
        frames, wall = round(seconds * RATE) or 1, self._clock.wall()
        for rig in self._rigs:
            if rig.takes:
                if self._witness.waits(rig.spot):
                    with looking(self._sessions) as session:
                        self._witness.goes_on(session, rig.spot, wall, self._clock.ahead())
                rig.sound(frames, wall)
        happened = self._heard()
        self._clock.sleep(frames / RATE)
        return happened

    def _heard(self) -> bool:
        news = [(event, rig.spot) for rig in self._rigs for event in rig.unheard.news]
        for rig in self._rigs:
            rig.unheard.news.clear()
        if news:
            with looking(self._sessions) as session:
                self._witness.hear(session, news, self._playout, self._air, self._clock.ahead())
        return bool(news)

    def _ahead(self) -> float:
        """Seconds until a verdict may change by time alone."""
        now = self._clock.now()
        with looking(self._sessions) as session:
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

    def plan_within(self, soon: timedelta) -> None:
        self._next_plan = min(self._next_plan, self._clock.monotonic() + soon.total_seconds())

    def device_gone(self, uri: str) -> None:
        """It takes nothing more, from this instant on."""
        self._devices.gone.setdefault(uri, self._clock.monotonic())
        for rig in self._rigs:
            if not rig.takes:
                self._witness.silenced(rig.spot, self._clock.monotonic())

    def device_back(self, uri: str) -> None:
        self._devices.gone.pop(uri, None)

    def devices_back(self) -> None:
        self._devices.gone.clear()

    def power_gone(self) -> None:
        """Nothing is ended in order."""
        self._witness.power_gone(self._clock.monotonic())
        with self._sessions.begin() as session:
            session.get_one(StationState, 1).beat_at = self._clock.now()

    def end(self) -> None:
        """What an orderly stop writes down on its way out."""
        self._playout.recover()
