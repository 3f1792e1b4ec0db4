"""Runs the migrations on the connection that `store.engine` hands over."""

from alembic import context
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.store import search

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    include_name=lambda name, kind, _parents: kind != "table" or not search.is_index(str(name)),
    transactional_ddl=False,  # the transaction is that of store.engine
)
context.run_migrations()
