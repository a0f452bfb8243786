"""Repeats: a slot that airs again what the last broadcast of another slot has aired, was to air, or will air."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import editions, timetable
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.editions import Edition
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from schedules.slots import Occurrence

ALONE, OTHER = "repeat-alone", "repeat-other"  # for plan and log: nothing to repeat; it could not be the same
INSTEAD = "fallback-"
AHEAD = timedelta(days=8)  # looked up at once: a plan goes through a week
WAITING = (Status.PLANNED, Status.READY)


@dataclass(frozen=True)
class Source:
    """The broadcast that is repeated: its instant (None: there is none, and the repeat airs its own week), and what is
    stored of it already. `stood_in`: what it aired was a fallback."""

    at: datetime | None
    bulletin_id: str | None = None
    recording: str | None = None
    stood_in: str | None = None


class LastDue:
    """The last occurrence of a slot before an instant. Each slot is expanded once, so that whoever goes on in time, for
    as long as `ahead`, asks of what is known."""

    def __init__(self, session: Session, tz: ZoneInfo, ahead: timedelta = AHEAD) -> None:
        self._session, self._tz, self._ahead = session, tz, ahead
        self._due: dict[str, tuple[datetime, datetime, list[Occurrence]]] = {}  # of slots, between two instants

    def before(self, slot_id: str, at: datetime) -> Occurrence | None:
        """None when there is none in as long as any rule leaves out."""
        for back in timetable.BACK:
            start, end, due = self._due.get(slot_id, (at, at, []))
            if not start <= at - back or at > end:
                start, end = at - back, at + self._ahead
                due = timetable.all_occurrences(self._session, start, end, self._tz, only=slot_id)
                self._due[slot_id] = start, end, due
            if place := bisect_left(due, at, key=attrgetter("starts_at")):
                return due[place - 1]
        return None


class Originals:
    """What repeats air again, each slot looked up once: of the broadcasts of a pass many ask about the same."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._session, self._tz = session, tz
        self._due = LastDue(session, tz)
        self._rows: dict[str, tuple[datetime, list[Broadcast]]] = {}  # of slots, since an instant, and the last before

    def of(self, slot_id: str | None, programme_id: str, at: datetime) -> Source | None:
        """What a broadcast of a slot at an instant repeats; None when it is no repeat, or this once of another
        programme. Only what is of the same programme is repeated."""
        row = self._session.get(SlotRow, slot_id) if slot_id else None
        if row is None or row.repeat_of is None or row.programme_id != programme_id:
            return None
        if self._session.get_one(SlotRow, row.repeat_of).removed_at is not None:
            return Source(None)
        due = self._due.before(row.repeat_of, at)
        stored = self._last_stored(row.repeat_of, at, due.starts_at if due else None)
        if stored is None or (due and due.starts_at > stored.starts_at):
            return Source(due.starts_at if due and due.programme == programme_id else None)
        if stored.programme_id != programme_id:
            return Source(None)
        codes = (stored.note or "").split()
        stood_in = next((code.removeprefix(INSTEAD) for code in codes if code.startswith(INSTEAD)), None)
        if stood_in and stored.status in UNHEARD:
            return Source(stored.starts_at)  # what it should have aired may be there by now
        return Source(stored.starts_at, stored.bulletin_id, stored.recording, stood_in)

    def _last_stored(self, slot_id: str, at: datetime, due: datetime | None) -> Broadcast | None:
        """The last broadcast before an instant that is in the tables; of those that are only planned, the one that is
        still due."""
        since, rows = self._rows.get(slot_id, (at, []))
        if not since <= at - timetable.BACK[0]:
            since = at - timetable.BACK[0]
            query = sa.select(Broadcast).where(Broadcast.slot_id == slot_id, Broadcast.starts_at >= since)
            over = Broadcast.slot_id == slot_id, Broadcast.starts_at < since, Broadcast.status.not_in(WAITING)
            last = sa.select(Broadcast).where(*over).order_by(Broadcast.starts_at.desc()).limit(1)
            rows = [*self._session.scalars(last), *self._session.scalars(query.order_by(Broadcast.starts_at))]
            self._rows[slot_id] = since, rows
        for row in reversed(rows[: bisect_left(rows, at, key=attrgetter("starts_at"))]):
            if row.status not in WAITING or row.began_at or row.starts_at == due:
                return row
        return None


def edition(
    session: Session,
    programme: Programme,
    source: Source,
    at: datetime,
    tz: ZoneInfo,
    *,
    without: frozenset[str] = frozenset(),
    choices: editions.Choices | None = None,
) -> Edition | None:
    """What a repeat airs at an instant: the same bulletin in its newest rendering, the same recording that stood in;
    else what its original should have aired, if that has not expired."""
    same = None
    if source.bulletin_id:
        same = editions.again(session, programme, source.bulletin_id, at.astimezone(tz).date(), without, choices)
    elif source.recording and source.recording not in without:
        same = editions.of_recording(session.get_one(Recording, source.recording))
    if same:
        return replace(same, note=source.stood_in)
    if choices and not without:
        return choices.of(programme, source.at or at, at)
    return editions.choose(session, programme, source.at or at, tz, without=without, heard=at)


def note(source: Source, chosen: Edition | None) -> str | None:
    """What people are to be told of a repeat that is not what they expect, as a code."""
    if source.at is None:
        return ALONE
    other = chosen and source.bulletin_id and chosen.bulletin_id != source.bulletin_id
    return OTHER if other else None


def expect_original(session: Session, row: SlotRow, original: SlotRow) -> None:
    """Raises BroadcasterError repeat-itself, repeat-programme, repeat-chain, repeat-relay: a slot can't repeat this
    one."""
    if original.id == row.id:
        raise BroadcasterError("repeat-itself", usage=True)
    if original.programme_id != row.programme_id:
        raise BroadcasterError("repeat-programme", usage=True, name=original.programme.name)
    if original.repeat_of or (row.id and repeating(session, row.id)):
        raise BroadcasterError("repeat-chain", usage=True)
    if original.programme.relay:
        raise BroadcasterError("repeat-relay", usage=True, name=original.programme.name)


@dataclass(frozen=True)
class Offer:
    """A slot that may be repeated, as people choose it: its time of day, its rule, the name of its programme."""

    id: str
    at: str
    rrule: str
    programme: str


def offered(session: Session, row: SlotRow | None) -> list[Offer]:
    """The slots that a new slot (None), or this one, may repeat: by programme and time of day."""
    if row is not None and repeating(session, row.id):
        return []
    query = sa.select(SlotRow.id, SlotRow.at, SlotRow.rrule, Programme.name, Programme.relay).join(SlotRow.programme)
    query = query.where(SlotRow.removed_at.is_(None), SlotRow.repeat_of.is_(None))
    if row is not None:
        query = query.where(SlotRow.id != row.id, SlotRow.programme_id == row.programme_id)
    found = session.execute(query.order_by(Programme.name, SlotRow.at))
    return [Offer(slot, at, rrule, name) for slot, at, rrule, name, relay in found if not relay]


def repeating(session: Session, slot_id: str) -> list[SlotRow]:
    """The slots in use that repeat a slot."""
    query = sa.select(SlotRow).where(SlotRow.repeat_of == slot_id, SlotRow.removed_at.is_(None))
    return list(session.scalars(query.order_by(SlotRow.id)))
