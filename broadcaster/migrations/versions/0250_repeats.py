"""Slots that air again what another slot has aired."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0250"
down_revision = "0241"


def upgrade() -> None:
    # In SQL, because Alembic would add the reference afterwards, which SQLite can't.
    op.execute("ALTER TABLE slot ADD COLUMN repeat_of VARCHAR REFERENCES slot (id)")
    op.add_column("broadcast", sa.Column("repeats_at", UTCDateTime(), nullable=True))
    op.add_column("broadcast", sa.Column("repeats", sa.String(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":  # what it looks at has changed; it is installed anew at start
        op.execute('DROP TRIGGER IF EXISTS "stamp_broadcast_update"')
