"""A visitor at a door on the real switch: who may open it is rung, talks with him, and the door hears the code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.e2e.centre import Centre
from tests.e2e.test_inside import talks

from phones.phone import Phone

pytestmark = pytest.mark.telephony

VISITOR, FIRST, SECOND = 440, 650, 850
CODE = "*9"
GATE: dict[str, Any] = {
    "name": "Проходная",
    "extension": "700",
    "agents": ["demo-301", "demo-303"],
    "ring_seconds": 6,
    "opens": CODE,
    "camera": "http://camera.example/gate",
}


@asynccontextmanager
async def gate(centre: Centre, **rules: Any) -> AsyncIterator[Phone]:
    """Its telephone, registered."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        (await web.put("/api/doors/gate", json=GATE | rules)).raise_for_status()
        await centre.kaska.publish(web)
        account = (await web.get("/api/doors/gate/phone")).json()
        assert account["qr"].startswith("<svg")
        async with Phone(local_ip="127.0.0.1", tone=VISITOR) as telephone:
            await registers(telephone, account, centre.kaska.sip)
            yield telephone
        (await web.delete("/api/doors/gate")).raise_for_status()
        await centre.kaska.publish(web)


async def registers(telephone: Phone, account: dict[str, str], registrar: str) -> None:
    """The switch may not have been told of it yet."""
    async with asyncio.timeout(10):
        while True:
            try:
                return await telephone.register(account["username"], account["password"], registrar)
            except Exception:
                await asyncio.sleep(0.2)


async def test_two_are_rung_one_talks_and_opens_by_the_screen_and_by_keys(centre: Centre) -> None:
    async with (
        gate(centre) as door,
        centre.kaska.at_work("301", tone=FIRST) as one,
        centre.kaska.at_work("303", tone=SECOND) as other,
    ):
        call = await door.dial(centre.kaska.number("1"))
        offers = [await desk.phone.incoming(5) for desk in (one, other)]
        await call.ringing(5)
        for offer in offers:
            assert (offer.caller, offer.caller_name) == ("700", "Проходная")
            assert "alert-internal" in offer.headers.get("Alert-Info")
        row = await centre.board.agent_is("301", "ringing")
        shown = row["inside"]["door"]
        assert (shown["name"], shown["camera"], shown["lock"]) == ("Проходная", GATE["camera"], True)
        refused = await one.web.post(f"/api/agents/me/calls/{row['contact']}/door")
        assert refused.status_code == 409

        talk = await offers[0].answer()
        await offers[1].ended(5)
        await asyncio.gather(call.hears(FIRST), talk.hears(VISITOR))
        await centre.board.agent_is("303", "ready")
        (await one.web.post(f"/api/agents/me/calls/{row['contact']}/door")).raise_for_status()
        await call.receives_digits(CODE)
        assert CODE not in talk.ear.digits
        await centre.board.until(lambda: centre.board.agent("301")["inside"]["door"]["opened_at"] > 0)

        await asyncio.sleep(0.5)  # the last key sounds for a while: whoever presses one meanwhile is not heard
        before = len(call.ear.digits)
        await talk.press(CODE)
        await call.ear.until(lambda: CODE in call.ear.digits[before:], 5, "the code again")
        await asyncio.gather(call.hears(FIRST), talk.hears(VISITOR))
        await call.hang_up()
        await talk.ended(5)
        await centre.board.agent_is("301", "ready")
    last = (await talks(centre))[0]
    assert (last["by"], last["to"], last["door"], last["result"]) == ("", "demo-301", "Проходная", "talked")
    assert [(opening["agent"], opening["way"]) for opening in last["opened"]] == [
        ("demo-301", "screen"),
        ("demo-301", "phone"),
    ]
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        lines = (await web.get("/api/audit", params={"area": "doors"})).json()
    newest = [line["action"] for line in lines][:3]
    assert newest == ["doors.delete", "doors.open", "doors.open"]


async def test_nobody_answers_the_visitor_hears_it_and_somebody_has_to_see_to_it(centre: Centre) -> None:
    async with gate(centre, name="Двор") as door, centre.kaska.at_work("301", tone=FIRST) as one:
        call = await door.dial(centre.kaska.number("1"))
        offer = await one.phone.incoming(5)
        begun = time.monotonic()
        await call.hears_speech(12)
        assert time.monotonic() - begun > 5.0
        await offer.ended(5)
        await call.ended(15)
        await centre.board.agent_is("301", "ready")
    last = (await talks(centre))[0]
    assert (last["door"], last["result"]) == ("Двор", "no_answer")
    alerts = await centre.until(
        "/api/alerts/situations", lambda rows: any(row["figure"] == "door_missed" for row in rows)
    )
    assert "Двор" in next(row["name"] for row in alerts if row["figure"] == "door_missed")
