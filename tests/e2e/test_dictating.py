"""An administrator speaks a prompt into a desk phone, hears it back and keeps it; hanging up loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from tests.e2e.centre import Centre

from phones import Call

pytestmark = pytest.mark.telephony

VOICE = 650


@asynccontextmanager
async def recorder(centre: Centre) -> AsyncIterator[httpx.AsyncClient]:
    """303 may speak prompts: he is an administrator meanwhile."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:

        async def be(role: str) -> None:
            (await web.patch("/api/people/demo-303", json={"role": role})).raise_for_status()
            await centre.kaska.publish(web)

        await be("administrator")
        yield web
        await be("operator")


async def spoken(web: httpx.AsyncClient, count: int) -> list[dict[str, Any]]:
    """The recordings by telephone, when there are so many."""
    async with asyncio.timeout(20):
        while True:
            found = [one for one in (await web.get("/api/prompts")).json() if one["origin"] == "phone"]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.2)


async def speaks(call: Call) -> None:
    """When he has been asked to: the tone of his telephone is what he says."""
    await call.hears_speech(10)
    await call.hears_silence(15, lasting=1.0)
    await asyncio.sleep(2.5)


async def test_a_prompt_is_spoken_heard_and_kept(centre: Centre) -> None:
    async with recorder(centre) as web, centre.kaska.at_work("303", tone=VOICE) as agent:
        call = await agent.phone.dial(centre.kaska.number("*39077"))
        await call.answered(5)
        await centre.board.agent_is("303", "talking")
        await speaks(call)
        await call.press("#")
        await call.hears(VOICE)
        call.press("1")  # not awaited: the call may be over before the key has been let go
        await call.ended(10)
        await centre.board.agent_is("303", "ready")
        (kept,) = await spoken(web, 1)
        assert (kept["title"], kept["language"]) == ("☎ 077", "ru")
        assert 1.0 < kept["seconds"] < 6.0

        call = await agent.phone.dial(centre.kaska.number(f"*39{kept['number']}"))
        await call.answered(5)
        await speaks(call)
        await call.hang_up()
        titles = {one["title"] for one in await spoken(web, 2)}
        assert titles == {"☎ 077", "☎ 077 · ☎ (не подтверждена)"}
