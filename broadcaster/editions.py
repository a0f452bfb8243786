"""Which edition of a programme airs in which week, and what stands in when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from audio.format import RATE
from broadcaster import bulletins
from broadcaster.models import Bulletin, Programme, Recording

UNKNOWN_LENGTH = timedelta(minutes=10)  # bulletins run 5-15 minutes; planned with until one has been rendered


@dataclass(frozen=True)
class Edition:
    """What a programme will say in a week. `note` tells when it is a fallback."""

    bulletin_id: str
    title: str
    recording: str
    text_sha256: str
    approved_by: str
    length: timedelta
    note: str | None = None

    def facts(self) -> dict[str, str]:
        """What a broadcast of it must carry, so that the log can tell who approved what."""
        return {
            "bulletin_id": self.bulletin_id,
            "text_sha256": self.text_sha256,
            "approved_by": self.approved_by,
        } | ({"note": f"fallback-{self.note}"} if self.note else {})


def choose(
    session: Session, programme: Programme, week: str, *, without: frozenset[str] = frozenset()
) -> Edition | None:
    """The edition approved for the week; else the programme's fallback; None when nothing approved exists.

    `without` names recordings that can't be used.
    """
    whole = Bulletin.audio_sha256.not_in(without)
    if found := _approved(session, programme, sa.and_(whole, Bulletin.week == week)):
        return found
    notice = _approved(session, programme, sa.and_(whole, Bulletin.week.is_(None)), "notice")
    last = _approved(session, programme, sa.and_(whole, Bulletin.week < week), "repeat")
    return (notice or last) if programme.fallback == "notice" else (last or notice)


def has_own(session: Session, programme: Programme, week: str) -> bool:
    """Whether an edition is approved for this very week."""
    return _approved(session, programme, Bulletin.week == week) is not None


def usual_length(session: Session, programme: Programme) -> timedelta:
    """How long the programme runs, by its newest rendered edition; ten minutes before there is one."""
    frames = session.scalar(
        sa.select(Recording.frames)
        .join(Bulletin, Bulletin.audio_sha256 == Recording.sha256)
        .where(Bulletin.programme_id == programme.id, Bulletin.week.is_not(None))
        .order_by(Bulletin.week.desc())
        .limit(1)
    )
    return timedelta(seconds=frames / RATE) if frames else UNKNOWN_LENGTH


def _approved(
    session: Session, programme: Programme, when: sa.ColumnElement[bool], note: str | None = None
) -> Edition | None:
    rows = session.scalars(
        sa.select(Bulletin)
        .where(Bulletin.programme_id == programme.id, Bulletin.status == "approved", when)
        .order_by(Bulletin.week.desc(), Bulletin.decided_at.desc())
    )
    for row in rows:
        if not bulletins.may_air(row):
            continue
        recording = session.get_one(Recording, row.audio_sha256)
        return Edition(
            bulletin_id=row.id,
            title=row.title,
            recording=recording.sha256,
            text_sha256=row.text_sha256 or "",
            approved_by=row.decided_by or "",
            length=timedelta(seconds=recording.frames / RATE),
            note=note,
        )
    return None
