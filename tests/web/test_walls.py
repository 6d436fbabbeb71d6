"""Two companies on every route that names something: the other one's things are not there."""

from __future__ import annotations

import pytest
from tests.plugins.web import Site

from kaska.features.identity.public import Role

pytestmark = pytest.mark.database

WEEK = [[[540, 1080]]] * 7
DRAFT = {"start": "a", "nodes": {"a": {"kind": "finish", "prompts": []}}}


async def test_nothing_of_another_company_is_seen_or_changed(site: Site) -> None:
    mine, theirs = await site.company(), await site.company()
    owner, stranger = await site.signed_in(mine), await site.signed_in(theirs)
    user = mine.ids[Role.OPERATOR]
    trunk = mine.tenant
    things: dict[str, dict[str, object]] = {
        "/api/calendars/work": {"timezone": "Europe/Moscow", "week": WEEK},
        "/api/projects/windows": {"name": "Окна", "calendar": "work"},
        "/api/queues/sales": {"name": "Продажи", "project": "windows"},
        "/api/scenarios/main": {"name": "Основной", "draft": DRAFT, "is_default": True},
        "/api/numbers/+74950000001": {"project": "windows", "scenario": "main"},
        f"/api/trunks/{trunk}": {"addresses": ["127.0.0.9"], "contact_uri": "sip:127.0.0.9:5060"},
        f"/api/agents/{user}": {"extension": "301"},
        "/api/skills/sales": {"name": "Продажи окон"},
    }
    for path, given in things.items():
        assert (await owner.put(path, json=given)).status_code == 200, path
    await owner.post("/api/publishing")

    before = {path.rpartition("/")[0]: (await owner.get(path.rpartition("/")[0])).json() for path in things}
    for collection in (*before, "/api/publishing"):
        assert (await stranger.get(collection)).json() == [], collection
    assert (await stranger.get("/api/directory")).json() == {"projects": {}, "queues": {}, "agents": {}, "skills": {}}
    for path in things:
        assert (await stranger.delete(path)).status_code == 404, path
    refused = [
        await stranger.put(f"/api/agents/{user}", json={"extension": "999"}),
        await stranger.get(f"/api/agents/{user}/phone"),
        await stranger.patch(f"/api/people/{user}", json={"disabled": True}),
        await stranger.post(f"/api/people/{user}/password"),
    ]
    assert [answer.status_code for answer in refused] == [404] * 4
    assert user not in (await stranger.get("/api/people")).text
    assert mine.tenant not in (await stranger.get("/api/audit")).text
    for path, given in things.items():  # the same names may be used by everybody; that changes nobody else's
        if "agents" not in path and "trunks" not in path:
            assert (await stranger.put(path, json=given)).status_code == 200, path
    taken = await stranger.put(f"/api/trunks/{trunk}", json=things[f"/api/trunks/{trunk}"])
    assert (taken.status_code, taken.json()["code"]) == (409, "trunk_name_taken")
    for collection, rows in before.items():
        assert (await owner.get(collection)).json() == rows


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR])
async def test_only_administrators_configure(site: Site, role: Role) -> None:
    company = await site.company()
    browser = await site.signed_in(company, role)
    for path, given in {
        "/api/calendars/work": {"timezone": "Europe/Moscow", "week": WEEK},
        "/api/projects/windows": {"name": "Окна", "calendar": "work"},
        "/api/queues/sales": {"name": "Продажи", "project": "windows"},
        "/api/scenarios/main": {"name": "Основной", "draft": DRAFT},
        "/api/numbers/1": {"project": "windows", "scenario": "main"},
        "/api/trunks/x": {"addresses": ["127.0.0.9"]},
        f"/api/agents/{company.ids[role]}": {"extension": "301"},
    }.items():
        assert (await browser.put(path, json=given)).status_code == 403, path
        assert (await browser.delete(path)).status_code == 403, path
    assert (await browser.post("/api/publishing")).status_code == 403


async def test_nobody_gets_in_without_signing_in(site: Site) -> None:
    browser = site.browser()
    document = (await browser.get("/api/openapi.json")).json()
    tried = 0
    for path, methods in document["paths"].items():
        for method in methods:
            if (method, path) in {("post", "/api/session"), ("post", "/api/screen"), ("get", "/health")}:
                continue
            answer = await browser.request(method, path.replace("{", "").replace("}", ""))
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), (method, path)
            tried += 1
    assert tried > 40


HOSTILE = [
    "'; DROP TABLE queues; --",
    "<img src=x onerror=alert(1)>",
    "{0.__class__} %s ${x}",
    "Робот\u202eтоборт",
    "🪟" * 100,
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_data(site: Site, text: str) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    given = {"name": text, "project": "windows"}
    answer = await admin.put("/api/queues/sales", json=given)
    assert answer.status_code == 200, answer.text
    (row,) = (await admin.get("/api/queues")).json()
    assert row["name"] == text
    assert (await admin.get("/api/queues")).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/api/queues/sales", {"name": "a\x00b", "project": "windows"}),
        ("/api/queues/sales", {"name": "a\r\nX: y", "project": "windows"}),
        ("/api/queues/1&PJSIP", {"name": "x", "project": "windows"}),
        ("/api/queues/%00", {"name": "x", "project": "windows"}),
        ("/api/queues/sales", {"name": "x", "project": "windows", "ring_seconds": -1}),
        ("/api/queues/sales", {"name": "x", "project": "windows", "max_wait": "Infinity"}),
        ("/api/queues/sales", {"name": "x", "project": "windows", "unknown": 1}),
        ("/api/queues/sales", {"name": "x" * 101, "project": "windows"}),
        ("/api/trunks/city", {"addresses": ["0.0.0.0/0"]}),
        ("/api/trunks/city", {"addresses": ["127.0.0.1;evil"]}),
        ("/api/trunks/city", {"addresses": ["127.0.0.9"], "contact_uri": "sip:a@b\r\nX: y"}),
        ("/api/numbers/123abc", {"project": "p", "scenario": "s"}),
        ("/api/calendars/work", {"timezone": "Mars/Olympus", "week": WEEK}),
        ("/api/calendars/work", {"timezone": "Europe/Moscow", "week": [[[600, 500]]] + [[]] * 6}),
        ("/api/calendars/work", {"timezone": "Europe/Moscow", "week": [[[0, 700], [600, 800]]] + [[]] * 6}),
        ("/api/agents/x", {"extension": "301&PJSIP/x"}),
    ],
)
async def test_malformed_input_is_named(site: Site, path: str, given: dict[str, object]) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    answer = await admin.put(path, json=given)
    assert answer.status_code == 422, answer.text
    body = answer.json()
    assert body["code"] == "malformed"
    assert body["message"]
    assert body["fields"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
async def test_text_that_cannot_be_stored_is_malformed(site: Site, text: str) -> None:
    import json

    company = await site.company()
    admin = await site.signed_in(company)
    draft = json.dumps({"name": "Имя", "draft": {"start": text}})
    answer = await admin.put("/api/scenarios/main", content=draft, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed"), answer.text


async def test_errors_speak_the_readers_language(site: Site) -> None:
    for header, message in (
        ("en-GB,en;q=0.9", "Sign in first."),
        ("ru", "Войдите в систему."),
        ("de", "Войдите в систему."),
        ("de,en;q=0.5", "Sign in first."),
    ):
        answer = await site.browser().get("/api/people", headers={"accept-language": header})
        assert answer.json() == {"code": "not_signed_in", "message": message}
