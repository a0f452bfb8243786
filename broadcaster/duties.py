"""Weekly duties: what the police ask of every station each week (a column on crime prevention, one on good deeds)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.models import Broadcast, Bulletin
from broadcaster.topics import CRIME, DEEDS
from schedules.weeks import Week

QUOTAS: Mapping[str, int] = {CRIME: 1, DEEDS: 1}  # at least so many of each a week


def met(session: Session, week: Week, tz: ZoneInfo) -> dict[str, int]:
    """How many different approved bulletins on each topic the week's broadcasts hold, aired or still planned."""
    monday = datetime.combine(week.monday(), time(), tz)
    query = (
        sa.select(Bulletin.id, Bulletin.topics)
        .join(Broadcast, Broadcast.bulletin_id == Bulletin.id)
        .where(
            Broadcast.starts_at >= monday,
            Broadcast.starts_at < monday + timedelta(days=7),
            Broadcast.status.not_in((*UNHEARD, Status.CUT)),
            Broadcast.refused.is_(None),
        )
        .distinct()
    )
    topics = [topic for _, held in session.execute(query) for topic in held]
    return {topic: topics.count(topic) for topic in QUOTAS}


def lacking(session: Session, week: Week, tz: ZoneInfo, quotas: Mapping[str, int] = QUOTAS) -> list[str]:
    """The topics of which the week has too few, as things stand."""
    found = met(session, week, tz)
    return [topic for topic, least in quotas.items() if found.get(topic, 0) < least]
