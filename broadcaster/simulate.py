"""The same rules on a virtual clock: what the as-run log would say, in seconds instead of weeks."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from audio.decks import Blank
from audio.format import RATE
from broadcaster import asrun, editions, plan, repeats, timetable, zones
from broadcaster.broadcasts import Status
from broadcaster.channels import Channels
from broadcaster.clock import VirtualClock
from broadcaster.clockword import Overruled
from broadcaster.database import Sessions, looking, open_engine
from broadcaster.decide import LEAD
from broadcaster.edits import edition
from broadcaster.lengths import Lengths
from broadcaster.missed import MissedAnswer
from broadcaster.models import Broadcast, Programme, Recording, Rendering
from broadcaster.models_station import AsRun, StationState, Wish
from broadcaster.outlets import ByHand
from broadcaster.playout import Playout
from broadcaster.settings import Settings
from schedules.weeks import week_of

PLAN_EVERY = timedelta(hours=6)
BLOCK_S = 60.0  # rendered at once; starts and ends stay exact to the frame inside a block
NEAR_S = 1.0  # while something waits to be cued or decided


def simulate(
    sessions: Sessions, settings: Settings, start: datetime, end: datetime, *, strict: bool = False
) -> list[asrun.Entry]:
    """As-run entries for start <= planned_at < end, oldest first. Works on a copy; the station is not touched.

    Unless `strict`, weeks that have no approved edition yet are assumed to get one in time, and their entries
    say so in the reason ("assumed").
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(sessions, Path(folder))
        try:
            with copy.begin() as session:
                begin_afresh(session)
                if not strict:
                    _assume_editions(session, settings, start, end)
            _run(copy, settings, start, end)
            with looking(copy) as session:
                return [_honest(e) for e in asrun.entries(session, start, end)]
        finally:
            copy.kw["bind"].dispose()


def copied(sessions: Sessions, folder: Path) -> Sessions:
    """The station's database as of now, to be thrown away."""
    path = folder / "virtual.db"
    source = sessions.kw["bind"].raw_connection()
    target = sqlite3.connect(path)
    try:
        source.driver_connection.backup(target)
    finally:
        target.close()
        source.close()
    return sessionmaker(open_engine(f"sqlite:///{path}", lasting=False), expire_on_commit=False)


def begin_afresh(session: Session) -> None:
    """The virtual station starts with an empty log: what is planned or waiting now is not its business."""
    for table in (MissedAnswer, Overruled, AsRun, Rendering, Broadcast, Wish):
        session.execute(sa.delete(table))
    session.execute(sa.update(StationState).values(held_by=None, held_at=None, beat_at=None))
    session.execute(sa.text("UPDATE slot SET created_at = '2000-01-01 00:00:00.000000'"))


def _assume_editions(session: Session, settings: Settings, start: datetime, end: datetime) -> None:
    wanted, originals = {}, repeats.Originals(session, settings.tz)
    for o in timetable.all_occurrences(session, start, end, settings.tz):
        source = originals.of(o.slot.id, o.programme, o.starts_at)
        at = source.at if source and source.at else o.starts_at
        wanted[o.programme, str(week_of(at, settings.tz))] = at
    lengths = Lengths(session, settings.tz)
    for (programme_id, week), at in sorted(wanted.items()):
        programme = session.get_one(Programme, programme_id)
        if programme.relay or editions.Choices(session, settings.tz).has_own(programme, at):
            continue
        length = lengths.usual(programme_id)
        recording = Recording(
            sha256=f"assumed {programme.slug} {week}",
            title=programme.name,
            frames=int(length.total_seconds() * RATE),
            lufs=-16.0,
            true_peak_dbtp=-1.0,
            created_at=start,
        )
        session.add(recording)
        session.flush()
        edition(session, programme, week, recording, f"bản tin tuần {week}", start)


def _honest(entry: asrun.Entry) -> asrun.Entry:
    if not (entry.audio_sha256 or "").startswith("assumed"):
        return entry
    return replace(entry, reason=" ".join(filter(None, [entry.reason, "assumed"])), audio_sha256=None)


def _run(sessions: Sessions, settings: Settings, start: datetime, end: datetime) -> None:
    clock = VirtualClock(start)
    with looking(sessions) as session:
        outlets = [ByHand(z.slug) for z in zones.sounding(session, "null:")]
    air = Channels(clock)
    air.arrange(outlets)
    lengths: dict[str, int] = {}

    def blank(sha256: str, first: int) -> Blank:
        if sha256 not in lengths:
            with looking(sessions) as session:
                lengths[sha256] = session.get_one(Recording, sha256).frames
        return Blank(lengths[sha256] - first)

    playout = Playout(sessions, air, clock, settings.tz, blank, Assumed)
    next_plan = start
    while clock.now() < end or playout.busy():
        if clock.now() >= next_plan:
            with sessions.begin() as session:
                plan.store(session, clock.now(), settings.tz)
            next_plan = clock.now() + PLAN_EVERY
        playout.tick()
        if playout.busy():
            ahead = (_next_cue(sessions, clock.now()) - clock.now()).total_seconds()
            frames = round(min(BLOCK_S, max(ahead, NEAR_S)) * RATE)
            for outlet in outlets:
                outlet.mixer.render(frames, clock.wall())
            clock.sleep(frames / RATE)
        else:
            clock.move_to(min(_next_cue(sessions, clock.now()), next_plan, end))


class Assumed:
    """A relay that is taken to come as it should (see sources.Live)."""

    trouble = ""

    def __init__(self, facts: dict[str, Any]) -> None:
        self._frames = round(facts.get("seconds", 0.0) * RATE)

    def __call__(self, start: int) -> Blank:
        return Blank(self._frames - start)

    def finish(self) -> None:
        """It ends at its time."""

    close = finish

    def facts(self) -> dict[str, Any]:
        """Nobody looks at it."""
        return {}


def _next_cue(sessions: Sessions, now: datetime) -> datetime:
    with looking(sessions) as session:
        starts = session.scalar(
            sa.select(sa.func.min(Broadcast.starts_at)).where(
                Broadcast.status.in_([Status.PLANNED, Status.READY]), Broadcast.kind != "queue"
            )
        )
    if starts is None:
        return now + PLAN_EVERY
    # Past its cue time but not cued (no edition): look again a moment later.
    return max(starts - LEAD, now + timedelta(seconds=1))
