"""Waiting in line: the next agent, the reserve, a message, a callback that keeps the place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.e2e.centre import DIRECT, Centre, person

from phones.tones import levels

pytestmark = pytest.mark.telephony

AGENT, OTHER, CUSTOMER = 650, 850, 440


async def test_one_does_not_answer_and_the_next_one_does(centre: Centre) -> None:
    caller = person(511)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as first,
        centre.kaska.at_work("304", tone=OTHER) as second,
        centre.customer(CUSTOMER) as customer,
    ):
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        unanswered = await first.phone.incoming(5)  # idle longest
        offer = await second.phone.incoming(8)
        assert (await unanswered.ended(2)).by == "them"
        row = await centre.board.agent_is("303", "not_answering")
        assert row["reason"] == "no_answer"
        await offer.answer()
        await call.hears(OTHER)
        await offer.hears(CUSTOMER)
        await offer.hang_up()
        await call.ended(5)
        assert centre.board.agent("303")["state"] == "not_answering"
    card = await centre.card(caller)
    assert card["outcome"] == "answered"
    assert card["offers"] == 2
    offers = {leg["agent"]: leg["offer"] for leg in card["legs"] if leg["party"] == "agent"}
    assert offers == {"demo-303": "timed_out", "demo-304": "accepted"}
    assert [agent["id"] for agent in card["agents"]] == ["demo-304"]


async def test_the_reserve_is_asked_when_nobody_takes_the_call(centre: Centre) -> None:
    caller = person(512)
    async with centre.kaska.at_work("305", tone=AGENT) as reserve, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await call.answered(3)
        await call.hears_speech(3)  # «Вы первый в очереди»
        assert (await centre.board.calls(caller, "waiting"))["queue"] == "sales"
        offer = await reserve.phone.incoming(8)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["queue"], card["reserve"], card["overflowed"]) == (
        "answered",
        "sales",
        "reserve",
        True,
    )
    assert card["wait_seconds"] >= 4.0
    said = [line["details"]["prompts"] for line in card["story"] if line["type"] == "prompts_started"]
    assert said[0][0] == "ru/place/1"


async def test_a_message_left_by_the_key(centre: Centre, tmp_path: Path) -> None:
    caller = person(513)
    async with centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller, tone=0)
        await call.answered(3)
        await call.hears_music(10, lasting=3.0)  # the place, and then music while nobody comes
        await call.press("1")
        await centre.board.calls(caller, "message")
        await _speak_after_the_beep(centre, caller)
        call.say(customer.sound)
        await asyncio.sleep(2.0)
        await call.press("#")
        assert (await call.ended(15)).by == "them"
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"], card["queue"]) == ("message_taken", "message", "sales")
    assert card["message_seconds"] >= 1.0
    debt = await centre.debt(card, "open")
    assert (debt["cause"], debt["owner"], debt["customer"]) == ("message", "queue:sales", caller)
    async with centre.kaska.session(centre.kaska.agent("306")) as colleague:
        heard = await colleague.get(f"/api/contacts/{card['id']}/message")
    assert heard.status_code == 200
    file = tmp_path / "message.wav"
    file.write_bytes(heard.content)
    assert levels(file, 0, (CUSTOMER,))[CUSTOMER].seconds >= 1.0


async def _speak_after_the_beep(centre: Centre, caller: str) -> None:
    """Returns when the switch listens: the ledger has the asking."""
    contact = centre.board.call(caller)["id"]
    await centre.until(
        f"/api/contacts/{contact}", lambda card: any(line["type"] == "message_asked" for line in card["story"]), 15
    )


async def test_a_callback_keeps_the_place(centre: Centre) -> None:
    """Who hung up relying on us is called before who came later and waits on the line."""
    first, second = person(514), person(515)
    async with centre.customer(CUSTOMER, reachable=True) as promised, centre.customer(OTHER) as waiting:
        call = await promised.dial(centre.kaska.number(DIRECT), caller=first)
        await call.answered(3)
        await centre.board.calls(first, "waiting")
        await call.press("2")
        assert (await call.ended(15)).by == "them"
        await centre.board.calls(first, "promised")
        contact = centre.board.call(first)["id"]
        await centre.until(f"/api/debts/d-{contact}", lambda debt: debt["cause"] == "callback")
        later = await waiting.dial(centre.kaska.number(DIRECT), caller=second)
        await centre.board.calls(second, "waiting")

        async with centre.kaska.at_work("304", tone=AGENT) as desk:
            offer = await desk.phone.incoming(5)
            await offer.answer()
            called = await promised.incoming(10)
            assert called.callee == first
            await called.answer()
            await called.hears(AGENT)
            await offer.hears(CUSTOMER)
            assert centre.board.call(second)["phase"] == "waiting"
            await called.hang_up()
            await offer.ended(5)

            next_one = await desk.phone.incoming(8)
            await next_one.answer()
            await later.hears(AGENT)
            await next_one.hears(OTHER)
            await later.hang_up()
    card = await centre.card(first)
    assert (card["outcome"], card["cause"]) == ("called_back", "talked")
    debt = await centre.debt(card, "closed")
    assert (debt["how"], debt["closing_contact"]) == ("called_back", card["id"])
    card = await centre.until(f"/api/contacts/{card['id']}", lambda card: card["recording"])
    assert (await centre.card(second))["outcome"] == "answered"
