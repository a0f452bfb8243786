"""What is being typed, kept for whoever types it."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0190"
down_revision = "0181"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("place", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=True),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_draft_kept_at", "draft", ["kept_at"])
