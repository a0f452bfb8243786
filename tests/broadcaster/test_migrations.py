"""The revisions lead to exactly the tables of the models."""

import pkgutil
from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import broadcaster
from broadcaster.database import migrate, open_engine
from broadcaster.models import Base


def test_a_migrated_database_is_what_the_models_say():
    for module in pkgutil.iter_modules(broadcaster.__path__):
        if module.name != "__main__":
            import_module(f"broadcaster.{module.name}")  # tables may stand in any of them
    engine = open_engine("sqlite://", lasting=False)
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
