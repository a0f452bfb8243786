"""Periods instead of pauses, changes of single occurrences, hours by zone, expiry, rotation, weekly duties."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0100"
down_revision = "0001"


def upgrade() -> None:
    op.rename_table("pause", "period")
    with op.batch_alter_table("period") as table:
        table.alter_column("first", existing_type=sa.Date(), nullable=True)
        table.alter_column("last", existing_type=sa.Date(), nullable=True)
        table.add_column(sa.Column("effect", sa.String(), nullable=False, server_default="pause"))
        table.add_column(sa.Column("rule", sa.String(), nullable=True))
        table.add_column(sa.Column("days", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("volume", sa.Double(), nullable=False, server_default="1"))
        table.add_column(sa.Column("zone", sa.String(), nullable=True))
        table.add_column(sa.Column("by", sa.String(), nullable=True))
    op.create_table(
        "occurrence_change",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("slot_id", sa.String(), sa.ForeignKey("slot.id"), nullable=False, index=True),
        sa.Column("original", UTCDateTime(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("moved_to", UTCDateTime(), nullable=True),
        sa.Column("programme_id", sa.String(), sa.ForeignKey("programme.id"), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
    )
    op.create_table(
        "hours",
        sa.Column("zone", sa.String(), primary_key=True),
        sa.Column("allowed", sa.String(), nullable=False),
        sa.Column("quiet", sa.String(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.Column("max_repeats", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.add_column("slot", sa.Column("rests_on_holidays", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("slot", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("programme", sa.Column("selection", sa.String(), nullable=False, server_default="weekly"))
    op.add_column("bulletin", sa.Column("expires", sa.Date(), nullable=True))
    op.add_column("bulletin", sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("broadcast", sa.Column("remark", sa.String(), nullable=True))
    op.add_column("broadcast", sa.Column("refused", sa.String(), nullable=True))
    op.add_column("broadcast", sa.Column("mourning", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("as_run", sa.Column("remark", sa.String(), nullable=True))
