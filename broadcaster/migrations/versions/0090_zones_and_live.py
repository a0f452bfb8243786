"""Zones with outputs and volumes; relays and live microphones."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0090"
down_revision = "0080"


def upgrade() -> None:
    op.create_table(
        "zone",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("volume", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.add_column("programme", sa.Column("relay", sa.JSON(), nullable=True))
    op.add_column("broadcast", sa.Column("live", sa.JSON(), nullable=True))
