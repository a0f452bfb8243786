"""Corrections of single sentences, where each sentence lies in a recording, what a bulletin was before."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0120"
down_revision = "0112"


def upgrade() -> None:
    op.add_column("bulletin", sa.Column("corrections", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("recording", sa.Column("said", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "bulletin_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.String(), sa.ForeignKey("bulletin.id"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_bulletin_version_bulletin_id"), "bulletin_version", ["bulletin_id"])
