"""Volume set by hand and how long amplifiers need to wake; a wish may concern one broadcast."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime

revision = "0142"
down_revision = "0139"


def upgrade() -> None:
    op.add_column("zone", sa.Column("hand_percent", sa.Integer(), nullable=True))
    op.add_column("zone", sa.Column("hand_until", UTCDateTime(), nullable=True))
    op.add_column("zone", sa.Column("lead_s", sa.Double(), nullable=False, server_default="0"))
    op.add_column("wish", sa.Column("broadcast_id", sa.String(), nullable=True))
