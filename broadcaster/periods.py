"""Periods as people set them: pauses, holidays, mourning, quieter weeks."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster import zones
from broadcaster.errors import BroadcasterError
from broadcaster.hours import EVERYWHERE
from broadcaster.models import PeriodRow, Programme
from schedules.errors import ScheduleError
from schedules.lunar import lunar_date
from schedules.lunar_words import lunar_name, lunar_rule
from schedules.periods import Effect, Period

SEED = Path(__file__).with_name("seed.toml")


def seed(session: Session, now: datetime) -> None:
    """The public holidays of Việt Nam, as a start, where there never was one; everything can be changed afterwards."""
    if session.scalar(sa.select(PeriodRow.id).where(PeriodRow.effect == Effect.HOLIDAY).limit(1)):
        return
    for entry in tomllib.loads(SEED.read_text(encoding="utf-8"))["holiday"]:
        session.add(PeriodRow(effect=Effect.HOLIDAY, created_at=now, **entry))


def add(
    session: Session,
    *,
    reason: str,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
    rule: str | None = None,
    days: int = 1,
    effect: str = "pause",
    volume: float = 1.0,
    programme: Programme | None = None,
    zone: str | None = None,
    by: str | None = None,
) -> PeriodRow:
    """A period: dates, or a `rule` (RRULE text or the name of a lunar day) that brings it back every year.

    `zone` is a zone's slug or name; None or "all": everywhere. Raises BroadcasterError dates-reversed, dates-missing,
    reason-missing, days-bad, volume-bad, rule-bad, zone-missing.
    """
    if not reason.strip():
        raise BroadcasterError("reason-missing", usage=True)
    place = zones.check(session, zone) if zone else EVERYWHERE
    zone = None if place == EVERYWHERE else place
    try:
        if rule and "=" not in rule:
            rule = lunar_rule(rule)
        row = PeriodRow(
            first=first, last=last, rule=rule, days=days, effect=effect, volume=volume, reason=reason.strip(),
            programme_id=programme.id if programme else None, zone=zone, by=by, created_at=now,
        )  # fmt: skip
        Period("", first, last, reason, row.programme_id, zone, Effect(effect), rule, days, volume)
    except ScheduleError as error:
        codes = {"dates-reversed": "dates-reversed", "no-dates": "dates-missing", "bad-volume": "volume-bad"}
        codes["bad-days"] = "days-bad"
        raise BroadcasterError(codes.get(error.code, "rule-bad"), usage=True, rule=error) from error
    session.add(row)
    session.flush()
    return row


def lunar_text(day: date) -> str:
    """The lunar date of a date as calendars print it: "16/10", "1/6 nhuận"."""
    return str(lunar_date(day))


def lunar_words(rule: str) -> str | None:
    """A lunar rule as people say it; None for another kind of rule."""
    return lunar_name(rule)


def remove(session: Session, period_id: str, now: datetime) -> PeriodRow:
    """Raises BroadcasterError pause-unknown."""
    query = sa.select(PeriodRow).where(PeriodRow.id.endswith(period_id), PeriodRow.removed_at.is_(None)).limit(2)
    rows = session.scalars(query).all() if period_id else []
    if len(rows) != 1:
        raise BroadcasterError("pause-unknown", usage=True, id=period_id)
    rows[0].removed_at = now
    return rows[0]
