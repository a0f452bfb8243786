"""The plan: occurrences of slots become broadcasts ahead of time, each with the edition it will play."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import asrun, editions, timetable
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from schedules.weeks import week_of

HORIZON = timedelta(days=7)  # stored ahead: a station that wakes up late still knows what it missed
LOOK_BACK = timedelta(days=31)  # longest absence whose missed broadcasts are still written to the log


@dataclass(frozen=True)
class Planned:
    """One line of the plan. `status` is the broadcast's where it is stored already, else "planned"."""

    slot: str | None
    broadcast: str | None
    programme: str
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    status: str
    warnings: tuple[str, ...]


def store(session: Session, now: datetime, tz: ZoneInfo, since: datetime | None = None) -> None:
    """Bring the stored broadcasts of the horizon in line with slots, pauses and approved editions.

    `since` is when the station was last alive; what it slept through is stored too, to be logged as missed.
    Planning twice changes nothing.
    """
    start = max(min(since or now, now), now - LOOK_BACK)
    due = {(o.slot.id, o.starts_at): o for o in timetable.all_occurrences(session, start, now + HORIZON, tz)}
    query = sa.select(Broadcast).where(Broadcast.kind == "scheduled", Broadcast.starts_at >= start)
    stored = {(b.slot_id or "", b.starts_at): b for b in session.scalars(query)}
    for key, occurrence in due.items():
        if key not in stored:
            row = session.get_one(SlotRow, occurrence.slot.id)
            stored[key] = Broadcast(
                kind="scheduled",
                title=row.programme.name,
                slot_id=row.id,
                programme_id=row.programme_id,
                zone=row.zone,
                klass=row.klass,
                late=row.late,
                starts_at=occurrence.starts_at,
                created_at=now,
                status=Status.PLANNED,
            )
            session.add(stored[key])
    for key, broadcast in stored.items():
        if broadcast.status not in (Status.PLANNED, Status.READY) or broadcast.began_at:
            continue
        if key not in due and broadcast.starts_at > now:
            session.delete(broadcast)  # its slot is gone or paused: it was only ever a plan
            continue
        choose_edition(session, broadcast, tz)
    session.flush()


def stands(session: Session, broadcast: Broadcast, tz: ZoneInfo) -> bool:
    """Whether the slot of a scheduled broadcast still has it: not removed, not paused, not moved."""
    moment = broadcast.starts_at
    found = timetable.all_occurrences(session, moment, moment + timedelta(seconds=1), tz)
    return any((o.slot.id, o.starts_at) == (broadcast.slot_id, moment) for o in found)


def choose_edition(
    session: Session, broadcast: Broadcast, tz: ZoneInfo, *, without: frozenset[str] = frozenset()
) -> None:
    """Fill in what a scheduled broadcast will play, as of now; back to planned when there is nothing.

    `without` names recordings whose files turned out to be damaged.
    """
    if broadcast.programme_id is None or broadcast.kind != "scheduled":
        return
    programme = session.get_one(Programme, broadcast.programme_id)
    edition = editions.choose(session, programme, str(week_of(broadcast.starts_at, tz)), without=without)
    broadcast.title = f"{programme.name}: {edition.title}" if edition else programme.name
    broadcast.bulletin_id = edition.bulletin_id if edition else None
    broadcast.recording = edition.recording if edition else None
    broadcast.text_sha256 = edition.text_sha256 if edition else None
    broadcast.approved_by = edition.approved_by if edition else None
    notes = (["recording-broken"] if without else []) + (
        [f"fallback-{edition.note}"] if edition and edition.note else []
    )
    broadcast.note = " ".join(notes) or None
    broadcast.status = Status.READY if edition else Status.PLANNED


def view(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Planned]:
    """What will air between two instants: stored broadcasts, and occurrences still beyond the horizon."""
    query = sa.select(Broadcast).where(
        Broadcast.kind.in_(["scheduled", "at"]), Broadcast.starts_at >= start, Broadcast.starts_at < end
    )
    rows = list(session.scalars(query))
    stored = {(b.slot_id, b.starts_at) for b in rows if b.slot_id}
    lines = [_line(session, b, tz) for b in rows]
    for occurrence in timetable.all_occurrences(session, start, end, tz):
        if (occurrence.slot.id, occurrence.starts_at) not in stored:
            programme = session.get_one(Programme, occurrence.slot.programme)
            week = str(week_of(occurrence.starts_at, tz))
            edition = editions.choose(session, programme, week)
            length = edition.length if edition else editions.usual_length(session, programme)
            lines.append(
                Planned(
                    slot=occurrence.slot.id,
                    broadcast=None,
                    programme=programme.slug,
                    title=programme.name,
                    zone=occurrence.slot.zone,
                    starts_at=occurrence.starts_at,
                    ends_at=occurrence.starts_at + length,
                    status="planned",
                    warnings=_warnings(edition),
                )
            )
    return sorted(lines, key=lambda p: (p.starts_at, p.title))


def _line(session: Session, broadcast: Broadcast, tz: ZoneInfo) -> Planned:
    programme = session.get(Programme, broadcast.programme_id) if broadcast.programme_id else None
    recording = session.get(Recording, broadcast.recording) if broadcast.recording else None
    length = timedelta(seconds=recording.frames / RATE) if recording else editions.UNKNOWN_LENGTH
    warnings: tuple[str, ...] = ()
    if programme and broadcast.status in (Status.PLANNED, Status.READY):
        warnings = _warnings(editions.choose(session, programme, str(week_of(broadcast.starts_at, tz))))
    return Planned(
        slot=broadcast.slot_id,
        broadcast=broadcast.id,
        programme=programme.slug if programme else "",
        title=broadcast.title,
        zone=broadcast.zone,
        starts_at=broadcast.starts_at,
        ends_at=broadcast.starts_at + length,
        status=broadcast.status,
        warnings=warnings,
    )


def _warnings(edition: editions.Edition | None) -> tuple[str, ...]:
    if edition is None:
        return ("no-edition",)
    return (f"fallback-{edition.note}",) if edition.note else ()


def clock_is_plausible(session: Session, now: datetime) -> bool:
    """False when the log already holds something later than the clock: then the clock is wrong."""
    last = asrun.last_end(session)
    return last is None or last <= now + timedelta(seconds=5)
