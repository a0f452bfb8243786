"""What to do with one broadcast now. Pure: values in, a verdict out; every rule of the air is in this room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from audio.cues import Lane
from broadcaster.broadcasts import Status
from broadcaster.hours import Bounds
from schedules.late import LatePolicy, late_position

LEAD = timedelta(seconds=10)  # a broadcast is cued this long before its start
ALERT_LIFE = timedelta(minutes=10)  # an alert nobody could hear by then is old news, and says so in the log
MIC_LIFE = timedelta(seconds=20)  # nobody speaks into a microphone longer than this without being on air
ON_TIME = timedelta(seconds=1)  # later than this is late; a tick and an output's buffer are far below
GO_ON = timedelta(minutes=10)  # the longest interruption after which a queue item still goes on
QUEUE_LIFE = timedelta(hours=6)  # what was ordered in the morning never begins in the evening


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
    live: bool = False
    refused: str | None = None  # why the hours of its zone forbid it when it is planned
    bounds: Bounds | None = None  # the hours it must keep to when it really begins


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
    """Thông tư 39/2020/TT-BTTTT: khẩn cấp above ưu tiên above thông thường; the queue fills what is left.

    A person at the microphone is above everything that is only planned."""
    if kind == "alert":
        return Lane.ALERT
    if kind == "mic":
        return Lane.MICROPHONE
    if kind == "queue":
        return Lane.QUEUE
    return Lane.PRIORITY if klass == "uu-tien" else Lane.SCHEDULED


def decide(broadcast: Candidate, now: datetime, *, held: bool, trusted: bool) -> Verdict:
    """The verdict on one waiting broadcast. `held`: a person has stopped everything; `trusted`: the clock is right."""
    verdict = _verdict(broadcast, now, held=held, trusted=trusted)
    if isinstance(verdict, Play) and (why := _out_of_hours(broadcast, verdict)):
        return Finish(Status.CUT if broadcast.interrupted_by else Status.MISSED, why)
    return verdict


def no_longer(broadcast: Candidate, now: datetime) -> str | None:
    """Why what is on air without its device may not go on where it was any more, as a reason code: by now its hours
    may be over."""
    return _out_of_hours(broadcast, Play(now, broadcast.heard_to))


def _out_of_hours(broadcast: Candidate, play: Play) -> str | None:
    """The hours are asked again for the moment at which it really begins: what is late, or waited its turn, may have
    come out of them. What goes on elsewhere lies within the time that was asked about when it was ordered; alerts
    are exempt, and at a microphone sits a person."""
    if broadcast.bounds is None or broadcast.length is None or broadcast.live or broadcast.kind in ("alert", "mic"):
        return None
    bounds = broadcast.bounds
    if broadcast.interrupted_at and play.at - broadcast.interrupted_at <= GO_ON:
        # It began within the hours, and a short break makes nothing else of it: only the quiet ones end it.
        bounds = replace(bounds, overruled=bounds.overruled | {"outside-allowed"})
    return bounds.refusal(play.at, broadcast.length - play.position)


def _verdict(broadcast: Candidate, now: datetime, *, held: bool, trusted: bool) -> Verdict:
    if broadcast.kind == "alert":
        return _alert(broadcast, now)
    if broadcast.kind == "mic":
        return _microphone(broadcast, now, held)
    if broadcast.kind == "queue":
        return _queued(broadcast, now, held)
    if not trusted:
        return Wait()
    if held:
        return _held(broadcast, now)
    if broadcast.live:
        return _live(broadcast, now)
    if broadcast.interrupted_by:
        return _interrupted(broadcast, now)
    return _scheduled(broadcast, now)


def _alert(alert: Candidate, now: datetime) -> Verdict:
    if now - alert.starts_at > ALERT_LIFE:
        return Finish(Status.CUT if alert.interrupted_by else Status.MISSED, "alert-too-old")
    return Play(now, timedelta(0))  # one that is still being spoken begins with its siren


def _microphone(mic: Candidate, now: datetime, held: bool) -> Verdict:
    """It is for now: who was interrupted, or could not be heard at once, speaks again when they can be."""
    if mic.interrupted_by:
        return Finish(Status.CUT, "interrupted")
    if held or now - mic.starts_at > MIC_LIFE:
        return Finish(Status.MISSED, "held" if held else "too-late")
    return Play(now, timedelta(0))


def _live(relay: Candidate, now: datetime) -> Verdict:
    """What goes on elsewhere is joined where it is, as long as it lasts."""
    if now < relay.starts_at - LEAD:
        return Wait()
    if relay.refused:
        return Finish(Status.MISSED, relay.refused) if now >= relay.starts_at else Wait()
    into = max(now - relay.starts_at, timedelta(0))
    if relay.length is None or into >= relay.length:
        return Finish(Status.CUT, "interrupted") if relay.interrupted_by else Finish(Status.MISSED, "too-late")
    return Play(max(now, relay.starts_at), into)


def _queued(item: Candidate, now: datetime, held: bool) -> Verdict:
    if not item.interrupted_by and now - item.starts_at > QUEUE_LIFE:
        return Finish(Status.MISSED, "held" if held else "too-late")
    if held:
        return Wait()
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
