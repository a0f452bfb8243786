"""For whom a one-time link is: a person who sets a password with it."""

import sqlalchemy as sa
from alembic import op

revision = "0200"
down_revision = "0191"


def upgrade() -> None:
    op.add_column("invite", sa.Column("name", sa.String(), nullable=True))
