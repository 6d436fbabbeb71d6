"""The whole product, installed in a temporary state directory and running: for tests from outside.

``kaska`` (one per test run) is started by the same command that people use. The Asterisk tree and the prompts are
those of ``make setup``; everything else is new and gone afterwards.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from tests.plugins.postgres import free_port

from kaska.features.publishing.demo_company import DemoAgent, DemoCompany, seed_demo_company
from kaska.host import operation, postgres
from kaska.host.parts import parts
from kaska.host.processes import Identity
from kaska.kit.config import Settings
from kaska.kit.database import Database
from phones.phone import Phone

ROOT = Path(__file__).parents[2]
CITY = "127.0.0.2"
"""the trunk's address: virtual customers call from here"""

SAYS_SALES = 1250
"""Hz: who sends this tone says «отдел продаж» to the test recogniser"""

QUICK = {"ring_seconds": 3.0, "reserve_after": 4.0, "announce_every": 4.0, "offer_after": 3.0, "wrap_up_seconds": 1.0}
"""the demo company's queues, made impatient"""


class Installation:
    def __init__(self, home: Path, sip_host: str = "127.0.0.1") -> None:
        rtp = 30_000 + (free_port() % 150) * 200
        self.settings = Settings(
            _env_file=None,
            state=home / "state",
            web_port=free_port(),
            postgres_port=free_port(),
            sip_host=sip_host,
            sip_port=free_port(),
            asterisk_http_port=free_port(),
            rtp_start=rtp,
            rtp_end=rtp + 199,
            log_level="INFO",
            page_lease=20.0,
            speech=f"tones:{SAYS_SALES}=отдел продаж",
        )
        self.company: DemoCompany
        self.city_port = free_port()
        """where the city's telephones are called back, at CITY"""
        self.first_start = ""
        """what the first start said, the first administrator's one-time password among it"""
        self.environment = os.environ | {
            f"KASKA_{name.upper()}": str(getattr(self.settings, name))
            for name in (
                "state",
                "web_port",
                "postgres_port",
                "sip_host",
                "sip_port",
                "asterisk_http_port",
                "rtp_start",
                "rtp_end",
                "log_level",
                "page_lease",
                "speech",
            )
        }

    # --- life --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        state = self.settings.root
        state.mkdir(parents=True)
        for made in ("asterisk", "prompts"):
            (state / made).symlink_to(ROOT / ".state" / made)
        self.first_start = self.command("up")
        self.company = asyncio.run(self._seed())

    async def _seed(self) -> DemoCompany:
        database = self.database()
        try:
            company = await seed_demo_company(database, self.settings.secrets_dir)
        finally:
            await database.close()
        async with self.session(company.administrator) as web:
            trunk = {"addresses": [CITY], "contact_uri": f"sip:{CITY}:{self.city_port}"}
            (await web.put("/api/trunks/city", json=trunk)).raise_for_status()
            for row in (await web.get("/api/queues")).json():
                name = row.pop("id")
                (await web.put(f"/api/queues/{name}", json=row | QUICK)).raise_for_status()
            await self.publish(web)
        await self.healthy()
        return company

    async def publish(self, web: httpx.AsyncClient) -> None:
        """Make what was edited the configuration that calls are handled by; returns when the engine has it."""
        async with asyncio.timeout(20):
            while True:
                answer = await web.post("/api/publishing")
                answer.raise_for_status()
                if answer.json()["announced"]:
                    return
                await asyncio.sleep(0.2)  # the engine looks for new tenants every few seconds

    def stop(self) -> None:
        self.command("down", check=False)

    def command(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kaska.cli", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"kaska {' '.join(words)}: {done.stdout}{done.stderr}{self.tail()}")
        return done.stdout

    def tail(self, lines: int = 30) -> str:
        """The last words of what decides, and of what serves the page."""
        logs = [self.settings.root / "log" / f"{part}.log" for part in ("page", "engine")]
        return "\n".join(line for log in logs if log.exists() for line in log.read_text().splitlines()[-lines:])

    # --- its parts ---------------------------------------------------------------------------------------------

    def pid(self, part: str) -> int:
        """Process of "postgres", "asterisk", "engine" or "page"; raises LookupError when it does not run."""
        for identity in self._running(part):
            return identity.pid
        raise LookupError(part)

    def kill(self, part: str, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid(part), number)

    @asynccontextmanager
    async def without(self, part: str, number: signal.Signals = signal.SIGKILL) -> AsyncIterator[None]:
        """A part dies by the signal and stays away, because nobody keeps it; afterwards all is started again."""
        keeper = operation.supervisor(self.settings)
        assert keeper is not None
        keeper.signal(signal.SIGTERM)
        await self._gone(keeper.alive)
        try:
            for identity in self._running(part):
                identity.signal(number)
                await self._gone(identity.alive)
            yield
        finally:
            await asyncio.to_thread(self.command, "up")
            await self.healthy()

    def _running(self, part: str) -> list[Identity]:
        named = [one for one in parts(self.settings) if one.name == part]
        return [identity for one in named if (identity := one.find()) is not None]

    async def _gone(self, alive: Callable[[], bool]) -> None:
        async with asyncio.timeout(15):
            while True:
                if not alive():
                    return
                await asyncio.sleep(0.05)

    async def healthy(self, within: float = 40.0) -> dict[str, Any]:
        """Wait until every part says that it is well. Raises TimeoutError with what was said last."""
        last: Any = None
        try:
            async with httpx.AsyncClient(base_url=self.url, timeout=5) as web, asyncio.timeout(within):
                while True:
                    try:
                        answer = await web.get("/health")
                        last = answer.json()
                        # "engine" also says that another tenant has published nothing yet; 200 is enough for it
                        if answer.status_code == 200 and all(
                            part["ok"] for name, part in last["parts"].items() if name != "engine"
                        ):
                            return dict(last)
                    except (httpx.HTTPError, ValueError) as problem:
                        last = problem
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise TimeoutError(f"not well after {within:g} s: {last!r}\n{self.tail()}") from None

    def database(self) -> Database:
        return Database(postgres.urls(self.settings).app, pool_size=2)

    async def rows(self, query: str, **given: object) -> list[dict[str, Any]]:
        """Rows of the demo tenant."""
        database = self.database()
        try:
            async with database.tenant("demo") as connection:
                return [dict(row._mapping) for row in await connection.execute(text(query), given)]
        finally:
            await database.close()

    # --- people ------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.web_port}"

    @property
    def sip(self) -> str:
        return f"{self.settings.sip_host}:{self.settings.sip_port}"

    def number(self, number: str) -> str:
        return f"sip:{number}@{self.sip}"

    @asynccontextmanager
    async def session(self, person: Any) -> AsyncIterator[httpx.AsyncClient]:
        """Signed in by the API; ``person`` has login and password."""
        async with httpx.AsyncClient(base_url=self.url, timeout=20) as web:
            answer = await web.post("/api/session", json={"login": person.login, "password": person.password})
            answer.raise_for_status()
            web.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
            yield web

    def agent(self, extension: str) -> DemoAgent:
        return next(agent for agent in self.company.agents if agent.extension == extension)

    @asynccontextmanager
    async def at_work(self, extension: str, tone: int | tuple[int, ...], **phone: Any) -> AsyncIterator[Desk]:
        """An agent with a registered telephone, ready for contacts; signed out afterwards."""
        agent = self.agent(extension)
        async with self.session(agent) as web, Phone(local_ip="127.0.0.1", tone=tone, **phone) as telephone:
            await telephone.register(agent.endpoint, agent.sip_password, self.sip)
            desk = Desk(agent, web, telephone)
            await desk.ready()
            try:
                yield desk
            finally:
                await desk.state("offline")


class Desk:
    """An agent at work: the screen's API and the telephone."""

    def __init__(self, agent: DemoAgent, web: httpx.AsyncClient, phone: Phone) -> None:
        self.agent = agent
        self.web = web
        self.phone = phone

    async def state(self, state: str, reason: str = "") -> None:
        answer = await self.web.post("/api/agents/me/state", json={"state": state, "reason": reason, "device": "phone"})
        answer.raise_for_status()

    async def ready(self) -> None:
        """Ready, once the switch has told that the telephone is there."""
        async with asyncio.timeout(10):
            while True:
                answer = await self.web.post(
                    "/api/agents/me/state", json={"state": "ready", "reason": "", "device": "phone"}
                )
                if answer.status_code != 409:
                    answer.raise_for_status()
                    return
                await asyncio.sleep(0.1)


@pytest.fixture(scope="session")
def kaska() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="kaska-"))
    home.chmod(0o755)
    installation = Installation(home)
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()
        if not os.environ.get("KASKA_KEEP"):
            shutil.rmtree(home, ignore_errors=True)
