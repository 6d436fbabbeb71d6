"""The agent hangs up first, and the customer stays on the line, is asked and answers by keys; the agent is free."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.e2e.centre import DIRECT, Centre, person

pytestmark = pytest.mark.telephony

AGENT, CUSTOMER, OTHER = 650, 440, 550
QUESTIONS: dict[str, Any] = {
    "start": "ask",
    "nodes": {
        "ask": {
            "kind": "survey",
            "questions": [
                {"answer": "quality", "prompts": ["ru/menu"]},
                {"answer": "solved", "prompts": ["ru/menu"], "allowed": "12"},
            ],
            "next": "bye",
        },
        "bye": {"kind": "finish", "prompts": ["ru/goodbye"]},
    },
}


@asynccontextmanager
async def asking(centre: Centre) -> AsyncIterator[None]:
    """The sales queue asks after talks."""
    async with centre.kaska.session(centre.kaska.company.administrator) as web:

        async def ask(scenario: str) -> None:
            (row,) = [one for one in (await web.get("/api/queues")).json() if one["id"] == "sales"]
            given = {name: value for name, value in row.items() if name != "id"} | {"after_talk": scenario}
            (await web.put("/api/queues/sales", json=given)).raise_for_status()
            await centre.kaska.publish(web)

        given = {"name": "После разговора", "draft": QUESTIONS}
        (await web.put("/api/scenarios/after", json=given)).raise_for_status()
        await ask("after")
        yield
        await ask("")


async def test_the_customer_is_asked_while_the_agent_takes_the_next_call(centre: Centre) -> None:
    caller, next_caller = person(870), person(871)
    async with (
        asking(centre),
        centre.kaska.at_work("303", tone=AGENT) as agent,
        centre.customer(CUSTOMER) as customer,
        centre.customer(OTHER) as other,
    ):
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await agent.phone.incoming(10)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hang_up()
        await centre.board.calls(caller, "menu")
        await centre.board.agent_is("303", "wrap_up")
        await call.press("4")
        (await agent.web.post("/api/agents/me/wrap-up/finish")).raise_for_status()
        second = await other.dial(centre.kaska.number(DIRECT), caller=next_caller)
        taken = await agent.phone.incoming(10)
        await taken.answer()
        await second.hears(AGENT)
        await call.press("1")
        await call.ended(10)
        await second.hang_up()
    card = await centre.card(caller)
    assert (card["outcome"], card["cause"], card["debt"]) == ("answered", "talked", "")
    told = [line["details"] for line in card["story"] if line["type"] == "question_answered"]
    assert [(one["question"], one["answer"], one["agent"]) for one in told] == [
        ("quality", "4", "demo-303"),
        ("solved", "1", "demo-303"),
    ]
    day = datetime.now(UTC).date().isoformat()
    given = {"first": day, "last": day, "zone": "UTC", "by": "agent"}
    rows = (await centre.get("/api/surveys", **given))["rows"]
    assert [(one["question"], one["key"], one["asked"], one["answered"], one["mean"]) for one in rows] == [
        ("quality", "demo-303", 1, 1, 4.0),
        ("solved", "demo-303", 1, 1, 1.0),
    ]
    behind = {"survey": "after", "question": "quality", "answer": "4"}
    assert [one["id"] for one in await centre.get("/api/surveys/contacts", **given, **behind)] == [card["id"]]
