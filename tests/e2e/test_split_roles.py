"""Roles in processes of their own: a page served by a process without the engine works through the engine's door."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable

import httpx
import pytest
from tests.plugins.installation import CITY, ROOT, Desk, Installation
from tests.plugins.postgres import free_port
from websockets.asyncio.client import connect

from kaska.host.processes import threads, wait_until
from phones.phone import Phone

pytestmark = pytest.mark.telephony


@pytest.fixture
async def page_only(kaska: Installation) -> AsyncIterator[str]:
    """Address of a second process with the role ``web`` alone."""
    port = free_port()
    environment = kaska.environment | {"KASKA_ROLES": "web", "KASKA_WEB_PORT": str(port)}
    log = kaska.settings.root / "log" / "page-only.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kaska.main", env=environment, cwd=ROOT, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient() as web, asyncio.timeout(40):
            while True:
                try:
                    if (await web.get(f"{address}/health")).json()["parts"]["engine"]["ok"]:
                        break
                except (httpx.HTTPError, ValueError, KeyError):
                    assert process.returncode is None, log.read_text()
                await asyncio.sleep(0.1)
        yield address
    finally:
        process.terminate()
        async with asyncio.timeout(20):
            assert await process.wait() == 0


async def test_an_agent_works_through_a_process_without_the_engine(kaska: Installation, page_only: str) -> None:
    agent = kaska.agent("304")
    async with httpx.AsyncClient(base_url=page_only, timeout=20) as web, Phone(tone=650) as telephone:
        answer = await web.post("/api/session", json={"login": agent.login, "password": agent.password})
        web.headers["X-CSRF-Token"] = answer.raise_for_status().json()["csrf_token"]
        await telephone.register(agent.endpoint, agent.sip_password, kaska.sip)
        desk = Desk(agent, web, telephone)
        await desk.ready()
        cookie = "; ".join(f"{name}={value}" for name, value in web.cookies.items())
        live = page_only.replace("http", "ws") + "/api/live"
        async with connect(live, additional_headers={"Cookie": cookie, "Origin": page_only}) as socket:
            snapshot = json.loads(await socket.recv())
            assert snapshot["view"]["agents"][agent.id]["state"] == "ready"
            async with Phone(local_ip=CITY, tone=440) as customer:
                call = await customer.dial(kaska.number("+74950000101"), caller="+79000000691")
                await call.answered(5)
                await call.press("1")
                offer = await telephone.incoming(20)
                await offer.answer()
                await call.hears(650, within=5)
                await call.hang_up()
            async with asyncio.timeout(10):
                while not _tells(json.loads(await socket.recv()), agent.id, "wrap_up"):
                    pass
        await desk.state("offline")


def _tells(message: dict[str, object], agent: str, state: str) -> bool:
    changes = message.get("changes", [])
    assert isinstance(changes, list)
    return any(one["id"] == agent and one.get("row", {}).get("state") == state for one in changes)


async def test_a_page_that_dies_hurts_no_call(kaska: Installation) -> None:
    """A talk goes on, a new call is decided, and the people who were signed in are still at work afterwards."""
    async with kaska.at_work("304", tone=650) as desk, Phone(local_ip=CITY, tone=440) as customer:
        call = await customer.dial(kaska.number("+74950000101"), caller="+79000000692")
        await call.answered(5)
        await call.press("1")
        offer = await desk.phone.incoming(20)
        engine = kaska.pid("engine")
        kaska.kill("page")
        await offer.answer()
        await call.hears(650, within=5)
        await offer.hears(440)
        await kaska.healthy()
        assert kaska.pid("engine") == engine
        await call.hang_up()
        await offer.ended(5)
        await desk.state("break", "lunch")  # by the session of before


def test_the_switch_and_what_decides_run_at_once_where_that_is_allowed(kaska: Installation) -> None:
    expected = os.SCHED_RR if _may_run_at_once() else os.SCHED_OTHER
    usual = {os.SCHED_OTHER}
    wanted = {"asterisk": {expected}, "engine": {expected}, "page": usual, "postgres": usual}
    wait_until(lambda: _scheduled(kaska, wanted) == wanted, 10.0)
    assert _scheduled(kaska, wanted) == wanted


def _scheduled(kaska: Installation, parts: Iterable[str]) -> dict[str, set[int]]:
    """The policies of all threads of each."""
    return {part: {_policy(thread) for thread in threads(kaska.pid(part))} - {None} for part in parts}


def _policy(thread: int) -> int | None:
    with contextlib.suppress(ProcessLookupError):
        return os.sched_getscheduler(thread)
    return None


def _may_run_at_once() -> bool:
    """Asked of the kernel by trying it on a process that does nothing."""
    idle = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with contextlib.suppress(OSError):
            os.sched_setscheduler(idle.pid, os.SCHED_RR, os.sched_param(1))
        return os.sched_getscheduler(idle.pid) == os.SCHED_RR
    finally:
        idle.communicate()
