"""Playout: carries the verdicts out on the mixer, and writes down what the mixer says was heard.

One thread calls `tick`; the mixers are rendered by the outputs' own threads.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.cues import Began
from audio.errors import AudioError
from audio.format import RATE
from broadcaster import asrun, broadcasts, heard, plan, zones
from broadcaster.admission import Admission
from broadcaster.broadcasts import Status, step
from broadcaster.candidates import candidate
from broadcaster.causes import Attendance
from broadcaster.channels import Channels
from broadcaster.clock import Clock
from broadcaster.database import Sessions
from broadcaster.decide import LEAD, Finish, Play, decide, lane, no_longer
from broadcaster.errors import BroadcasterError
from broadcaster.heard import LATE, PUNCTUAL, Run, joined, orders
from broadcaster.models import Broadcast
from broadcaster.models_station import StationState, Wish
from broadcaster.openings import Openings, OpenLive, OpenSource
from broadcaster.runs import Runs
from broadcaster.stretches import Over
from broadcaster.trust import Trust
from schedules.errors import ScheduleError
from schedules.late import LatePolicy

log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=30)  # what lost its device goes on after this much silence, or its grace if that is more


class Playout:
    def __init__(
        self,
        sessions: Sessions,
        air: Channels,
        clock: Clock,
        tz: ZoneInfo,
        open_source: OpenSource,
        open_live: OpenLive,
        ready: Callable[[str], bool] = lambda sha256: True,
    ) -> None:
        """`ready` tells whether a recording can be opened without reading it through first; if not, asked again."""
        self._sessions = sessions
        self._air = air
        self._clock = clock
        self._tz = tz
        self._ready = ready
        self._runs = Runs(air, clock)
        self._openings = Openings(open_source, open_live)
        self._broken: dict[str, frozenset[str]] = {}  # by broadcast: recordings that turned out to be damaged
        self._told: list[tuple[Began | Over, Run]] = []  # by the mixers, and not written down yet
        self._attendance = Attendance(clock)
        self._admission = Admission(self._runs, tz)
        self.trust = Trust(clock)
        self.held = False
        self.trusted = True

    def recover(self) -> None:
        """After a restart: what was on air is interrupted, and will go on or be cut by its late policy."""
        with self._sessions.begin() as session:
            for broadcast in broadcasts.on_air(session):
                step(broadcast, Status.READY)
                broadcast.cut_by = "restart"
                broadcast.note = joined(broadcast.note, "restarted")

    def tick(self) -> None:
        """One pass: what was heard, what people wish, what is due."""
        now = self._clock.now()
        self._told += self._runs.told()  # kept until it is written down: the disk may be full just now
        with self._sessions.begin() as session:
            for event, run in self._told:
                if not heard.write_down(session, run, event):
                    self._air.withdraw(event.key)  # taken back a block too late
            self._take_wishes(session, now)
            waiting = [b for b in broadcasts.waiting(session, now + LEAD) if b.kind != "queue"]
            waiting.sort(key=lambda b: -lane(b.kind, b.klass))  # a siren waits for nothing; see Channels.cue
            self.trusted = self.trust.given(session, now)
            self._attendance.look(trusted=self.trusted)
            for broadcast in waiting:
                self._settle(session, broadcast, now)
            self._openings.follow(session, self._runs.all())
            self._feed_queue(session, now)
            self._runs.give_up()
            for run in self._runs.unheard():
                found = candidate(session, session.get_one(Broadcast, run.key), self._tz)
                if why := no_longer(found, now):
                    self._runs.take_off(run, why)
        self._told.clear()

    def checkpoint(self) -> None:
        """How far everything is that is on air, written down: once a second."""
        playing = self._runs.sounding()
        if not playing:
            return
        with self._sessions.begin() as session:
            for run, progress in playing:
                accounts, reached = self._air.accounts(run.key), self._air.heard(run.key)
                heard.checkpoint(session, run, progress, accounts, self._clock.now(), reached=reached)

    def clock_was_set(self, seconds: float) -> None:
        """Forward, or back: what is cued and has not begun is taken back, and decided anew by the next tick."""
        self._air.clock_was_set(seconds)
        self.trust.clock_was_set()
        self._runs.clock_was_set()

    def busy(self) -> bool:
        """Whether anything is on air or cued."""
        return bool(self._runs) or self._air.pending()

    def on_air(self) -> frozenset[str]:
        """The broadcasts that are heard now."""
        return frozenset(self.positions())

    def positions(self) -> dict[str, float]:
        """Broadcast id → seconds into its recording, of everything that is heard now."""
        return self._runs.positions()

    def live_facts(self, key: str) -> dict[str, Any]:
        """How a relay or microphone that is on air fares; nothing of anything else."""
        return self._runs.live_facts(key)

    def _take_wishes(self, session: Session, now: datetime) -> None:
        state = session.get_one(StationState, 1)
        for wish in session.scalars(sa.select(Wish).where(Wish.done_at.is_(None)).order_by(Wish.id)):
            wish.done_at = now
            if wish.kind == "stop":
                state.held_by, state.held_at = wish.by or "?", now
                self._runs.clear("stopped")
            elif wish.kind == "resume":
                state.held_by = state.held_at = None
            elif wish.kind == "skip":
                self._runs.skip()
            elif wish.kind in ("mic-stop", "end"):
                self._runs.finish(wish.broadcast_id, microphones=wish.kind == "mic-stop")
        self.held = state.held_by is not None

    def _settle(self, session: Session, broadcast: Broadcast, now: datetime) -> None:
        run = self._runs.get(broadcast.id)
        if run and run.why == "clock-set":
            return  # on its way out of the mixer; decided when it is gone
        reachable = self._air.reachable(broadcast.zone)
        try:
            if not run and broadcast.starts_at <= now and self._nowhere(session, broadcast):
                asrun.end(session, broadcast, Status.CUT if broadcast.began_at else Status.MISSED, now, "zone-gone")
                return
            if not self._admission.may_air(session, broadcast, now, self._broken.get(broadcast.id, frozenset())):
                return
            verdict = decide(candidate(session, broadcast, self._tz), now, held=self.held, trusted=self.trusted)
            if isinstance(verdict, Finish):
                if self.trust.settling() and broadcast.kind in ("scheduled", "at"):
                    return  # a clock that is put right in a minute may yet let it air
                if run:
                    self._air.withdraw(broadcast.id)  # it waited behind another for longer than its grace
                asrun.end(session, broadcast, verdict.outcome, now, self._reason(broadcast, verdict, reachable))
            elif run and not run.began and not reachable:
                self._air.withdraw(broadcast.id)  # decided again when there is a device
            elif isinstance(verdict, Play) and run is None and reachable and self._may_open(broadcast):
                self._cue(session, broadcast, verdict)
        except (BroadcasterError, ScheduleError) as error:  # one bad item costs one item
            log.error("buổi phát %s bị bỏ: %s", broadcast.id, error)
            asrun.end(session, broadcast, Status.FAILED, now, "broadcast-bad")

    def _nowhere(self, session: Session, broadcast: Broadcast) -> bool:
        """Whether its zone is gone: nobody asked for it anywhere else. One that is only new has its outputs soon."""
        return not self._air.of(broadcast.zone) and zones.gone(session, broadcast.zone)

    def _may_open(self, broadcast: Broadcast) -> bool:
        """An alert waits for nothing; what it says was read through when it was sent."""
        return broadcast.kind == "alert" or broadcast.recording is None or self._ready(broadcast.recording)

    def _reason(self, broadcast: Broadcast, verdict: Finish, reachable: bool) -> str:
        if verdict.reason == "too-late" and (why := self._attendance.why_late(broadcast.starts_at)):
            return why
        if not reachable and verdict.reason in ("too-late", "alert-too-old", "interrupted-too-long"):
            return "no-output"
        return "another-on-air" if broadcast.id in self._runs and verdict.reason == "too-late" else verdict.reason

    def _feed_queue(self, session: Session, now: datetime) -> None:
        """The head of the queue is always cued, so that it follows without a gap; a new head takes its place.

        Items for zones that share no output each have a head of their own. One for several outputs waits until they
        become free together: nobody then misses its beginning.
        """
        taken: set[object] = set()
        for item in broadcasts.queue(session):
            if item.status != Status.READY:
                continue
            outlets = set(self._air.of(item.zone))
            if taken & outlets or len(self._air.in_front(item.zone)) > 1:
                if item.id in self._runs:
                    self._air.withdraw(item.id)
            else:
                self._settle(session, item, now)
            taken |= outlets

    def _cue(self, session: Session, broadcast: Broadcast, play: Play) -> None:
        first, last, mute = self._openings.audible(session, broadcast)
        start = max(first, round(play.position.total_seconds() * RATE))
        if not self._admission.fits_the_day(session, broadcast, self._clock.now()):
            return
        without = self._admission.left_out(session, broadcast, self._clock.now())
        if without is None:
            return
        run = Run(
            broadcast.id,
            broadcast.kind,
            start,
            broadcast.delivered,
            broadcast.gap,
            broadcast.outputs,
            max(PATIENCE, LatePolicy.parse(broadcast.late).grace),
            orders(broadcast),
            self._why_late(broadcast, left_out=start > first),
        )
        # The queue waits for amplifiers that have to wake; an alert's siren wakes them itself.
        lead = self._air.lead(broadcast.zone) if broadcast.kind == "queue" else 0.0
        try:
            self._air.cue(
                broadcast.id,
                lane(broadcast.kind, broadcast.klass),
                broadcast.zone,
                self._openings.opener(broadcast, run, last, mute),
                self._clock.wall() + lead if lead else play.at.timestamp(),
                start=start,
                fade_in=start > 0 or broadcast.live is not None,
                ducks=bool(broadcast.live and broadcast.live.get("ducks")),
                live=bool(broadcast.live and broadcast.kind != "mic"),
                without=without,
            )
        except AudioError as error:
            log.error("không mở được %s: %s", broadcast.title, error)
            self._broke(session, broadcast)
            return
        if broadcast.status == Status.PLANNED:
            step(broadcast, Status.READY)
        self._runs.add(run)

    def _why_late(self, broadcast: Broadcast, *, left_out: bool) -> tuple[str, ...]:
        """For the log of what begins after its time: the cause; and whether any of its beginning is left out."""
        if broadcast.kind not in PUNCTUAL or broadcast.began_at:
            return ()
        late = self._clock.now() - broadcast.starts_at > LATE
        why = self._attendance.why_late(broadcast.starts_at) if late else None
        return tuple(filter(None, (why, "from-middle" if left_out else None)))

    def _broke(self, session: Session, broadcast: Broadcast) -> None:
        """A scheduled broadcast tries what its programme falls back to; anything else has failed."""
        broken = self._broken.get(broadcast.id, frozenset()) | {broadcast.recording or ""}
        if broadcast.kind == "scheduled" and not broadcast.began_at and not broadcast.live:
            plan.choose_edition(session, broadcast, self._tz, without=broken)
            if broadcast.recording:
                self._broken[broadcast.id] = broken
                return
        self._broken.pop(broadcast.id, None)
        reason = "live-failed" if broadcast.live else "recording-broken"
        asrun.end(session, broadcast, Status.FAILED, self._clock.now(), reason)
