"""The plan: occurrences of slots become broadcasts ahead of time, each with the edition it will play."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import editions, hours, timetable
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from schedules.periods import mourned
from schedules.slots import Occurrence

HORIZON = timedelta(days=7)  # stored ahead: a station that wakes up late still knows what it missed
LOOK_BACK = timedelta(days=31)  # longest absence whose missed broadcasts are still written to the log
DAY = timedelta(days=1)


def store(session: Session, now: datetime, tz: ZoneInfo, since: datetime | None = None) -> None:
    """Bring the stored broadcasts of the horizon in line with slots, periods, changes and approved editions.

    `since` is when the station was last alive; what it slept through is stored too, to be logged as missed.
    Planning twice changes nothing.
    """
    start = max(min(since or now, now), now - LOOK_BACK)
    due = {(o.slot.id, o.starts_at): o for o in timetable.all_occurrences(session, start, now + HORIZON, tz)}
    query = sa.select(Broadcast).where(Broadcast.kind == "scheduled", Broadcast.starts_at >= start)
    stored = {(b.slot_id or "", b.starts_at): b for b in session.scalars(query)}
    periods, choices = timetable.periods(session), editions.Choices(session, tz)
    for key, occurrence in due.items():
        if key not in stored:
            stored[key] = Broadcast(
                kind="scheduled", slot_id=occurrence.slot.id, starts_at=occurrence.starts_at,
                title="", created_at=now, status=Status.PLANNED,
            )  # fmt: skip
            session.add(stored[key])
    for key, broadcast in sorted(stored.items(), key=lambda item: item[0][1]):
        if broadcast.status not in (Status.PLANNED, Status.READY) or broadcast.began_at:
            continue
        if key not in due and broadcast.starts_at > now:
            session.delete(broadcast)  # its slot is gone, paused or changed: it was only ever a plan
            continue
        if key in due:
            _follow(session, broadcast, due[key])
            broadcast.mourning = mourned(periods, due[key].slot, broadcast.starts_at.astimezone(tz).date()) is not None
        session.flush()
        choose_edition(session, broadcast, tz, choices=choices)
    session.flush()


def _follow(session: Session, broadcast: Broadcast, occurrence: Occurrence) -> None:
    """Take over what the slot, or a change of this one occurrence, says now."""
    row = session.get_one(SlotRow, occurrence.slot.id)
    broadcast.programme_id, broadcast.zone = occurrence.programme, row.zone
    broadcast.klass, broadcast.late, broadcast.position = row.klass, row.late, float(row.rank)
    overruled = timetable.override_of(session, occurrence)
    broadcast.remark = overruled or (occurrence.change.reason if occurrence.change else None)
    if occurrence.change:
        broadcast.by = occurrence.change.by


def stands(session: Session, broadcast: Broadcast, tz: ZoneInfo) -> bool:
    """Whether the slot of a scheduled broadcast still has it: not removed, not paused, not moved."""
    moment = broadcast.starts_at
    found = timetable.all_occurrences(session, moment, moment + timedelta(seconds=1), tz, only=broadcast.slot_id)
    return any((o.slot.id, o.starts_at) == (broadcast.slot_id, moment) for o in found)


def choose_edition(
    session: Session,
    broadcast: Broadcast,
    tz: ZoneInfo,
    *,
    without: frozenset[str] = frozenset(),
    choices: editions.Choices | None = None,
) -> None:
    """Fill in what a scheduled broadcast will play, as of now, and whether its hours allow
    it; back to planned when there is nothing to play.

    `without` names recordings whose files turned out to be damaged; `choices` are what was looked up already.
    """
    if broadcast.programme_id is None or broadcast.kind != "scheduled":
        return
    programme = session.get_one(Programme, broadcast.programme_id)
    broadcast.live = programme.relay
    if programme.relay:
        broadcast.title, broadcast.status = programme.name, Status.READY
        broadcast.refused = _refusal(session, broadcast, timedelta(seconds=programme.relay["seconds"]), tz)
        return
    if choices and not without:
        edition = choices.of(programme, broadcast.starts_at)
    else:
        edition = editions.choose(session, programme, broadcast.starts_at, tz, without=without)
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
    broadcast.refused = _refusal(session, broadcast, edition.length, tz) if edition else None


def _refusal(session: Session, broadcast: Broadcast, length: timedelta, tz: ZoneInfo) -> str | None:
    """Why the hours of its zone forbid a broadcast, as a reason code. What comes before it that day counts."""
    slot = session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
    if slot is None or slot.override_reason or timetable.change_override(session, slot.id, broadcast.starts_at):
        return None  # somebody with the right to do so overruled them
    midnight = datetime.combine(broadcast.starts_at.astimezone(tz).date(), time(), tz)
    query = (
        sa.select(Broadcast.programme_id, Recording.frames)
        .join(Recording, Recording.sha256 == Broadcast.recording)
        .where(
            Broadcast.zone == broadcast.zone,
            Broadcast.kind == "scheduled",
            Broadcast.starts_at >= midnight,
            Broadcast.starts_at < broadcast.starts_at,
            Broadcast.status.not_in(UNHEARD),
            Broadcast.refused.is_(None),
        )
    )
    before = [(programme or "", timedelta(seconds=frames / RATE)) for programme, frames in session.execute(query)]
    found = hours.refusal(
        hours.of_zone(session, broadcast.zone), broadcast.starts_at, length, tz,
        broadcast.programme_id or "", before, hours.OVERRUN,
    )  # fmt: skip
    return f"hours-{found.code}" if found else None
