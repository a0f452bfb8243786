"""Whether a person has said what a bulletin is about."""

import sqlalchemy as sa
from alembic import op

revision = "0191"
down_revision = "0190"


def upgrade() -> None:
    op.add_column("bulletin", sa.Column("topics_set", sa.Boolean(), nullable=False, server_default=sa.false()))
