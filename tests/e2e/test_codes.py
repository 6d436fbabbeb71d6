"""Codes dialled on telephones and the black list, on the real switch: who hears whom is measured by tone."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.e2e.centre import DIRECT, Centre, person
from tests.e2e.test_supervision import boss_account, never_heard, supervisor

from phones.call import Call
from phones.phone import Phone

pytestmark = pytest.mark.telephony

__all__ = ["boss_account"]

FIRST, PEER, BOSS, CUSTOMER = 650, 850, 1000, 440
LISTENING = ("*55", "*56", "*57")


async def dial(centre: Centre, phone: Phone, code: str) -> Call:
    return await phone.dial(centre.kaska.number(code))


async def said(call: Call) -> None:
    """Something is said to who dialled, and the call ends."""
    await call.answered(5)
    await call.hears_speech(5)
    await call.ended(10)


async def hears_both(ear: Call) -> None:
    """The customer and the agent at once."""
    await asyncio.gather(ear.hears(CUSTOMER), ear.hears(PEER))


async def test_calls_are_taken_parked_and_heard_by_codes(centre: Centre, boss_account: dict[str, str]) -> None:
    caller = person(860)
    async with (
        centre.kaska.at_work("303", tone=FIRST) as first,
        centre.kaska.at_work("304", tone=PEER) as peer,
        supervisor(centre, boss_account) as boss,
        centre.customer(CUSTOMER) as customer,
    ):
        await said(await dial(centre, peer.phone, "*421"))
        await centre.board.agent_is("304", "break")
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await first.phone.incoming(5)
        taken = await dial(centre, peer.phone, "*8")
        await asyncio.gather(offer.ended(5), taken.answered(5), call.answered(5))
        await asyncio.gather(taken.hears(CUSTOMER), call.hears(PEER))
        assert (await centre.board.calls(caller, "talking"))["agent"] == peer.agent.id
        began = time.monotonic()
        refused = [await dial(centre, first.phone, f"{code}304") for code in LISTENING]  # an operator may not
        await asyncio.gather(*(said(one) for one in refused))
        assert not centre.board.rows["monitors"]

        ear = await dial(centre, boss.phone, "*55304")
        await ear.answered(5)
        await hears_both(ear)
        never_heard(call, BOSS, began)
        never_heard(taken, BOSS, began)
        await ear.hang_up()

        whispering = await dial(centre, boss.phone, "*56304")
        await asyncio.gather(taken.hears(BOSS), hears_both(whispering), call.hears(PEER))
        never_heard(call, BOSS, began)
        await whispering.hang_up()
        await taken.hears_no(BOSS)
        never_heard(call, BOSS, began)

        barging = await dial(centre, boss.phone, "*57304")
        await asyncio.gather(call.hears(BOSS), taken.hears(BOSS), hears_both(barging))
        await asyncio.gather(call.hears(PEER), taken.hears(CUSTOMER))  # and each other as before
        await barging.hang_up()
        await asyncio.gather(call.hears_no(BOSS), taken.hears_no(BOSS))
        never_heard(call, FIRST, began)

        await taken.hold()
        parking = await dial(centre, peer.phone, "*75")
        await asyncio.gather(said(parking), taken.ended(5), call.hears_music())
        back = await dial(centre, first.phone, "*75")
        await asyncio.gather(back.hears(CUSTOMER), call.hears(FIRST))
        await back.hang_up()
        await call.ended(5)
    card = await centre.card(caller)
    assert (card["outcome"], card["debt"]) == ("answered", "")
    assert {leg["agent"] for leg in card["legs"] if leg["talk_seconds"]} == {peer.agent.id, first.agent.id}
    assert (await centre.ledger(card["id"])).count("contact_opened") == 1
    told = [line["details"] for line in card["story"] if line["type"] == "monitored"]
    assert [one["mode"] for one in told] == ["listen", "whisper", "barge"]
    asked = await centre.kaska.rows(
        "SELECT body->>'dialled' AS dialled, body->>'refused' AS why FROM ledger.facts"
        " WHERE type = 'phone_asked' AND body->>'agent' = :first AND body->>'refused' <> '' ORDER BY dialled",
        first=first.agent.id,
    )
    assert [(one["dialled"], one["why"]) for one in asked] == [(f"{code}304", "not_permitted") for code in LISTENING]


async def test_a_blocked_number_hears_the_message_and_is_in_the_books(centre: Centre) -> None:
    caller = person(861)
    given = {"number": caller, "reason": "ругается"}
    assert (await centre.supervisor.post("/api/black-list", json=given)).status_code == 200
    async with centre.kaska.at_work("303", tone=FIRST) as first, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await call.answered(5)
        await call.hears_speech(5)
        await call.ended(10)
        assert not first.phone.calls
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"], card["debt"]) == ("blocked", "black_list", "")
    assert "offered" not in await centre.ledger(card["id"])
    await centre.supervisor.delete(f"/api/black-list/{caller}")
