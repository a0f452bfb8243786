"""What people do to programmes: create, name, arrange, retire. Each step is on exactly the version that was seen.

No step touches what is recorded: an approved sound stays (see `effects`), a retired programme keeps its history.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.voices.pace import SPEEDS
from broadcaster import programmes, renderings, running_order, voices
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, ChangeRow, Programme, Recording, SlotRow
from broadcaster.running_order import Order, Part
from broadcaster.settings import Settings
from schedules.weeks import week_of

LONGEST_NAME = 80
SPEED_CHOICES = tuple(SPEEDS)  # percent
MOST_EFFECTS = 12  # bulletins told of; a rotation may hold hundreds
CALL = "Đây là «đài». Mời bà con nghe chương trình «chương trình»."
GREETING = "Kính chào toàn thể bà con nhân dân trong xã!"
CLOSING = "Chương trình «chương trình» đến đây là hết. Cảm ơn bà con đã lắng nghe."


@dataclass(frozen=True)
class Wanted:
    """How a programme sounds as a whole, as a person asks for it."""

    voice: str = "auto"
    speed: int = 100
    fallback: str = "repeat"
    fallback_recording: str | None = None
    bed: str | None = None


@dataclass(frozen=True)
class Effects:
    """What the programme as it is now means for bulletins that have been recorded: `kept` are approved and air with
    the sound that was approved, though one made now would be another; `stale` must be recorded anew to be approved."""

    kept: tuple[Bulletin, ...]
    stale: tuple[Bulletin, ...]


def create(session: Session, name: str) -> Programme:
    """A programme with the usual parts. Raises BroadcasterError programme-name, programme-taken."""
    name = _free_name(session, name)
    order = running_order.standard(CALL, GREETING, CLOSING)
    programme = Programme(slug=_slug(session, name), name=name, running_order=running_order.written(order), aliases=[])
    session.add(programme)
    session.flush()
    return programme


def rename(session: Session, programme: Programme, name: str, *, version: int) -> None:
    """The old name stays an alias: who knows it finds the programme. Raises BroadcasterError programme-changed,
    programme-name, programme-taken."""
    expect(programme, version)
    name = _free_name(session, name, but=programme)
    if name != programme.name:
        others = [alias for alias in programme.aliases if alias != name]
        programme.aliases, programme.name = [*others, programme.name], name
        session.flush()


def settle(session: Session, settings: Settings, programme: Programme, wanted: Wanted, *, version: int) -> None:
    """Raises BroadcasterError programme-changed, voice-unknown, programme-speed, programme-fallback,
    fallback-recording, recording-unknown."""
    expect(programme, version)
    if wanted.voice not in ("auto", programme.voice):
        voices.resolved(settings, wanted.voice)
    if wanted.speed not in SPEEDS:
        raise BroadcasterError("programme-speed", usage=True, least=SPEEDS[0], most=SPEEDS[-1])
    if wanted.fallback not in programmes.FALLBACKS:
        raise BroadcasterError("programme-fallback", usage=True)
    if wanted.fallback == "recording" and not wanted.fallback_recording:
        raise BroadcasterError("fallback-recording", usage=True)
    for sha256 in (wanted.bed, wanted.fallback_recording):
        _expect_recording(session, sha256)
    programme.voice, programme.speed, programme.fallback = wanted.voice, wanted.speed, wanted.fallback
    programme.bed, programme.fallback_recording = wanted.bed, wanted.fallback_recording
    session.flush()


def arrange(session: Session, programme: Programme, order: Order, *, version: int) -> None:
    """Give a programme another running order. Raises BroadcasterError programme-changed, part-…, order-…,
    recording-unknown."""
    expect(programme, version)
    for sha256 in running_order.recordings(order):
        _expect_recording(session, sha256)
    programme.running_order = running_order.written(running_order.checked(order))
    session.flush()


def order_of(programme: Programme) -> Order:
    return running_order.read(programme.running_order)


def part_of(programme: Programme, part_id: str) -> Part:
    """Raises BroadcasterError part-unknown."""
    return running_order.find(order_of(programme), part_id)


def renew(session: Session, old: Collection[str], new: str) -> list[Programme]:
    """Wherever one of these sounds is used, another takes its place. What is recorded stays (see `effects`)."""
    renewed = [programme for programme in programmes.listed(session) if programmes.recordings(programme) & set(old)]
    for programme in renewed:
        order = (replace(part, recording=new) if part.recording in old else part for part in order_of(programme))
        programme.running_order = running_order.written(tuple(order))
        programme.bed = new if programme.bed in old else programme.bed
        if programme.fallback_recording in old:
            programme.fallback_recording = new
        if programme.relay and programme.relay.get("fallback") in old:
            programme.relay = programme.relay | {"fallback": new}
    session.flush()
    return renewed


def retire(session: Session, programme: Programme, now: datetime, *, version: int) -> int:
    """Out of use, with its slots; what aired, its bulletins and recordings stay. Returns how many slots ended.

    Where it was to stand in for another programme, that one airs again. Raises BroadcasterError programme-changed.
    """
    expect(programme, version)
    programme.retired_at = now
    slots = slots_of(session, programme)
    for slot in slots:
        slot.removed_at = now
    coming = sa.and_(ChangeRow.programme_id == programme.id, ChangeRow.undone_at.is_(None), ChangeRow.original > now)
    for change in session.scalars(sa.select(ChangeRow).where(coming)):
        change.undone_at = now
    session.flush()
    return len(slots)


def restore(session: Session, programme: Programme, *, version: int) -> None:
    """In use again; its slots are to be set anew. Raises BroadcasterError programme-changed."""
    expect(programme, version)
    programme.retired_at = None
    session.flush()


def slots_of(session: Session, programme: Programme) -> list[SlotRow]:
    query = sa.select(SlotRow).where(SlotRow.programme_id == programme.id, SlotRow.removed_at.is_(None))
    return list(session.scalars(query.order_by(SlotRow.at, SlotRow.id)))


def expect(programme: Programme, version: int) -> None:
    """Raises BroadcasterError programme-changed when somebody was quicker."""
    if programme.version != version:
        raise BroadcasterError("programme-changed")


def effects(session: Session, programme: Programme, now: datetime, tz: ZoneInfo) -> Effects:
    """Of the bulletins that wait for approval, and of those that air from this week on."""
    coming = sa.or_(Bulletin.week.is_(None), Bulletin.week >= str(week_of(now, tz)))
    decided = sa.and_(Bulletin.status == "approved", coming)
    query = sa.select(Bulletin).where(
        Bulletin.programme_id == programme.id, sa.or_(Bulletin.status == "submitted", decided)
    )
    kept: list[Bulletin] = []
    stale: list[Bulletin] = []
    for bulletin in session.scalars(query.order_by(Bulletin.week.desc(), Bulletin.id.desc()).limit(MOST_EFFECTS)):
        if renderings.as_today(session, bulletin) is None:
            (kept if bulletin.status == "approved" else stale).append(bulletin)
    return Effects(tuple(kept), tuple(stale))


def _expect_recording(session: Session, sha256: str | None) -> None:
    if sha256 and session.get(Recording, sha256) is None:
        raise BroadcasterError("recording-unknown", id=sha256[:8])


def _free_name(session: Session, name: str, but: Programme | None = None) -> str:
    """A name nobody else has. Raises BroadcasterError programme-name, programme-taken."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(map(str.isalnum, name)) or len(name) > LONGEST_NAME:
        raise BroadcasterError("programme-name", usage=True, most=LONGEST_NAME)
    for other in programmes.listed(session, retired=True):
        names = {other.name.casefold(), other.slug, *(alias.casefold() for alias in other.aliases)}
        if other is not but and name.casefold() in names:
            raise BroadcasterError("programme-taken", name=other.name)
    return name


def _slug(session: Session, name: str) -> str:
    """Of a name, in the letters of a web address, and not yet in use."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    base = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    taken = set(session.scalars(sa.select(Programme.slug)))
    slug, number = base or "chuong-trinh", 1
    while slug in taken or slug == "moi":
        number += 1
        slug = f"{base or 'chuong-trinh'}-{number}"
    return slug
