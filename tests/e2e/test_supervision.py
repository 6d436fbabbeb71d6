"""A supervisor in a conversation, on the real switch: who hears whom is measured by tone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from tests.e2e.centre import DIRECT, Centre, person

from phones.call import Call
from phones.phone import Phone

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER, BOSS = 650, 440, 1000
EXTENSION = "399"


class Supervisor:
    """A supervisor with a desk telephone, off duty."""

    def __init__(self, centre: Centre, phone: Phone) -> None:
        self.centre = centre
        self.web: httpx.AsyncClient = centre.supervisor
        self.phone = phone

    async def asks(self, contact: str, mode: str, status: int = 202) -> dict[str, Any]:
        answer = await self.web.post(f"/api/supervision/calls/{contact}/monitor", json={"mode": mode})
        assert answer.status_code == status, answer.text
        return answer.json() or {}

    async def joins(self, contact: str, mode: str) -> Call:
        await self.asks(contact, mode)
        call = await self.phone.incoming(5)
        await call.answer()
        return call


@pytest.fixture(scope="session")
def boss_account(kaska: Any, city_port: int) -> dict[str, str]:
    """The supervisor gets a workplace of his own, as an administrator would make it."""

    async def make() -> dict[str, str]:
        boss = kaska.company.supervisor.id
        async with kaska.session(kaska.company.administrator) as web:
            (await web.put(f"/api/agents/{boss}", json={"extension": EXTENSION, "skills": {}})).raise_for_status()
            await kaska.publish(web)
            phone = (await web.get(f"/api/agents/{boss}/phone")).json()
        return next(dict(one) for one in phone["accounts"] if one["kind"] == "phone")

    return asyncio.run(make())


@asynccontextmanager
async def supervisor(centre: Centre, account: dict[str, str]) -> AsyncIterator[Supervisor]:
    async with Phone(local_ip="127.0.0.1", tone=BOSS) as phone:
        async with asyncio.timeout(15):
            while True:  # the switch is told of the new telephone a moment after the publishing
                try:
                    await phone.register(account["username"], account["password"], centre.kaska.sip)
                    break
                except Exception:
                    await asyncio.sleep(0.3)
        await centre.board.until(lambda: any(centre.board.agent(EXTENSION)["reachable"].values()), 10)
        yield Supervisor(centre, phone)


def never_heard(call: Call, tone: int, since: float) -> None:
    """Not for a moment; a tone that is there is heard in steps of 0.1 s."""
    assert call.heard_between(tone, since, time.monotonic()) == 0.0


async def _hears_both(ear: Call) -> None:
    """The customer and the agent at once."""
    await asyncio.gather(
        ear.ear.until(lambda: ear.level(CUSTOMER) > 0.05, 5, "the customer", lasting=0.3),
        ear.ear.until(lambda: ear.level(AGENT) > 0.05, 5, "the agent", lasting=0.3),
    )


async def test_listen_whisper_barge_and_take_over(centre: Centre, boss_account: dict[str, str]) -> None:
    caller = person(830)
    async with (
        centre.kaska.at_work("304", tone=AGENT) as desk,
        centre.customer(CUSTOMER) as customer,
        supervisor(centre, boss_account) as boss,
    ):
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        contact = centre.board.call(caller)["id"]

        began = time.monotonic()
        ear = await boss.joins(contact, "listen")
        await _hears_both(ear)
        never_heard(call, BOSS, began)
        never_heard(offer, BOSS, began)
        await centre.board.until(lambda: any(one["connected"] for one in centre.board.rows["monitors"].values()))

        await boss.asks(contact, "whisper")
        await offer.hears(BOSS)
        await _hears_both(ear)
        never_heard(call, BOSS, began)

        await boss.asks(contact, "barge")
        await call.hears(BOSS)
        await offer.hears(BOSS)
        await ear.hears(CUSTOMER)

        await boss.asks(contact, "listen")
        await _hears_both(ear)
        await asyncio.gather(call.hears_no(BOSS), offer.hears_no(BOSS))

        await boss.asks(contact, "take_over")
        await offer.ended(5)
        await call.hears(BOSS)
        await ear.hears(CUSTOMER)
        await ear.hears_no(AGENT)
        await call.hang_up()
        await ear.ended(5)
    card = await centre.card(caller)
    assert (card["outcome"], card["debt"]) == ("answered", "")
    assert [one["id"] for one in card["agents"]] == [desk.agent.id, centre.kaska.company.supervisor.id]
    told = [line["details"] for line in card["story"] if line["type"] == "monitored"]
    assert [one["mode"] for one in told] == ["listen", "whisper", "barge", "listen"]
    asked = await centre.kaska.rows("SELECT action FROM audit WHERE object = :contact ORDER BY at", contact=contact)
    assert [one["action"] for one in asked] == [
        f"calls.{m}" for m in ("listen", "whisper", "barge", "listen", "take_over")
    ]
    await centre.until(f"/api/contacts/{contact}", lambda one: one["recording"])
    async with centre.kaska.session(desk.agent) as operator:
        seen = (await operator.get(f"/api/contacts/{contact}")).json()
    assert not [line for line in seen["story"] if line["type"].startswith("monitor")]
    assert {leg["party"] for leg in seen["legs"]} == {"customer", "agent"}


async def test_listening_survives_a_restart_and_ends_when_the_agent_hangs_up(
    centre: Centre, boss_account: dict[str, str]
) -> None:
    caller = person(831)
    async with (
        centre.kaska.at_work("304", tone=AGENT) as desk,
        centre.customer(CUSTOMER) as customer,
        supervisor(centre, boss_account) as boss,
    ):
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        contact = centre.board.call(caller)["id"]
        began = time.monotonic()
        ear = await boss.joins(contact, "listen")
        await _hears_both(ear)
        async with centre.kaska.without("application"):
            await _hears_both(ear)  # the switch goes on by itself
        await boss.asks(contact, "whisper")
        await offer.hears(BOSS)
        never_heard(call, BOSS, began)
        await offer.hang_up()
        await ear.ended(5)
        await call.ended(5)
    card = await centre.card(caller)
    assert (card["outcome"], [one["id"] for one in card["agents"]]) == ("answered", [desk.agent.id])
    assert (await centre.ledger(contact)).count("contact_over") == 1
