"""The tables of the desk where texts are written: how words are said, what bulletins were before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from broadcaster.columns import Base, new_id


class LexiconRow(Base):
    """A word of the station's own lexicon: exactly as written, and what is said for it."""

    __tablename__ = "lexicon"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    written: Mapped[str] = mapped_column(unique=True)
    spoken: Mapped[str]
    by: Mapped[str | None]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PreferenceRow(Base):
    """A choice that differs from the default, as text (see broadcaster.preferences)."""

    __tablename__ = "preference"
    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    by: Mapped[str | None]
    changed_at: Mapped[datetime]


class BulletinVersion(Base):
    """A bulletin as somebody saved it; written once, never changed (see broadcaster.versions)."""

    __tablename__ = "bulletin_version"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    bulletin_id: Mapped[str] = mapped_column(sa.ForeignKey("bulletin.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    corrections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by: Mapped[str]
    saved_at: Mapped[datetime]


class Draft(Base):
    """What one person is typing into the form of one bulletin, or of a new one (see broadcaster.drafts).

    `typed` is empty once it was saved or dropped. `earlier` is another text of theirs for the same form, that this one
    has pushed aside.
    """

    __tablename__ = "draft"
    person: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    turn: Mapped[int]
    version: Mapped[str]
    typed: Mapped[dict[str, Any]]
    earlier: Mapped[dict[str, Any] | None]
    kept_at: Mapped[datetime] = mapped_column(index=True)
