"""Whether the hours of its zone let a scheduled broadcast air, beside what the same day carries where it is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import closed, hours, timetable, zones
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.lengths import Lengths
from broadcaster.models import Broadcast, Recording, SlotRow
from schedules.hours import Carried, Hours
from schedules.slots import Occurrence


def carried(places: Callable[[str], str | None], lengths: Lengths, occurrences: Iterable[Occurrence]) -> list[Carried]:
    """What a day carries with these occurrences, by the place where each is heard (`zones.places`); what is heard
    nowhere is left out."""
    placed = ((places(o.slot.zone), o) for o in occurrences)
    return [Carried(place, o.programme, lengths.of(o.programme, o.starts_at)) for place, o in placed if place]


def barred(session: Session, now: datetime, most: int) -> list[Broadcast]:
    """What is planned and will not air because of the hours, soonest first."""
    query = sa.select(Broadcast).where(
        Broadcast.starts_at > now,
        Broadcast.status.in_([Status.PLANNED, Status.READY]),
        Broadcast.refused.startswith("hours-"),
    )
    return list(session.scalars(query.order_by(Broadcast.starts_at).limit(most)))


class Allowance:
    """Asked in the order of time. What has been settled is counted, so that a week is gone through with few queries."""

    def __init__(self, session: Session, tz: ZoneInfo, upto: datetime, *, only: Broadcast | None = None) -> None:
        """The day of `upto` with what is stored before that instant; `only` when nothing else will be asked about."""
        self._session, self._tz = session, tz
        self._overruled = timetable.overrides(session, only.slot_id if only else None)
        self._hours: dict[str, Hours] = {}
        self._lengths: dict[str, timedelta] = {}
        self._places = zones.places(session)
        self.closed = closed.Closed(session, tz)
        self._carried: dict[date, list[tuple[datetime, Carried]]] = defaultdict(list)
        midnight = datetime.combine(self._day(upto), time(), tz)
        query = sa.select(Broadcast.zone, Broadcast.starts_at, Broadcast.programme_id, Recording.frames).join(
            Recording, Recording.sha256 == Broadcast.recording
        )
        query = query.where(
            Broadcast.kind == "scheduled",
            Broadcast.starts_at >= midnight,
            Broadcast.starts_at < upto,
            Broadcast.status.not_in(UNHEARD),
            Broadcast.refused.is_(None),
        )
        for zone, at, programme, frames in session.execute(query):
            self._carry(zone, at, programme, timedelta(seconds=frames / RATE))

    def overruled(self, slot: SlotRow, at: datetime) -> str | None:
        """Why hours and clashes were overruled: for the slot, or for the occurrence that was moved to this moment."""
        return slot.override_reason or self._overruled.get((slot.id, at))

    def closed_to(self, broadcast: Broadcast, at: datetime, length: timedelta) -> dict[str, str]:
        """The zones that leave out a broadcast for everywhere, with the reason (see broadcaster.closed)."""
        slot = self._session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
        reason = self.overruled(slot, broadcast.starts_at) if slot else broadcast.remark
        rests = slot is not None and slot.rests_on_holidays
        return self.closed.to(broadcast, at, length, rests_on_holidays=rests, overruled=bool(reason))

    def refusal(self, broadcast: Broadcast, length: timedelta) -> str | None:
        """Why a broadcast may not air, as a reason code."""
        place = self._places(broadcast.zone)
        if place is None:
            return "zone-gone"  # no reason overrules that
        if self.closed.everywhere(self.closed_to(broadcast, broadcast.starts_at, length)):
            return closed.EVERY
        slot = self._session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
        if slot is None or self.overruled(slot, broadcast.starts_at):
            return None  # somebody with the right to do so overruled them
        if broadcast.zone not in self._hours:
            self._hours[broadcast.zone] = hours.of_zone(self._session, broadcast.zone)
        day = self._carried[self._day(broadcast.starts_at)]
        before = [other for at, other in day if at < broadcast.starts_at]
        more = Carried(place, broadcast.programme_id or "", length)
        allowed = self._hours[broadcast.zone]
        found = hours.refusal(allowed, broadcast.starts_at, self._tz, more, before, hours.OVERRUN)
        return f"hours-{found.code}" if found else None

    def count(self, broadcast: Broadcast) -> None:
        """It is settled: what comes later that day has it before it."""
        if broadcast.recording is None or broadcast.refused is not None or broadcast.status in UNHEARD:
            return
        if broadcast.recording not in self._lengths:
            frames = self._session.get_one(Recording, broadcast.recording).frames
            self._lengths[broadcast.recording] = timedelta(seconds=frames / RATE)
        length = self._lengths[broadcast.recording]
        self._carry(broadcast.zone, broadcast.starts_at, broadcast.programme_id, length)

    def _carry(self, zone: str, at: datetime, programme: str | None, length: timedelta) -> None:
        if place := self._places(zone):
            self._carried[self._day(at)].append((at, Carried(place, programme or "", length)))

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self._tz).date()
