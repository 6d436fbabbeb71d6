"""Colleagues call each other on the real switch: by a desk phone and by the screen. Who hears whom is by tone."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.e2e.centre import DIRECT, SHORT, Centre, person

pytestmark = pytest.mark.telephony

FIRST, PEER, THIRD, CUSTOMER = 650, 850, 530, 440


async def talks(centre: Centre) -> list[dict[str, object]]:
    """The latest calls among ourselves, newest first, when all are over."""
    now = datetime.now(UTC)
    period = {"since": (now - timedelta(minutes=5)).isoformat(), "until": (now + timedelta(minutes=1)).isoformat()}
    async with asyncio.timeout(10):
        while True:
            found = await centre.get("/api/inside-talks", **period)
            if found and all(one["result"] for one in found):
                return list(found)
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("way", ["phone", "screen"])
async def test_a_colleague_is_called_and_a_customer_waits_until_it_is_over(centre: Centre, way: str) -> None:
    caller = person(900 if way == "phone" else 901)
    async with (
        centre.kaska.at_work("301", tone=FIRST) as first,
        centre.kaska.at_work("303", tone=PEER) as peer,
        centre.customer(CUSTOMER) as customer,
    ):
        if way == "phone":
            own = await first.phone.dial(centre.kaska.number("303"))
            offer = await peer.phone.incoming(5)
            await own.ringing(5)
        else:
            answer = await first.web.post("/api/agents/me/calls", json={"number": "303"})
            assert answer.status_code == 202, answer.text
            own = await first.phone.incoming(5)
            assert own.caller == "303"
            await own.answer()
            offer = await peer.phone.incoming(5)
        assert offer.caller == "301"
        assert "alert-internal" in offer.headers.get("Alert-Info")
        await offer.answer()
        await asyncio.gather(own.hears(PEER), offer.hears(FIRST))
        row = await centre.board.agent_is("301", "talking")
        assert (row["reason"], row["inside"]["stage"], row["inside"]["number"]) == ("inside", "talking", "303")

        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        await centre.board.calls(caller, "waiting")
        assert list(first.phone.calls.values()) == [own]
        await offer.hang_up()
        await own.ended(5)
        taken = await first.phone.incoming(5)
        assert "alert-internal" not in taken.headers.get("Alert-Info")
        await taken.answer()
        await call.hears(FIRST)
        await call.hang_up()
    card = await centre.card(caller)
    assert [agent["id"] for agent in card["agents"]] == ["demo-301"]
    last = (await talks(centre))[0]
    assert (last["by"], last["to"], last["result"]) == ("demo-301", "demo-303", "talked")


async def test_a_colleague_is_asked_in_all_talk_one_leaves_and_a_desk_phone_sends_it_on(centre: Centre) -> None:
    async with (
        centre.kaska.at_work("301", tone=FIRST) as first,
        centre.kaska.at_work("303", tone=PEER) as peer,
        centre.kaska.at_work("304", tone=THIRD) as expert,
    ):
        own = await first.phone.dial(centre.kaska.number("303"))
        offer = await peer.phone.incoming(5)
        await offer.answer()
        await asyncio.gather(own.hears(PEER), offer.hears(FIRST))
        calls = f"/api/agents/me/calls/{(await centre.board.agent_is('301', 'talking'))['contact']}"
        for held in (True, False):
            (await first.web.post(f"{calls}/hold", json={"held": held})).raise_for_status()
            await (offer.hears_music() if held else offer.hears(FIRST))
        (await first.web.post(f"{calls}/consult", json={"to": "agent", "target": "demo-304"})).raise_for_status()
        asked = await expert.phone.incoming(5)
        assert asked.caller == "301"
        await asked.answer()
        await asyncio.gather(own.hears(THIRD), asked.hears(FIRST))
        assert asked.heard_between(PEER, asked.started_at, time.monotonic()) == 0.0
        (await first.web.post(f"{calls}/consult/wish", json={"wish": "join"})).raise_for_status()
        await asyncio.gather(own.hears(PEER), offer.hears(THIRD), asked.hears(PEER))
        await own.hang_up()
        await centre.board.agent_is("301", "ready")
        await asyncio.gather(offer.hears(THIRD), asked.hears(PEER))
        assert await offer.refer(centre.kaska.number("301")) == 202
        again = await first.phone.incoming(5)
        await again.answer()
        await asyncio.gather(again.hears(THIRD), asked.hears(FIRST))
        await offer.ended(5)
        await again.hang_up()
        await asked.ended(5)
        for extension in ("301", "303", "304"):
            await centre.board.agent_is(extension, "ready")
    last = (await talks(centre))[0]
    assert (last["by"], last["to"], last["others"]) == ("demo-301", "demo-303", ["demo-304"])


async def test_who_waits_for_a_busy_colleague_is_called_when_he_is_free(centre: Centre) -> None:
    """By the code on a desk phone."""
    async with (
        centre.kaska.at_work("301", tone=FIRST) as first,
        centre.kaska.at_work("303", tone=PEER) as peer,
        centre.kaska.at_work("304", tone=THIRD) as other,
    ):
        busy = await other.phone.dial(centre.kaska.number("303"))
        offer = await peer.phone.incoming(5)
        await offer.answer()
        await busy.hears(PEER)
        refused = await first.phone.dial(centre.kaska.number("303"))
        await refused.hears_speech(5)
        await refused.ended(10)
        asked = await first.phone.dial(centre.kaska.number("*37303"))
        await asked.hears_speech(5)
        await asked.ended(10)
        await busy.hang_up()
        await offer.ended(5)
        own = await first.phone.incoming(5)
        assert own.caller == "303"
        await own.answer()
        offer = await peer.phone.incoming(5)
        await offer.answer()
        await asyncio.gather(own.hears(PEER), offer.hears(FIRST))
        await own.hang_up()
        await offer.ended(5)


async def test_who_waits_for_a_line_is_called_when_one_is_free(centre: Centre) -> None:
    """One line, taken by a colleague's call outside."""
    before, wanted = person(862), person(863)
    try:
        await one_line(centre, 1)
        async with (
            centre.kaska.at_work("303", tone=PEER) as peer,
            centre.kaska.at_work("301", tone=FIRST) as first,
            centre.customer(CUSTOMER, reachable=True) as mobile,
        ):
            taken = await peer.phone.dial(centre.kaska.number("8" + before.removeprefix("+7")))
            talk = await mobile.incoming(5)
            await talk.answer()
            await taken.hears(CUSTOMER)
            refused = await first.web.post("/api/agents/me/calls", json={"number": wanted})
            assert (refused.status_code, refused.json()["code"]) == (409, "lines_kept")
            given = {"colleague": "", "number": wanted}
            (await first.web.post("/api/agents/me/awaited", json=given)).raise_for_status()
            await taken.hang_up()
            await talk.ended(5)
            own = await first.phone.incoming(5)
            await own.answer()
            talk = await mobile.incoming(5)
            assert talk.callee == wanted
            await talk.answer()
            await asyncio.gather(own.hears(CUSTOMER), talk.hears(FIRST))
            await talk.hang_up()
            await own.ended(5)
    finally:
        await one_line(centre, 0)


async def one_line(centre: Centre, capacity: int) -> None:
    """So many calls at once on the trunk; 0 = nobody counts them."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        rules = (await web.get("/api/outgoing/rules")).json()
        rules["lines"] = [{"trunk": "city", "directions": [], "capacity": capacity, "kept": 0}] if capacity else []
        (await web.put("/api/outgoing/rules", json=rules)).raise_for_status()
        await centre.kaska.publish(web)


async def screen(centre: Centre, *, on: bool) -> None:
    async with centre.kaska.session(centre.kaska.company.administrator) as web:
        (row,) = [one for one in (await web.get("/api/agents")).json() if one["id"] == "demo-303"]
        given = {"extension": "303", "skills": row["skills"], "screened": on}
        (await web.put("/api/agents/demo-303", json=given)).raise_for_status()
        await centre.kaska.publish(web)


@pytest.mark.parametrize("key", ["1", "2"])
async def test_who_is_called_directly_hears_who_it_is_and_takes_it_or_not(centre: Centre, key: str) -> None:
    caller = person(902 if key == "1" else 903)
    await screen(centre, on=True)
    try:
        async with (
            centre.kaska.at_work("303", tone=PEER) as peer,
            centre.customer(CUSTOMER) as customer,
        ):
            call = await customer.dial(centre.kaska.number(SHORT), caller=caller)
            await call.answered(5)
            await call.press("303")
            offer = await peer.phone.incoming(10)
            await offer.answer()
            await offer.hears_speech(5)
            assert offer.heard_between(CUSTOMER, offer.started_at, time.monotonic()) == 0.0
            offer.press(key)  # its end is not waited for: the call may be over before
            if key == "1":
                await asyncio.gather(offer.hears(CUSTOMER), call.hears(PEER))
            else:
                await offer.ended(5)
            await call.hang_up()
    finally:
        await screen(centre, on=False)
    card = await centre.card(caller)
    told = await centre.ledger(card["id"])
    assert "screened" in told
    assert (card["outcome"] == "answered") is (key == "1")
