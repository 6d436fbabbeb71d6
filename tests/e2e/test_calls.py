"""A conversation, from the greeting to the recording: who hears whom is measured by tone, the books say the same."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.e2e.centre import DIRECT, MAIN, Centre, person
from tests.plugins.numbers import Numbers

from phones.call import Call
from phones.tones import levels

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER = 650, 440


async def test_from_the_greeting_to_the_recording(centre: Centre, tmp_path: Path, numbers: Numbers) -> None:
    caller = person(501)
    report, days = "/api/reports/minimal", _about_today()
    before = _answered(await centre.get(report, **days))
    async with centre.kaska.at_work("303", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(MAIN), caller=caller, name="Пётр Заказчик")
        await call.answered(5)
        await call.hears_speech(3)
        row = await centre.board.calls(caller, "menu")
        assert row["number"] == MAIN
        assert row["customer"] == caller
        await call.press("1")
        offer = await desk.phone.incoming(15)
        await centre.board.calls(caller, "ringing")
        assert centre.board.call(caller)["offered_to"] == desk.agent.id
        assert centre.board.agent("303")["state"] == "ringing"
        assert offer.caller == caller
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        await centre.board.calls(caller, "talking")
        assert centre.board.agent("303")["state"] == "talking"
        await call.hang_up()
        hung_up = time.monotonic()
        await offer.ended(5)
        counted = await centre.until(report, lambda table: _answered(table) != before, **days)
        numbers("in the reports", {"after the call's end (s)": f"{time.monotonic() - hung_up:.2f}"})
        assert _answered(counted) == before + 1
        await centre.board.agent_is("303", "wrap_up")
        await centre.board.agent_is("303", "ready")
    assert centre.board.call(caller) == {}
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"], card["debt"]) == ("answered", "talked", "")
    assert (card["keys"], card["queue"], card["source"]) == ("1", "sales", "live")
    assert card["caller_name"] == "Пётр Заказчик"
    assert [agent["id"] for agent in card["agents"]] == ["demo-303"]
    assert [leg["party"] for leg in card["legs"]] == ["customer", "agent"]
    story = [line["type"] for line in card["story"]]
    walked = ["contact_opened", "prompts_started", "digit_taken", "queued", "offered", "connected", "talk_over"]
    assert [step for step in walked if step in story] == walked == sorted(walked, key=story.index)
    written = await centre.ledger(card["id"])
    assert written.count("contact_opened") == written.count("contact_over") == 1
    await _recording_holds_each_in_place(centre, card["id"], tmp_path)


def _about_today() -> dict[str, str]:
    """Days that a report is of, wide enough for any time zone."""
    today = datetime.now(UTC).date()
    return {"first": str(today - timedelta(days=1)), "last": str(today + timedelta(days=1))}


def _answered(table: dict[str, Any]) -> float:
    place = next(at for at, column in enumerate(table["columns"]) if column["id"] == "answered")
    return float(table["total"]["figures"][place]["value"] or 0)


async def _recording_holds_each_in_place(centre: Centre, contact: str, tmp_path: Path) -> None:
    await centre.until(f"/api/contacts/{contact}", lambda card: card["recording"])
    route = f"/api/contacts/{contact}/recording"
    async with httpx.AsyncClient(base_url=centre.kaska.url) as stranger:
        assert (await stranger.get(route)).status_code == 401
    async with centre.kaska.session(centre.kaska.agent("306")) as colleague:
        refused = await colleague.get(route)
        assert refused.status_code == 403
        assert refused.json()["message"]
    listened = "SELECT user_id FROM audit WHERE action = 'recordings.listen' AND object = :contact"
    assert not await centre.kaska.rows(listened, contact=contact)
    heard = await centre.supervisor.get(route)
    assert heard.status_code == 200
    file = tmp_path / "recording.wav"
    file.write_bytes(heard.content)
    left, right = (levels(file, channel, (AGENT, CUSTOMER)) for channel in (0, 1))
    assert left[AGENT].seconds > 0.4
    assert left[CUSTOMER].seconds == 0
    assert right[CUSTOMER].seconds > 0.4
    assert right[AGENT].seconds == 0
    assert await centre.kaska.rows(listened, contact=contact) == [{"user_id": centre.kaska.company.supervisor.id}]
    assert (await centre.supervisor.get(route, headers={"Range": "bytes=0-99"})).status_code == 206


async def test_hold_by_the_screen_and_by_the_telephone(centre: Centre) -> None:
    caller = person(502)
    async with centre.kaska.at_work("304", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        contact = centre.board.call(caller)["id"]

        await _hold(desk.web, contact, held=True)
        await centre.board.until(lambda: bool(centre.board.call(caller)["held"]))
        await _is_held(call, offer)
        await _hold(desk.web, contact, held=False)
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)

        await offer.hold()
        await centre.board.until(lambda: bool(centre.board.call(caller)["held"]))
        await _is_held(call, offer)
        await offer.resume()
        await centre.board.until(lambda: not centre.board.call(caller)["held"])
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)

        (await desk.web.post(f"/api/agents/me/calls/{contact}/hang-up")).raise_for_status()
        assert (await call.ended(5)).by == "them"
        topics = await centre.get("/api/topics")
        said = {
            "topic": [one["id"] for one in topics["topics"] if not one["archived"]][-1],
            "result": topics["results"][0]["id"],
            "note": "перезвонить «завтра»",
        }
        (await desk.web.post(f"/api/contacts/{contact}/classification", json=said)).raise_for_status()
    card = await centre.card(caller)
    assert (card["outcome"], card["queue"]) == ("answered", "sales")
    assert [line["details"]["held"] for line in card["story"] if line["type"] == "held"] == [True, False, True, False]
    assert 0 < card["hold_seconds"] < card["talk_seconds"]
    card = await centre.until(f"/api/contacts/{contact}", lambda card: card["note"])
    assert {name: card[name] for name in said} == said


async def _hold(web: httpx.AsyncClient, contact: str, *, held: bool) -> None:
    given: dict[str, Any] = {"held": held}
    (await web.post(f"/api/agents/me/calls/{contact}/hold", json=given)).raise_for_status()


async def _is_held(customer: Call, agent: Call) -> None:
    """The customer hears music and not the agent; the agent hears nothing of the customer."""
    await customer.hears_no(AGENT)
    await customer.hears_music()
    await agent.hears_no(CUSTOMER)
