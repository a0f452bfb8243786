"""What the mixers say was heard, written down: how far a broadcast is while it sounds, its line in the log after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from audio.cues import Began, Progress
from audio.lead import Lead
from broadcaster import accounted, asrun, broadcasts
from broadcaster.broadcasts import Status, step
from broadcaster.models import Broadcast, Recording
from broadcaster.mourning import audible
from broadcaster.sources import Live
from broadcaster.stretches import Account, Over

PUNCTUAL = ("scheduled", "at")  # kinds that are to begin at an instant
LATE = timedelta(seconds=2)  # more than outputs need to get together


@dataclass
class Run:
    """One stretch of a broadcast on air: where in its recording it began, and what was delivered before."""

    key: str  # the broadcast's id
    kind: str
    start: int
    delivered: int
    gap: int
    outputs: list[dict[str, Any]]  # what each output had made of it before
    patience: timedelta
    cued_by: tuple[object, ...] = ()  # see `orders`
    codes: tuple[str, ...] = ()  # for the log once it begins: the plan writes its own of what waits
    leads: list[Lead] = field(default_factory=list)  # the sirens that sound while a typed alert is being spoken
    live: Live | None = None
    began: bool = False
    unheard: float | None = None  # since when (monotonic) no device takes it
    why: str = ""  # why a person took it off: "stopped", "skipped", "ended"

    @property
    def microphone(self) -> bool:
        return self.kind == "mic"

    def left_out(self) -> int:
        """Frames of a typed alert's recording that were not due: its own siren is longer than the one heard."""
        return max((lead.left_out for lead in self.leads), default=0)

    def says_goodbye(self) -> bool:
        """Let a microphone end with its chime; anything else has to be faded out."""
        if self.microphone and self.live:
            self.live.finish()
            return True
        return False


def orders(broadcast: Broadcast) -> tuple[object, ...]:
    """What a broadcast says of what is to be cued and where. While a run waits, the plan may say something else."""
    return broadcast.recording, broadcast.live, broadcast.zone, broadcast.klass


def write_down(session: Session, run: Run, event: Began | Over) -> bool:
    """The beginning or the end of a run. False when the broadcast is over already and must not be heard."""
    broadcast = session.get(Broadcast, run.key)
    if broadcast is None or broadcast.status in broadcasts.ENDS:
        return False
    at = datetime.fromtimestamp(event.instant, UTC)
    if isinstance(event, Began):
        run.began = True
        step(broadcast, Status.ON_AIR)
        for code in run.codes:
            broadcast.note = joined(broadcast.note, code)
        if broadcast.began_at is None and broadcast.kind in PUNCTUAL and at - broadcast.starts_at > LATE:
            broadcast.note = joined(broadcast.note, "late")
        broadcast.began_at = broadcast.began_at or at
        broadcast.cut_by = None
        _keep(broadcast, run, Progress(run.key, 0, 0, 0), at)
    elif run.began:
        _keep(broadcast, run, Progress(run.key, event.frames, event.gap, event.skipped), at)
        _ended(session, broadcast, run, event, at)
    elif run.why == "taken-out":
        session.delete(broadcast)  # it was only ever a plan; its moment may have come meanwhile
    return True


def checkpoint(
    session: Session, run: Run, playing: Progress, accounts: Iterable[Account], now: datetime, *, reached: bool
) -> None:
    """How far it is, also in each output, once a second; `reached` is whether any device takes it."""
    broadcast = session.get_one(Broadcast, run.key)
    broadcast.outputs = accounted.summed(run.outputs, accounts)
    if reached:
        _keep(broadcast, run, playing, now)
    else:
        broadcast.note = joined(broadcast.note, "output-lost")


def _keep(broadcast: Broadcast, run: Run, progress: Progress, at: datetime) -> None:
    asrun.checkpoint(
        broadcast,
        start=run.start + progress.skipped,
        delivered=run.delivered,
        frames=progress.frames,
        gap=run.gap + progress.gap,
        at=at,
    )
    if run.live and run.live.trouble:
        broadcast.note = joined(broadcast.note, run.live.trouble)


def _ended(session: Session, broadcast: Broadcast, run: Run, event: Over, at: datetime) -> None:
    broadcast.outputs = accounted.summed(run.outputs, event.outputs)
    if event.by is not None:
        step(broadcast, Status.READY)
        broadcast.cut_by = "higher"
        alert = session.get_one(Broadcast, event.by).kind == "alert"
        broadcast.note = joined(broadcast.note, "interrupted-by-alert" if alert else "interrupted-by-other")
    elif event.broken:
        reason = "live-failed" if run.live else "recording-broken"
        asrun.end(session, broadcast, Status.CUT if event.frames else Status.FAILED, at, reason)
    elif event.cut:
        asrun.end(session, broadcast, Status.CUT, at, run.why or "stopped")
    elif broadcast.live:
        asrun.end(session, broadcast, Status.AIRED, at)
    elif broadcast.recording is None:
        asrun.end(session, broadcast, Status.FAILED, at, "alert-not-spoken")
    else:
        recording = session.get_one(Recording, broadcast.recording)
        reached = run.start + event.frames + event.skipped + run.left_out()
        whole = reached >= audible(broadcast, recording)[1]
        asrun.end(session, broadcast, Status.AIRED if whole else Status.CUT, at, None if whole else "recording-broken")


def joined(note: str | None, more: str) -> str:
    """A reason code added to the others, once."""
    return more if not note else note if more in note.split() else f"{note} {more}"
