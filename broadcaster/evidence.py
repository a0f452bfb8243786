"""The verdicts on recordings, kept beside the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster.columns import Base, new_id

FEW = 500  # broadcasts that are asked for by name; of more, every verdict is read


class Proof(Base):
    """A recording compared with what was meant to be heard (see audio.proof); a log line may have several."""

    __tablename__ = "proof"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    broadcast_id: Mapped[str] = mapped_column(index=True)
    recording: Mapped[str]
    verdict: Mapped[dict[str, Any]]
    by: Mapped[str | None]
    created_at: Mapped[datetime]


def newest(session: Session, among: Collection[str]) -> dict[str, dict[str, Any]]:
    """The newest verdict on each of these broadcasts that has one."""
    query = sa.select(Proof.broadcast_id, Proof.verdict).order_by(Proof.created_at)
    if len(among) <= FEW:
        query = query.where(Proof.broadcast_id.in_(among))
    rows = session.execute(query)
    return {broadcast_id: verdict for broadcast_id, verdict in rows}  # noqa: C416 - a row is no pair to the type checker
