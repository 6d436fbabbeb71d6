"""How long a supervisor waits for the shift log of five hundred people at work.

Each of ``AGENTS`` has ``STATES`` states a day (a hundred calls, each rung, talked, written up and waited for) for
``DAYS`` days in a private PostgreSQL cluster. Each question is asked by HTTP as the page asks it, the
median of several. Targets are milliseconds.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from kaska.features.identity.people import add_person
from kaska.features.identity.permissions import Role
from kaska.features.identity.public import Doors
from kaska.host.postgres import Cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.web import Services, create_app
from report import Row, publish, row

TENANT = "bench"
AGENTS, STATES, DAYS = 500, 400, 14
LAST = date(2026, 3, 15)
SEEN = 48
"""lines that a page asks for at once"""
TIMES = 7
PASSWORD = "long enough 1"

_FILL = """
INSERT INTO agent_states (tenant, position, agent, at, state, reason, contact, "by")
SELECT $1, row_number() OVER (), 'a' || agent,
       timestamptz '2026-03-15 06:00+00' - day * interval '1 day' + agent * interval '0.7 second'
         + place * (interval '9 hours' / $4),
       CASE WHEN place = $4 THEN 'offline' WHEN place % 40 = 39 THEN 'break'
            ELSE (ARRAY['ready', 'ringing', 'talking', 'wrap_up'])[1 + place % 4] END,
       CASE WHEN place % 40 = 39 THEN 'rest' ELSE '' END, '', ''
FROM generate_series($3 - 1, 0, -1) AS day, generate_series(0, $4) AS place, generate_series(1, $2) AS agent
ORDER BY day DESC, place, agent
"""


async def fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("SELECT set_config('kaska.tenant', $1, false)", TENANT)
    await connection.execute(_FILL, TENANT, AGENTS, DAYS, STATES, timeout=600)
    await connection.execute("VACUUM ANALYZE agent_states")
    await connection.close()


def questions() -> dict[str, tuple[str, dict[str, Any], float]]:
    """What the page asks: path, query, target in ms."""
    day = {"first": str(LAST), "last": str(LAST)}
    week = {"first": str(LAST - timedelta(days=6)), "last": str(LAST)}
    seen = [f"a{number}" for number in range(1, SEEN + 1)]
    return {
        "day": ("", {**day}, 1000.0),
        "day_lines": ("/lines", {**day, "agent": seen}, 1000.0),
        "day_of_one": ("/a7", {**day}, 200.0),
        "week": ("", {**week}, 5000.0),
        "week_lines": ("/lines", {**week, "agent": seen, "brief": True}, 1000.0),
    }


def _cluster() -> tuple[Path, Cluster]:
    home = Path(tempfile.mkdtemp(prefix="kaska-bench-"))
    home.chmod(0o755)  # PostgreSQL may run as a user of its own
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return home, Cluster(home / "cluster", port, home / "secrets", home / "postgres.log", durable=False)


async def measure() -> list[Row]:
    home, cluster = _cluster()
    try:
        cluster.start()
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        async with database.system() as connection:
            await Doors(connection).add_tenant(TENANT, TENANT)
        async with database.tenant(TENANT) as connection:
            named = {"login": "boss", "name": "Boss", "user": "boss"}
            await add_person(connection, TENANT, role=Role.SUPERVISOR, password=PASSWORD, must_change=False, **named)
        await fill(cluster.urls.owner)
        rows = await _asked(database, home)
        await database.close()
        return rows
    finally:
        cluster.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


async def _asked(database: Database, home: Path) -> list[Row]:
    app = create_app(Services(Settings(state=home / "state"), database, page=home / "page"))
    rows = []
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://kaska.test", timeout=60) as web:
        (await web.post("/api/session", json={"login": "boss", "password": PASSWORD})).raise_for_status()
        for name, (path, query, target) in questions().items():
            took = []
            for _ in range(TIMES):
                began = time.perf_counter()
                answer = await web.get(f"/api/supervision/shift-log{path}", params=query)
                took.append((time.perf_counter() - began) * 1000)
                answer.raise_for_status()
            rows.append(row(name, statistics.median(took), "ms", target))
            rows.append(row(f"{name}_kb", len(answer.content) / 1000, "kB", 0.0))
    return rows


if __name__ == "__main__":
    publish("shifts", asyncio.run(measure()))
