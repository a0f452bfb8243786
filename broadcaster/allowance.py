"""Whether the hours of its zone let a scheduled broadcast air, beside what the same day carries before it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import hours, timetable
from broadcaster.broadcasts import UNHEARD
from broadcaster.models import Broadcast, Recording, SlotRow
from schedules.hours import Hours


class Allowance:
    """Asked in the order of time. What has been settled is counted, so that a week is gone through with few queries."""

    def __init__(self, session: Session, tz: ZoneInfo, upto: datetime, *, only: Broadcast | None = None) -> None:
        """The day of `upto` with what is stored before that instant; `only` when nothing else will be asked about."""
        self._session, self._tz = session, tz
        self._overruled = timetable.overrides(session, only.slot_id if only else None)
        self._hours: dict[str, Hours] = {}
        self._lengths: dict[str, timedelta] = {}
        self._carried: dict[tuple[str, date], list[tuple[datetime, str, timedelta]]] = defaultdict(list)
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
        for zone, at, programme, frames in session.execute(query.where(Broadcast.zone == only.zone) if only else query):
            self._carried[zone, self._day(at)].append((at, programme or "", timedelta(seconds=frames / RATE)))

    def overruled(self, slot: SlotRow, at: datetime) -> str | None:
        """Why hours and clashes were overruled: for the slot, or for the occurrence that was moved to this moment."""
        return slot.override_reason or self._overruled.get((slot.id, at))

    def refusal(self, broadcast: Broadcast, length: timedelta) -> str | None:
        """Why a broadcast may not air, as a reason code."""
        slot = self._session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
        if slot is None or self.overruled(slot, broadcast.starts_at):
            return None  # somebody with the right to do so overruled them
        if broadcast.zone not in self._hours:
            self._hours[broadcast.zone] = hours.of_zone(self._session, broadcast.zone)
        day = self._carried[broadcast.zone, self._day(broadcast.starts_at)]
        before = [(programme, lasts) for at, programme, lasts in day if at < broadcast.starts_at]
        found = hours.refusal(
            self._hours[broadcast.zone], broadcast.starts_at, length, self._tz,
            broadcast.programme_id or "", before, hours.OVERRUN,
        )  # fmt: skip
        return f"hours-{found.code}" if found else None

    def count(self, broadcast: Broadcast) -> None:
        """It is settled: what comes later that day has it before it."""
        if broadcast.recording is None or broadcast.refused is not None or broadcast.status in UNHEARD:
            return
        if broadcast.recording not in self._lengths:
            frames = self._session.get_one(Recording, broadcast.recording).frames
            self._lengths[broadcast.recording] = timedelta(seconds=frames / RATE)
        line = broadcast.starts_at, broadcast.programme_id or "", self._lengths[broadcast.recording]
        self._carried[broadcast.zone, self._day(broadcast.starts_at)].append(line)

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self._tz).date()
