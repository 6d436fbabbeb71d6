"""Outgoing rules through the routes: edited, published, told to who is refused, written down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from kaska.core.configuration import AgentProfile
from kaska.core.events import ConfigurationPublished
from kaska.core.outgoing.numbering import DIRECTIONS, INTERNATIONAL
from kaska.core.outgoing.rules import Caps, OutgoingRules
from kaska.features.alerts.tables import alert_situations
from kaska.features.outgoing.public import rules_of
from kaska.features.outgoing.schemas import OutgoingFields
from support.books import Company, Web

CALLER, ABROAD = "+79000000722", "+442079460000"


def test_the_nearest_exception_counts() -> None:
    agents = [AgentProfile("a1", "A", "301", {"vip": 3}), AgentProfile("a2", "B", "302", {"vip": 1})]
    given = OutgoingFields.model_validate(
        {
            "exceptions": [
                {"kind": "agent", "id": "a1", "allowed": ["local"]},
                {"kind": "skill", "id": "vip", "allowed": list(DIRECTIONS), "caps": {"minutes": 30}},
                {"kind": "role", "id": "operator", "allowed": []},
                {"kind": "project", "id": "windows", "caps": {"calls": 3}},
            ]
        }
    )
    rules = rules_of(given, agents, {"a1": "operator", "a2": "operator"})
    assert rules.agents == {"a1": ("local",), "a2": DIRECTIONS}
    assert rules.agent_caps == {"a1": Caps(minutes=30), "a2": Caps(minutes=30)}
    assert rules.project_caps == {"windows": Caps(calls=3)}


@pytest.mark.database
async def test_rules_are_edited_by_whoever_configures(company: Company, web: Web) -> None:
    async with await web.sign_in(company, "administrator", "admin") as admin:
        before = (await admin.get("/api/outgoing/rules")).json()
        assert INTERNATIONAL not in before["allowed"]
        assert before["revision"] == ""
        asked = {**before, "allowed": [*before["allowed"], INTERNATIONAL], "company": {"money": 500}}
        kept = await admin.put("/api/outgoing/rules", json=asked)
        assert kept.status_code == 200, kept.text
        assert (await admin.put("/api/outgoing/rules", json=asked)).status_code == 409  # began from nothing
        line = {"trunk": "city", "capacity": 2, "kept": 3}
        assert (await admin.put("/api/outgoing/rules", json={**kept.json(), "lines": [line]})).status_code == 422
    async with await web.sign_in(company, "operator", "a301") as operator:
        assert (await operator.get("/api/outgoing/rules")).status_code == 403
    assert len(await company.audit("outgoing.put")) == 1


@pytest.mark.database
async def test_who_is_refused_is_told_why_and_it_is_written_down(company: Company, web: Web) -> None:
    play = company.play
    rules = OutgoingRules(prices={"mobile": 2.0}, each_agent=Caps(money=1.0))
    await company.submit(ConfigurationPublished(play.now, replace(play.configuration, version=7, outgoing=rules)))
    play.ready("a301")
    contact = play.arrive(CALLER)
    play.settle()
    await company.write()
    path = f"/api/agents/me/calls/{contact}/transfer"
    async with await web.sign_in(company, "operator", "a301") as agent:
        answer = await agent.post(path, json={"to": "number", "target": ABROAD})
        assert (answer.status_code, answer.json()["code"]) == (409, "direction_closed")
        assert "Исходящие" in answer.json()["message"]
    assert play.core.state.contacts[contact].phase == "talking"
    await company.write()
    async with await web.sign_in(company, "administrator", "admin") as admin:
        (stop,) = (await admin.get("/api/outgoing/stops")).json()
        assert (stop["agent"], stop["number"], stop["reason"]) == ("a301", ABROAD, "direction_closed")
    (traced,) = await company.audit("outgoing.refuse")
    assert (traced.user_id, traced.object) == ("a301", ABROAD)
    async with company.transaction() as connection:
        found = (await connection.execute(select(alert_situations.c.figure))).scalars().all()
    assert found == ["outgoing_stopped"]
