"""The whole product, with everything on, in a state directory of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping

from sqlalchemy import text

from kaska.asterisk.places import Places
from kaska.core.events import AgentReadied, AgentSignedIn
from kaska.core.facts import TYPE_NAMES, Connected, ContactOver, Fact
from kaska.core.ports import EngineAway, Refused
from kaska.core.state import State
from kaska.engine.remote import RemoteEngine
from kaska.host import operation, postgres
from kaska.host.parts import parts
from kaska.kit.database import Database
from voice import ROOT, cpu
from voice.company import TENANT, agents, seed
from voice.installed import settings, telephones

_TOLD = ("state", "web_port", "postgres_port", "sip_port", "asterisk_http_port", "rtp_start", "rtp_end", "node")


class _NoPicture:
    """Nobody looks on."""

    def reset(self, tenant: str, cursor: int, state: State) -> None: ...
    def publish(self, tenant: str, cursor: int, happened: tuple[Fact, ...]) -> None: ...


class Product:
    name = "kaska"

    def __init__(self) -> None:
        self.settings = settings("kaska")
        self.cel = Places.of(self.settings).cel
        self.passwords: Mapping[str, str] = {}

    async def start(self) -> None:
        """Returns when 300 agents are ready."""
        await asyncio.to_thread(self._command, "up")
        self.database = Database(postgres.urls(self.settings).app, pool_size=2)
        self.passwords = await seed(self.database)
        await self._await_configuration()
        self.telephones = await telephones(self.settings, self.passwords, self.settings.root / "sipp")
        await self._make_ready()

    async def stop(self) -> None:
        if hasattr(self, "telephones"):
            await self.telephones.stop(1.0)
        if hasattr(self, "database"):
            await self.database.close()
        await asyncio.to_thread(self._command, "down", "--wait", "0")

    def _command(self, *words: str) -> None:
        environment = {f"KASKA_{name.upper()}": str(getattr(self.settings, name)) for name in _TOLD}
        command = [sys.executable, "-m", "kaska.cli", *words]
        subprocess.run(
            command, env=os.environ | environment, cwd=ROOT, check=True, timeout=180, stdout=subprocess.DEVNULL
        )

    async def _await_configuration(self) -> None:
        """The application looks for new tenants every few seconds."""
        people = self.settings.root / "run/asterisk/etc/people" / f"{TENANT}.told.json"
        async with asyncio.timeout(60):
            while not people.exists():  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def _make_ready(self) -> None:
        async def nobody() -> list[str]:
            return []

        door = RemoteEngine(self.settings.engine_door, _NoPicture(), nobody)
        task = asyncio.create_task(door.run())
        try:
            async with asyncio.timeout(60):
                while not door.is_connected:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
                for agent in agents():
                    await door.ask(TENANT, AgentSignedIn(time.time(), agent))
                    await self._ready(door, agent)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _ready(self, door: RemoteEngine, agent: str) -> None:
        while True:
            try:
                await door.ask(TENANT, AgentReadied(time.time(), agent, "phone"))
                return
            except (Refused, EngineAway):
                await asyncio.sleep(0.2)  # the switch has not told yet that the telephone is there

    # --- what it costs and what it did ------------------------------------------------------------------------------

    def _pids(self, part: str) -> list[int]:
        """All processes of a part."""
        named = ("application", "engine", "page", "jobs") if part == "application" else (part,)
        found = [one.find() for one in parts(self.settings) if one.name in named]
        living = [one.pid for one in found if one is not None]
        if not living or len(living) < len(found):
            raise RuntimeError(f"{part} does not run; see {self.settings.root}/log")
        return living

    def processes(self) -> dict[str, int]:
        """Of "engine", "page" and "asterisk", as the roles are by default."""
        return {part: self._pids(part)[0] for part in ("engine", "page", "asterisk")}

    def pids(self) -> dict[str, list[int]]:
        keeper = operation.supervisor(self.settings)
        return {
            "asterisk": self._pids("asterisk"),
            "python": [*self._pids("application"), *([keeper.pid] if keeper else [])],
            "postgres": cpu.family(self._pids("postgres")[0]),
            "agents": [self.telephones.pid],
        }

    async def settled(self, within: float = 20.0) -> None:
        """Wait until what was shipped stands still: nobody talks, everything is in the ledger."""
        before = -1
        async with asyncio.timeout(within):
            while (now := await self._count(ContactOver)) != before:
                before = now
                await asyncio.sleep(1.0)

    async def bridged(self) -> int:
        """Conversations in the ledger since the beginning."""
        return await self._count(Connected)

    async def _count(self, kind: type[Fact]) -> int:
        async with self.database.tenant(TENANT) as connection:
            found = await connection.execute(
                text("SELECT count(*) FROM ledger.facts WHERE type = :type"), {"type": TYPE_NAMES[kind]}
            )
            return int(found.scalar_one())
