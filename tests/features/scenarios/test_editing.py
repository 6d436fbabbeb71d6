"""Drafts through their routes: kept with their places, two editors told of each other, walked dry."""

from __future__ import annotations

from typing import Any

import pytest
from tests.features.scenarios.test_versions import FIRST, described
from tests.plugins.web import Site

from kaska.features.identity.public import Role

pytestmark = pytest.mark.database


async def test_a_draft_is_kept_with_its_places_and_two_editors_are_told(site: Site) -> None:
    company, admin = await described(site)
    row = (await admin.get("/api/scenarios/main")).json()
    places = {"hello": [10.0, -20.5]}
    given: dict[str, Any] = {"name": "Основной", "draft": FIRST, "is_default": True}
    mine = {**given, "layout": places, "revision": row["revision"]}
    stored = await admin.put("/api/scenarios/main", json=mine)
    assert stored.status_code == 200, stored.text
    assert (stored.json()["revision"], stored.json()["layout"]) == (row["revision"] + 1, places)
    assert stored.json()["edited_by"] == f"Имя {Role.ADMINISTRATOR}"

    late = await admin.put("/api/scenarios/main", json={**mine, "draft": {"start": "", "nodes": {}}})
    assert (late.status_code, late.json()["code"]) == (409, "edited_meanwhile")
    assert "Имя" in late.json()["message"]
    kept = (await admin.get("/api/scenarios/main")).json()
    assert (kept["draft"], kept["layout"]) == (FIRST, places)
    assert (await admin.put("/api/scenarios/main", json=given)).json()["layout"] == places, "left out: as it was"
    assert (await admin.get("/api/scenarios/none")).status_code == 404
    written = [line for line in (await admin.get("/api/audit")).json() if line["action"] == "scenarios.put"]
    assert len(written) == 1, "one sitting, one line"
    assert company


async def test_kinds_are_told_in_the_readers_language(site: Site) -> None:
    _, admin = await described(site)
    kinds = (await admin.get("/api/scenarios/kinds")).json()
    assert len(kinds["kinds"]) == 24
    assert next(kind["title"] for kind in kinds["kinds"] if kind["kind"] == "enqueue") == "Очередь"


async def test_a_draft_is_walked_dry_before_it_is_stored(site: Site) -> None:
    company, admin = await described(site)
    path = "/api/scenarios/main/rehearsal"
    found = (await admin.post(path, json={"at": "2026-11-23T12:00", "caller": "+74950000001"})).json()
    assert (found["awaits"], found["subject"], found["malformed"]) == ("queue", "Продажи", "")
    assert found["at"].startswith("2026-11-23T12:00:00+03:00")
    draft = {**FIRST, "start": "message"}
    walked = (await admin.post(path, json={"draft": draft, "acts": [{"do": "speak"}]})).json()
    assert (walked["awaits"], walked["taken"]) == ("over", 1)
    assert [line["node"] for line in walked["lines"] if line["kind"] == "step_entered"] == ["message"]
    (said,) = (line for line in walked["lines"] if line["kind"] == "prompts_started")
    assert said["prompts"] == ["ru/message-question"]
    broken = (await admin.post(path, json={"draft": {"start": "a", "nodes": {"a": {"kind": "no"}}}})).json()
    assert "no" in broken["malformed"]
    assert (await admin.post("/api/scenarios/none/rehearsal", json={})).status_code == 404
    assert (await admin.post(path, json={"acts": [{"do": "dance"}]})).status_code == 422
    operator = await site.signed_in(company, Role.OPERATOR)
    assert (await operator.post(path, json={})).status_code == 403
