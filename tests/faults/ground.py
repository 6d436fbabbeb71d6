"""An installation that faults are injected into: a company in which everybody sells, agents who never tire, a load."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.plugins.installation import CITY, Installation
from tests.plugins.postgres import free_port
from websockets.asyncio.client import connect

from kaska.host.operation import supervisor
from kaska.host.parts import calls_in_progress, say_to_asterisk
from kaska.host.processes import Identity
from sipp import Sipp, agents, caller, customers, register

DIRECT = "+74950000121"
"""straight into the sales queue; nothing is said before"""
MENU = "+74950000101"
RTP = (21_000, 24_999)
SWIFT = {"wrap_up_seconds": 0.2, "reserve_after": 8.0, "announce_every": 6.0, "ring_seconds": 4.0}
SKILLS = {"sales": 3, "service": 1, "operator": 1, "experienced": 1}
_SALES = {"kind": "enqueue", "queue": "sales", "message": "message", "keys": {}}
_SCENARIO = {
    "start": "sales",
    "nodes": {
        "sales": _SALES,
        "message": {"kind": "take_message", "prompts": ["ru/all-busy"], "next": "thanks"},
        "thanks": {"kind": "finish", "prompts": ["ru/goodbye"]},
    },
}


def number_of_runs(name: str, default: int) -> int:
    """How much of a fault is injected: KASKA_FAULT_… for a soak, a short while otherwise."""
    return int(os.environ.get(name, default))


class Ground(Installation):
    """``folder`` keeps what SIPp writes."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        # without the application all telephones of the fallback group ring for every call: that takes many ports
        self.settings = self.settings.model_copy(update={"rtp_start": RTP[0], "rtp_end": RTP[1]})
        self.environment |= {"KASKA_RTP_START": str(RTP[0]), "KASKA_RTP_END": str(RTP[1])}
        self.environment |= {"KASKA_COMPARE_EVERY": "2", "KASKA_COMPARE_AFTER": "12"}
        self.folder = home / "sipp"
        self._loads = 0
        self._callers = 0

    # --- describing ------------------------------------------------------------------------------------------------

    async def describe(self) -> None:
        async with self.session(self.company.administrator) as web:
            for agent in self.company.agents:
                given: dict[str, Any] = {"extension": agent.extension, "skills": SKILLS}
                (await web.put(f"/api/agents/{agent.id}", json=given)).raise_for_status()
            given = {"name": "load", "draft": _SCENARIO}
            (await web.put("/api/scenarios/load", json=given)).raise_for_status()
            given = {"project": "windows", "scenario": "load"}
            (await web.put(f"/api/numbers/{DIRECT}", json=given)).raise_for_status()
            for row in (await web.get("/api/queues")).json():
                name = row.pop("id")
                (await web.put(f"/api/queues/{name}", json=row | SWIFT)).raise_for_status()
            await self.publish(web)

    @asynccontextmanager
    async def database_of_ours(self) -> AsyncIterator[AsyncConnection]:
        """The demo tenant's ledger."""
        database = self.database()
        try:
            async with database.tenant("demo") as connection:
                yield connection
        finally:
            await database.close()

    # --- loads -----------------------------------------------------------------------------------------------------

    def load(
        self, kind: str, *, calls: int, rate: float, number: str = DIRECT, stay_ms: int = 1500, patience_ms: int = 0
    ) -> Load:
        """Not started yet. Every call has a caller of its own, different from those of all other loads.

        ``patience_ms``: the longest time after which somebody who cancels gives up, instead of the scenario's.
        """
        first, self._callers = self._callers, self._callers + calls
        self._loads += 1
        run = customers(
            self.sip,
            number,
            self.folder / f"{self._loads:02}-{kind}",
            calls=calls,
            rate=rate,
            kind=kind,
            stay_ms=stay_ms,
            first=first,
            address=CITY,
            media=True,
        )
        if kind == "customer_cancels":
            scenario = run.folder / "scenario.xml"
            scenario.write_text(_speaking(scenario.read_text(), patience_ms or 3000))
        return Load(run, first)

    @asynccontextmanager
    async def agents_at_work(self, ring_ms: int = 800) -> AsyncIterator[Crew]:
        """Everybody of the company registered and ready, until the end; a telephone rings up to ``ring_ms``."""
        self._loads += 1
        crew = Crew(self, self.folder / f"{self._loads:02}-agents", ring_ms)
        await crew.plug_in()
        staying = asyncio.create_task(crew.stay_ready())
        try:
            await crew.sign_in()
            yield crew
        finally:
            staying.cancel()
            await asyncio.gather(staying, return_exceptions=True)
            await crew.leave()

    # --- the parts -------------------------------------------------------------------------------------------------

    def kill_now(self, part: str) -> int:
        """kill -9; the process that died."""
        pid = self.pid(part)
        os.kill(pid, signal.SIGKILL)
        return pid

    def supervisor(self) -> Identity:
        found = supervisor(self.settings)
        assert found is not None
        return found

    async def started_again(self, part: str, dead: int, within: float) -> int:
        """The process that took the place of ``dead``."""
        seen = dead

        def another() -> bool:
            nonlocal seen
            with contextlib.suppress(LookupError):
                seen = self.pid(part)
            return seen != dead

        await until(another, within, lambda: f"{part} was not started again", every=0.02)
        return seen

    def said(self) -> int:
        """How much the application has told its log."""
        return self._log.stat().st_size

    async def connected(self, after: int, within: float) -> None:
        """Until the application tells, after place ``after`` of its log, that it decides calls (again)."""

        def tells() -> bool:
            with self._log.open("rb") as log:
                log.seek(after)
                return b'"connected to the switch"' in log.read()

        await until(tells, within, self.tail, every=0.05)

    def last_connected(self, after: int) -> float:
        """When (seconds since the epoch) it told so for the last time after place ``after`` of its log."""
        with self._log.open("rb") as log:
            log.seek(after)
            told = [json.loads(line) for line in log if b'"connected to the switch"' in line]
        return datetime.fromisoformat(told[-1]["timestamp"]).timestamp()

    @property
    def _log(self) -> Path:
        return self.settings.root / "log" / "engine.log"

    async def part(self, name: str) -> bool | None:
        """What /health says of a part of the application; None when nobody answers."""
        try:
            async with httpx.AsyncClient(base_url=self.url, timeout=2) as web:
                return bool((await web.get("/health")).json()["parts"][name]["ok"])
        except (httpx.HTTPError, ValueError, KeyError):
            return None

    async def part_is(self, name: str, wanted: bool, within: float) -> float:
        """Seconds until /health says it."""
        began = time.monotonic()

        async def said() -> bool:
            return await self.part(name) is wanted

        await until(said, within, lambda: f"{name} is not {wanted}\n{self.tail()}", every=0.05)
        return time.monotonic() - began

    async def restart_application(self, **environment: str) -> None:
        """With other settings; the switch and the database go on."""
        keeper = self.supervisor()
        keeper.signal(signal.SIGTERM)
        application = self.pid("engine")
        await until(lambda: not keeper.alive(), 15, lambda: "the supervisor lives")
        os.kill(application, signal.SIGTERM)
        await until(lambda: not Path(f"/proc/{application}").exists(), 30, lambda: "the application lives")
        self.environment |= environment
        await asyncio.to_thread(self.command, "up")
        await self.healthy()

    async def switch_is_empty(self, within: float = 20.0) -> None:
        """No channel is left in Asterisk."""

        async def empty() -> bool:
            return not await asyncio.to_thread(calls_in_progress, self.settings)

        def left() -> str:
            return f"channels of nobody: {say_to_asterisk(self.settings, 'core show channels concise')}\n{self.tail()}"

        await until(empty, within, left, every=0.3)


async def until(
    condition: Callable[[], bool | Awaitable[bool]], within: float, why: Callable[[], str], every: float = 0.1
) -> None:
    """Wait for what nobody tells us of; raises TimeoutError with ``why()``."""
    end = time.monotonic() + within
    while True:
        found = condition()
        if found is True or (not isinstance(found, bool) and await found):
            return
        if time.monotonic() > end:
            raise TimeoutError(f"not within {within:g} s: {why()}")
        await asyncio.sleep(every)


def _speaking(scenario: str, patience_ms: int) -> str:
    """Those who give up, with a voice once they were answered: a talk without a sound has no recording."""
    patience = '<pause distribution="uniform" min="0" max="3000"/>'
    ringing, answered, hangs_up = scenario.split(patience)
    voice = '<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>'
    mine = patience.replace("3000", str(patience_ms))
    return f"{ringing}{mine}{answered}{voice}{mine}{hangs_up}"


class Load:
    """A run of SIPp whose calls can be told by their callers' numbers."""

    def __init__(self, run: Sipp, first: int) -> None:
        self.run = run
        self.first = first

    @property
    def callers(self) -> set[str]:
        """Of the calls that were sent; complete when it has ended."""
        return {caller(self.first + index) for index in range(self.run.statistics().sent)}


class Crew:
    """The agents, played by one SIPp that answers every telephone."""

    def __init__(self, ground: Ground, folder: Path, ring_ms: int) -> None:
        self.ground = ground
        self._ring_ms = ring_ms
        self._port = free_port()
        self._folder = folder
        self._plugged = 0
        self._answering: Sipp | None = None
        self._webs: dict[str, httpx.AsyncClient] = {}

    async def plug_in(self) -> None:
        """Register all telephones (from the port at which they will be called), then wait for calls; again: anew."""
        await self._unplug()
        self._plugged += 1
        people = [(agent.endpoint, agent.sip_password) for agent in self.ground.company.agents]
        folder = self._folder / f"{self._plugged}"
        run = register(people, self.ground.sip, folder / "register", agents_port=self._port)
        run.command += ["-p", str(self._port)]
        done = await (await run.start()).wait(30)
        assert done.failed == 0, done
        self._answering = await agents(folder / "answer", port=self._port, ring_ms=self._ring_ms).start()

    async def _unplug(self) -> None:
        if self._answering is not None:
            await self._answering.stop(grace=1)

    async def sign_in(self) -> None:
        for agent in self.ground.company.agents:
            web = httpx.AsyncClient(base_url=self.ground.url, timeout=10)
            answer = await web.post("/api/session", json={"login": agent.login, "password": agent.password})
            answer.raise_for_status()
            web.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
            self._webs[agent.id] = web
        for agent in self._webs:
            await until(partial(self._says, agent, "ready"), 15, lambda agent=agent: f"{agent} is not let in")

    async def stay_ready(self) -> None:
        """Whoever was set aside (a telephone that could not be reached, no answer) becomes ready again."""
        while True:
            for agent in list(self._webs):
                await self._says(agent, "ready")
                await asyncio.sleep(0.2)
            await asyncio.sleep(0.2)

    async def works(self) -> bool:
        """Everybody can still tell the application what he does."""
        return all([await self._says(agent, "ready") for agent in self._webs])

    async def _says(self, agent: str, state: str) -> bool:
        given = {"state": state, "reason": "", "device": "phone"}
        try:
            return (await self._webs[agent].post("/api/agents/me/state", json=given)).status_code == 204
        except httpx.HTTPError:
            return False

    async def states(self) -> dict[str, str]:
        """agent → state, as the application believes."""
        async with self.ground.session(self.ground.company.supervisor) as web:
            return await live_agents(self.ground, web)

    async def all_ready(self, within: float = 20.0) -> None:
        """Nobody hangs in a call that is none."""
        seen: dict[str, str] = {}

        async def ready() -> bool:
            seen.update(await self.states())
            return set(seen.values()) == {"ready"}

        await until(ready, within, lambda: f"agents are {seen}\n{self.ground.tail()}", every=0.3)

    async def leave(self) -> None:
        for agent, web in self._webs.items():
            await self._says(agent, "offline")
            await web.aclose()
        await self._unplug()


async def live_agents(ground: Ground, web: httpx.AsyncClient) -> dict[str, str]:
    """The agents' states of the live picture."""
    return {row["id"]: row["state"] for row in (await live_picture(ground, web))["agents"].values()}


async def live_picture(ground: Ground, web: httpx.AsyncClient) -> dict[str, Any]:
    """The snapshot that a browser is given."""
    cookie = "; ".join(f"{name}={value}" for name, value in web.cookies.items())
    async with connect(
        ground.url.replace("http", "ws", 1) + "/api/live",
        origin=ground.url,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
        max_size=None,
    ) as socket:
        picture: dict[str, Any] = json.loads(await socket.recv())["view"]
        return picture
