"""Run by Alembic: migrates over the connection that `broadcaster.database.migrate` hands in."""

from alembic import context

from broadcaster import models, models_care, models_desk, models_station  # noqa: F401 - their tables are known once they are imported
from broadcaster.columns import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
