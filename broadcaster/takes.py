"""Emergency messages spoken before they are wanted: to be heard first, or kept ready. The table; see alertdesk."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster.columns import Base, new_id
from broadcaster.models import Rendering


class AlertTake(Base):
    """One message, `repeat` times behind the siren, and the rendering that makes it."""

    __tablename__ = "alert_take"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    text: Mapped[str] = mapped_column(index=True)
    repeat: Mapped[int]
    rendering_id: Mapped[str] = mapped_column(sa.ForeignKey("rendering.id"), unique=True)
    by: Mapped[str | None]
    created_at: Mapped[datetime]


def of_rendering(session: Session, rendering_id: str) -> AlertTake:
    return session.scalars(sa.select(AlertTake).where(AlertTake.rendering_id == rendering_id)).one()


def of_text(session: Session, text: str, repeat: int) -> list[tuple[AlertTake, Rendering]]:
    """What has been spoken of this very message, newest first."""
    query = (
        sa.select(AlertTake, Rendering)
        .join(Rendering, Rendering.id == AlertTake.rendering_id)
        .where(AlertTake.text == text, AlertTake.repeat == repeat)
        .order_by(AlertTake.id.desc())
    )
    return [(take, rendering) for take, rendering in session.execute(query)]
