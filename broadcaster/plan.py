"""The plan: occurrences of slots become broadcasts ahead of time, each with the edition it will play."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import closed, editions, mourning, repeats, timetable, words
from broadcaster.allowance import Allowance
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from schedules.slots import Occurrence

HORIZON = timedelta(days=7)  # stored ahead: a station that wakes up late still knows what it missed
LOOK_BACK = timedelta(days=31)  # longest absence whose missed broadcasts are still written to the log


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
    originals = repeats.Originals(session, tz)
    allowance, _known = Allowance(session, tz, start), _beside(session, stored.values(), due.values())
    for key, occurrence in due.items():
        if key not in stored:
            stored[key] = Broadcast(
                kind="scheduled", slot_id=occurrence.slot.id, starts_at=occurrence.starts_at,
                title="", created_at=now, status=Status.PLANNED,
            )  # fmt: skip
            session.add(stored[key])
    for key, broadcast in sorted(stored.items(), key=lambda item: item[0][1]):
        if broadcast.status not in (Status.PLANNED, Status.READY) or broadcast.began_at:
            allowance.count(broadcast)
            continue
        if key not in due and broadcast.starts_at > now:
            session.delete(broadcast)  # its slot is gone, paused or changed: it was only ever a plan
            continue
        if key in due:
            _follow(session, broadcast, due[key], allowance)
            held = mourning.holds(periods, broadcast.starts_at, tz, due[key].programme, broadcast.zone)
            _put(broadcast, mourning=held)
        choose_edition(session, broadcast, tz, choices=choices, allowance=allowance, originals=originals)
        mourning.want(session, broadcast, now)
        allowance.count(broadcast)
    by_hand = sa.select(Broadcast).where(Broadcast.kind.in_(["at", "queue"]), Broadcast.status == Status.READY)
    mourning.prepare(session, session.scalars(by_hand), now, tz)
    session.flush()


def _beside(session: Session, stored: Iterable[Broadcast], due: Iterable[Occurrence]) -> list[object]:
    """Slots, programmes and recordings of the plan, fetched at once; the session knows them while they are held."""
    stored, due = list(stored), list(due)
    slots = {b.slot_id for b in stored} | {o.slot.id for o in due}
    programmes = {b.programme_id for b in stored} | {o.programme for o in due}
    sounds = {b.recording for b in stored}
    return [
        *session.scalars(sa.select(SlotRow).where(SlotRow.id.in_(slots))),
        *session.scalars(sa.select(Programme).where(Programme.id.in_(programmes))),
        *session.scalars(sa.select(Recording).where(Recording.sha256.in_(sounds))),
    ]


def _put(broadcast: Broadcast, **values: object) -> None:
    """Only what differs: a plan that stands is gone through without a write, or a look for one."""
    for name, value in values.items():
        if name not in vars(broadcast) or getattr(broadcast, name) != value:
            setattr(broadcast, name, value)


def _follow(session: Session, broadcast: Broadcast, occurrence: Occurrence, allowance: Allowance) -> None:
    """Take over what the slot, or a change of this one occurrence, says now."""
    row = session.get_one(SlotRow, occurrence.slot.id)
    overruled = allowance.overruled(row, occurrence.starts_at)
    _put(
        broadcast,
        programme_id=occurrence.programme,
        zone=row.zone,
        klass=row.klass,
        late=row.late,
        position=float(row.rank),
        remark=overruled.reason if overruled else occurrence.change.reason if occurrence.change else None,
    )
    if occurrence.change:
        _put(broadcast, by=occurrence.change.by)


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
    allowance: Allowance | None = None,
    originals: repeats.Originals | None = None,
) -> None:
    """Fill in what a scheduled broadcast will play, as of now, and whether its hours allow
    it; back to planned when there is nothing to play.

    `without` names recordings whose files turned out to be damaged; `choices`, `allowance` and `originals` are what was
    looked up already.
    """
    if broadcast.programme_id is None or broadcast.kind != "scheduled":
        return
    allowance = allowance or Allowance(session, tz, broadcast.starts_at, only=broadcast)
    _put(broadcast, overruled=allowance.codes(broadcast))
    programme = session.get_one(Programme, broadcast.programme_id)
    _put(broadcast, live=programme.relay)
    if programme.relay:
        _put(broadcast, title=programme.name, status=Status.READY)
        _put(broadcast, refused=allowance.refusal(broadcast, timedelta(seconds=programme.relay["seconds"])))
        return
    originals = originals or repeats.Originals(session, tz)
    source = originals.of(broadcast.slot_id, programme.id, broadcast.starts_at)
    told = words.repeats(source.at, tz) if source and source.at else None
    _put(broadcast, repeats_at=source.at if source else None, repeats=told)
    if source:
        at = broadcast.starts_at
        edition = repeats.edition(session, programme, source, at, tz, without=without, choices=choices)
    elif choices and not without:
        edition = choices.of(programme, broadcast.starts_at)
    else:
        edition = editions.choose(session, programme, broadcast.starts_at, tz, without=without)
    if edition and broadcast.mourning:
        edition = mourning.instead(session, edition, without)
    notes = (["recording-broken"] if without else []) + (
        [f"fallback-{edition.note}"] if edition and edition.note else []
    )
    notes += filter(None, [repeats.note(source, edition)]) if source else []
    music = None
    if edition and broadcast.mourning:
        music = mourning.refusal(session, broadcast, edition.recording, broadcast.starts_at, tz)
        told = None if music else mourning.note(session, edition.bulletin_id, edition.recording)
        notes += [told] if told else []
    if edition and allowance.closed_to(broadcast, broadcast.starts_at, edition.length, edition.recording):
        notes.append(closed.SOME)
    _put(  # before the hours are asked, which count repeats of an edition
        broadcast,
        title=f"{programme.name}: {edition.title}" if edition else programme.name,
        bulletin_id=edition.bulletin_id if edition else None,
        recording=edition.recording if edition else None,
        text_sha256=edition.text_sha256 if edition else None,
        approved_by=edition.approved_by if edition else None,
        note=" ".join(notes) or None,
        status=Status.READY if edition else Status.PLANNED,
    )
    _put(broadcast, refused=music or (allowance.refusal(broadcast, edition.length) if edition else None))
