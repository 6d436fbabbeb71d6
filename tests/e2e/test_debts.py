"""Everybody who was not served is owed: by whom, until when, and what settles it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import httpx
import pytest
from tests.e2e.centre import CLOSED, DIRECT, MAIN, Centre, person
from tests.plugins.installation import Desk

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER = 650, 440


async def test_every_way_of_not_being_served_is_owed(centre: Centre) -> None:
    """Five people at once, nobody at work."""
    async with asyncio.TaskGroup() as people:
        people.create_task(_called_in_closed_hours(centre, person(521)))
        people.create_task(_hung_up_in_the_menu(centre, person(522)))
        people.create_task(_hung_up_waiting(centre, person(523)))
        people.create_task(_hung_up_at_once(centre, person(524)))
        people.create_task(_without_a_number(centre))


async def _called_in_closed_hours(centre: Centre, caller: str) -> None:
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(CLOSED), caller=caller, tone=0)
        await call.answered(5)
        contact = (await centre.board.calls(caller, "message", 10))["id"]
        asked = f"/api/contacts/{contact}"
        await centre.until(asked, lambda card: any(line["type"] == "message_asked" for line in card["story"]), 25)
        call.say(customer.sound)
        await asyncio.sleep(2.0)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["number"]) == ("message_taken", CLOSED)
    debt = await centre.debt(card, "open")
    assert (debt["owner"], debt["message"]) == ("project:windows-closed", card["message"])
    assert datetime.fromisoformat(debt["due_at"]) > datetime.fromisoformat(debt["opened_at"])


async def _hung_up_in_the_menu(centre: Centre, caller: str) -> None:
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(MAIN), caller=caller)
        await call.answered(5)
        await centre.board.until(lambda: centre.board.call(caller).get("node") == "Меню", 10)
        await call.hang_up()
    await _is_owed(centre, caller, "lost", "menu", "project:windows")


async def _hung_up_waiting(centre: Centre, caller: str) -> None:
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await call.answered(3)
        await asyncio.sleep(5.5)  # longer than what counts as "hung up at once"
        await call.hang_up()
    await _is_owed(centre, caller, "lost", "waiting", "queue:sales")


async def _hung_up_at_once(centre: Centre, caller: str) -> None:
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await call.answered(3)
        await call.hang_up()
    await _is_owed(centre, caller, "short_abandoned", "waiting", "queue:sales")


async def _without_a_number(centre: Centre) -> None:
    """Owed too, though nobody can call back: the refusal says so."""
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller="")
        await call.answered(3)
        await centre.board.until(lambda: any(not row["customer"] for row in centre.board.rows["calls"].values()))
        row = next(row for row in centre.board.rows["calls"].values() if not row["customer"])
        await call.hang_up()
    card = await centre.until(f"/api/contacts/{row['id']}", lambda card: card["outcome"])
    assert (card["outcome"], card["customer"]) == ("short_abandoned", "")
    debt = await centre.debt(card, "open")
    async with centre.kaska.session(centre.kaska.agent("307")) as web:
        refused = await web.post(f"/api/debts/{debt['id']}/call")
    assert refused.status_code == 409
    assert refused.json()["code"] == "no_number"


async def _is_owed(centre: Centre, caller: str, outcome: str, cause: str, owner: str) -> None:
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"]) == (outcome, cause)
    debt = await centre.debt(card, "open")
    assert (debt["cause"], debt["owner"], debt["customer"]) == (cause, owner, caller)
    listed = (await centre.get("/api/debts", phone=caller))["items"]
    assert [one["id"] for one in listed] == [debt["id"]]
    await centre.board.until(lambda: debt["id"] in centre.board.rows["debts"])


async def test_the_same_person_comes_back_and_is_served(centre: Centre) -> None:
    caller = person(525)
    async with centre.customer(CUSTOMER) as customer:
        lost = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await lost.answered(3)
        await lost.hang_up()
        debt = await centre.debt(await centre.card(caller), "open")
        recovered = centre.board.books["recovered"]
        async with centre.kaska.at_work("303", tone=AGENT) as desk:
            again = await customer.dial(centre.kaska.number(DIRECT), caller="8" + caller[2:])
            offer = await desk.phone.incoming(5)
            await offer.answer()
            await again.hears(AGENT)
            await again.hang_up()
    first, second = await centre.cards(caller, ended=2)
    debt = await centre.debt(first, "closed")
    assert (debt["how"], debt["closing_contact"], debt["closed_by"]) == ("came_back", second["id"], "demo-303")
    assert second["debt"] == ""
    await centre.board.until(lambda: debt["id"] not in centre.board.rows["debts"])
    await centre.board.until(lambda: centre.board.books["recovered"] == recovered + 1)


async def test_one_click_calls_back_until_they_talk(centre: Centre) -> None:
    caller = person(526)
    async with centre.customer(CUSTOMER, reachable=True) as customer:
        lost = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await lost.answered(3)
        await lost.hang_up()
        first = await centre.card(caller)
        debt = await centre.debt(first, "open")
        async with centre.kaska.at_work("303", tone=AGENT) as desk:
            attempt = await _click(desk.web, debt)
            offer = await desk.phone.incoming(5)
            await offer.answer()
            called = await customer.incoming(5)
            called.reject(486, "Busy Here")
            await offer.ended(5)
            tried = await centre.until(f"/api/debts/{debt['id']}", lambda one: one["attempts"])
            assert (tried["status"], tried["attempts"], tried["reached"]) == ("open", 1, False)
            card = await centre.until(f"/api/contacts/{attempt}", lambda card: card["outcome"])
            assert (card["outcome"], card["direction"], card["repays"]) == ("not_reached", "outbound", debt["id"])

            reached = await _click(desk.web, debt)
            await _talks(desk, customer)
        debt = await centre.debt(first, "closed")
        assert (debt["how"], debt["closing_contact"]) == ("called_back", reached)
        card = await centre.until(f"/api/contacts/{reached}", lambda card: card["outcome"] and card["recording"])
        assert card["outcome"] == "answered"
        async with centre.kaska.session(centre.kaska.agent("303")) as web:
            refused = await web.post(f"/api/debts/{debt['id']}/call")
        assert refused.status_code == 409


async def _click(web: httpx.AsyncClient, debt: dict[str, Any]) -> str:
    answer = await web.post(f"/api/debts/{debt['id']}/call")
    assert answer.status_code == 202, answer.text
    return str(answer.json()["contact"])


async def _talks(desk: Desk, customer: Any) -> None:
    offer = await desk.phone.incoming(8)
    await offer.answer()
    called = await customer.incoming(5)
    assert called.caller == MAIN
    await called.answer()
    await called.hears(AGENT)
    await offer.hears(CUSTOMER)
    await called.hang_up()
    await offer.ended(5)
