"""The station's lexicon and choices; what a rendering says; who insisted on a bulletin."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0071"
down_revision = "0100"


def upgrade() -> None:
    op.create_table(
        "lexicon",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("spoken", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("written"),
    )
    op.create_table(
        "preference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.add_column("bulletin", sa.Column("insisted", sa.JSON(), nullable=True))
    op.add_column("rendering", sa.Column("spoken_sha256", sa.String(), nullable=True))
