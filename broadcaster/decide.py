"""What to do with one broadcast now. Pure: values in, a verdict out; every rule of the air is in this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from audio.mixer import Lane
from broadcaster.broadcasts import Status
from schedules.late import LatePolicy, late_position

LEAD = timedelta(seconds=10)  # a broadcast is cued this long before its start
ALERT_LIFE = timedelta(minutes=10)  # an alert nobody could hear by then is old news, and says so in the log
ON_TIME = timedelta(seconds=1)  # later than this is late; a tick and an output's buffer are far below
GO_ON = timedelta(minutes=10)  # the longest interruption after which a queue item still goes on


@dataclass(frozen=True)
class Candidate:
    """A waiting broadcast, as the rules see it. Times within the recording are timedeltas from its start.

    `interrupted_by` is None before it began, else "higher" (something above it cut in) or "restart".
    """

    id: str
    kind: str
    starts_at: datetime
    late: LatePolicy
    length: timedelta | None
    heard_to: timedelta = timedelta(0)
    boundaries: tuple[timedelta, ...] = ()
    interrupted_by: str | None = None
    interrupted_at: datetime | None = None
    refused: str | None = None  # why the hours of its zone forbid it


@dataclass(frozen=True)
class Play:
    """Cue it for `at`, beginning `position` into the recording."""

    at: datetime
    position: timedelta


@dataclass(frozen=True)
class Finish:
    """It will not be heard (any more)."""

    outcome: Status
    reason: str


@dataclass(frozen=True)
class Wait:
    """Nothing to do yet."""


Verdict: TypeAlias = Play | Finish | Wait


def lane(kind: str, klass: str) -> Lane:
    """Thông tư 39/2020/TT-BTTTT: khẩn cấp above ưu tiên above thông thường; the queue fills what is left."""
    if kind == "alert":
        return Lane.ALERT
    if kind == "queue":
        return Lane.QUEUE
    return Lane.PRIORITY if klass == "uu-tien" else Lane.SCHEDULED


def decide(broadcast: Candidate, now: datetime, *, held: bool, trusted: bool) -> Verdict:
    """The verdict on one waiting broadcast. `held`: a person has stopped everything; `trusted`: the clock is right."""
    if broadcast.kind == "alert":
        return _alert(broadcast, now)
    if broadcast.kind == "queue":
        return Wait() if held else _queued(broadcast, now)
    if not trusted:
        return Wait()
    if held:
        return _held(broadcast, now)
    if broadcast.interrupted_by:
        return _interrupted(broadcast, now)
    return _scheduled(broadcast, now)


def _alert(alert: Candidate, now: datetime) -> Verdict:
    if now - alert.starts_at > ALERT_LIFE:
        return Finish(Status.CUT if alert.interrupted_by else Status.MISSED, "alert-too-old")
    return Play(now, timedelta(0))  # one that is still being spoken begins with its siren


def _queued(item: Candidate, now: datetime) -> Verdict:
    if not item.interrupted_by:
        return Play(now, timedelta(0))
    if now - (item.interrupted_at or now) > GO_ON:
        return Finish(Status.CUT, "interrupted-too-long")
    return Play(now, segment_start(item))


def _held(broadcast: Candidate, now: datetime) -> Verdict:
    if broadcast.interrupted_by:
        return Finish(Status.CUT, "held")
    return Finish(Status.MISSED, "held") if broadcast.starts_at <= now else Wait()


def _scheduled(broadcast: Candidate, now: datetime) -> Verdict:
    if now < broadcast.starts_at - LEAD:
        return Wait()
    late = now - broadcast.starts_at > ON_TIME
    if broadcast.length is None:
        return Finish(Status.MISSED, "no-edition") if now >= broadcast.starts_at else Wait()
    if broadcast.refused and now >= broadcast.starts_at:
        return Finish(Status.MISSED, broadcast.refused)
    if broadcast.refused:
        return Wait()  # until then somebody may overrule the hours, or approve a shorter edition
    if not late:
        return Play(broadcast.starts_at, timedelta(0))
    position = late_position(broadcast.late, broadcast.starts_at, now, broadcast.length)
    return Finish(Status.MISSED, "too-late") if position is None else Play(now, position)


def _interrupted(broadcast: Candidate, now: datetime) -> Verdict:
    """A resume slot goes on where it should be by now after a restart; everything else from the start of the
    segment that was interrupted, so that nobody hears half a sentence, and nothing is heard twice over."""
    silent = now - (broadcast.interrupted_at or now)
    if broadcast.length is None or broadcast.late.kind == "skip":
        return Finish(Status.CUT, "interrupted")
    if silent > broadcast.late.grace:
        return Finish(Status.CUT, "interrupted-too-long")
    if broadcast.late.kind == "resume" and broadcast.interrupted_by == "restart":
        position = broadcast.heard_to + silent
        return Play(now, position) if position < broadcast.length else Finish(Status.CUT, "interrupted")
    return Play(now, segment_start(broadcast))


def segment_start(broadcast: Candidate) -> timedelta:
    """The start of the segment that was being heard."""
    return max((b for b in broadcast.boundaries if b <= broadcast.heard_to), default=timedelta(0))
