"""Whether the hours of its zone let a scheduled broadcast air, beside what the same day carries where it is heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import candidates, closed, editions, hours, repeats, timetable, zones
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.clashing import LOOK_AHEAD
from broadcaster.lengths import Lengths
from broadcaster.models import Broadcast, Programme, Recording, SlotRow
from broadcaster.timetable import Excuse
from schedules.hours import Carried, Hours
from schedules.slots import Occurrence
from schedules.weeks import week_of

BESIDE = {"clash", "order"}  # what a reason may be given against that is no matter of the hours


class Outlook:
    """What days will carry, before it is known which edition each broadcast plays."""

    def __init__(self, session: Session, tz: ZoneInfo) -> None:
        self._places, self._lengths = zones.places(session), Lengths(session, tz)
        self._choices = editions.Choices(session, tz, looking=True)
        self._programmes = {each.id: each for each in session.scalars(sa.select(Programme))}
        self._originals, self._tz = repeats.LastDue(session, tz, ahead=LOOK_AHEAD), tz

    def length(self, occurrence: Occurrence) -> timedelta:
        return self._lengths.of(occurrence.programme, self._source(occurrence) or occurrence.starts_at)

    def day(self, own: Occurrence, others: Iterable[Occurrence]) -> tuple[Carried, list[Carried]]:
        """One occurrence and the others of its day, by the place where each is heard (`zones.places`); of the others,
        what is heard nowhere is left out. All broadcasts of a week play its edition, those of a rotation its texts in
        turn, and repeats what they repeat."""
        there = [(place, o) for o in others if (place := self._places(o.slot.zone))]
        there.append((self._places(own.slot.zone) or own.slot.zone, own))
        turns = self._turns(o for _, o in there)
        *beside, mine = [Carried(place, self._edition(o, turns), self.length(o)) for place, o in there]
        return mine, beside

    def _turns(self, day: Iterable[Occurrence]) -> dict[tuple[str, datetime], str]:
        """Which of its texts each broadcast of a rotation plays, those that repeat another left out."""
        turn: Counter[str] = Counter()
        found: dict[tuple[str, datetime], str] = {}
        for o in day:
            programme = self._programmes[o.programme]
            if programme.selection == "rotation" and not self._source(o):
                texts = self._choices.texts(programme, o.starts_at)
                found[o.slot.id, o.starts_at] = f"{programme.id} {turn[programme.id] % max(texts, 1)}"
                turn[programme.id] += 1
        return found

    def _edition(self, occurrence: Occurrence, turns: dict[tuple[str, datetime], str]) -> str | None:
        programme, source = self._programmes[occurrence.programme], self._source(occurrence)
        if programme.relay:
            return None
        if programme.selection == "rotation":
            slot, at = occurrence.slot, source or occurrence.starts_at
            return turns.get(((slot.repeat_of if source else None) or slot.id, at), f"{programme.id} {at}")
        if source is None or week_of(source, self._tz) == week_of(occurrence.starts_at, self._tz):
            return programme.id
        return f"{programme.id} {week_of(source, self._tz)}"

    def _source(self, occurrence: Occurrence) -> datetime | None:
        """The instant of what an occurrence airs again, if it does, as its original slot has it now."""
        slot, at = occurrence.slot, occurrence.starts_at
        if slot.repeat_of is None or occurrence.programme != slot.programme:
            return None
        last = self._originals.before(slot.repeat_of, at)
        while last and last.programme != slot.programme:
            last = self._originals.before(slot.repeat_of, last.starts_at)
        return last.starts_at if last else None


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
        query = sa.select(
            Broadcast.zone, Broadcast.starts_at, Broadcast.bulletin_id, Broadcast.recording, Broadcast.live,
            Recording.frames,
        ).outerjoin(Recording, Recording.sha256 == Broadcast.recording)  # fmt: skip
        query = query.where(
            Broadcast.kind == "scheduled",
            Broadcast.starts_at >= midnight,
            Broadcast.starts_at < upto,
            Broadcast.status.not_in(UNHEARD),
            Broadcast.refused.is_(None),
        )
        for zone, at, bulletin, recording, live, frames in session.execute(query):
            if (length := candidates.lasting(live, frames)) is not None:
                self._carry(zone, at, None if live else bulletin or recording, length)

    def overruled(self, slot: SlotRow, at: datetime) -> Excuse | None:
        """Why hours and clashes were overruled, and which: for the occurrence that was moved to this moment, or for
        the slot."""
        moved = self._overruled.get((slot.id, at))
        if moved is None and slot.override_reason:
            return Excuse(slot.override_reason, frozenset(slot.overruled))
        return moved

    def codes(self, broadcast: Broadcast) -> list[str]:
        """Of what was overruled for a scheduled broadcast, by somebody with the right to do so."""
        slot = self._session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
        excuse = self.overruled(slot, broadcast.starts_at) if slot else None
        return sorted(excuse.codes) if excuse else []

    def closed_to(
        self, broadcast: Broadcast, at: datetime, length: timedelta, recording: str | None = None
    ) -> dict[str, str]:
        """The zones that leave out a broadcast for everywhere, with the reason (see broadcaster.closed); `recording`
        where it is to play another than it has now."""
        slot = self._session.get(SlotRow, broadcast.slot_id) if broadcast.slot_id else None
        codes = self.codes(broadcast) if slot else broadcast.overruled
        rests = slot is not None and slot.rests_on_holidays
        sound = recording or broadcast.recording
        return self.closed.to(broadcast, at, length, sound, rests_on_holidays=rests, overruled=bool({*codes} - BESIDE))

    def refusal(self, broadcast: Broadcast, length: timedelta) -> str | None:
        """Why a broadcast may not air, as a reason code."""
        place = self._places(broadcast.zone)
        if place is None:
            return "zone-gone"  # no reason overrules that
        if self.closed.everywhere(self.closed_to(broadcast, broadcast.starts_at, length)):
            return closed.EVERY
        if broadcast.slot_id is None:
            return None
        if broadcast.zone not in self._hours:
            self._hours[broadcast.zone] = hours.of_zone(self._session, broadcast.zone)
        day = self._carried[self._day(broadcast.starts_at)]
        before = [other for at, other in day if at < broadcast.starts_at]
        more = Carried(place, None if broadcast.live else broadcast.bulletin_id or broadcast.recording, length)
        allowed = self._hours[broadcast.zone]
        overruled = self.codes(broadcast)
        found = hours.refusal(allowed, broadcast.starts_at, self._tz, more, before, hours.OVERRUN, overruled)
        return f"hours-{found.code}" if found else None

    def count(self, broadcast: Broadcast) -> None:
        """It is settled: what comes later that day has it before it."""
        if broadcast.refused is not None or broadcast.status in UNHEARD:
            return
        if broadcast.live:  # what goes on elsewhere repeats nothing
            length = candidates.lasting(broadcast.live, None) or timedelta()
            self._carry(broadcast.zone, broadcast.starts_at, None, length)
            return
        if broadcast.recording is None:
            return
        if broadcast.recording not in self._lengths:
            frames = self._session.get_one(Recording, broadcast.recording).frames
            self._lengths[broadcast.recording] = timedelta(seconds=frames / RATE)
        length = self._lengths[broadcast.recording]
        self._carry(broadcast.zone, broadcast.starts_at, broadcast.bulletin_id or broadcast.recording, length)

    def _carry(self, zone: str, at: datetime, edition: str | None, length: timedelta) -> None:
        if place := self._places(zone):
            self._carried[self._day(at)].append((at, Carried(place, edition, length)))

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self._tz).date()
