"""The tables in which a running station tells how it is and what went on air, and in which people ask things of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from broadcaster.columns import Base, new_id


class AsRun(Base):
    """The log of what truly went on air; written once for each broadcast, never changed (a trigger sees to it)."""

    __tablename__ = "as_run"
    __table_args__ = (
        sa.Index("ix_as_run_audio_sha256_began_at", "audio_sha256", "began_at"),
        sa.Index("ix_as_run_planned_at", "planned_at", "id"),
        sa.Index("ix_as_run_programme_id_planned_at", "programme_id", "planned_at", "id"),
        sa.Index("ix_as_run_outcome_planned_at", "outcome", "planned_at", "id"),
        sa.Index("ix_as_run_programme_id_outcome_planned_at", "programme_id", "outcome", "planned_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    broadcast_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    programme_id: Mapped[str | None]
    title: Mapped[str]
    zone: Mapped[str]
    planned_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str]
    reason: Mapped[str | None]
    seconds: Mapped[float]
    audio_sha256: Mapped[str | None]
    text_sha256: Mapped[str | None]
    approved_by: Mapped[str | None]
    by: Mapped[str | None]
    remark: Mapped[str | None]
    proof: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Wish(Base):
    """What a person asks of the running station: stop, resume, skip, mic-stop, end (of one broadcast)."""

    __tablename__ = "wish"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    broadcast_id: Mapped[str | None]
    by: Mapped[str | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)


class Warned(Base):
    """A warning the operator got: which programme, which broadcast, and what will be played instead (`code`)."""

    __tablename__ = "warning"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    created_at: Mapped[datetime]


class StationState(Base):
    """One row: how the station is, renewed every second while it lives, and whether it is held silent."""

    __tablename__ = "station_state"
    id: Mapped[int] = mapped_column(primary_key=True)
    held_by: Mapped[str | None]
    held_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
