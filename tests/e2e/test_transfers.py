"""Transfers and consults on the real switch: who hears whom is measured by tone; one contact, one recording."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.centre import DIRECT, Centre, person
from tests.plugins.installation import Desk

from phones.call import Call
from phones.phone import Phone
from phones.tones import levels

pytestmark = pytest.mark.telephony

FIRST, SECOND, CUSTOMER, MOBILE = 650, 850, 440, 530
OUTSIDE = "+74950000790"


class Talk:
    """A customer who talks with the first agent; the second is at work in another queue."""

    def __init__(self, centre: Centre, caller: str, first: Desk, second: Desk, customer: Phone) -> None:
        self.centre, self.caller, self.first, self.second = centre, caller, first, second
        self.customer = customer
        self.call: Call
        self.offer: Call
        self.contact = ""

    async def begin(self) -> None:
        self.call = await self.customer.dial(self.centre.kaska.number(DIRECT), caller=self.caller)
        self.offer = await self.first.phone.incoming(5)
        await self.offer.answer()
        await self.call.hears(FIRST)
        await self.offer.hears(CUSTOMER)
        await self.centre.board.calls(self.caller, "talking")
        self.contact = self.centre.board.call(self.caller)["id"]

    async def ask(self, what: str, **given: str) -> None:
        answer = await self.first.web.post(f"/api/agents/me/calls/{self.contact}/{what}", json=given)
        assert answer.status_code == 204, answer.text

    async def end(self, tmp_path: Path, *tones: int) -> dict[str, Any]:
        """The card when all is over. The recording holds ``tones``, who were heard, left, and the customer right."""
        centre = self.centre
        card = await centre.card(self.caller)
        assert (card["outcome"], card["cause"], card["debt"]) == ("answered", "talked", "")
        card = await centre.until(f"/api/contacts/{card['id']}", lambda one: bool(one["recording"]))
        assert card["recording_problem"] == ""
        sound = await centre.supervisor.get(f"/api/contacts/{card['id']}/recording")
        file = tmp_path / "recording.wav"
        file.write_bytes(sound.content)
        everybody = (FIRST, SECOND, MOBILE, CUSTOMER)
        left, right = (levels(file, channel, everybody) for channel in (0, 1))
        recorded = {tone for tone in everybody if left[tone].seconds > 0.3}
        assert recorded == set(tones)
        assert {tone for tone in everybody if right[tone].seconds > 0.3} == {CUSTOMER}
        await centre.board.agent_is("303", "ready")
        return card


@pytest.fixture
async def talk(centre: Centre, request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    async with (
        centre.kaska.at_work("303", tone=FIRST) as first,
        centre.kaska.at_work("305", tone=SECOND) as second,
        centre.customer(CUSTOMER) as customer,
    ):
        talk = Talk(centre, person(request.param), first, second, customer)
        await talk.begin()
        yield talk


def parts(card: dict[str, Any]) -> dict[str, float]:
    return {leg["agent"]: leg["talk_seconds"] for leg in card["legs"] if leg["talk_seconds"]}


@pytest.mark.parametrize("talk", [700], indirect=True)
async def test_a_blind_transfer_to_a_queue(talk: Talk, tmp_path: Path) -> None:
    await talk.ask("transfer", to="queue", target="service")
    await talk.offer.ended(5)
    offer = await talk.second.phone.incoming(5)
    assert offer.caller == talk.caller
    await talk.call.hears_music()
    await offer.answer()
    await talk.call.hears(SECOND)
    await offer.hears(CUSTOMER)
    await asyncio.sleep(0.6)  # something to be recorded
    await talk.call.hang_up()
    await offer.ended(5)
    card = await talk.end(tmp_path, FIRST, SECOND)
    assert card["queue"] == "sales"
    assert set(parts(card)) == {"demo-303", "demo-305"}
    written = await talk.centre.ledger(talk.contact)
    assert (written.count("contact_opened"), written.count("transferred")) == (1, 1)


@pytest.mark.parametrize("talk", [701], indirect=True)
async def test_a_blind_transfer_that_nobody_takes_comes_back(talk: Talk, tmp_path: Path) -> None:
    await talk.ask("transfer", to="agent", target=talk.second.agent.id)
    offer = await talk.second.phone.incoming(5)
    await talk.call.hears_music()
    offer.reject(486, "Busy Here")
    again = await talk.first.phone.incoming(5)
    await again.answer()
    await talk.call.hears(FIRST)
    await again.hears(CUSTOMER)
    await again.hang_up()
    await talk.call.ended(5)
    await talk.second.state("ready")
    await talk.end(tmp_path, FIRST)


@pytest.mark.parametrize("talk", [702], indirect=True)
async def test_a_consult_that_is_swapped_joined_and_completed(talk: Talk, tmp_path: Path) -> None:
    await talk.ask("consult", to="agent", target=talk.second.agent.id)
    offer = await talk.second.phone.incoming(5)
    await offer.answer()
    await offer.hears(FIRST)
    await talk.offer.hears(SECOND)
    await talk.call.hears_music()
    await talk.call.hears_no(FIRST)
    await talk.offer.hears_no(CUSTOMER)
    await talk.ask("consult/wish", wish="swap")
    await talk.call.hears(FIRST)
    await talk.offer.hears(CUSTOMER)
    await offer.hears_no(FIRST)
    await talk.call.hears_no(SECOND)
    await talk.ask("consult/wish", wish="join")
    await talk.call.hears(SECOND)
    await offer.hears(CUSTOMER)
    await talk.offer.hears(SECOND)
    await talk.ask("consult/wish", wish="complete")
    await talk.offer.ended(5)
    await talk.call.hears_no(FIRST)
    await offer.hears(CUSTOMER)
    await talk.call.hang_up()
    await offer.ended(5)
    card = await talk.end(tmp_path, FIRST, SECOND)
    assert set(parts(card)) == {"demo-303", "demo-305"}


@pytest.mark.parametrize("talk", [703], indirect=True)
async def test_a_consult_outside_that_is_completed_by_hanging_up(talk: Talk, tmp_path: Path) -> None:
    async with talk.centre.customer(MOBILE, reachable=True) as mobile:
        await talk.ask("consult", to="number", target="+7 495 000-07-90")
        offer = await mobile.incoming(5)
        assert offer.callee == OUTSIDE
        await offer.answer()
        await talk.offer.hears(MOBILE)
        await talk.call.hears_no(MOBILE)
        await talk.offer.hang_up()
        await talk.call.hears(MOBILE)
        await offer.hears(CUSTOMER)
        await asyncio.sleep(0.6)  # something to be recorded
        await offer.hang_up()
        await talk.call.ended(5)
    await talk.end(tmp_path, FIRST, MOBILE)


@pytest.mark.parametrize("talk", [704], indirect=True)
async def test_a_telephone_sends_the_customer_on_by_itself(talk: Talk, tmp_path: Path) -> None:
    assert await talk.offer.refer(talk.centre.kaska.number("306")) == 202  # who is not at work
    await talk.offer.told(603)
    await talk.call.hears(FIRST)
    assert await talk.offer.refer(talk.centre.kaska.number("305")) == 202
    offer = await talk.second.phone.incoming(5)
    await talk.offer.ended(5)
    await offer.answer()
    await talk.call.hears(SECOND)
    await offer.hears(CUSTOMER)
    await asyncio.sleep(1.5)  # something to be recorded
    await offer.hang_up()
    await talk.call.ended(5)
    card = await talk.end(tmp_path, FIRST, SECOND)
    assert set(parts(card)) == {"demo-303", "demo-305"}


@pytest.mark.parametrize(
    ("talk", "outside"), [(705, False), (706, True)], indirect=["talk"], ids=["a colleague", "outside"]
)
async def test_a_telephone_consults_by_a_second_call_and_puts_both_together(
    talk: Talk, outside: bool, tmp_path: Path
) -> None:
    tone, dialled = (MOBILE, OUTSIDE) if outside else (SECOND, "305")
    async with talk.centre.customer(MOBILE, reachable=outside) as mobile:
        asked = mobile if outside else talk.second.phone
        await talk.offer.hold()
        await talk.call.hears_music()
        second = await talk.first.phone.dial(talk.centre.kaska.number(dialled))
        await second.ringing(5)
        offer = await asked.incoming(5)
        await offer.answer()
        await second.answered(5)
        await second.hears(tone)
        await offer.hears(FIRST)
        await offer.hears_no(CUSTOMER)
        await talk.call.hears_no(tone)
        assert await talk.offer.refer(talk.centre.kaska.number(dialled), second) == 202
        await asyncio.gather(talk.offer.ended(5), second.ended(5))
        await talk.call.hears(tone)
        await offer.hears(CUSTOMER)
        await asyncio.sleep(1.0)  # something to be recorded
        await (offer if outside else talk.call).hang_up()
        await (talk.call if outside else offer).ended(5)
    card = await talk.end(tmp_path, FIRST, tone)
    assert set(parts(card)) == ({"demo-303", ""} if outside else {"demo-303", "demo-305"})
    assert card["hold_seconds"] > 0
    assert [leg["party"] for leg in card["legs"]].count("second") == 1
    assert (await talk.centre.ledger(talk.contact)).count("contact_opened") == 1
