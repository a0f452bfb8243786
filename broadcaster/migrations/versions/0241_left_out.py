"""In which zones a broadcast for everywhere was not to be heard, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0241"
down_revision = "0240"


def upgrade() -> None:
    op.add_column("broadcast", sa.Column("left_out", sa.String(), nullable=True))
