"""The plan: occurrences of slots become broadcasts ahead of time, each with the edition it will play."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import candidates, editions, hours, timetable
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.lengths import UNKNOWN, Lengths
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from schedules.periods import mourned
from schedules.slots import Occurrence

HORIZON = timedelta(days=7)  # stored ahead: a station that wakes up late still knows what it missed
LOOK_BACK = timedelta(days=31)  # longest absence whose missed broadcasts are still written to the log
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    """One line of the plan. `status` is the broadcast's where it is stored already, else "planned" ("withdrawn" for
    an occurrence that somebody cancelled); `changed` says in a person's words what was changed, and by whom."""

    slot: str | None
    broadcast: str | None
    programme: str
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    status: str
    warnings: tuple[str, ...]
    changed: str | None = None
    original: datetime | None = None


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


def coming(session: Session, now: datetime, count: int, tz: ZoneInfo) -> list[Planned]:
    """What airs next, so many. What is stored answers at once, however many slots there are; only a station that has
    less than that ahead of it is looked at in full."""
    waiting = (Status.PLANNED, Status.READY)
    query = (
        sa.select(Broadcast)
        .where(
            Broadcast.kind.in_(["scheduled", "at"]),
            Broadcast.status.in_(waiting),
            Broadcast.starts_at >= now,
            Broadcast.starts_at < now + HORIZON,
        )
        .order_by(Broadcast.starts_at, Broadcast.title)
        .limit(count)
    )
    rows = list(session.scalars(query))
    if len(rows) == count:
        choices, _known = editions.Choices(session, tz), _beside(session, rows)
        return [_line(session, row, None, choices) for row in rows]
    return [p for p in view(session, now, now + HORIZON, tz) if p.status in waiting][:count]


def view(session: Session, start: datetime, end: datetime, tz: ZoneInfo) -> list[Planned]:
    """What will air between two instants: stored broadcasts, occurrences still beyond the horizon, and what was
    cancelled."""
    query = sa.select(Broadcast).where(
        Broadcast.kind.in_(["scheduled", "at"]), Broadcast.starts_at >= start, Broadcast.starts_at < end
    )
    rows = list(session.scalars(query))
    due = {(o.slot.id, o.starts_at): o for o in timetable.all_occurrences(session, start, end, tz)}
    lengths = Lengths(session, tz)
    choices, _known = editions.Choices(session, tz), _beside(session, rows)
    lines = [_line(session, b, due.pop((b.slot_id or "", b.starts_at), None), choices) for b in rows]
    lines += _ahead(session, due.values(), lengths, choices)
    lines += _gone(session, timetable.all_cancelled(session, start, end, tz), lengths)
    return sorted(lines, key=lambda p: (p.starts_at, p.title))


def _beside(session: Session, rows: list[Broadcast]) -> list[object]:
    """Programmes and recordings of these broadcasts, fetched at once; the session knows them while they are held."""
    programmes = sa.select(Programme).where(Programme.id.in_({row.programme_id for row in rows}))
    sounds = sa.select(Recording).where(Recording.sha256.in_({row.recording for row in rows}))
    return [*session.scalars(programmes), *session.scalars(sounds)]


def _ahead(session: Session, due: Iterable[Occurrence], lengths: Lengths, choices: editions.Choices) -> list[Planned]:
    lines = []
    for occurrence in due:
        programme = session.get_one(Programme, occurrence.programme)
        edition = None if programme.relay else choices.of(programme, occurrence.starts_at)
        length = edition.length if edition else lengths.of(programme.id, occurrence.starts_at)
        told = None if programme.relay else choices.outlook(programme, occurrence.starts_at)
        lines.append(_of(occurrence, programme, length, "planned", (told,) if told else ()))
    return lines


def _gone(session: Session, cancelled: Iterable[Occurrence], lengths: Lengths) -> list[Planned]:
    return [
        _of(o, session.get_one(Programme, o.programme), lengths.of(o.programme, o.starts_at), "withdrawn", ())
        for o in cancelled
    ]


def _of(
    occurrence: Occurrence, programme: Programme, length: timedelta, status: str, warnings: tuple[str, ...]
) -> Planned:
    return Planned(
        slot=occurrence.slot.id,
        broadcast=None,
        programme=programme.slug,
        title=programme.name,
        zone=occurrence.slot.zone,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.starts_at + length,
        status=status,
        warnings=warnings,
        changed=_changed(occurrence),
        original=occurrence.original,
    )


def _changed(occurrence: Occurrence | None) -> str | None:
    change = occurrence.change if occurrence else None
    return f"{change.reason} ({change.by})" if change else None


def _line(session: Session, broadcast: Broadcast, occurrence: Occurrence | None, choices: editions.Choices) -> Planned:
    programme = session.get(Programme, broadcast.programme_id) if broadcast.programme_id else None
    length = candidates.length(session, broadcast) or UNKNOWN
    warnings: tuple[str, ...] = ()
    if programme and broadcast.status in (Status.PLANNED, Status.READY):
        told = None if programme.relay else choices.outlook(programme, broadcast.starts_at)
        warnings = (told,) if told else ()
        warnings += (broadcast.refused,) if broadcast.refused else ()
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
        changed=_changed(occurrence),
        original=occurrence.original if occurrence else broadcast.starts_at,
    )
