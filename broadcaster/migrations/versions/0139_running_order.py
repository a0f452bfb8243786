"""Programmes own a running order instead of fixed places; speed, a recording that stands in, retirement."""

import sqlalchemy as sa
from alembic import op

from broadcaster.columns import UTCDateTime, new_id

revision = "0139"
down_revision = "0134"

OLD = ("call", "greeting", "closing", "opening_jingle", "closing_jingle")


def upgrade() -> None:
    op.add_column("programme", sa.Column("running_order", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("programme", sa.Column("speed", sa.Integer(), nullable=False, server_default="100"))
    op.add_column("programme", sa.Column("retired_at", UTCDateTime(), nullable=True))
    # In SQL, because Alembic would add the reference afterwards, which SQLite can't.
    op.execute("ALTER TABLE programme ADD COLUMN fallback_recording VARCHAR REFERENCES recording (sha256)")
    programme = sa.table("programme", sa.column("id"), sa.column("running_order", sa.JSON()), *map(sa.column, OLD))
    own = sa.text("relay IS NULL OR CAST(relay AS VARCHAR) = 'null'")  # of relays nothing is rendered
    connection = op.get_bind()
    for row in connection.execute(sa.select(programme).where(own)).mappings().all():
        held = sa.update(programme).where(programme.c.id == row["id"]).values(running_order=_order(dict(row)))
        connection.execute(held)
    with op.batch_alter_table("programme") as table:
        for column in OLD:
            table.drop_column(column)


def _order(row: dict[str, str | None]) -> list[dict[str, object]]:
    """What the programme has been made of so far. A part that had no words is none."""
    said = [("call", row["call"]), ("greeting", row["greeting"]), ("bulletin", None), ("closing", row["closing"])]
    return [
        _jingle("opening", row["opening_jingle"]),
        *(
            {"kind": kind, "id": new_id(), "bed": True} | ({"text": text} if text else {})
            for kind, text in said
            if text or kind == "bulletin"
        ),
        _jingle("closing", row["closing_jingle"]),
    ]


def _jingle(chime: str, recording: str | None) -> dict[str, object]:
    own: dict[str, object] = {"recording": recording} if recording else {}
    return {"kind": "jingle", "id": new_id()} | ({} if chime == "opening" else {"chime": chime}) | own
