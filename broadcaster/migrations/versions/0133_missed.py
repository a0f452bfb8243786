"""What became of missed broadcasts: played after all, or dismissed."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0133"
down_revision = "0126"


def upgrade() -> None:
    op.create_table(
        "missed_answer",
        sa.Column("broadcast_id", sa.String(), primary_key=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("replay", sa.String(), sa.ForeignKey("broadcast.id"), nullable=True),
    )
