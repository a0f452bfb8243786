"""Whether sound is flowing, for machines that watch: a verdict, and the numbers behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.broadcasts import ENDS
from broadcaster.models import Bulletin
from broadcaster.models_station import AsRun, StationState
from broadcaster.settings import Settings
from broadcaster.status import ALIVE, read_status

STATES = ("idle", "on_air", "stopped", "dead")


def flows(session: Session, now: datetime) -> bool:
    """Whether what is planned would be heard now: the station lives, its output takes sound, nobody holds it silent,
    and its clock is trusted."""
    state = session.get_one(StationState, 1)
    if state.beat_at is None or abs(now - state.beat_at) >= ALIVE or state.held_by:
        return False
    facts = state.facts
    return bool(facts.get("output", {}).get("ok")) and bool(facts.get("clock", {}).get("trusted"))


def metrics(session: Session, settings: Settings, now: datetime) -> str:
    """The station in Prometheus' text format 0.0.4."""
    return "".join(_written(*metric) for metric in _metrics(session, settings, now, settings.tz))


Metric = tuple[str, str, str, list[tuple[str, float]]]


def _metrics(session: Session, settings: Settings, now: datetime, tz: ZoneInfo) -> Iterable[Metric]:
    status = read_status(session, now, tz)
    state = session.get_one(StationState, 1)
    outcomes = dict(session.execute(sa.select(AsRun.outcome, sa.func.count()).group_by(AsRun.outcome)).all())
    waiting = session.scalar(sa.select(sa.func.count()).where(Bulletin.status == "submitted")) or 0
    disk = shutil.disk_usage(settings.data)
    gauge, counter = "gauge", "counter"
    yield "flowing", gauge, "1 when sound would be heard now.", [("", flows(session, now))]
    yield "state", gauge, "1 for the present state.", [(f'state="{s}"', s == status.state) for s in STATES]
    if state.beat_at:
        yield "beat_age_seconds", gauge, "Age of the sign of life.", [("", (now - state.beat_at).total_seconds())]
    yield "output_ok", gauge, "1 when the output takes sound.", [("", bool(status.output.get("ok")))]
    yield "output_underruns_total", counter, "Blocks that came late.", [("", status.output.get("underruns", 0))]
    yield "clock_trusted", gauge, "1 when the clock is believed.", [("", bool(status.clock.get("trusted")))]
    alone = status.clock.get("alone_s", 0)
    yield "clock_unsynchronised_seconds", gauge, "For how long the clock has followed no time source.", [("", alone)]
    yield "held", gauge, "1 while a person holds the station silent.", [("", bool(status.held_by))]
    yield "queue_length", gauge, "Items in the operator's queue.", [("", len(status.queue))]
    if status.next:
        starts = status.next[0]["starts_at"].timestamp()
        yield "next_broadcast_timestamp_seconds", gauge, "When the next broadcast begins.", [("", starts)]
    ends: list[tuple[str, float]] = [(f'outcome="{end}"', outcomes.get(end, 0)) for end in sorted(ENDS)]
    yield "broadcasts_total", counter, "Lines of the as-run log.", ends
    yield "bulletins_to_approve", gauge, "Bulletins waiting for approval.", [("", waiting)]
    yield "disk_free_bytes", gauge, "Free space where the data lies.", [("", disk.free)]


def _written(name: str, kind: str, says: str, samples: list[tuple[str, float]]) -> str:
    name = f"tieng_loa_{name}"
    lines = [f"# HELP {name} {says}", f"# TYPE {name} {kind}"]
    lines += [f"{name}{{{labels}}} {value:.15g}" if labels else f"{name} {value:.15g}" for labels, value in samples]
    return "\n".join(lines) + "\n"
