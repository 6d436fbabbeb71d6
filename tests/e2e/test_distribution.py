"""Rules of distribution, heard: all telephones at once, and the way out to a mobile telephone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.centre import Centre, person

from phones.tones import levels

pytestmark = pytest.mark.telephony

AGENT, OTHER, CUSTOMER, MOBILE = 650, 850, 440, 530
TOGETHER, DUTY = "+74950000121", "+74950000122"
DUTY_MANAGER = "+79000000077"
QUEUES: dict[str, dict[str, Any]] = {
    "together": {
        "number": TOGETHER,
        "requires": {"sales": 1},
        "policy": {"name": "ring_all"},
    },
    "duty": {
        "number": DUTY,
        "requires": {"sales": 5},  # nobody of those who work in these tests
        "announce_every": 0,
        "chain": [{"to": "mobile", "after": 1.0, "trunk": "city", "number": DUTY_MANAGER, "ring_seconds": 10}],
    },
}


@pytest.fixture(autouse=True)
async def rules(centre: Centre) -> None:
    """Two queues with a number each, described the way an administrator would."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        for name, described in QUEUES.items():
            queue = {key: value for key, value in described.items() if key != "number"}
            queue |= {"name": name, "project": "windows", "wrap_up_seconds": 0, "short_abandon_seconds": 0}
            (await web.put(f"/api/queues/{name}", json=queue)).raise_for_status()
            draft = {
                "start": "wait",
                "nodes": {
                    "wait": {"kind": "enqueue", "queue": name, "message": "message"},
                    "message": {"kind": "take_message", "prompts": ["ru/all-busy"], "next": "thanks"},
                    "thanks": {"kind": "finish", "prompts": ["ru/goodbye"]},
                },
            }
            (await web.put(f"/api/scenarios/{name}", json={"name": name, "draft": draft})).raise_for_status()
            number = {"project": "windows", "scenario": name}
            (await web.put(f"/api/numbers/{described['number']}", json=number)).raise_for_status()
        await centre.kaska.publish(web)


async def test_all_telephones_ring_and_the_first_to_answer_has_the_call(centre: Centre) -> None:
    caller = person(631)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as first,
        centre.kaska.at_work("304", tone=OTHER) as second,
        centre.customer(CUSTOMER) as customer,
    ):
        call = await customer.dial(centre.kaska.number(TOGETHER), caller=caller)
        ringing, offer = await asyncio.gather(first.phone.incoming(5), second.phone.incoming(5))
        await offer.answer()
        assert (await ringing.ended(3)).elsewhere  # no missed call on its display
        await call.hears(OTHER)
        await offer.hears(CUSTOMER)
        await centre.board.agent_is("303", "ready")
        await call.hang_up()
        await offer.ended(5)
        await centre.board.agent_is("304", "ready")
    card = await centre.card(caller)
    assert (card["outcome"], card["offers"]) == ("answered", 2)
    assert {leg["agent"]: leg["offer"] for leg in card["legs"] if leg["party"] == "agent"} == {
        "demo-303": "withdrawn",
        "demo-304": "accepted",
    }


async def test_two_pick_up_in_the_same_moment(centre: Centre) -> None:
    caller = person(632)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as first,
        centre.kaska.at_work("304", tone=OTHER) as second,
        centre.customer(CUSTOMER) as customer,
    ):
        call = await customer.dial(centre.kaska.number(TOGETHER), caller=caller)
        offers = await asyncio.gather(first.phone.incoming(5), second.phone.incoming(5))
        await asyncio.gather(*(offer.answer() for offer in offers), return_exceptions=True)
        await call.answered(5)
        ended = [asyncio.create_task(offer.ended(5)) for offer in offers]
        await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        (talking,) = [offer for offer in offers if offer.state == "up"]
        await talking.hears(CUSTOMER)
        await call.hang_up()
        await asyncio.gather(*ended)
        await centre.board.agent_is("303", "ready")
        await centre.board.agent_is("304", "ready")
    card = await centre.card(caller)
    assert (card["outcome"], len(card["agents"])) == ("answered", 1)


async def test_nobody_is_there_and_the_duty_manager_s_mobile_rings(centre: Centre, tmp_path: Path) -> None:
    caller = person(633)
    async with centre.customer(CUSTOMER) as customer, centre.customer(MOBILE, reachable=True) as mobile:
        call = await customer.dial(centre.kaska.number(DUTY), caller=caller)
        await call.answered(5)
        offer = await mobile.incoming(8)
        await offer.answer()
        await call.hears(MOBILE)
        await offer.hears(CUSTOMER)
        await asyncio.sleep(1.0)  # something to be recorded
        await call.hang_up()
        await offer.ended(5)
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"]) == ("answered", "talked")
    assert card["debt"] == ""
    assert card["talk_seconds"] >= 1.0
    told = [line["type"] for line in card["story"]]
    assert "overflowed" in told
    assert "connected" in told
    card = await centre.until(f"/api/contacts/{card['id']}", lambda one: bool(one["recording"]))
    sound = await centre.supervisor.get(f"/api/contacts/{card['id']}/recording")
    file = tmp_path / "recording.wav"
    file.write_bytes(sound.content)
    left, right = (levels(file, channel, (MOBILE, CUSTOMER)) for channel in (0, 1))
    assert left[MOBILE].seconds > 0.5
    assert right[CUSTOMER].seconds > 0.5
    assert left[CUSTOMER].seconds == right[MOBILE].seconds == 0


async def test_the_mobile_does_not_answer_and_the_caller_waits_on(centre: Centre) -> None:
    caller = person(634)
    async with centre.customer(CUSTOMER) as customer, centre.customer(MOBILE, reachable=True) as mobile:
        call = await customer.dial(centre.kaska.number(DUTY), caller=caller)
        offer = await mobile.incoming(8)
        offer.reject(486, "Busy Here")
        await call.hears_music(10, lasting=2.0)
        await call.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"]) == ("lost", "waiting")
    await centre.debt(card, "open")
