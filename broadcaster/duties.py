"""Weekly duties: what the police ask of every station each week (a column on crime prevention, one on good deeds)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import preferences
from broadcaster.broadcasts import UNHEARD, Status
from broadcaster.models import Broadcast, Bulletin
from broadcaster.topics import CRIME, DEEDS
from schedules.weeks import Week, week_of

ASKED: Mapping[str, preferences.Preference[int]] = {
    CRIME: preferences.CRIME_A_WEEK,
    DEEDS: preferences.DEEDS_A_WEEK,
}


def quotas(session: Session) -> dict[str, int]:
    """At least so many different bulletins of each topic a week: what the station has chosen."""
    return {topic: preferences.get(session, asked) for topic, asked in ASKED.items()}


def met(session: Session, week: Week, tz: ZoneInfo) -> dict[str, int]:
    """How many different approved bulletins on each topic the week's broadcasts hold, aired or still planned."""
    return by_week(session, week, week, tz)[week]


def by_week(session: Session, first: Week, last: Week, tz: ZoneInfo) -> dict[Week, dict[str, int]]:
    """The same for every week from the first to the last."""
    count = (last.monday() - first.monday()).days // 7 + 1
    weeks = [Week.of(first.monday() + timedelta(weeks=n)) for n in range(count)]
    query = sa.select(
        Broadcast.starts_at, Broadcast.repeats_at, Broadcast.note, Bulletin.id, Bulletin.week, Bulletin.topics
    ).join(Bulletin, Bulletin.id == Broadcast.bulletin_id)
    query = query.where(*_heard(first, last, tz))
    held: dict[Week, dict[str, set[str]]] = {week: {topic: set() for topic in ASKED} for week in weeks}
    for starts_at, repeats_at, note, bulletin, own_week, topics in session.execute(query):
        week = week_of(starts_at, tz)
        if repeats_at and week_of(repeats_at, tz) != week:
            continue  # what aired in a week before is no edition of this one
        if own_week == str(week) or (own_week is None and "fallback-" not in (note or "")):  # nothing that stands in
            for topic in ASKED.keys() & set(topics):
                held[week][topic].add(bulletin)
    return {week: {topic: len(found) for topic, found in by.items()} for week, by in held.items()}


def _heard(first: Week, last: Week, tz: ZoneInfo) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a broadcast is of those weeks, and was heard or still will be."""
    return (
        Broadcast.starts_at >= datetime.combine(first.monday(), time(), tz),
        Broadcast.starts_at < datetime.combine(last.monday() + timedelta(days=7), time(), tz),
        Broadcast.status.not_in((*UNHEARD, Status.CUT)),
        Broadcast.refused.is_(None),
    )


def lacking(session: Session, week: Week, tz: ZoneInfo) -> list[str]:
    """The topics of which the week has too few, as things stand."""
    found = met(session, week, tz)
    return [topic for topic, least in quotas(session).items() if found.get(topic, 0) < least]


def lacking_now(session: Session, now: datetime, tz: ZoneInfo) -> list[str]:
    """The same of the week that is running."""
    return lacking(session, week_of(now, tz), tz)
