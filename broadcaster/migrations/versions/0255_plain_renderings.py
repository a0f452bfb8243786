"""What a rendering says without any music: whether it may be made anew for a day of mourning."""

import sqlalchemy as sa
from alembic import op

revision = "0255"
down_revision = "0250"


def upgrade() -> None:
    op.add_column("rendering", sa.Column("plain_sha256", sa.String(), nullable=True))
