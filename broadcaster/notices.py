"""Warnings to the operator: a programme without an approved edition, or one that the hours forbid, two days and two
hours before air; and, from Monday on, what the week still lacks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import duties, editions, repeats
from broadcaster.broadcasts import Status
from broadcaster.models import Broadcast, Programme
from broadcaster.models_station import Warned
from schedules.weeks import week_of

WARN_BEFORE = (timedelta(days=2), timedelta(hours=2))
NOTHING = "no-edition"  # else the broadcast's note says what is played instead


def due(session: Session, now: datetime, tz: ZoneInfo) -> list[Warned]:
    """Note the warnings that became due since the last call, each once; returns the new ones."""
    fresh = []
    for broadcast, programme in _lacking(session, now, tz):
        for lead in WARN_BEFORE:
            key = f"{NOTHING} {broadcast.id} {lead}"
            known = session.scalar(sa.select(Warned.id).where(Warned.key == key))
            if broadcast.starts_at - now <= lead and known is None:
                fresh.append(_warned(key, broadcast, programme, now))
    for warning in _duties(session, now, tz):
        if session.scalar(sa.select(Warned.id).where(Warned.key == warning.key)) is None:
            fresh.append(warning)
    session.add_all(fresh)
    session.flush()
    return fresh


def standing(session: Session, now: datetime, tz: ZoneInfo) -> list[Warned]:
    """What is to be warned of at this moment, soonest first; empty once every coming week has its edition."""
    lacking = [_warned("", broadcast, programme, now) for broadcast, programme in _lacking(session, now, tz)]
    return lacking + _duties(session, now, tz)


def _duties(session: Session, now: datetime, tz: ZoneInfo) -> list[Warned]:
    """What this week's plan still lacks, from Monday on."""
    week = week_of(now, tz)
    return [
        Warned(key=f"duty {week} {topic}", code=f"duty-{topic}", title=str(week), starts_at=now, created_at=now)
        for topic in duties.lacking(session, week, tz)
    ]


def _warned(key: str, broadcast: Broadcast, programme: Programme, now: datetime) -> Warned:
    code = broadcast.refused or broadcast.note or NOTHING
    return Warned(key=key, code=code, title=programme.name, starts_at=broadcast.starts_at, created_at=now)


def _lacking(session: Session, now: datetime, tz: ZoneInfo) -> list[tuple[Broadcast, Programme]]:
    """Scheduled broadcasts within the longest lead time without an edition of their own, or that will be refused."""
    query = (
        sa.select(Broadcast, Programme)
        .join(Programme, Broadcast.programme_id == Programme.id)
        .where(
            Broadcast.kind == "scheduled",
            Broadcast.status.in_([Status.PLANNED, Status.READY]),
            Broadcast.starts_at > now,
            Broadcast.starts_at <= now + max(WARN_BEFORE),
        )
        .order_by(Broadcast.starts_at)
    )
    found = [(broadcast, programme) for broadcast, programme in session.execute(query)]
    choices = editions.Choices(session, tz)
    return [(b, p) for b, p in found if b.refused or not (p.relay or _has_own(b, p, choices, now))]


def _has_own(broadcast: Broadcast, programme: Programme, choices: editions.Choices, now: datetime) -> bool:
    """Whether it airs an edition and no fallback. Of a repeat its original is warned of, as long as that is to come."""
    if broadcast.repeats_at is None:
        return choices.has_own(programme, broadcast.starts_at)
    stands_in = repeats.INSTEAD in (broadcast.note or "")
    return broadcast.repeats_at > now or bool(broadcast.recording and not stands_in)
