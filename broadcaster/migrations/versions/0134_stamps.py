"""Stamps on what is planned; when a text was last aired, and the last alerts, are found without a walk through all."""

import sqlalchemy as sa
from alembic import op

ALERTS = sa.text("kind = 'alert'")

revision = "0134"
down_revision = "0133"


def upgrade() -> None:
    op.create_table(
        "stamp",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.create_index("ix_bulletin_created_at", "bulletin", ["created_at"])
    op.drop_index("ix_as_run_audio_sha256", "as_run")
    op.create_index("ix_as_run_audio_sha256_began_at", "as_run", ["audio_sha256", "began_at"])
    op.create_index("ix_broadcast_alert", "broadcast", ["id"], sqlite_where=ALERTS, postgresql_where=ALERTS)
    op.create_index("ix_broadcast_bulletin_id_starts_at", "broadcast", ["bulletin_id", "starts_at"])
