"""Programmes: what a new station begins with, and how they are found."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import blanks, periods, preferences, running_order
from broadcaster.errors import BroadcasterError
from broadcaster.models import Bulletin, Programme, SlotRow

HOUSE = "tieng-loa"  # the author of what a station comes with
SEED = Path(__file__).with_name("seed.toml")
FALLBACKS = ("repeat", "notice", "recording", "none")  # what stands in for a missing edition


def seed(session: Session, now: datetime) -> None:
    """The two programmes, their weekly slots and standing notices, and the public holidays, where there are none."""
    periods.seed(session, now)
    if session.scalar(sa.select(sa.func.count()).select_from(Programme)):
        return
    for entry in tomllib.loads(SEED.read_text(encoding="utf-8"))["programme"]:
        slots, notice = entry.pop("slot"), entry.pop("notice")
        order = running_order.standard(entry.pop("call"), entry.pop("greeting"), entry.pop("closing"))
        programme = Programme(**entry, running_order=running_order.written(order))
        session.add(programme)
        session.flush()
        session.add_all(SlotRow(programme_id=programme.id, created_at=now, **slot) for slot in slots)
        session.add(
            Bulletin(
                programme_id=programme.id,
                title=f"Lời nhắn khi chưa có bản tin: {programme.name}",
                text=notice,
                author=HOUSE,
                created_at=now,
            )
        )


def get(session: Session, slug: str, *, retired: bool = False) -> Programme:
    """By slug, name or alias; one that is out of use only where that makes no difference. Raises BroadcasterError
    programme-unknown, programme-retired."""
    wanted = slug.strip().casefold()
    rows = listed(session, retired=True)
    for programme in rows:
        if wanted in {programme.slug, programme.name.casefold(), *(a.casefold() for a in programme.aliases)}:
            if programme.retired_at and not retired:
                raise BroadcasterError("programme-retired", name=programme.name)
            return programme
    known = ", ".join(p.slug for p in rows if not p.retired_at)
    raise BroadcasterError("programme-unknown", usage=True, slug=slug, known=known)


def by_id(session: Session, programme_id: str) -> Programme:
    return session.get_one(Programme, programme_id)


def listed(session: Session, *, retired: bool = False) -> list[Programme]:
    """Those in use; with `retired` all there ever were."""
    rows = session.scalars(sa.select(Programme).order_by(Programme.name))
    return [row for row in rows if retired or row.retired_at is None]


def uses(programme: Programme) -> list[tuple[str, str]]:
    """(sha256, what for) of every sound it is made with ("part", "bed") or that stands in for it ("fallback")."""
    parts = running_order.recordings(running_order.read(programme.running_order))
    instead = {programme.fallback_recording, (programme.relay or {}).get("fallback")}
    roles = (("part", parts), ("bed", {programme.bed}), ("fallback", instead))
    return [(sound, role) for role, sounds in roles for sound in sounds if sound]


def recordings(programme: Programme) -> set[str]:
    """Every sound it is made with, or that stands in for it."""
    return {sound for sound, _ in uses(programme)}


def fillings(session: Session, programme: Programme, week: str | None) -> dict[str, str]:
    """What the blanks of an edition for this week hold."""
    return blanks.values(preferences.get(session, preferences.NAME), programme.name, week)
