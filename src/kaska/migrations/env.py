"""Alembic's entry: run.migrate hands over its connection. One transaction for everything: a failure leaves nothing."""

from __future__ import annotations

from alembic import context

from kaska.kit.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, include_schemas=True)
with context.begin_transaction():
    context.run_migrations()
