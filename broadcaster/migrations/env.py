"""Run by Alembic: migrates over the connection that `broadcaster.database.migrate` hands in."""

from alembic import context

from broadcaster import models_desk  # noqa: F401 - its tables are known once it is imported
from broadcaster.models import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
