"""What was edited and is not in force yet, and the way back."""

from __future__ import annotations

import pytest
from tests.features.publishing.test_publishing import describe
from tests.plugins.web import Site

from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database


async def test_what_waits_is_told_field_by_field_with_who_did_it(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    fresh = (await admin.get("/api/publishing/waiting")).json()
    assert fresh["version"] == 0
    assert fresh["problems"] == {}
    assert {one["kind"] for one in fresh["waiting"]} <= {"added", "changed"}
    await admin.post("/api/publishing")
    assert (await admin.get("/api/publishing/waiting")).json()["waiting"] == []
    row = (await admin.get("/api/queues")).json()[0]
    id = row.pop("id")
    await admin.put(f"/api/queues/{id}", json=row | {"max_wait": 77.0, "reserve": "nowhere"})
    standing = (await admin.get("/api/publishing/waiting")).json()
    (waiting,) = standing["waiting"]
    assert (waiting["area"], waiting["id"], waiting["kind"]) == ("queues", id, "changed")
    assert waiting["by"] == f"Имя {Role.ADMINISTRATOR}"
    assert {"max_wait", "reserve"} == {change["field"] for change in waiting["fields"]}
    assert any(place.startswith(f"queues.{id}") for place in standing["problems"])


async def test_a_scenario_that_cannot_be_read_waits_as_changed(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await admin.post("/api/publishing")
    name = (await admin.get("/api/scenarios")).json()[0]["id"]
    await admin.put(f"/api/scenarios/{name}", json={"name": "Имя", "draft": {"nodes": 1}, "is_default": True})
    standing = (await admin.get("/api/publishing/waiting")).json()
    assert [(one["area"], one["kind"]) for one in standing["waiting"]] == [("scenarios", "changed")]
    assert f"scenarios.{name}" in standing["problems"]


async def test_calls_are_handled_as_before_while_edits_and_people_stay(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await admin.post("/api/publishing")
    row = (await admin.get("/api/queues")).json()[0]
    id = row.pop("id")
    await admin.put(f"/api/queues/{id}", json=row | {"max_wait": 77.0})
    agent = (await admin.get("/api/agents")).json()[0]
    await admin.put(f"/api/agents/{agent['id']}", json={"extension": "399", "skills": agent["skills"]})
    await admin.post("/api/publishing")

    assert (await admin.post("/api/publishing/1/return")).json()["version"] == 3
    running = await publishing.latest(site.database, company.tenant)
    assert running is not None
    assert running.queues[id].max_wait == row["max_wait"]
    assert running.agents[agent["id"]].extension == "399"
    standing = (await admin.get("/api/publishing/waiting")).json()
    assert [(one["area"], one["id"]) for one in standing["waiting"]] == [("queues", id)]
    assert (await admin.post("/api/publishing/9/return")).status_code == 404
    assert [row["name"] for row in (await admin.get("/api/publishing")).json()] == [f"Имя {Role.ADMINISTRATOR}"] * 3
