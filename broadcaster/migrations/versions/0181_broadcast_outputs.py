"""What each output has made of a broadcast."""

import sqlalchemy as sa
from alembic import op

revision = "0181"
down_revision = "0180"


def upgrade() -> None:
    op.add_column("broadcast", sa.Column("outputs", sa.JSON(), nullable=False, server_default="[]"))
