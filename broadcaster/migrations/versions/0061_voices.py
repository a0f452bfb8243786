"""Which voices were passed over, and which sentences sound wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0071"


def upgrade() -> None:
    with op.batch_alter_table("rendering") as table:
        table.add_column(sa.Column("passed_over", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("faulty", sa.JSON(), nullable=False, server_default="[]"))
