"""A programme's music bed; what recordings of the monitor proved."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0080"
down_revision = "0061"


def upgrade() -> None:
    # In SQL, because Alembic would add the reference afterwards, which SQLite can't.
    op.execute("ALTER TABLE programme ADD COLUMN bed VARCHAR REFERENCES recording (sha256)")
    op.create_table(
        "proof",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("broadcast_id", sa.String(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_proof_broadcast_id"), "proof", ["broadcast_id"], unique=False)
