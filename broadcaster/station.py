"""The station process: starts its rooms in order, ticks, stops them in reverse. The composition root."""

from __future__ import annotations

import faulthandler
import gc
import logging
import sys
import threading
from datetime import datetime, timedelta

from filelock import FileLock, Timeout

from audio.format import RATE
from broadcaster import (
    ahead,
    broadcasts,
    notices,
    plan,
    preferences,
    programmes,
    renderings,
    spare,
    timetable,
    words,
    zones,
)
from broadcaster.alarms import Alarms
from broadcaster.bell import Bell
from broadcaster.channels import Channels
from broadcaster.clock import Clock
from broadcaster.clockwatch import ClockWatch
from broadcaster.database import OUT_OF_REACH, ChangeWatch, full, looking, open_database
from broadcaster.decide import LEAD
from broadcaster.errors import BroadcasterError
from broadcaster.models import Rendering
from broadcaster.models_station import StationState
from broadcaster.newcomers import Newcomers
from broadcaster.output import Channel
from broadcaster.playout import Playout
from broadcaster.presence import LOCK
from broadcaster.renderer import Renderer
from broadcaster.settings import Settings
from broadcaster.sources import Sources
from broadcaster.standby import Standby
from broadcaster.status import station_facts
from broadcaster.verifying import Verifier
from schedules.periods import Period, volume

log = logging.getLogger(__name__)
GLANCE_S = 0.5  # how often the database is glanced at by a station whose bell rings when something is committed
DEAF_S = 0.01  # the same where no bell can be had
BUSY_S = 1.0  # between passes while something is on air; what happens, and what others commit, ends a rest at once
IDLE_S = 5.0  # between passes while nothing happens; alarms ring when something is due
BEAT_S = 1.0  # between signs of life
FEED_S = 5.0  # between feeds of the watchdog
SWEEP_S = 3600.0  # a full garbage collection waits for an idle moment, but no longer than this
TURN_S = 0.001  # the longest the sound's thread waits for another one's Python to give way; Python's own is 0.005
HUNG_S = 30.0  # a pass that takes longer is stuck: the process ends, says where, and is started again


class Station:
    """Everything that sounds, in one process and one thread besides the output's."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._stop = threading.Event()
        self._rung = {"plan"}
        self._troubled = False
        self._sessions = open_database(settings, rings=False)  # what it writes itself is no news to it
        self._bell = Bell()
        self._air = Channels(clock, self._bell.ring)
        self._channels: list[Channel] = []
        self._newcomers = Newcomers(clock)
        self._zones: list[zones.Zone] = []
        self._periods: tuple[Period, ...] = ()
        self._verifier = Verifier(settings, clock, self._bell.ring)
        sources, ready = Sources(self._verifier), self._verifier.ready
        self._playout = Playout(self._sessions, self._air, clock, settings.tz, sources.recording, sources.live, ready)
        self._renderer = Renderer(settings, self._sessions, self._bell.ring)
        self._standby = Standby(settings, self._sessions)
        self._next_at: datetime | None = None
        self._alarms = Alarms(settings.tz, self._ring)
        self._watch = ChangeWatch(self._sessions)
        self._shown: object = None
        self._swept: float | None = None
        self._fed = 0.0
        self._news = True  # something happened since the last pass
        self._next_pass = 0.0
        self._clock_watch = ClockWatch(clock)

    def run(self) -> None:
        """Until `stop`. Raises BroadcasterError station-running when another one has this data folder."""
        lock = FileLock(self._settings.data / LOCK)
        try:
            lock.acquire(timeout=5)
        except Timeout as error:
            raise BroadcasterError("station-running", path=self._settings.data) from error
        try:
            self._start()
            while not self._stop.is_set():
                self._try_pass()
                self._air.tend()
                self._newcomers.tend(self._channels, quiet=not self._playout.busy())
                self._feed_watchdog()
                self._rest()
        finally:
            self._finish()
            lock.release()

    def stop(self) -> None:
        """Ask the loop to end; safe from a signal handler."""
        self._stop.set()
        self._bell.ring()

    def _start(self) -> None:
        sys.setswitchinterval(TURN_S)
        self._bell.listen(self._settings.data)
        spare.keep(self._settings.data)
        now = self._clock.now()
        with self._sessions.begin() as session:
            programmes.seed(session, now)
            self._last_alive = session.get_one(StationState, 1).beat_at
        self._playout.recover()
        self._arrange()
        self._set_volumes()
        self._verifier.aside = False
        self._playout.tick()  # what was on air goes on before anything else is loaded
        self._verifier.aside = True
        self._renderer.start()
        self._alarms.start()
        self._beat_at = 0.0

    def _finish(self) -> None:
        self._alarms.stop()
        self._renderer.close()
        self._newcomers.close()
        self._air.stop()
        self._playout.recover()
        faulthandler.cancel_dump_traceback_later()
        self._watch.close()
        self._bell.close()

    def _feed_watchdog(self) -> None:
        if self._clock.monotonic() - self._fed >= FEED_S:
            self._fed = self._clock.monotonic()
            faulthandler.dump_traceback_later(HUNG_S, exit=True)

    def _ring(self, alarm: str) -> None:
        self._rung.add(alarm)
        self._bell.ring()

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
            if full(self._settings, error) and spare.give_up(self._settings.data):
                log.error("đĩa đã đầy, trạm dùng tới phần để dành; hãy xóa bớt tệp không dùng trên máy ngay")
            else:
                self._stop.wait(BEAT_S)
            self._news = True
            return
        if self._troubled:
            log.error("đã ghi lại được cơ sở dữ liệu")
        self._troubled = False

    def _pass(self) -> None:
        """The playout first: an alert or a stop must not wait for planning."""
        self._mind_the_clock()
        now = self._clock.now()
        if self._news or self._clock.monotonic() >= self._next_pass:
            news, self._news = self._news, False
            self._playout.tick()
            if news:
                self._order_alerts(now)
            self._renderer.poll()  # at each pass: what a dead worker could not take is tried again
            if news:
                self._arrange()
            self._set_volumes()
            if "plan" in self._rung:
                self._plan(now)
                self._rung.discard("plan")
                self._sweep()
                news = True
            if news:
                self._standby.tend(now, self._next_at, quiet=not self._playout.busy())
            self._next_pass = self._clock.monotonic() + (BUSY_S if self._playout.busy() else IDLE_S)
            self._news = (
                self._watch.tells and self._watch.changed()
            )  # what was written here may be what the next pass acts on
        if self._clock.monotonic() - self._beat_at >= BEAT_S or self._shown != self._showing():
            self._beat(now)

    def _mind_the_clock(self) -> None:
        """A clock that was set changes what is due: everything is asked again at once."""
        step = self._clock_watch.stepped()
        if step:
            log.warning("đồng hồ máy vừa bị chỉnh %+.1f giây; lịch phát được tính lại", step)
            self._playout.clock_was_set(step)
            self._alarms.clock_was_set()
            self._rung.add("plan")
            self._news = True

    def _arrange(self) -> None:
        """Outputs as the zones have them now."""
        with looking(self._sessions) as session:
            self._zones = zones.sounding(session, self._settings.output)
            self._periods = timetable.periods(session)
        wanted = [(zone.slug, uri) for zone in self._zones for uri in zone.outputs]
        known = {(c.zone, c.uri): c for c in self._channels}
        if wanted != list(known):
            self._channels = [known.get(w) or Channel(*w, self._clock) for w in wanted]
            self._air.arrange(self._channels)

    def _set_volumes(self) -> None:
        now = self._clock.now()
        for zone in self._zones:
            quieter = volume(self._periods, zone.slug, now.astimezone(self._settings.tz).date())
            for channel in self._channels:
                if channel.zone == zone.slug:
                    channel.mixer.volume = quieter * zone.gain(now, self._settings.tz)
                    channel.mixer.lead = round(zone.lead_s * RATE)

    def _sweep(self) -> None:
        """Python's full garbage collection stops every thread, the sound's too: 0.1 to 0.3 s for all that was loaded.

        So what is there after the first plan is left out of it for good, and the rest is looked at when nothing
        sounds. (The small collections go on by themselves.)
        """
        if self._swept is None:
            gc.collect()
            gc.freeze()
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, 1_000_000)
        elif not self._playout.busy() or self._clock.monotonic() - self._swept > SWEEP_S:
            gc.collect()
        else:
            return
        self._swept = self._clock.monotonic()

    def _plan(self, now: datetime) -> None:
        with self._sessions.begin() as session:
            plan.store(session, now, self._settings.tz, since=self._last_alive)
            for warned in notices.due(session, now, self._settings.tz):
                log.warning("%s", words.warned(warned.code, warned.title, warned.starts_at, self._settings.tz))
            coming = ahead.view(session, now, now + timedelta(days=1), self._settings.tz)
            most_s = 3600 * preferences.get(session, preferences.ADRIFT)
        trust, was_adrift = self._playout.trust, self._playout.trust.adrift
        trust.left_alone(self._clock_watch.adrift_s(), most_s)
        if trust.adrift and not was_adrift:
            log.error("đồng hồ không theo nguồn giờ chuẩn quá lâu; ngừng phát theo lịch cho tới khi có giờ chuẩn")
        self._next_at = min((p.starts_at for p in coming if p.starts_at > now), default=None)
        self._last_alive = now
        spare.keep(self._settings.data)
        cues = [p.starts_at - LEAD for p in coming if p.starts_at - LEAD > now]
        if cues:
            self._alarms.cue_at(min(cues))

    def _order_alerts(self, now: datetime) -> None:
        """A typed alert is spoken by the worker the moment it is seen."""
        with looking(self._sessions) as session:
            unspoken = broadcasts.unspoken_alerts(session)
        if unspoken:
            with self._sessions.begin() as session:
                for alert in unspoken:
                    digest = renderings.text_hash(alert.text or "")
                    session.add(Rendering(broadcast_id=alert.id, text_sha256=digest, created_at=now))

    def _beat(self, now: datetime) -> None:
        self._shown = self._showing()
        self._playout.checkpoint()
        if self._bell.public:
            self._watch.changed()  # what a checkpoint writes is no news; who writes anything else rings
        self._watch.beat(now, station_facts(self._sessions, self._zones, self._channels, self._playout))
        self._beat_at = self._clock.monotonic()

    def _showing(self) -> object:
        """What people must see at once when it changes."""
        return self._playout.on_air(), [
            (health.ok, health.detail) for health in (channel.health() for channel in self._channels)
        ]

    def _rest(self) -> None:
        """Wait for the next pass: the bell, a foreign commit without it, something on air, or time passing."""
        until = min(self._next_pass, self._beat_at + BEAT_S)
        glance_s = GLANCE_S if self._bell.public else DEAF_S
        while not self._stop.is_set() and not self._news and (left := until - self._clock.monotonic()) > 0:
            rung = self._bell.wait(min(glance_s, left))
            self._news = rung or self._watch.changed() or self._air.pending()
