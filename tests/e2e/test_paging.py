"""Speaking to a group on the real switch: two hear it, who speaks hears nobody, and they do not hear each other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.e2e.centre import Centre
from tests.e2e.test_inside import talks

from phones.call import Call

pytestmark = pytest.mark.telephony

VOICE, FIRST, SECOND = 650, 850, 530


@asynccontextmanager
async def speaker(centre: Centre) -> AsyncIterator[None]:
    """301 may speak to groups: he is a supervisor meanwhile. ``*381`` is the group of sales."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        kept = (await web.get("/api/feature-codes")).json()

        async def be(role: str, groups: list[str]) -> None:
            (await web.patch("/api/people/demo-301", json={"role": role})).raise_for_status()
            given = kept | {"groups": groups, "revision": (await web.get("/api/feature-codes")).json()["revision"]}
            (await web.put("/api/feature-codes", json=given)).raise_for_status()
            await centre.kaska.publish(web)

        await be("supervisor", ["sales"])
        yield
        await be("operator", [])


async def answered_by_itself(phone_call: Call) -> Call:
    assert phone_call.caller == "301"
    assert "alert-autoanswer" in phone_call.headers.get("Alert-Info")
    assert "answer-after=0" in phone_call.headers.get("Call-Info")
    return await phone_call.answer()


async def test_two_hear_the_speaker_and_nobody_hears_them(centre: Centre) -> None:
    async with (
        speaker(centre),
        centre.kaska.at_work("301", tone=VOICE) as by,
        centre.kaska.at_work("303", tone=FIRST) as first,
        centre.kaska.at_work("304", tone=SECOND) as second,
    ):
        for way in ("phone", "screen"):
            if way == "phone":
                own = await by.phone.dial(centre.kaska.number("*381"))
            else:
                (await by.web.post("/api/agents/me/pages", json={"queue": "sales"})).raise_for_status()
                own = await by.phone.incoming(5)
                await own.answer()
            hear = [await answered_by_itself(await one.phone.incoming(5)) for one in (first, second)]
            await own.answered(5)
            await asyncio.gather(*(one.hears(VOICE) for one in hear))
            row = await centre.board.agent_is("301", "talking")
            assert row["inside"]["page"]["hear"] == ["demo-303", "demo-304"]
            await asyncio.sleep(1.0)  # all have spoken for a while
            now = time.monotonic()
            assert [own.heard_between(tone, own.started_at, now) for tone in (FIRST, SECOND)] == [0.0, 0.0]
            assert hear[0].heard_between(SECOND, hear[0].started_at, now) == 0.0
            assert hear[1].heard_between(FIRST, hear[1].started_at, now) == 0.0
            await hear[1].hang_up()  # one is left: the switch need not mix any more
            await centre.board.agent_is("304", "ready")
            left_at = time.monotonic()
            await asyncio.sleep(1.0)
            assert hear[0].heard_between(VOICE, left_at, time.monotonic()) > 0.5
            assert own.heard_between(FIRST, own.started_at, time.monotonic()) == 0.0
            await own.hang_up()
            await hear[0].ended(5)
            for extension in ("301", "303"):
                await centre.board.agent_is(extension, "ready")
    last = (await talks(centre))[0]
    assert (last["by"], last["page"], last["result"]) == ("demo-301", "sales", "talked")
    assert last["others"] == ["demo-303", "demo-304"]
