"""Emergency templates, messages spoken beforehand, leaders' passcodes and every use of them."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0125"
down_revision = "0120"

NEVER_CHANGED = """
CREATE TRIGGER passcode_use_is_append_only BEFORE {what} ON passcode_use
BEGIN SELECT RAISE(ABORT, 'the log of passcodes is append-only'); END
"""


def upgrade() -> None:
    op.create_table(
        "alert_template",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "alert_take",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False, index=True),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("rendering_id", sa.String(), sa.ForeignKey("rendering.id"), nullable=False, unique=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_table(
        "passcode",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("number", sa.String(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", UTCDateTime(), nullable=True),
        sa.Column("used_at", UTCDateTime(), nullable=True),
    )
    op.create_table(
        "passcode_use",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("passcode_id", sa.String(), nullable=True, index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=True, index=True),
        sa.Column("broadcast_id", sa.String(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    for what in ("UPDATE", "DELETE"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(NEVER_CHANGED.format(what=what).replace("only BEFORE", f"only_{what.lower()} BEFORE"))
