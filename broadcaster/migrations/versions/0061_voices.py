"""Which voices were passed over, which sentences sound wrong, and the station's own choices."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0100"


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("rendering") as table:
        table.add_column(sa.Column("passed_over", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("faulty", sa.JSON(), nullable=False, server_default="[]"))
