"""What a request is told when something of ours is missing, and when the database's socket is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from kaska.kit.http import install_error_handlers


@pytest.mark.parametrize(("what", "status", "code"), [("file", 500, "internal"), ("socket", 503, "database_away")])
async def test_a_missing_file_is_not_the_database(tmp_path: Path, what: str, status: int, code: str) -> None:
    app = FastAPI()
    install_error_handlers(app)

    @app.get("/")
    async def asked() -> None:
        if what == "file":
            (tmp_path / "page.html").read_text()
        await asyncio.open_unix_connection(str(tmp_path / ".s.PGSQL.5432"))

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://kaska") as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
