"""The telephones work without us, and afterwards the books know everything, once."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.centre import DIRECT, Centre, person

from kaska.asterisk import recordings
from kaska.ledger import invariants
from phones.phone import Phone
from phones.tones import levels

pytestmark = pytest.mark.telephony

AGENT, OTHER, CUSTOMER, SECOND = 650, 850, 440, 530
NOTICED_SECONDS = 1.0
"""so soon new calls are answered without us"""
WITNESS_SECONDS = 80.0
"""the switch's own records are read every minute"""


async def _laws_hold(centre: Centre) -> None:
    database = centre.kaska.database()
    try:
        async with database.tenant("demo") as connection:
            assert await invariants.check_all(connection) == []
    finally:
        await database.close()


async def test_the_application_is_away(centre: Centre, tmp_path: Path) -> None:
    """A talk goes on, a new caller reaches a telephone, another leaves a message, a third gives up: all are known."""
    talking, answered, message, left = (person(number) for number in (581, 582, 583, 584))
    other = centre.kaska.agent("304")
    async with (
        centre.kaska.at_work("303", tone=AGENT) as desk,
        Phone(local_ip="127.0.0.1", tone=OTHER) as reserve,
        centre.customer(CUSTOMER) as customer,
        centre.customer(SECOND) as second,
    ):
        await reserve.register(other.endpoint, other.sip_password, centre.kaska.sip)
        call = await customer.dial(centre.kaska.number(DIRECT), caller=talking)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        async with centre.kaska.without("engine"):
            await asyncio.sleep(NOTICED_SECONDS)
            await _reaches_a_telephone(centre, second, reserve, answered)
            await _leaves_a_message(centre, second, (desk.phone, reserve), message)
            await _gives_up(centre, second, reserve, left)
            await call.hears(AGENT)
            await offer.hears(CUSTOMER)
        await call.hears(AGENT)
        await call.hang_up()
        await offer.ended(5)
    card = await centre.card(talking)
    assert (card["outcome"], card["source"]) == ("answered", "live")
    card = await centre.card(answered, WITNESS_SECONDS)
    assert (card["outcome"], card["source"], card["debt"]) == ("answered", "fallback", "")
    assert [agent["id"] for agent in card["agents"]] == ["demo-304"]
    card = await centre.card(message)
    assert (card["outcome"], card["source"]) == ("message_taken", "fallback")
    debt = await centre.debt(card, "open")
    assert (debt["cause"], debt["customer"]) == ("message", message)
    heard = await centre.supervisor.get(f"/api/contacts/{card['id']}/message")
    assert heard.status_code == 200
    file = tmp_path / "message.wav"
    file.write_bytes(heard.content)
    assert levels(file, 0, (SECOND,))[SECOND].seconds >= 1.0
    card = await centre.card(left)
    assert (card["outcome"], card["source"]) == ("lost", "fallback")
    assert (await centre.debt(card, "open"))["cause"] == "application_away"
    await _laws_hold(centre)


async def test_a_recording_was_ready_as_we_died(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two sides are one file already, and nobody had written down that they are: it is found by its name."""
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_EVERY", "2")
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_AFTER", "4")
    who = person(586)
    async with centre.kaska.at_work("303", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=who)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await centre.board.calls(who, "talking")
        contact = next(name for name, row in centre.board.rows["calls"].items() if row["caller"] == who)
        agent_side, _ = recordings.parts(centre.kaska.settings.recordings_dir, contact)
        async with centre.kaska.without("engine"):
            await call.hang_up()
            finished = await recordings.finish(centre.kaska.settings, contact)  # the last that we did
            assert finished.name
            assert not agent_side.exists()
        await offer.ended(5)

    def recorded(card: dict[str, Any]) -> bool:
        return bool(card["recording"])

    card = await centre.until(f"/api/contacts/{contact}", recorded, 40)
    assert card["outcome"] == "answered"
    heard = await centre.supervisor.get(f"/api/contacts/{contact}/recording")
    assert heard.status_code == 200


async def _reaches_a_telephone(centre: Centre, customer: Phone, reserve: Phone, caller: str) -> None:
    call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
    offer = await reserve.incoming(3)
    await offer.answer()
    await call.hears(OTHER)
    await offer.hears(SECOND)
    await call.hang_up()
    await offer.ended(5)


async def _leaves_a_message(centre: Centre, customer: Phone, group: tuple[Phone, ...], caller: str) -> None:
    call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
    for phone in group:
        while (offer := await phone.incoming(5)).state == "over":
            continue
        offer.reject()
    await call.answered(5)
    await call.hears_speech(5)
    await call.hears_silence(20, lasting=1.0)  # the question and the beep are over: the switch listens
    await asyncio.sleep(2.0)
    await call.hang_up()


async def _gives_up(centre: Centre, customer: Phone, reserve: Phone, caller: str) -> None:
    call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
    await reserve.incoming(5)
    await call.hang_up()


async def test_the_database_dies_during_calls(centre: Centre) -> None:
    """Talks go on, new calls are distributed as ever; afterwards everything is in the ledger exactly once."""
    talking, new, lost = (person(number) for number in (591, 592, 593))
    async with (
        centre.kaska.at_work("303", tone=AGENT) as first,
        centre.kaska.at_work("304", tone=OTHER) as second,
        centre.customer(CUSTOMER) as customer,
        centre.customer(SECOND) as another,
    ):
        call = await customer.dial(centre.kaska.number(DIRECT), caller=talking)
        offer = await first.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        async with centre.kaska.without("postgres", signal.SIGQUIT):
            during = await another.dial(centre.kaska.number(DIRECT), caller=new)
            taken = await second.phone.incoming(5)
            await taken.answer()
            await during.hears(OTHER)
            await taken.hears(SECOND)
            await call.hears(AGENT)
            await offer.hears(CUSTOMER)
            waits = await another.dial(centre.kaska.number(DIRECT), caller=lost)
            await waits.answered(3)
            await waits.hang_up()
            await call.hang_up()
            await offer.ended(5)
        await during.hears(OTHER)
        await during.hang_up()
        await taken.ended(5)
    for caller, outcome in ((talking, "answered"), (new, "answered"), (lost, "short_abandoned")):
        card = await centre.card(caller, 30)
        assert (card["outcome"], card["source"]) == (outcome, "live")
        written = await centre.ledger(card["id"])
        assert len([fact for fact in written if fact in ("contact_opened", "contact_over")]) == 2
        assert written.count("connected") == written.count("talk_over") == int(outcome == "answered")
    await _laws_hold(centre)
