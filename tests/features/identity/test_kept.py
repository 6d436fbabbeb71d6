"""Two administrators at once, and the trace of what each did."""

from __future__ import annotations

import asyncio

import pytest
from tests.plugins.web import Site

from kaska.features.identity.public import Role

pytestmark = pytest.mark.database

QUEUE = {"name": "Продажи", "project": "windows"}


async def test_the_second_to_save_is_told_who_was_first_and_changes_nothing(site: Site) -> None:
    company = await site.company()
    one, other = await site.signed_in(company), await site.signed_in(company)
    made = (await one.put("/api/queues/sales", json=QUEUE | {"revision": ""})).json()
    seen_by_both = made["revision"]
    first = await one.put("/api/queues/sales", json=QUEUE | {"max_wait": 60, "revision": seen_by_both})
    assert first.status_code == 200
    second = await other.put("/api/queues/sales", json=QUEUE | {"ring_seconds": 9, "revision": seen_by_both})
    assert (second.status_code, second.json()["code"]) == (409, "changed_meanwhile")
    assert f"Имя {Role.ADMINISTRATOR}" in second.json()["message"]
    (row,) = (await one.get("/api/queues")).json()
    assert (row["max_wait"], row["ring_seconds"]) == (60, 15)
    again = await other.put("/api/queues/sales", json=row | {"ring_seconds": 9} | {"id": None} | {})
    assert again.status_code == 422  # a misspelt field is still noticed
    row.pop("id")
    assert (await other.put("/api/queues/sales", json=row | {"ring_seconds": 9})).status_code == 200


async def test_of_many_at_once_one_is_first(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    answers = await asyncio.gather(
        *(admin.put("/api/queues/sales", json=QUEUE | {"max_wait": n, "revision": ""}) for n in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "name_taken"}


async def test_what_was_deleted_meanwhile_can_be_made_anew(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    made = (await admin.put("/api/queues/sales", json=QUEUE)).json()
    await admin.delete("/api/queues/sales")
    answer = await admin.put("/api/queues/sales", json=QUEUE | {"revision": made["revision"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "gone_meanwhile")
    assert (await admin.put("/api/queues/sales", json=QUEUE | {"revision": ""})).status_code == 200


@pytest.mark.parametrize(
    ("path", "given", "changed"),
    [
        ("projects/windows", {"name": "Окна", "calendar": "work"}, {"debt_minutes": 5}),
        ("calendars/work", {"timezone": "Europe/Moscow", "week": [[[540, 1080]]] * 7}, {"timezone": "Asia/Tomsk"}),
        ("numbers/+74950000001", {"project": "windows", "scenario": "main"}, {"source": "Щит на шоссе"}),
        ("trunks/{tenant}", {"addresses": ["127.0.0.9"]}, {"contact_uri": "sip:127.0.0.9:5060"}),
        ("sources/crm", {"document": {"kind": "sql_source", "query": "SELECT 1"}}, {}),
        ("agents/{person}", {"extension": "301"}, {"skills": {"sales": 3}}),
        ("doors/gate", {"name": "Проходная", "extension": "700"}, {}),
    ],
)
async def test_every_kind_of_settings_is_guarded_and_traced(
    site: Site, path: str, given: dict[str, object], changed: dict[str, object]
) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    path = "/api/" + path.format(tenant=company.tenant, person=company.ids[Role.OPERATOR])
    made = await admin.put(path, json=given)
    assert made.status_code == 200, made.text
    assert len(made.json()["revision"]) == 16
    stale = await admin.put(path, json=given | {"revision": "0" * 16})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert (await admin.put(path, json=given | changed | {"revision": made.json()["revision"]})).status_code == 200
    lines = (await admin.get("/api/audit", params={"area": path.split("/")[2].replace("sources", "lookups")})).json()
    assert [line["user_name"] for line in lines] == [f"Имя {Role.ADMINISTRATOR}"] * (2 if changed else 1)
    if changed:
        (change,) = lines[0]["details"]["changes"]
        assert change["after"] == next(iter(changed.values())) or change["field"].startswith("skills")


async def test_the_trace_is_filtered_and_paged(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    for n in range(4):
        await admin.put("/api/queues/sales", json=QUEUE | {"max_wait": n})
    await admin.put("/api/projects/windows", json={"name": "Окна", "calendar": "work"})
    everything = (await admin.get("/api/audit")).json()
    assert [line["action"] for line in everything[:2]] == ["projects.put", "queues.put"]
    page = (await admin.get("/api/audit", params={"area": "queues", "limit": 2})).json()
    older = (await admin.get("/api/audit", params={"area": "queues", "before": page[-1]["id"]})).json()
    assert len(page) == len(older) == 2
    assert (await admin.get("/api/audit", params={"about": "Окна"})).json()[0]["object"] == "windows"
    assert (await admin.get("/api/audit", params={"about": "100%"})).json() == []
    assert (await admin.get("/api/audit", params={"person": "nobody"})).json() == []
    assert (await admin.get("/api/audit", params={"until": everything[-1]["at"]})).json() == []


async def test_a_person_changed_by_another_is_not_overwritten(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    person = next(one for one in (await admin.get("/api/people")).json() if one["role"] == "operator")
    path = f"/api/people/{person['id']}"
    assert (await admin.patch(path, json={"name": "Анна", "revision": person["revision"]})).status_code == 200
    answer = await admin.patch(path, json={"role": "supervisor", "revision": person["revision"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    (line, *_) = (await admin.get("/api/audit", params={"area": "people"})).json()
    assert [change["field"] for change in line["details"]["changes"]] == ["name"]
