"""The steps that bring the tables up to date.

Taking one needs Alembic, and what Alembic loads costs a start a fifth of a second and 8 MB for good: it is loaded only
where there is a step to take, which is once in the life of a version.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

FOLDER = Path(__file__).parent / "migrations"
KNOWN = frozenset(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))  # "0241": the files are so named
NEWEST = max(KNOWN)
ASKED = "SELECT version_num FROM alembic_version"


def reached(connection: sa.Connection) -> str | None:
    """The last step a database has taken; None for one that is empty."""
    known = sa.inspect(connection).has_table("alembic_version")
    return connection.scalar(sa.text(ASKED)) if known else None


def take(connection: sa.Connection, to: str) -> None:
    """Every step up to this one."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER))
    command.upgrade(config, to)
