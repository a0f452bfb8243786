"""A rendering may be one without music, for days of mourning; of a recording a person may say whether it is music."""

import sqlalchemy as sa
from alembic import op

revision = "0240"
down_revision = "0230"


def upgrade() -> None:
    op.add_column("rendering", sa.Column("mourning", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("recording", sa.Column("music", sa.Boolean(), nullable=True))
