"""The WebSocket routes on a real server socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from tests.plugins.postgres import free_port
from tests.plugins.web import Company, CoreInbox, Site
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from kaska.core.configuration import AgentProfile, Configuration, Device
from kaska.core.core import Core
from kaska.core.events import AgentReadied, AgentSignedOut
from kaska.features.identity.public import Role

pytestmark = pytest.mark.database


@asynccontextmanager
async def served(site: Site) -> AsyncIterator[int]:
    """The application on a port of loopback."""
    port = free_port()
    config = uvicorn.Config(site.app, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        await task


async def cookie_of(site: Site, company: Company, role: Role) -> str:
    browser = await site.signed_in(company, role)
    return f"kaska_session={browser.cookies['kaska_session']}"


def opened(port: int, path: str, cookie: str = "", origin: str | None = None, **others: Any) -> connect:
    headers = {"Cookie": cookie} if cookie else {}
    return connect(
        f"ws://127.0.0.1:{port}{path}",
        additional_headers=headers,
        origin=Origin(origin or f"http://127.0.0.1:{port}"),
        proxy=None,
        **others,
    )


async def read(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(10):
        message: dict[str, Any] = json.loads(await socket.recv())
    return message


async def closing_code(socket: ClientConnection) -> int | None:
    async with asyncio.timeout(10):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code


async def staffed(site: Site) -> tuple[Company, CoreInbox]:
    """A company whose operator is an agent of a running core."""
    company = await site.company()
    user = company.ids[Role.OPERATOR]
    devices = (Device("web", "web", f"{company.tenant}-301-web"),)
    profile = AgentProfile(user, "Имя", "301", {}, devices)
    core = Core.fresh(Configuration(company.tenant, 1, "", agents={user: profile}))
    inbox = CoreInbox(core, site.feed)
    site.inboxes[company.tenant] = inbox
    site.feed.reset(company.tenant, 0, core.state)
    return company, inbox


async def test_live_gives_a_snapshot_then_changes(site: Site) -> None:
    company, inbox = await staffed(site)
    user = company.ids[Role.OPERATOR]
    cookie = await cookie_of(site, company, Role.SUPERVISOR)
    async with served(site) as port, opened(port, "/api/live", cookie) as socket:
        first = await read(socket)
        assert first["type"] == "snapshot"
        assert first["view"]["agents"][user]["state"] == "offline"
        await inbox.submit(AgentReadied(1.0, user, "web"))
        second = await read(socket)
        assert second["type"] == "changes"
        assert second["cursor"] == inbox.cursor
        (change,) = (c for c in second["changes"] if c["collection"] == "agents")
        assert (change["op"], change["row"]["state"], change["row"]["device"]) == ("put", "ready", "web")
    assert site.feed.watcher_count() == 0


@pytest.mark.parametrize("path", ["/api/live", "/api/phone/ws"])
async def test_strangers_and_foreign_pages_see_nothing(site: Site, path: str) -> None:
    company, _ = await staffed(site)
    cookie = await cookie_of(site, company, Role.OPERATOR)
    async with served(site) as port:
        for given, origin in (("", None), ("kaska_session=guess", None), (cookie, "https://evil.example")):
            async with opened(port, path, given, origin) as socket:
                assert await closing_code(socket) == 1008


async def test_signing_out_closes_the_picture(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaska.realtime import endpoints

    monkeypatch.setattr(endpoints, "SESSION_CHECK_SECONDS", 0.1)
    company, _ = await staffed(site)
    browser = await site.signed_in(company, Role.OPERATOR)
    cookie = f"kaska_session={browser.cookies['kaska_session']}"
    async with served(site) as port, opened(port, "/api/live", cookie) as socket:
        await read(socket)
        await browser.delete("/api/session")
        assert await closing_code(socket) == 1008


async def test_an_agent_whose_pages_are_gone_is_signed_out(make_site: Callable[..., Site]) -> None:
    site = make_site(lease_seconds=0.3)
    company, inbox = await staffed(site)
    user = company.ids[Role.OPERATOR]
    cookie = await cookie_of(site, company, Role.OPERATOR)
    async with served(site) as port:
        async with opened(port, "/api/live", cookie) as one, opened(port, "/api/live", cookie) as two:
            await read(one)
            await read(two)
            await inbox.submit(AgentReadied(1.0, user, "web"))
            await one.close()
            await asyncio.sleep(0.5)
            assert inbox.core.state.agents[user].state == "ready"  # the other page is still there
        async with opened(port, "/api/live", cookie) as back:
            await read(back)
            await asyncio.sleep(0.5)
            assert inbox.core.state.agents[user].state == "ready"  # came back in time
        async with asyncio.timeout(5):
            await inbox.told(AgentSignedOut)
        assert inbox.core.state.agents[user].state == "offline"
        assert isinstance(inbox.events[-1], AgentSignedOut)
        assert inbox.events[-1].reason == "lost"


async def test_a_page_that_falls_silent_is_gone_though_its_connection_stands(make_site: Callable[..., Site]) -> None:
    """A frozen tab: the browser itself goes on answering the protocol's pings, the page says nothing."""
    site = make_site(lease_seconds=0.6)
    company, inbox = await staffed(site)
    user = company.ids[Role.OPERATOR]
    cookie = await cookie_of(site, company, Role.OPERATOR)
    async with served(site) as port, opened(port, "/api/live", cookie) as frozen:
        await read(frozen)
        await inbox.submit(AgentReadied(1.0, user, "web"))
        for _ in range(12):  # two leases long it says that it lives
            while (await read(frozen))["type"] != "ping":
                pass
            await frozen.send('{"type": "alive"}')
        assert inbox.core.state.agents[user].state == "ready"
        async with asyncio.timeout(5):
            await inbox.told(AgentSignedOut)
        assert await closing_code(frozen) == 1013
    assert inbox.core.state.agents[user].state == "offline"


async def test_who_only_reads_the_live_picture_is_not_cut_off(make_site: Callable[..., Site]) -> None:
    site = make_site(lease_seconds=0.3)
    company, _ = await staffed(site)
    cookie = await cookie_of(site, company, Role.SUPERVISOR)
    async with served(site) as port, opened(port, "/api/live", cookie) as wall:
        pings = 0
        while pings < 8:  # longer than the lease
            pings += (await read(wall))["type"] == "ping"


async def test_an_agent_who_does_not_come_back_after_a_restart_is_signed_out(make_site: Callable[..., Site]) -> None:
    site = make_site(lease_seconds=0.1)
    company, inbox = await staffed(site)
    user = company.ids[Role.OPERATOR]
    await inbox.submit(AgentReadied(1.0, user, "web"))
    async with served(site), asyncio.timeout(10):
        await inbox.told(AgentSignedOut)
    assert inbox.core.state.agents[user].state == "offline"


@asynccontextmanager
async def switch() -> AsyncIterator[tuple[int, list[str]]]:
    """A WebSocket that answers every SIP message by repeating it: what the relay must carry, not what the switch is."""
    heard: list[str] = []

    async def repeat(socket: ServerConnection) -> None:
        async for message in socket:
            heard.append(str(message))
            if message == "bye":
                await socket.close(1000)
                return
            await socket.send(message)

    port = free_port()
    async with serve(repeat, "127.0.0.1", port, subprotocols=[Subprotocol("sip")]):
        yield port, heard


async def test_sip_is_carried_both_ways_and_closes_with_either_side(site: Site) -> None:
    company, _ = await staffed(site)
    cookie = await cookie_of(site, company, Role.OPERATOR)
    async with switch() as (asterisk, heard), served(site) as port:
        site.app.state.settings.asterisk_http_port = asterisk
        sip = [Subprotocol("sip")]
        async with opened(port, "/api/phone/ws", cookie, subprotocols=sip) as phone:
            assert phone.subprotocol == "sip"
            for message in ("REGISTER sip:x SIP/2.0\r\n\r\n", "\r\n\r\n", "я" * 20_000):
                await phone.send(message)
                async with asyncio.timeout(5):
                    assert await phone.recv() == message
            await phone.send("bye")
            assert await closing_code(phone) == 1013
        assert heard[-1] == "bye"
        with pytest.raises(InvalidStatus):  # not SIP
            await opened(port, "/api/phone/ws", cookie)


async def test_without_a_switch_the_phone_is_told_to_try_later(site: Site) -> None:
    company, _ = await staffed(site)
    cookie = await cookie_of(site, company, Role.OPERATOR)
    site.app.state.settings.asterisk_http_port = free_port()
    sip = [Subprotocol("sip")]
    async with served(site) as port, opened(port, "/api/phone/ws", cookie, subprotocols=sip) as phone:
        assert await closing_code(phone) == 1013


async def test_the_live_picture_is_the_own_companys_and_listening_is_not_told_to_agents(site: Site) -> None:
    """Two companies at once; the supervisor sees that somebody is listened to, the agent and the stranger do not."""
    company, inbox = await staffed(site)
    other, others = await staffed(site)
    user, stranger = company.ids[Role.OPERATOR], other.ids[Role.OPERATOR]
    roles = {
        "boss": await cookie_of(site, company, Role.SUPERVISOR),
        "agent": await cookie_of(site, company, Role.OPERATOR),
        "stranger": await cookie_of(site, other, Role.ADMINISTRATOR),
    }
    heard: dict[str, str] = {}
    async with served(site) as port, contextlib.AsyncExitStack() as stack:
        sockets = {name: await stack.enter_async_context(opened(port, "/api/live", one)) for name, one in roles.items()}
        heard = {name: json.dumps(await read(socket)) for name, socket in sockets.items()}
        assert "monitors" in json.loads(heard["boss"])["view"]
        assert "monitors" not in json.loads(heard["agent"])["view"]
        await inbox.submit(AgentReadied(1.0, user, "web"))
        for name in ("boss", "agent"):
            heard[name] += json.dumps(await read(sockets[name]))
        await others.submit(AgentReadied(2.0, stranger, "web"))
        heard["stranger"] += json.dumps(await read(sockets["stranger"]))
    assert user in heard["boss"]
    assert user in heard["agent"]
    assert stranger in heard["stranger"]
    assert user not in heard["stranger"]
    assert company.tenant not in heard["stranger"]
    assert stranger not in heard["boss"] + heard["agent"]
