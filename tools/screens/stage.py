"""The application on a database of its own, with the demo's company in it; no telephones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from kaska.core.configuration import Configuration
from kaska.features.publishing.demo_company import DemoCompany, seed_demo_company
from kaska.features.publishing.public import latest
from kaska.host.postgres import Cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.realtime.feed import LiveFeed
from kaska.web import Services, create_app
from screens import working_day

TENANT = "demo"


@dataclass(frozen=True, slots=True)
class Stage:
    url: str
    company: DemoCompany

    def login(self, who: str) -> tuple[str, str]:
        person = {
            "administrator": self.company.administrator,
            "supervisor": self.company.supervisor,
            "operator": self.company.agents[0],
        }[who]
        return person.login, person.password


@asynccontextmanager
async def staged(home: Path, prompts: Path) -> AsyncIterator[Stage]:
    """``prompts`` is where recordings are, if any were made on this machine."""
    cluster = Cluster(home / "cluster", _free_port(), home / "secrets", home / "postgres.log", durable=False)
    await asyncio.to_thread(cluster.start)
    try:
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        try:
            company = await seed_demo_company(database, home / "secrets")
            async with _served(home, prompts, database) as url:
                await _lived_in(url, company)
                yield Stage(url, company)
        finally:
            await database.close()
    finally:
        await asyncio.to_thread(cluster.stop, "immediate")


@asynccontextmanager
async def _served(home: Path, prompts: Path, database: Database) -> AsyncIterator[str]:
    state = _state(home, prompts)
    feed = LiveFeed()
    lived = working_day.live(await latest(database, TENANT) or Configuration(TENANT, 0, ""))
    await working_day.write(lived, database, TENANT, home / "journal.sqlite3")
    feed.reset(TENANT, len(lived.written), lived.state)

    async def line_states(lines: Mapping[str, str]) -> dict[str, str]:
        return dict.fromkeys(lines, "online")

    app = create_app(Services(Settings(state=state), database, feed=feed, line_states=line_states))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


def _state(home: Path, prompts: Path) -> Path:
    state = home / "state"
    state.mkdir()
    if prompts.is_dir():
        (state / "prompts").symlink_to(prompts.resolve())
    return state


async def _lived_in(url: str, company: DemoCompany) -> None:
    """Traces of work: something edited and not published yet, so that no page of the settings is empty."""
    async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as web:
        person = company.administrator
        answer = await web.post("/api/session", json={"login": person.login, "password": person.password})
        answer.raise_for_status()
        web.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        queue = next(row for row in (await web.get("/api/queues")).json() if row["id"] == "sales")
        queue.pop("id")
        step = {"to": "message", "after": 120}
        changes: list[tuple[str, dict[str, object]]] = [
            ("/api/queues/sales", queue | {"max_wait": 240, "policy": {"name": "last_agent"}, "chain": [step]}),
            ("/api/numbers/+74950000103", {"project": "windows", "scenario": "main", "source": "Щит на шоссе"}),
            ("/api/sources/crm", {"document": {"kind": "sql_source", "connection": "crm", "query": "SELECT 1"}}),
        ]
        for path, given in changes:
            (await web.put(path, json=given)).raise_for_status()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
