"""What exactly a written reason overrules. Reasons from before this was kept count for all of the hours."""

import sqlalchemy as sa
from alembic import op

revision = "0230"
down_revision = "0200"

ALL = '["quiet", "outside-allowed", "too-many-minutes", "too-many-repeats"]'


def upgrade() -> None:
    for table in ("slot", "occurrence_change", "broadcast"):
        op.add_column(table, sa.Column("overruled", sa.JSON(), nullable=False, server_default="[]"))
    for table in ("slot", "occurrence_change"):
        op.execute(f"UPDATE \"{table}\" SET overruled = '{ALL}' WHERE override_reason IS NOT NULL")
    op.execute(
        f"UPDATE broadcast SET overruled = '{ALL}' "
        "WHERE remark IS NOT NULL AND kind IN ('queue', 'at') AND status IN ('planned', 'ready', 'on_air')"
    )
