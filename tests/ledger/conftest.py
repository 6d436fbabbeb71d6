from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kaska.engine.journal import Journal
from kaska.host.postgres import DatabaseUrls
from kaska.kit.database import Database
from kaska.migrations.run import migrate


@pytest.fixture
async def database(postgres: DatabaseUrls) -> AsyncIterator[Database]:
    """The migrated database, as the application's role."""
    await migrate(postgres.owner)
    database = Database(postgres.app)
    yield database
    await database.close()


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite3")
    yield journal
    await journal.aclose()


@pytest.fixture
def tenant() -> str:
    """A company of this test alone: the database is shared."""
    return f"t-{uuid.uuid4().hex[:12]}"
