"""The operator's library of recordings and their versions."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0126"
down_revision = "0125"


def upgrade() -> None:
    op.create_table(
        "library_item",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
    )
    op.create_table(
        "library_version",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("item_id", sa.String(), sa.ForeignKey("library_item.id"), nullable=False, index=True),
        sa.Column("recording", sa.String(), sa.ForeignKey("recording.sha256"), nullable=False, index=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    # Used-where is asked for every item: the log of years is not walked through for it.
    op.create_index("ix_as_run_audio_sha256", "as_run", ["audio_sha256"])
