"""The live check of a trunk: what the settings' screen says is what the switch finds when it asks the far end."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from tests.plugins.installation import CITY, Installation

from phones.phone import Phone

pytestmark = pytest.mark.telephony

CALLER = "+79000000998"


async def told(web: httpx.AsyncClient, trunk: str) -> dict[str, str]:
    answer = await web.get("/api/trunks/check", headers={"accept-language": "en"})
    answer.raise_for_status()
    return next(one for one in answer.json() if one["id"] == trunk)


async def becomes(web: httpx.AsyncClient, trunk: str, state: str) -> dict[str, str]:
    """What was published reaches the switch a moment later, and one answer may be lost."""
    async with asyncio.timeout(30):
        while True:
            seen = await told(web, trunk)
            if seen["state"] == state:
                return seen
            await asyncio.sleep(0.3)


async def written(kaska: Installation) -> str:
    """The contact of CALLER, as soon as the books have it."""
    async with asyncio.timeout(20):
        while True:
            if rows := await kaska.rows("SELECT id FROM contacts WHERE caller = :caller", caller=CALLER):
                return str(rows[0]["id"])
            await asyncio.sleep(0.3)


async def test_a_far_end_that_answers_falls_silent_and_is_told_apart(kaska: Installation) -> None:
    async with kaska.session(kaska.company.administrator) as web:
        async with Phone(local_ip=CITY, port=kaska.city_port) as city:
            await becomes(web, "city", "online")
            call = await city.dial(kaska.number("+74950000101"), caller=CALLER)
            await call.answered(5)
            await call.hang_up()
            await call.ended(5)
        newest = await written(kaska)
        assert (await told(web, "city"))["last_contact"] == newest
        assert "Check address and port" in (await becomes(web, "city", "offline"))["text"]

        (await web.put("/api/trunks/spare", json={"addresses": ["127.0.0.19"]})).raise_for_status()
        try:
            assert (await told(web, "spare"))["state"] == "unpublished"
            await kaska.publish(web)
            await becomes(web, "spare", "unasked")
        finally:
            (await web.delete("/api/trunks/spare")).raise_for_status()
            await kaska.publish(web)
