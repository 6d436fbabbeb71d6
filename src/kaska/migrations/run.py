"""Brings a database to this version of the product, as the role that owns it."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import kaska
from kaska.kit.database import metadata
from kaska.migrations.rights import grant

log = structlog.get_logger(__name__)

LOCK = 0x6B61736B61
"""advisory lock: several processes may start at once, one migrates and the others find it done"""


async def migrate(owner_url: str) -> None:
    """Does nothing when there is nothing to do. ``owner_url``: ``postgresql://…`` of the schema's owner."""
    engine = create_async_engine(
        owner_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        poolclass=NullPool,
        connect_args={"timeout": 5, "command_timeout": 300},
    )
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            await connection.commit()
            # The lock belongs to the session and goes with it, also when a migration fails.
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def migrate_now(owner_url: str) -> None:
    """``migrate`` for callers without an event loop."""
    asyncio.run(migrate(owner_url))


def load_tables() -> None:
    """Imports every tables.py of the product, so that kit.database.metadata knows all tables."""
    root = Path(kaska.__file__).parent
    for file in sorted(root.rglob("tables.py")):
        importlib.import_module(".".join(("kaska", *file.relative_to(root).with_suffix("").parts)))


def _upgrade(connection: Connection) -> None:
    load_tables()
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    grant(connection, metadata.sorted_tables)
    connection.commit()
