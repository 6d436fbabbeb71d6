"""What people call skills, trunks, calendars and sources: given freely, changed freely, shown in place of the key."""

from __future__ import annotations

from typing import Any

import pytest
from tests.features.publishing.test_publishing import WEEK, describe, put
from tests.plugins.web import Site

from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database
ADDRESS = ["198.51.100.7"]


async def test_a_name_is_published_and_the_key_stays(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    trunk = f"city-{company.tenant[-6:]}"
    await put(admin, f"/api/trunks/{trunk}", addresses=ADDRESS)
    document = {"kind": "http_source", "url": "http://127.0.0.1/"}
    await put(admin, "/api/sources/crm", document=document)
    await admin.post("/api/publishing")
    old = await publishing.latest(site.database, company.tenant)
    assert old is not None
    assert (old.trunks[trunk].name, old.calendars["work"].name, old.sources["crm"].name, old.skills) == ("", "", "", {})
    assert (await admin.get("/api/directory")).json()["skills"] == {}

    await put(admin, f"/api/trunks/{trunk}", name="  Город ", addresses=ADDRESS)
    await put(admin, "/api/calendars/work", name="Рабочие часы", timezone="Europe/Moscow", week=WEEK)
    await put(admin, "/api/sources/crm", document=document | {"name": "Клиенты"})
    await put(admin, "/api/skills/sales", name="Продажи окон")
    waiting = {(one["area"], one["id"]): one for one in (await admin.get("/api/publishing/waiting")).json()["waiting"]}
    named = {("trunks", trunk): "Город", ("calendars", "work"): "Рабочие часы", ("sources", "crm"): "Клиенты"}
    assert {place: one["name"] for place, one in waiting.items()} == named | {("skills", "sales"): "Продажи окон"}
    assert {one["by"] for one in waiting.values()} == {"Имя administrator"}
    assert (await admin.post("/api/publishing")).status_code == 201
    new = await publishing.latest(site.database, company.tenant)
    assert new is not None
    assert new.trunks[trunk].name == "Город"
    assert new.trunks[trunk].endpoint == old.trunks[trunk].endpoint, "the switch knows it as before"
    assert new.skills["sales"].name == "Продажи окон"
    assert new.queues == old.queues
    assert (await admin.get("/api/directory")).json()["skills"] == {"sales": "Продажи окон"}


@pytest.mark.parametrize("name", ["x" * 101, "два\nслова", "\x00"])
async def test_what_is_no_name_is_refused(site: Site, name: str) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    for path, given in (
        ("/api/trunks/city", {"addresses": ADDRESS}),
        ("/api/calendars/work", {"timezone": "UTC", "week": WEEK}),
        ("/api/skills/sales", {}),
    ):
        answer = await admin.put(path, json={"name": name, **given})
        assert answer.status_code == 422, path
    source: dict[str, Any] = {"kind": "http_source", "url": "http://127.0.0.1/", "name": name}
    assert (await admin.put("/api/sources/crm", json={"document": source})).status_code == 400
    assert (await admin.put("/api/skills/sales", json={"name": " "})).status_code == 422


async def test_a_skill_loses_its_name_and_nobody_loses_the_skill(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await put(admin, "/api/skills/sales", name="Продажи окон")
    first = (await admin.get("/api/skills")).json()[0]["revision"]
    await put(admin, "/api/skills/sales", name="Продажи", revision=first)
    late = await admin.put("/api/skills/sales", json={"name": "Поздно", "revision": first})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert (await admin.delete("/api/skills/sales")).status_code == 204
    assert (await admin.get("/api/skills")).json() == []
    assert (await admin.get("/api/agents")).json()[0]["skills"] == {"sales": 3}
    told = [line["action"] for line in (await admin.get("/api/audit", params={"area": "skills"})).json()]
    assert told == ["skills.delete", "skills.put", "skills.put"]


async def test_what_is_to_be_mended_is_told_by_names(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await put(admin, "/api/skills/juggling", name="Жонглирование")
    queue = (await admin.get("/api/queues")).json()[0]
    queue.pop("id"), queue.pop("revision")
    await put(admin, "/api/queues/sales", **queue | {"relax": [{"after": 10, "skill": "juggling", "level": 0}]})
    problems = (await admin.get("/api/publishing/check")).json()["problems"]
    assert "«Жонглирование»" in problems["queues.sales.relax"]
