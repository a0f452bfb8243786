"""Playout: carries the verdicts out on the mixer, and writes down what the mixer says was heard.

One thread calls `tick`; the mixer is rendered by the output's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.chimes import siren
from audio.errors import BadAudio
from audio.format import RATE
from audio.lead import Lead
from audio.mixer import Began, Ended, Mixer, Source
from broadcaster import asrun, broadcasts, bulletins, plan
from broadcaster.broadcasts import Status, step
from broadcaster.clock import Clock
from broadcaster.database import Sessions
from broadcaster.decide import LEAD, Candidate, Finish, Play, decide, lane
from broadcaster.models import Broadcast, Recording, StationState, Wish
from schedules.late import LatePolicy

OpenSource: TypeAlias = Callable[[str, int], Source]  # (recording's sha256, first frame); raises BadAudio
MOST_SIRENS = 20  # rounds, 30 s: by then the speech of a typed alert has come, or it won't
CHECKPOINT_S = 1.0  # how often what is on air is written down: the most a power cut can make the log forget


@dataclass
class _Run:
    """One stretch of a broadcast in the mixer: where in the recording it began, and what was delivered before."""

    start: int
    delivered: int
    gap: int
    lead: Lead | None = None  # the siren that sounds while a typed alert is being spoken
    began: bool = False
    why: str = ""  # why a person took it off: "stopped", "skipped"


class Playout:
    """`heard` says whether what the mixer renders can reach anyone, and if not, why (a reason code)."""

    def __init__(
        self,
        sessions: Sessions,
        mixer: Mixer,
        clock: Clock,
        tz: ZoneInfo,
        open_source: OpenSource,
        heard: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._sessions = sessions
        self._mixer = mixer
        self._clock = clock
        self._tz = tz
        self._open = open_source
        self._heard = heard
        self._runs: dict[str, _Run] = {}
        self._broken: dict[str, frozenset[str]] = {}  # by broadcast: recordings that turned out to be damaged
        self._told: list[tuple[Began | Ended, _Run]] = []  # by the mixer, and not written down yet
        self._siren = siren()
        self._checked = clock.monotonic()
        self.held = False
        self.trusted = True

    def recover(self) -> None:
        """After a restart: what was on air is interrupted, and will go on or be cut by its late policy."""
        with self._sessions.begin() as session:
            for broadcast in broadcasts.on_air(session):
                step(broadcast, Status.READY)
                broadcast.cut_by = "restart"
                broadcast.note = _joined(broadcast.note, "restarted")

    def tick(self) -> None:
        """One pass: what was heard, what people wish, what is due."""
        now = self._clock.now()
        self._listen()
        with self._sessions.begin() as session:
            self._take_events(session)
            self._take_wishes(session, now)
            self._follow_sirens(session)
            self._checkpoint(session, now)
            self.trusted = plan.clock_is_plausible(session, now)
            for broadcast in broadcasts.waiting(session, now + LEAD):
                if broadcast.kind != "queue":
                    self._settle(session, broadcast, now)
            self._feed_queue(session, now)
        self._told.clear()

    def busy(self) -> bool:
        """Whether anything is on air or cued."""
        return bool(self._runs) or self._mixer.pending()

    def on_air(self) -> tuple[str, float] | None:
        """(broadcast id, seconds into its recording) of what is heard now."""
        now = self._mixer.progress()
        if now is None or now[0] not in self._runs:
            return None
        return now[0], (self._runs[now[0]].start + now[1]) / RATE

    def _listen(self) -> None:
        """What the mixer tells is kept until it is written down: the disk may be full just now."""
        for event in self._mixer.happened():
            self._told.append((event, self._runs[event.key]))
            if isinstance(event, Ended):
                del self._runs[event.key]

    def _take_events(self, session: Session) -> None:
        for event, run in self._told:
            broadcast = session.get(Broadcast, event.key)
            at = datetime.fromtimestamp(event.instant, UTC)
            if broadcast is None or broadcast.status in broadcasts.ENDS:  # taken back a block too late
                self._mixer.withdraw(event.key)
            elif isinstance(event, Began):
                run.began = True
                step(broadcast, Status.ON_AIR)
                broadcast.began_at = broadcast.began_at or at
                broadcast.cut_by = None
                asrun.checkpoint(broadcast, start=run.start, delivered=run.delivered, frames=0, gap=run.gap, at=at)
            elif run.began:
                self._ended(session, broadcast, run, event, at)

    def _ended(self, session: Session, broadcast: Broadcast, run: _Run, event: Ended, at: datetime) -> None:
        asrun.checkpoint(
            broadcast,
            start=run.start,
            delivered=run.delivered,
            frames=event.frames,
            gap=run.gap + event.gap,
            at=at,
        )
        if event.by is not None:
            step(broadcast, Status.READY)
            broadcast.cut_by = "higher"
            broadcast.note = _joined(
                broadcast.note,
                "interrupted-by-alert" if self._is_alert(session, event.by) else "interrupted-by-other",
            )
        elif event.cut:
            asrun.end(session, broadcast, Status.CUT, at, run.why or "stopped")
        elif unheard := self._heard():
            asrun.end(session, broadcast, Status.FAILED, at, unheard)
        elif broadcast.recording is None:
            asrun.end(session, broadcast, Status.FAILED, at, "alert-not-spoken")
        else:
            recording = session.get_one(Recording, broadcast.recording)
            whole = run.start + event.frames >= recording.frames
            asrun.end(
                session,
                broadcast,
                Status.AIRED if whole else Status.CUT,
                at,
                None if whole else "recording-broken",
            )

    def _is_alert(self, session: Session, key: str) -> bool:
        return session.get_one(Broadcast, key).kind == "alert"

    def _take_wishes(self, session: Session, now: datetime) -> None:
        state = session.get_one(StationState, 1)
        for wish in session.scalars(sa.select(Wish).where(Wish.done_at.is_(None)).order_by(Wish.id)):
            wish.done_at = now
            if wish.kind == "stop":
                state.held_by, state.held_at = wish.by or "?", now
                self._take_off("stopped")
            elif wish.kind == "resume":
                state.held_by = state.held_at = None
            elif wish.kind == "skip" and (playing := self._mixer.progress()):
                self._runs[playing[0]].why = "skipped"
                self._mixer.withdraw(playing[0])
        self.held = state.held_by is not None

    def _take_off(self, why: str) -> None:
        for run in self._runs.values():
            run.why = why
        self._mixer.clear()

    def _checkpoint(self, session: Session, now: datetime) -> None:
        playing = self._mixer.progress()
        if playing is None or self._clock.monotonic() - self._checked < CHECKPOINT_S:
            return
        key, frames, gap = playing
        run = self._runs.get(key)
        if run and run.began:
            self._checked = self._clock.monotonic()
            asrun.checkpoint(
                session.get_one(Broadcast, key),
                start=run.start,
                delivered=run.delivered,
                frames=frames,
                gap=run.gap + gap,
                at=now,
            )

    def _settle(self, session: Session, broadcast: Broadcast, now: datetime) -> None:
        cued = broadcast.id in self._runs
        if not self._may_air(session, broadcast, now):
            return
        verdict = decide(self._candidate(session, broadcast), now, held=self.held, trusted=self.trusted)
        if isinstance(verdict, Finish):
            if cued:
                self._mixer.withdraw(broadcast.id)  # it waited behind another for longer than its grace
            reason = "another-on-air" if cued and verdict.reason == "too-late" else verdict.reason
            asrun.end(session, broadcast, verdict.outcome, now, reason)
        elif isinstance(verdict, Play) and not cued:
            self._cue(session, broadcast, verdict)

    def _may_air(self, session: Session, broadcast: Broadcast, now: datetime) -> bool:
        """Asked until the moment of air: its slot still stands, and what it plays is still approved."""
        cued, was = broadcast.id in self._runs, broadcast.recording
        if broadcast.kind == "scheduled" and not broadcast.began_at:
            if broadcast.starts_at > now and not plan.stands(session, broadcast, self._tz):
                self._take_back(broadcast, "taken-out")
                if not cued:
                    session.delete(broadcast)  # it was only ever a plan
                return False
            plan.choose_edition(session, broadcast, self._tz, without=self._broken.get(broadcast.id, frozenset()))
            if cued and broadcast.recording != was:
                self._take_back(broadcast, "not-approved")
                return False
        elif not bulletins.released(session, broadcast.bulletin_id, broadcast.recording):
            self._take_back(broadcast, "not-approved")
            if not cued:
                outcome = Status.CUT if broadcast.began_at else Status.WITHDRAWN
                asrun.end(session, broadcast, outcome, now, "not-approved")
            return False
        return True

    def _take_back(self, broadcast: Broadcast, why: str) -> None:
        if broadcast.id in self._runs:
            self._runs[broadcast.id].why = why
            self._mixer.withdraw(broadcast.id)

    def _follow_sirens(self, session: Session) -> None:
        """Hand a spoken alert to the siren that sounds in its place."""
        for key, run in self._runs.items():
            if run.lead is None or run.lead.followed:
                continue
            broadcast = session.get_one(Broadcast, key)
            if broadcast.recording:
                try:
                    run.lead.follow(self._open(broadcast.recording, len(self._siren)))
                except BadAudio:
                    broadcast.recording = None  # the siren ends alone, and the log says so

    def _feed_queue(self, session: Session, now: datetime) -> None:
        """The head of the queue is always cued, so that it follows without a gap; a new head takes its place."""
        items = [b for b in broadcasts.queue(session) if b.status == Status.READY]
        head = items[0] if items else None
        for item in items[1:]:
            if item.id in self._runs:
                self._mixer.withdraw(item.id)
        if head is None or not self._may_air(session, head, now) or head.id in self._runs:
            return
        verdict = decide(self._candidate(session, head), now, held=self.held, trusted=self.trusted)
        if isinstance(verdict, Finish):
            asrun.end(session, head, verdict.outcome, now, verdict.reason)
        elif isinstance(verdict, Play):
            self._cue(session, head, verdict)

    def _cue(self, session: Session, broadcast: Broadcast, play: Play) -> None:
        start = round(play.position.total_seconds() * RATE)
        lead = None
        source: Source
        if broadcast.kind == "alert" and broadcast.recording is None:
            source = lead = Lead(self._siren, MOST_SIRENS)
        else:
            try:
                source = self._open(broadcast.recording or "", start)
            except BadAudio:
                self._broke(session, broadcast)
                return
        if broadcast.status == Status.PLANNED:
            step(broadcast, Status.READY)
        self._runs[broadcast.id] = _Run(start, broadcast.delivered, broadcast.gap, lead)
        self._mixer.cue(
            broadcast.id,
            lane(broadcast.kind, broadcast.klass),
            source,
            play.at.timestamp(),
            fade_in=start > 0,
        )

    def _broke(self, session: Session, broadcast: Broadcast) -> None:
        """A scheduled broadcast tries what its programme falls back to; anything else has failed."""
        broken = self._broken.get(broadcast.id, frozenset()) | {broadcast.recording or ""}
        if broadcast.kind == "scheduled" and not broadcast.began_at:
            plan.choose_edition(session, broadcast, self._tz, without=broken)
            if broadcast.recording:
                self._broken[broadcast.id] = broken
                return
        self._broken.pop(broadcast.id, None)
        asrun.end(session, broadcast, Status.FAILED, self._clock.now(), "recording-broken")

    def _candidate(self, session: Session, broadcast: Broadcast) -> Candidate:
        recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
        return Candidate(
            id=broadcast.id,
            kind=broadcast.kind,
            starts_at=broadcast.starts_at,
            late=LatePolicy.parse(broadcast.late),
            length=timedelta(seconds=recording.frames / RATE) if recording else None,
            heard_to=timedelta(seconds=broadcast.heard_to / RATE),
            boundaries=tuple(timedelta(seconds=s["start_s"]) for s in recording.segments) if recording else (),
            interrupted_by=broadcast.cut_by,
            interrupted_at=broadcast.checked_at,
            refused=broadcast.refused,
        )


def _joined(note: str | None, more: str) -> str:
    return more if not note else note if more in note.split() else f"{note} {more}"
