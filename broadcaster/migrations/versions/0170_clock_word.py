"""Somebody's word that the clock is right, and the lines of the log that it overrules."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0170"
down_revision = "0160"


def upgrade() -> None:
    op.create_table(
        "clock_word",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("said_at", UTCDateTime(), nullable=False),
        sa.Column("latest", UTCDateTime(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
    )
    op.create_table(
        "overruled_line",
        sa.Column("as_run_id", sa.String(), primary_key=True),
        sa.Column("word_id", sa.String(), sa.ForeignKey("clock_word.id"), nullable=False),
    )
