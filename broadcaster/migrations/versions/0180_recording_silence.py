"""How much silence was taken out of a recording when it was taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0170"


def upgrade() -> None:
    op.add_column("recording", sa.Column("silence_s", sa.Double(), nullable=False, server_default="0"))
