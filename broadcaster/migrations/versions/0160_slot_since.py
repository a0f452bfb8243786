"""From when the present times of a slot hold."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0160"
down_revision = "0142"


def upgrade() -> None:
    op.add_column("slot", sa.Column("since", UTCDateTime(), nullable=True))
