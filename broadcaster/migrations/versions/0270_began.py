"""What a day has carried is asked by many pages: not by reading years of broadcasts."""

from alembic import op

revision = "0270"
down_revision = "0255"


def upgrade() -> None:
    op.create_index("ix_broadcast_began_at", "broadcast", ["began_at"])
