"""The revisions lead to exactly the tables of the models."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

import broadcaster
from broadcaster import revisions, running_order
from broadcaster.columns import Base
from broadcaster.database import migrate, open_database, open_engine
from broadcaster.models import Programme, SlotRow


def test_the_files_of_the_steps_are_named_by_them_and_the_last_one_has_the_highest_number():
    config = Config()
    config.set_main_option("script_location", str(revisions.FOLDER))
    steps = ScriptDirectory.from_config(config)
    assert {step.revision for step in steps.walk_revisions()} == revisions.KNOWN
    assert steps.get_current_head() == revisions.NEWEST


def test_a_station_whose_tables_are_up_to_date_starts_without_the_tool_that_changes_them(settings):
    open_database(settings).kw["bind"].dispose()
    again = (
        "import sys; from broadcaster import database, station; from broadcaster.settings import Settings;"
        f"database.open_database(Settings.load({str(settings.data)!r}, None));"
        "print(*sorted({'alembic', 'cryptography', 'pygments'} & {*sys.modules}))"
    )
    said = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""


def test_a_migrated_database_is_what_the_models_say():
    for module in pkgutil.iter_modules(broadcaster.__path__):
        if module.name != "__main__":
            import_module(f"broadcaster.{module.name}")  # tables may stand in any of them
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_programmes_from_before_running_orders_sound_as_they_did(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}", lasting=False)
    migrate(engine, to="0126")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO recording (sha256, title, frames, lufs, true_peak_dbtp, voice, segments, said, created_at)"
            " VALUES ('ab', 'Nhạc', 1, -16, -1, '', '[]', '[]', '2026-01-01')"
        )
        for slug, call, jingle, relay in (
            ("an-ninh", "Mời nghe.", "ab", None),
            ("vov", "", None, '{"url": "http://v"}'),
        ):
            connection.exec_driver_sql(
                "INSERT INTO programme (id, slug, name, aliases, call, greeting, closing, voice, selection, fallback,"
                " opening_jingle, relay, version)"
                " VALUES (?, ?, ?, '[]', ?, '', 'Hết.', 'auto', 'weekly', 'repeat', ?, ?, 3)",
                (slug, slug, slug, call, jingle, relay),
            )
        connection.exec_driver_sql(
            "INSERT INTO slot (id, programme_id, zone, rrule, at, klass, late, created_at, version)"
            " VALUES ('s', 'an-ninh', 'all', 'FREQ=DAILY', '17:30', 'thuong', 'skip', '2026-01-01', 1)"
        )
    migrate(engine)
    with Session(engine) as session:
        row = session.get_one(Programme, "an-ninh")
        order = running_order.read(row.running_order)
        said = [(part.kind, part.text, part.recording, part.chime, part.bed) for part in order]
        assert said == [
            ("jingle", "", "ab", "opening", False),
            ("call", "Mời nghe.", None, "opening", True),
            ("bulletin", "", None, "opening", True),
            ("closing", "Hết.", None, "opening", True),
            ("jingle", "", None, "closing", False),
        ]
        assert (row.speed, row.version, row.retired_at) == (100, 3, None)
        assert session.get_one(SlotRow, "s").programme is row
        assert session.get_one(Programme, "vov").running_order == []
        assert session.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()
