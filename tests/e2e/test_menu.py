"""Keys: an extension dialled directly, and nothing pressed at all."""

from __future__ import annotations

import pytest
from tests.e2e.centre import SHORT, SPOKEN, Centre, person
from tests.plugins.installation import SAYS_SALES

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER = 650, 440


async def test_an_extension_is_dialled_directly(centre: Centre) -> None:
    """304 has been idle for less time than 303, but it is he who was asked for."""
    caller = person(541)
    async with (
        centre.kaska.at_work("303", tone=850),
        centre.kaska.at_work("304", tone=AGENT) as wanted,
        centre.customer(CUSTOMER) as customer,
    ):
        call = await customer.dial(centre.kaska.number(SHORT), caller=caller)
        await call.answered(3)
        await call.press("304")
        offer = await wanted.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        await offer.hang_up()
        await call.ended(5)
    card = await centre.card(caller)
    assert (card["outcome"], card["keys"], card["queue"]) == ("answered", "304", "")
    assert [agent["id"] for agent in card["agents"]] == ["demo-304"]


async def test_an_absent_extension_goes_to_the_operators(centre: Centre) -> None:
    caller = person(542)
    async with centre.kaska.at_work("306", tone=AGENT) as operator, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(SHORT), caller=caller)
        await call.answered(3)
        await call.press("304")
        offer = await operator.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["queue"]) == ("answered", "operators")


async def test_who_says_what_he_wants_presses_nothing(centre: Centre) -> None:
    caller = person(544)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as agent,
        centre.customer(SAYS_SALES) as customer,
    ):
        call = await customer.dial(centre.kaska.number(SPOKEN), caller=caller)
        await call.answered(3)
        offer = await agent.phone.incoming(10)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(SAYS_SALES)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["keys"], card["queue"]) == ("answered", "", "sales")
    told = [(line["type"], line["details"].get("choice")) for line in card["story"]]
    assert ("words_heard", "1") in told
    assert ("listening_over", None) in told


async def test_who_presses_nothing_twice_gets_an_operator(centre: Centre) -> None:
    caller = person(543)
    async with centre.kaska.at_work("306", tone=AGENT) as operator, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(SHORT), caller=caller)
        await call.answered(3)
        offer = await operator.phone.incoming(15)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["queue"]) == ("answered", "operators")
    asked = [line["details"]["tries"] for line in card["story"] if line["details"].get("node") == "menu"]
    assert asked == [0, 1]
