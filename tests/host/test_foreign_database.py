"""A database that somebody else runs: named by a URL, brought to our tables, used with its single role."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from kaska.host import postgres
from kaska.host.postgres import DatabaseUrls
from kaska.kit.config import Settings

pytestmark = pytest.mark.database


@pytest.mark.parametrize("name", ["KASKA_DATABASE_URL", "DATABASE_URL"])
def test_the_url_is_taken_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(name, "postgresql://somebody@db.example/kaska")
    settings = Settings(_env_file=None, state=tmp_path)
    assert postgres.urls(settings) == DatabaseUrls(
        owner="postgresql://somebody@db.example/kaska", app="postgresql://somebody@db.example/kaska"
    )


def test_it_gets_our_tables(untouched_postgres: DatabaseUrls, tmp_path: Path) -> None:
    foreign = untouched_postgres.owner
    environment = os.environ | {"DATABASE_URL": foreign, "KASKA_STATE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "kaska.cli", "migrate"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert _tables(foreign) > 20


def _tables(url: str) -> int:
    async def count() -> int:
        connection = await asyncpg.connect(url)
        try:
            found = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'ledger')")
        finally:
            await connection.close()
        return int(found)

    return asyncio.run(count())
