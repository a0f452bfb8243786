"""A person's word that the clock is right, given when a wrong one once wrote of the future into the log.

It covers exactly the lines of the log that it was given for: a clock that goes wrong again needs another word.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster.columns import Base, new_id
from broadcaster.errors import BroadcasterError
from broadcaster.models_station import AsRun

SLACK = timedelta(seconds=5)  # a time source may set the clock back by so much without making anybody doubt it


class ClockWord(Base):
    """Somebody said that the clock is right, though the log knew of something at `latest`; `said_at` by that clock."""

    __tablename__ = "clock_word"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    by: Mapped[str]
    said_at: Mapped[datetime]
    latest: Mapped[datetime]
    lines: Mapped[int]


class Overruled(Base):
    """A line of the log whose times were those of a wrong clock."""

    __tablename__ = "overruled_line"
    as_run_id: Mapped[str] = mapped_column(primary_key=True)
    word_id: Mapped[str] = mapped_column(sa.ForeignKey("clock_word.id"))


def _believed() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(Overruled.as_run_id == AsRun.id)


def later(session: Session, now: datetime) -> datetime | None:
    """The latest instant the log knows of, if it is later than the clock: then the clock is wrong."""
    query = sa.select(AsRun.ended_at).where(AsRun.ended_at > now + SLACK, _believed())
    return session.scalar(query.order_by(AsRun.ended_at.desc()).limit(1))


def give(session: Session, by: str, now: datetime) -> ClockWord:
    """Only ever for a person, who has looked at a watch. Raises BroadcasterError clock-undoubted."""
    latest = later(session, now)
    if latest is None:
        raise BroadcasterError("clock-undoubted")
    lines = list(session.scalars(sa.select(AsRun.id).where(AsRun.ended_at > now, _believed())))
    word = ClockWord(by=by, said_at=now, latest=latest, lines=len(lines))
    session.add(word)
    session.flush()
    session.add_all(Overruled(as_run_id=line, word_id=word.id) for line in lines)
    session.flush()
    return word
