"""A stamp on each group of tables, another one after every write: what was computed of them is kept as long as it
holds, and not a moment longer, whichever process wrote.

The database itself stamps (triggers), so that no way of writing is forgotten; and with chance, not a count, so that a
transaction that is rolled back, another database, or a backup that is restored never bears the stamp of other rows.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from broadcaster.columns import Base

EDITIONS, TIMES, AIR, PLACES = "editions", "times", "air", "places"
GROUPS: Mapping[str, tuple[str, ...]] = {
    EDITIONS: ("bulletin", "programme", "recording"),  # what there is to be heard
    TIMES: ("slot", "period", "occurrence_change"),  # when
    AIR: ("broadcast", "as_run", "missed_answer"),  # what became of it
    PLACES: ("zone", "hours"),  # where, and in which hours
}
# Of these tables an update of other columns stamps nothing: how far a broadcast has got is written once a second.
TOLD: Mapping[str, tuple[str, ...]] = {
    "broadcast": (
        "kind", "title", "slot_id", "programme_id", "bulletin_id", "zone", "klass", "starts_at", "status", "live",
        "recording", "note", "refused", "began_at", "repeats_at",
    ),
    "zone": ("slug", "name", "outputs"),
}  # fmt: skip
CHANCE = "lower(hex(randomblob(16)))"
K = TypeVar("K")
V = TypeVar("V")


class StampRow(Base):
    """The stamp of a group, as it is now."""

    __tablename__ = "stamp"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def install(connection: sa.Connection) -> None:
    """Let the database stamp. Done at every start: a migration that builds a table anew loses its triggers.

    Elsewhere than on SQLite there are no stamps (writers would queue for the row), and nothing is kept.
    """
    if connection.dialect.name != "sqlite":
        return
    for name, tables in GROUPS.items():
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO stamp VALUES ('{name}', {CHANCE})")
        for table in tables:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                of = f" OF {', '.join(TOLD[table])}" if verb == "UPDATE" and table in TOLD else ""
                connection.exec_driver_sql(
                    f'CREATE TRIGGER IF NOT EXISTS "stamp_{table}_{verb.lower()}" AFTER {verb}{of} ON "{table}" '
                    f"BEGIN UPDATE stamp SET value = {CHANCE} WHERE name = '{name}'; END"
                )


def current(session: Session, *groups: str) -> str | None:
    """The stamp of what this session sees of these groups; None where the database gives none."""
    query = sa.select(StampRow.value).where(StampRow.name.in_(groups)).order_by(StampRow.name)
    found = session.scalars(query).all()
    return "".join(found) if len(found) == len(groups) else None


class Shelf(Generic[K, V]):
    """What was computed of groups of tables, while their stamps stand. Frozen values only: threads share them."""

    def __init__(self, *groups: str) -> None:
        self._groups = groups
        self._lock = threading.Lock()
        self._held: tuple[str, dict[K, V]] = "", {}

    def of(self, session: Session) -> dict[K, V]:
        """What is kept for the rows that this session sees, to be read and added to."""
        stamp = current(session, *self._groups)
        if stamp is None:
            return {}
        with self._lock:
            if self._held[0] != stamp:
                self._held = stamp, {}
            return self._held[1]
