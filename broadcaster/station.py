"""The station process: starts its rooms in order, ticks, stops them in reverse. The composition root."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from filelock import FileLock, Timeout

from audio.decks import Deck
from audio.mixer import Mixer, Source
from broadcaster import broadcasts, bulletins, notices, plan, prepare, programmes, words
from broadcaster.alarms import Alarms
from broadcaster.clock import Clock
from broadcaster.database import OUT_OF_REACH, ChangeWatch, looking, open_database
from broadcaster.decide import LEAD
from broadcaster.errors import BroadcasterError
from broadcaster.models import Rendering, StationState
from broadcaster.output import OutputKeeper
from broadcaster.playout import Playout
from broadcaster.renderer import Renderer
from broadcaster.settings import Settings
from broadcaster.status import playing_facts

log = logging.getLogger(__name__)
GLANCE_S = 0.01  # how often the database is glanced at for wishes: 10 ms of an 80 ms promise
BUSY_S = 0.1  # between passes while something is on air
IDLE_S = 1.0  # between passes while nothing happens
BEAT_S = 1.0  # between signs of life


class Station:
    """Everything that sounds, in one process and one thread besides the output's."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._rung = {"plan"}
        self._troubled = False
        self._sessions = open_database(settings)
        self._mixer = Mixer()
        self._output = OutputKeeper(settings.output, clock, self._mixer.render)
        self._playout = Playout(self._sessions, self._mixer, clock, settings.tz, self._open, self._output.unheard)
        self._renderer = Renderer(settings, self._sessions, self._wake.set)
        self._alarms = Alarms(settings.tz, self._ring)
        self._watch = ChangeWatch(self._sessions)

    def run(self) -> None:
        """Until `stop`. Raises BroadcasterError station-running when another one has this data folder."""
        lock = FileLock(self._settings.data / "station.lock")
        try:
            lock.acquire(timeout=5)
        except Timeout as error:
            raise BroadcasterError("station-running", path=self._settings.data) from error
        try:
            self._start()
            while not self._stop.is_set():
                self._try_pass()
                self._rest()
        finally:
            self._finish()
            lock.release()

    def stop(self) -> None:
        """Ask the loop to end; safe from a signal handler."""
        self._stop.set()
        self._wake.set()

    def _start(self) -> None:
        now = self._clock.now()
        with self._sessions.begin() as session:
            programmes.seed(session, now)
            self._last_alive = session.get_one(StationState, 1).beat_at
        self._playout.recover()
        self._output.start()
        self._playout.tick()  # what was on air goes on before anything else is loaded
        self._renderer.start()
        self._alarms.start()
        self._beat_at = 0.0

    def _finish(self) -> None:
        self._alarms.stop()
        self._renderer.close()
        self._output.stop()
        self._playout.recover()
        self._watch.close()

    def _open(self, sha256: str, start: int) -> Source:
        return Deck(prepare.verify(self._settings, sha256), start)

    def _ring(self, alarm: str) -> None:
        self._rung.add(alarm)
        self._wake.set()

    def _try_pass(self) -> None:
        """While the database can't be written, what is on air goes on, and is written down once it can."""
        try:
            self._pass()
        except OUT_OF_REACH as error:
            if not self._troubled:
                log.error(
                    "không ghi được cơ sở dữ liệu (%s), chương trình đang phát vẫn phát tiếp",
                    getattr(error, "orig", error),
                )
            self._troubled = True
            self._stop.wait(IDLE_S)
            return
        if self._troubled:
            log.error("đã ghi lại được cơ sở dữ liệu")
        self._troubled = False

    def _pass(self) -> None:
        """The playout first: an alert or a stop must not wait for planning."""
        now = self._clock.now()
        self._playout.tick()
        self._order_alerts(now)
        self._renderer.poll()
        self._output.tend()
        if "plan" in self._rung:
            self._rung.discard("plan")
            self._plan(now)
        if self._clock.monotonic() - self._beat_at >= BEAT_S:
            self._beat(now)

    def _plan(self, now: datetime) -> None:
        with self._sessions.begin() as session:
            plan.store(session, now, self._settings.tz, since=self._last_alive)
            for warned in notices.due(session, now, self._settings.tz):
                log.warning("%s", words.warned(warned.code, warned.title, warned.starts_at, self._settings.tz))
            coming = plan.view(session, now, now + timedelta(days=1), self._settings.tz)
        self._last_alive = now
        ahead = [p.starts_at - LEAD for p in coming if p.starts_at - LEAD > now]
        if ahead:
            self._alarms.cue_at(min(ahead))

    def _order_alerts(self, now: datetime) -> None:
        """A typed alert is spoken by the worker the moment it is seen."""
        with looking(self._sessions) as session:
            unspoken = broadcasts.unspoken_alerts(session)
        if unspoken:
            with self._sessions.begin() as session:
                for alert in unspoken:
                    digest = bulletins.text_hash(alert.text or "")
                    session.add(Rendering(broadcast_id=alert.id, text_sha256=digest, created_at=now))

    def _beat(self, now: datetime) -> None:
        health = self._output.health()
        with looking(self._sessions) as session:
            playing = playing_facts(session, self._playout.on_air())
        facts = {
            "playing": playing,
            "level": round(self._mixer.level, 4),
            "output": {
                "uri": self._output.uri,
                "ok": health.ok,
                "underruns": health.underruns,
                "detail": health.detail,
            },
            "clock": {"trusted": self._playout.trusted},
        }
        self._watch.beat(now, facts)
        self._beat_at = self._clock.monotonic()

    def _rest(self) -> None:
        """Wait for the next pass: a foreign commit, an alarm, a finished rendering, or time passing."""
        until = self._clock.monotonic() + (BUSY_S if self._playout.busy() else IDLE_S)
        while not self._stop.is_set() and self._clock.monotonic() < until:
            if self._wake.wait(GLANCE_S) or self._watch.changed() or self._mixer.pending():
                break
        self._wake.clear()
