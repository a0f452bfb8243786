"""What somebody is typing into a bulletin's form, kept every few seconds so that a power cut costs no more than those.

It is theirs alone: no version, no approval, no trail and nobody else's page knows of it. Each form names what it keeps
and counts its turns. The row of a text that was saved stays empty for a while under its name: a copy that was still on
its way does not bring the text back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from broadcaster.bulletins import expect_length
from broadcaster.models_desk import Draft

NEW = "moi"  # the place of the form for a new bulletin; others are bulletins' ids
LIFE = timedelta(days=14)
MOST = 20  # forms of one person; the oldest make room
LONGEST_FIELD = 200  # characters of every field but the text


@dataclass(frozen=True)
class Kept:
    """A text as it was kept over `version` of its bulletin; `ended` is the name of one that is kept no longer."""

    name: str = ""
    turn: int = 0
    version: str = ""
    typed: Mapping[str, str] | None = None
    at: datetime | None = None
    ended: str = ""


def keep(
    session: Session,
    person: str,
    place: str,
    name: str,
    turn: int,
    version: str,
    typed: Mapping[str, str],
    now: datetime,
) -> bool:
    """Keep what stands in a form; False when the text of this name has been saved. A text of another name that is
    pushed aside is kept beside it. Raises BroadcasterError text-too-long."""
    expect_length(typed.get("text", ""))
    row = session.get(Draft, (person, place))
    if row is None:
        _make_room(session, person, now)
        row = Draft(person=person, place=place, name=name, turn=-1, version=version, typed={}, kept_at=now)
        session.add(row)
    elif row.name == name and not row.typed:
        return False
    elif row.name == name and turn <= row.turn:  # overtaken on its way
        return True
    if row.typed and row.name != name:
        row.earlier = _packed(row)
    elif row.earlier and row.earlier["name"] == name:
        row.earlier = None
    row.typed = {key: value if key == "text" else value[:LONGEST_FIELD] for key, value in typed.items()}
    row.name, row.turn, row.version, row.kept_at = name, turn, version, now
    return True


def of(session: Session, person: str, place: str, now: datetime) -> Kept:
    """What this person has typed there and not saved."""
    row = session.get(Draft, (person, place))
    if row is None or row.kept_at < now - LIFE:
        return Kept()
    if row.typed:
        return Kept(row.name, row.turn, row.version, row.typed, row.kept_at)
    if row.earlier:
        at = datetime.fromisoformat(row.earlier["at"])
        return Kept(
            row.earlier["name"], row.earlier["turn"], row.earlier["version"], row.earlier["typed"], at, row.name
        )
    return Kept(ended=row.name)


def finish(session: Session, person: str, place: str, name: str, now: datetime) -> None:
    """The text of this name was saved. Another one that was kept there stays, to be offered."""
    row = session.get(Draft, (person, place))
    if row is None:
        if not name:
            return
        _make_room(session, person, now)
        row = Draft(person=person, place=place, turn=0, version="", typed={})
        session.add(row)
    elif row.typed and row.name != name:
        row.earlier = _packed(row)
    elif row.earlier and row.earlier["name"] == name:
        row.earlier = None
    row.name, row.typed, row.kept_at = name, {}, now


def drop(session: Session, person: str, place: str, name: str) -> None:
    """The text of this name is not wanted."""
    row = session.get(Draft, (person, place))
    if row is None:
        return
    if row.typed and row.name == name:
        row.typed = {}
    elif row.earlier and row.earlier["name"] == name:
        row.earlier = None


def _packed(row: Draft) -> dict[str, Any]:
    return {
        "name": row.name, "turn": row.turn, "version": row.version, "typed": row.typed, "at": row.kept_at.isoformat(),
    }  # fmt: skip


def _make_room(session: Session, person: str, now: datetime) -> None:
    """Before another form is kept: what nobody came back for goes, and this person's oldest beyond the bound."""
    session.execute(sa.delete(Draft).where(Draft.kept_at < now - LIFE))
    mine = sa.select(Draft.place).where(Draft.person == person).order_by(Draft.kept_at.desc(), Draft.place)
    too_many = session.scalars(mine.offset(MOST - 1)).all()
    session.execute(sa.delete(Draft).where(Draft.person == person, Draft.place.in_(too_many)))
