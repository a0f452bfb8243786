"""The tables that keep a station in order: links, keys of machines, the trail of every change, backups made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from broadcaster.columns import Base, new_id


class Invite(Base):
    """A one-time link (broadcaster.links): with it the person `name` sets a password, or (no name) somebody makes an
    account with `roles`. Only the hash of its token is kept."""

    __tablename__ = "invite"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    roles: Mapped[list[Any]]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A key with which another machine asks ("read") or also acts ("write"); only the hash of it is kept."""

    __tablename__ = "api_token"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    scope: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    by: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Trail(Base):
    """One change of one row that people edit: who, when, what, before and after (see broadcaster.audit).

    Written in the transaction of the change itself, never changed or deleted (triggers see to it).
    """

    __tablename__ = "trail"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(index=True)
    what: Mapped[str]  # added, changed, removed
    kind: Mapped[str] = mapped_column(index=True)  # the table
    row: Mapped[str] = mapped_column(index=True)  # its primary key
    name: Mapped[str]  # how people call the row
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)


class BackupRow(Base):
    """A backup that was made: `name` its file's, without the folder."""

    __tablename__ = "backup"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    by: Mapped[str]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(sa.BigInteger)
