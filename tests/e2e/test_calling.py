"""Agents call by themselves, on the real switch: by the screen, and on a desk phone. Who hears whom is by tone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.centre import Centre, person

from phones.tones import levels

pytestmark = pytest.mark.telephony

AGENT, PERSON = 650, 530


@pytest.mark.parametrize(("way", "number"), [("phone", 740), ("screen", 741)])
async def test_somebody_outside_is_called(centre: Centre, way: str, number: int, tmp_path: Path) -> None:
    called = person(number)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as desk,
        centre.customer(PERSON, reachable=True) as mobile,
    ):
        if way == "phone":
            own = await desk.phone.dial(centre.kaska.number("8" + called.removeprefix("+7")))
            await own.ringing(5)
        else:
            answer = await desk.web.post("/api/agents/me/calls", json={"number": f"8 {called[2:5]} {called[5:]}"})
            assert answer.status_code == 202, answer.text
            own = await desk.phone.incoming(5)
            await own.answer()
        offer = await mobile.incoming(5)
        assert offer.callee == called
        await centre.board.agent_is("303", "talking")
        await offer.answer()
        if way == "phone":
            await own.answered(5)
        await own.hears(PERSON)
        await offer.hears(AGENT)
        await asyncio.sleep(1.0)  # something to be recorded
        await (own if way == "phone" else offer).hang_up()
        await (offer if way == "phone" else own).ended(5)
        card = await centre.card(called)
        assert (card["direction"], card["outcome"], card["cause"]) == ("outbound", "answered", "talked")
        assert [agent["id"] for agent in card["agents"]] == ["demo-303"]
        assert card["debt"] == ""
        await _recorded(centre, card, tmp_path)
        await centre.board.agent_is("303", "wrap_up")


async def test_a_desk_phone_is_told_that_the_person_is_busy(centre: Centre) -> None:
    called = person(742)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as desk,
        centre.customer(PERSON, reachable=True) as mobile,
    ):
        own = await desk.phone.dial(centre.kaska.number(called))
        offer = await mobile.incoming(5)
        offer.reject(486, "Busy Here")
        cause = await own.ended(5)
        card = await centre.card(called)
        assert card["outcome"] == "not_reached"
        assert (cause.status, cause.q850) == (486, 17)
        await centre.board.agent_is("303", "ready")


async def _recorded(centre: Centre, card: dict[str, Any], tmp_path: Path) -> None:
    """The agent left, the person right."""
    card = await centre.until(f"/api/contacts/{card['id']}", lambda one: bool(one["recording"]))
    assert card["recording_problem"] == ""
    file = tmp_path / "recording.wav"
    file.write_bytes((await centre.supervisor.get(f"/api/contacts/{card['id']}/recording")).content)
    heard = [
        {tone for tone, level in levels(file, channel, (AGENT, PERSON)).items() if level.seconds > 0.3}
        for channel in (0, 1)
    ]
    assert heard == [{AGENT}, {PERSON}]
