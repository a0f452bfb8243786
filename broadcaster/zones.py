"""Zones (cụm loa): groups of loudspeakers with outputs of their own, and how loud each is at which time of the week."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.outputs import expect_known, shown
from audio.outputs import ways as ways
from broadcaster.errors import BroadcasterError
from broadcaster.models import Broadcast, SlotRow, ZoneRow
from schedules.clashes import EVERYWHERE
from schedules.slots import Slot

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOUDNESS = re.compile(r"(?:([1-7]+)@)?(\d{2}:\d{2})-(\d{2}:\d{2})=(\d{1,3})%?")
EVERY_DAY = "1234567"
STANDING = ("planned", "ready", "on_air")
TOLD = 5  # of what still plays in a zone, by name
LONGEST_SLUG = 40
LONGEST_LEAD_S = 9.0  # broadcasts are cued ten seconds ahead


@dataclass(frozen=True)
class Loudness:
    """From `start` until `end` (wall time; over midnight if end <= start) on `days` (ISO, 1 is Monday; the day on
    which it starts), `percent` of full voltage."""

    start: time
    end: time
    percent: int
    days: str = EVERY_DAY

    @classmethod
    def parse(cls, text: str) -> Loudness:
        """From "05:00-06:00=60" or, for some weekdays only, "67@05:00-06:00=40".

        Raises BroadcasterError loudness-bad.
        """
        match = LOUDNESS.fullmatch(text.strip())
        try:
            if match and int(match[4]) <= 100:
                start, end = time.fromisoformat(match[2]), time.fromisoformat(match[3])
                return cls(start, end, int(match[4]), match[1] or EVERY_DAY)
        except ValueError:
            pass
        raise BroadcasterError("loudness-bad", usage=True, text=text)

    def __str__(self) -> str:
        days = "" if self.days == EVERY_DAY else f"{self.days}@"
        return f"{days}{self.start:%H:%M}-{self.end:%H:%M}={self.percent}"

    def covers(self, wall: datetime) -> bool:
        """Whether it holds at this wall time."""
        moment, today = wall.time(), str(wall.isoweekday())
        if self.start < self.end:
            return self.start <= moment < self.end and today in self.days
        yesterday = str((wall.isoweekday() - 2) % 7 + 1)
        return (moment >= self.start and today in self.days) or (moment < self.end and yesterday in self.days)


def gain(rules: Sequence[Loudness], now: datetime, tz: ZoneInfo) -> float:
    """The gain at an instant, 0..1: the last rule that covers it; full where none does."""
    wall = now.astimezone(tz)
    return next((rule.percent / 100 for rule in reversed(rules) if rule.covers(wall)), 1.0)


@dataclass(frozen=True)
class Hand:
    """A volume set by hand: it goes before the rules until `until` (None: until it is taken back)."""

    percent: int
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until

    def facts(self) -> dict[str, Any]:
        return {"percent": self.percent, "until": self.until}


@dataclass(frozen=True)
class Zone:
    """A zone as the sound engine knows it."""

    slug: str
    name: str
    outputs: tuple[str, ...]
    volume: tuple[Loudness, ...] = ()
    hand: Hand | None = None
    lead_s: float = 0.0

    def gain(self, now: datetime, tz: ZoneInfo) -> float:
        """How loud it is at an instant, 0..1: as set by hand while that holds, else by its rules."""
        return self.hand.percent / 100 if self.hand and self.hand.holds(now) else gain(self.volume, now, tz)

    def facts(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "name": self.name,
            "outputs": [shown(uri) for uri in self.outputs],
            "volume": [str(rule) for rule in self.volume],
            "hand": self.hand.facts() if self.hand else None,
            "lead_s": self.lead_s,
        }


def listed(session: Session) -> list[Zone]:
    """The zones people have set up, by name."""
    return [_value(row) for row in session.scalars(sa.select(ZoneRow).order_by(ZoneRow.name, ZoneRow.slug))]


def sounding(session: Session, output: str) -> list[Zone]:
    """What the station plays to: its zones, or one with the station's own output while there are none."""
    return [z for z in listed(session) if z.outputs] or [Zone(EVERYWHERE, "Toàn xã", (output,))]


def gone(session: Session, zone: str) -> bool:
    """Whether a zone that something was planned for is no longer there: it is heard nowhere then, and says so."""
    if zone == EVERYWHERE or session.scalar(sa.select(ZoneRow.id).where(ZoneRow.slug == zone)):
        return False
    return session.scalar(sa.select(ZoneRow.id).limit(1)) is not None


def heard_in(session: Session) -> Callable[[Slot], str]:
    """The zone in which a slot is heard. While no zones are set up there is one place, whatever it is called."""
    if session.scalar(sa.select(ZoneRow.id).limit(1)) is None:
        return lambda slot: EVERYWHERE
    return lambda slot: slot.zone


def places(session: Session) -> Callable[[str], str | None]:
    """Where what is meant for a zone is heard, as `heard_in` and `gone` say; None: nowhere. Asks once."""
    known = set(session.scalars(sa.select(ZoneRow.slug)))
    if not known:
        return lambda zone: EVERYWHERE
    return lambda zone: zone if zone == EVERYWHERE or zone in known else None


def save(
    session: Session,
    slug: str,
    name: str,
    outputs: Sequence[str],
    volume: Sequence[str],
    now: datetime,
    lead_s: float | None = None,
) -> Zone:
    """A new zone, or another shape of the one that goes by this slug (`lead_s` None: as it was).

    Raises OutputUnavailable for an output of no known kind: the station would fall silent for it;
    BroadcasterError zone-bad, zone-output-taken, loudness-bad, lead-bad.
    """
    if lead_s is not None and not 0 <= lead_s <= LONGEST_LEAD_S:
        raise BroadcasterError("lead-bad", usage=True, most=LONGEST_LEAD_S)
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug == EVERYWHERE or not outputs:
        raise BroadcasterError("zone-bad", usage=True, slug=slug)
    for uri in outputs:
        for way in ways(uri):
            expect_known(way)
    rules = [str(Loudness.parse(text)) for text in volume]
    rows = list(session.scalars(sa.select(ZoneRow)))
    for row in rows:
        if row.slug != slug and (
            taken := {ways(uri)[0] for uri in row.outputs} & {ways(uri)[0] for uri in outputs} - {"null:"}
        ):
            raise BroadcasterError("zone-output-taken", usage=True, output=min(taken), zone=row.name)
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        found = ZoneRow(slug=slug, created_at=now)
        session.add(found)
    found.name, found.outputs, found.volume = name or slug, [*dict.fromkeys(outputs)], rules
    if lead_s is not None:
        found.lead_s = lead_s
    session.flush()
    return _value(found)


def remove(session: Session, slug: str) -> None:
    """Raises BroadcasterError zone-missing, or zone-used while something still plays there: with what it is, since
    it would be heard nowhere (or, with the last zone gone, everywhere)."""
    row = _row(session, slug)
    slots = session.scalars(
        sa.select(SlotRow).where(SlotRow.zone == slug, SlotRow.removed_at.is_(None)).order_by(SlotRow.at, SlotRow.id)
    ).all()
    waiting = session.scalars(
        sa.select(Broadcast.title)
        .where(Broadcast.zone == slug, Broadcast.kind != "scheduled", Broadcast.status.in_(STANDING))
        .order_by(Broadcast.starts_at)
    ).all()
    used = [f"{slot.programme.name} {slot.at}" for slot in slots] + [f"“{title}”" for title in waiting]
    if used:
        more = ["…"] if len(used) > TOLD else []
        raise BroadcasterError(
            "zone-used", usage=True, zone=row.name, count=len(used), used="; ".join(used[:TOLD] + more)
        )
    session.delete(row)


def turn(session: Session, slug: str, percent: int | None, until: datetime | None = None) -> None:
    """Set the volume by hand; None goes back to the rules. Raises BroadcasterError zone-missing, volume-bad."""
    if percent is not None and not 0 <= percent <= 100:
        raise BroadcasterError("volume-bad", usage=True)
    row = _row(session, slug)
    row.hand_percent, row.hand_until = percent, until if percent is not None else None


def schedule(session: Session, slug: str, volume: Sequence[str]) -> None:
    """The rules of its volume. Raises BroadcasterError zone-missing, loudness-bad."""
    _row(session, slug).volume = [str(Loudness.parse(text)) for text in volume]


def one(session: Session, slug: str) -> tuple[Zone, int]:
    """A zone and the version of its row. Raises BroadcasterError zone-missing."""
    row = _row(session, slug)
    return _value(row), row.version


def check(session: Session, zone: str) -> str:
    """A zone's slug, by slug or name; any word as long as no zones are set up. Raises BroadcasterError zone-missing."""
    zones = listed(session)
    wanted = zone.strip().casefold()
    found = next((z.slug for z in zones if wanted in (z.slug, z.name.casefold())), None)
    if found is None and zones and wanted != EVERYWHERE:
        raise BroadcasterError("zone-missing", usage=True, zone=zone, known=_known(session))
    return found or zone


def chosen(session: Session, wanted: Sequence[str]) -> list[str]:
    """The zones that were asked for, each once; everywhere as one, also when they are all there are.

    Raises BroadcasterError zone-none, and as `check`.
    """
    if not wanted:
        raise BroadcasterError("zone-none", usage=True)
    found = list(dict.fromkeys(check(session, zone) for zone in wanted))
    known = {zone.slug for zone in listed(session)}
    if len(found) > 1 and (EVERYWHERE in found or known <= set(found)):
        return [EVERYWHERE]  # one broadcast keeps its outputs in step; several are several
    return found


def _row(session: Session, slug: str) -> ZoneRow:
    row = session.scalar(sa.select(ZoneRow).where(ZoneRow.slug == slug))
    if row is None:
        raise BroadcasterError("zone-missing", usage=True, zone=slug, known=_known(session))
    return row


def _known(session: Session) -> str:
    return ", ".join([EVERYWHERE, *(z.slug for z in listed(session))])


def _value(row: ZoneRow) -> Zone:
    rules = tuple(Loudness.parse(text) for text in row.volume)
    hand = None if row.hand_percent is None else Hand(row.hand_percent, row.hand_until)
    return Zone(row.slug, row.name, tuple(row.outputs), rules, hand, row.lead_s)
