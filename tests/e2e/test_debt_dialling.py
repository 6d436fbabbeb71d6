"""What is owed is called by itself: offered to ready agents, closed by whoever serves the person, or given up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.e2e.centre import MAIN, MESSAGE, Centre, person
from tests.plugins.installation import Desk

from phones.phone import Phone

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER = 650, 440
NUMBER = "+74950000113"
"""of a project that calls back by itself, so that what other tests leave owed is not called"""


async def _describe(centre: Centre) -> None:
    line = {"kind": "enqueue", "queue": "repaying", "message": "message", "keys": {"1": "message"}}
    draft = {"start": "line", "nodes": {"line": line, **MESSAGE}}
    rules = {"automatic": True, "automatic_minutes": 0, "tries": 2, "spacing_minutes": 0, "any_hour": True}
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        calendar = (await web.get("/api/projects")).json()[0]["calendar"]
        for path, given in (
            ("projects/repaying", {"name": "Перезвон", "calendar": calendar, "trunk": "city", "caller_id": MAIN}),
            ("queues/repaying", {"name": "Перезвон", "project": "repaying", "wrap_up_seconds": 0}),
            ("scenarios/repaying", {"name": "Перезвон", "draft": draft}),
            (f"numbers/{NUMBER}", {"project": "repaying", "scenario": "repaying"}),
            ("debts/rules/repaying", rules),
        ):
            answer = await web.put(f"/api/{path}", json=given)
            assert answer.status_code == 200, answer.text
        await centre.kaska.publish(web)


async def test_what_is_owed_is_called_by_itself(centre: Centre) -> None:
    await _describe(centre)
    async with centre.customer(CUSTOMER, reachable=True) as customer:
        first = await _lose(centre, customer, person(800))
        async with centre.kaska.at_work("303", tone=AGENT) as desk:
            await _talks(desk, customer)
            await _is_called_back(centre, first)
        second = await _lose(centre, customer, person(801))
        await _comes_back(centre, customer, second)
        third = await _lose(centre, customer, person(802))
        async with centre.kaska.at_work("303", tone=AGENT) as desk:
            for _ in range(2):
                await _is_busy(desk, customer)
            debt = await centre.debt(third, "closed")
    assert (debt["how"], debt["attempts"], debt["tries"], debt["last_result"]) == ("unreachable", 2, 2, "busy")
    assert debt["closed_by"] == "demo-303"


async def _lose(centre: Centre, customer: Phone, caller: str) -> dict[str, Any]:
    """Somebody hangs up at once; the card of the contact, whose debt is open."""
    call = await customer.dial(centre.kaska.number(NUMBER), caller=caller)
    await call.answered(5)
    await call.hang_up()
    card = await centre.card(caller)
    await centre.debt(card, "open")
    return card


async def _talks(desk: Desk, customer: Phone) -> None:
    offer = await desk.phone.incoming(10)  # nobody clicked
    await offer.answer()
    called = await customer.incoming(8)
    assert called.caller == MAIN
    await called.answer()
    await called.hears(AGENT)
    await offer.hears(CUSTOMER)
    await called.hang_up()
    await offer.ended(5)


async def _is_called_back(centre: Centre, lost: dict[str, Any]) -> None:
    debt = await centre.debt(lost, "closed")
    assert (debt["how"], debt["closed_by"]) == ("called_back", "demo-303")
    card = await centre.until(f"/api/contacts/{debt['closing_contact']}", lambda card: card["outcome"])
    assert (card["direction"], card["outcome"], card["repays"]) == ("outbound", "answered", debt["id"])
    told = [line["type"] for line in await centre.get(f"/api/debts/{debt['id']}/story")]
    assert told == ["debt_opened", "debt_ready", "debt_closed"]


async def _comes_back(centre: Centre, customer: Phone, lost: dict[str, Any]) -> None:
    """He calls again before we do: as a live caller he goes first, and his debt is settled by it."""
    again = await customer.dial(centre.kaska.number(NUMBER), caller=lost["caller"])
    await again.answered(5)
    async with centre.kaska.at_work("303", tone=AGENT) as desk:
        offer = await desk.phone.incoming(8)
        await offer.answer()
        await again.hears(AGENT)
        await again.hang_up()
        debt = await centre.debt(lost, "closed")
    assert debt["how"] == "came_back"
    assert debt["attempts"] == 0


async def _is_busy(desk: Desk, customer: Phone) -> None:
    offer = await desk.phone.incoming(10)
    await offer.answer()
    called = await customer.incoming(8)
    called.reject(486, "Busy Here")
    async with asyncio.timeout(8):
        await offer.ended(8)
