"""From nothing to a company that can be called, by the guide's own requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plugins.web import Site

from kaska.asterisk.people import Key, objects
from kaska.core.scenarios.linter import lint
from kaska.features.first_steps import beginning
from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing
from kaska.features.scenarios.public import ground_for

COMPANY = {"name": "Окна", "timezone": "Europe/Moscow", "days": [0, 1, 2, 3, 4], "opens": 540, "closes": 1080}


@pytest.mark.database
async def test_three_requests_make_a_company_that_can_be_called(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    before = (await admin.get("/api/first-steps")).json()
    assert not any(before[step] for step in ("company", "test_line", "published", "answered"))
    assert (await admin.put("/api/first-steps/company", json=COMPANY)).json()["name"] == "Окна"
    await admin.put(f"/api/agents/{company.ids[Role.ADMINISTRATOR]}", json={"extension": "201"})
    answer = await admin.post("/api/first-steps/line", json={"number": "+74950000001"})
    assert answer.status_code == 200, answer.text
    steps = answer.json()
    assert (steps["company"], steps["workplaces"], steps["published"], steps["test_line"]) == (True, 1, True, True)
    assert steps["numbers"] == ["+74950000001"]
    line = (await admin.get("/api/first-steps/line")).json()

    running = await publishing.latest(site.database, company.tenant)
    assert running is not None
    assert running.number_of(line["number"]) is not None
    secrets = await publishing.device_secrets(site.database, company.tenant)
    told = objects(running, secrets)
    assert told[Key("endpoint", line["username"])]["context"] == "from-trunk"
    assert told[Key("auth", line["username"])]["password"] == line["password"]
    assert line["password"] not in (await admin.get("/api/audit")).text + (await admin.get("/api/trunks")).text


@pytest.mark.database
async def test_steps_taken_again_keep_what_people_made(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await admin.put("/api/first-steps/company", json=COMPANY)
    queue = (await admin.get("/api/queues")).json()[0]
    id = queue.pop("id")
    await admin.put(f"/api/queues/{id}", json=queue | {"name": "Своя"})
    await admin.post("/api/first-steps/line", json={})
    line = (await admin.get("/api/first-steps/line")).json()
    await admin.put("/api/first-steps/company", json=COMPANY | {"opens": 600, "language": "en"})
    await admin.post("/api/first-steps/line", json={})
    assert [row["name"] for row in (await admin.get("/api/queues")).json()] == ["Своя"]
    assert (await admin.get("/api/calendars")).json()[0]["week"][0] == [[600, 1080]]
    assert (await admin.get("/api/first-steps/line")).json() == line


@pytest.mark.database
async def test_wrong_hours_are_refused_and_only_administrators_begin(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    assert (await admin.put("/api/first-steps/company", json=COMPANY | {"closes": 500})).status_code == 422
    assert (await admin.get("/api/first-steps/line")).status_code == 404
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    assert (await supervisor.get("/api/first-steps")).status_code == 403


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_first_scenario_is_good_practice(language: str, tmp_path: Path) -> None:
    scenario = beginning.scenario(language)
    queues = {beginning.QUEUE: beginning.queue(language)}
    ground = ground_for({scenario.id: scenario}, queues, tmp_path / "none")
    assert [one for one in lint(ground, [scenario.id]) if one.rule.severity.value == "error"] == []
