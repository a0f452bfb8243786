"""The log knows the programme of each line, and is found quickly by date, programme and outcome; an edition too."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0090"

FOUND_BY = (("planned_at", "id"), ("programme_id", "planned_at", "id"), ("outcome", "planned_at", "id"))
SEALED = """
CREATE TRIGGER as_run_is_append_only BEFORE UPDATE ON as_run
BEGIN SELECT RAISE(ABORT, 'the as-run log is append-only'); END
"""


def upgrade() -> None:
    op.add_column("as_run", sa.Column("programme_id", sa.String(), nullable=True))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        op.execute("DROP TRIGGER as_run_is_append_only")  # for this one filling-in
    op.execute(
        "UPDATE as_run SET programme_id = (SELECT b.programme_id FROM broadcast b WHERE b.id = as_run.broadcast_id)"
    )
    if on_sqlite:
        op.execute(SEALED)
    op.drop_index("ix_as_run_planned_at", "as_run")
    for columns in (*FOUND_BY, ("programme_id", "outcome", "planned_at", "id")):
        op.create_index(f"ix_as_run_{'_'.join(columns[:-1])}", "as_run", list(columns))
    op.create_index("ix_as_run_ended_at", "as_run", ["ended_at"])  # the clock is held against the latest end
    op.drop_index("ix_bulletin_programme_id", "bulletin")
    op.create_index("ix_bulletin_edition", "bulletin", ["programme_id", "status", "week", "decided_at"])
