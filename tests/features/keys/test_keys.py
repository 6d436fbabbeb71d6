"""Keys: a program may what it was given and no more, as often as it was given, until it is revoked."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text
from tests.plugins.web import Site

from kaska.features.identity.public import Permission, Role

pytestmark = pytest.mark.database

READER = {"id": "crm", "name": "CRM", "permissions": ["read_customers", "read_configuration"], "per_minute": 5}


def program(site: Site, secret: str) -> httpx.AsyncClient:
    browser = site.browser()
    browser.headers["authorization"] = f"Bearer {secret}"
    return browser


async def test_a_key_opens_what_it_was_given_as_often_as_it_was_given(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    made = (await admin.post("/api/keys", json=READER)).json()
    assert made["secret"].startswith("kaska_")
    crm = program(site, made["secret"])
    assert (await crm.get("/api/calendars")).status_code == 200
    refused = await crm.put("/api/trunks/city", json={"addresses": ["127.0.0.9"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), "no CSRF token is asked of a key"
    assert (await crm.get("/api/session")).json()["code"] == "forbidden"
    assert (await crm.get("/api/keys")).json()["code"] == "forbidden"
    assert (await crm.get("/api/customers")).status_code == 200
    limited = await crm.get("/api/calendars")
    assert (limited.status_code, limited.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(limited.headers["retry-after"]) <= 61
    (row,) = (await admin.get("/api/keys")).json()
    assert row["last_used_at"]
    assert row["permissions"] == sorted(READER["permissions"])
    assert (row["made_by"], row["made_by_name"]) == (company.ids[Role.ADMINISTRATOR], "Имя administrator")

    assert (await admin.post("/api/keys", json=READER)).json()["code"] == "name_taken"
    assert (await admin.delete("/api/keys/crm")).status_code == 204
    assert (await crm.get("/api/calendars")).json()["code"] == "not_signed_in"
    assert (await admin.delete("/api/keys/crm")).status_code == 404
    (row,) = (await admin.get("/api/keys")).json()
    assert row["revoked_at"]
    actions = [line["action"] for line in (await admin.get("/api/audit?area=keys")).json()]
    assert actions == ["keys.revoke", "keys.create"]


async def test_what_is_kept_lets_nobody_in(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    secret = (await admin.post("/api/keys", json=READER)).json()["secret"]
    async with site.database.tenant(company.tenant) as connection:
        kept = [
            str(row)
            for table in ("api_keys", "api_key_doors", "audit")
            for row in (await connection.execute(text(f"SELECT t::text FROM {table} t"))).scalars()
        ]
    assert kept
    assert not any(secret in row or secret.removeprefix("kaska_") in row for row in kept)
    assert secret not in (await admin.get("/api/keys")).text


async def test_what_a_key_did_stands_in_the_trail_under_its_name(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    given = {"id": "sync", "name": "Обмен", "permissions": ["configure", "read_configuration"]}
    secret = (await admin.post("/api/keys", json=given)).json()["secret"]
    calendar = {"timezone": "Europe/Moscow", "week": [[[540, 1080]]] * 7}
    assert (await program(site, secret).put("/api/calendars/work", json=calendar)).status_code == 200
    (line,) = (await admin.get("/api/audit?area=calendars")).json()
    assert line["user_id"] == "key:sync"


@pytest.mark.parametrize("permission", ["own_session", "take_calls", "manage_people", "manage_integrations"])
async def test_some_things_are_for_people_only(site: Site, permission: str) -> None:
    admin = await site.signed_in(await site.company())
    answer = await admin.post("/api/keys", json=READER | {"permissions": [permission]})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_for_keys")
    assert answer.json()["fields"] == {"permissions": permission}


async def test_a_key_is_its_own_companys(site: Site) -> None:
    mine, theirs = await site.company(), await site.company()
    owner, stranger = await site.signed_in(mine), await site.signed_in(theirs)
    secret = (await owner.post("/api/keys", json=READER | {"per_minute": 100})).json()["secret"]
    assert (await stranger.get("/api/keys")).json() == []
    assert (await stranger.delete("/api/keys/crm")).status_code == 404
    theirs_too = (await stranger.post("/api/keys", json=READER)).json()["secret"]
    await owner.put("/api/calendars/work", json={"timezone": "Europe/Moscow", "week": [[]] * 7})
    assert len((await program(site, secret).get("/api/calendars")).json()) == 1
    assert (await program(site, theirs_too).get("/api/calendars")).json() == []
    for nonsense in ("kaska_", "kaska_x", "Bearer", secret + "x"):
        assert (await program(site, nonsense).get("/api/calendars")).status_code == 401
    for role in (Role.SUPERVISOR, Role.OPERATOR):
        browser = await site.signed_in(mine, role)
        assert (await browser.get("/api/keys")).status_code == 403
        assert (await browser.post("/api/keys", json=READER)).status_code == 403


async def test_a_screen_sees_the_floor_and_does_nothing(site: Site) -> None:
    admin = await site.signed_in(await site.company())
    made = (await admin.post("/api/keys", json={"id": "hall", "name": "Зал", "kind": "screen"})).json()
    tv = site.browser()
    assert (await tv.post("/api/screen", json={"secret": "kaska_nobody"})).json()["code"] == "no_such_screen"
    key = (await admin.post("/api/keys", json=READER)).json()["secret"]
    assert (await tv.post("/api/screen", json={"secret": key})).json()["code"] == "no_such_screen"
    assert (await tv.post("/api/screen", json={"secret": made["secret"]})).status_code == 204
    me = (await tv.get("/api/session")).json()
    assert (me["screen"], me["permissions"]) == (True, ["own_session", "watch_floor"])
    assert (await tv.get("/api/directory")).status_code == 200
    tv.headers["x-csrf-token"] = me["csrf_token"]
    for method, path in (("DELETE", "/api/session"), ("POST", "/api/session/password"), ("POST", "/api/debts/x/call")):
        assert (await tv.request(method, path, json={})).status_code in (403, 404, 405), path
    for path in ("/api/contacts", "/api/customers", "/api/calendars", "/api/keys", "/api/reports"):
        assert (await tv.get(path)).status_code in (403, 404), path
    assert (await admin.delete("/api/keys/hall")).status_code == 204
    assert (await tv.get("/api/session")).status_code == 401


def test_nothing_that_makes_people_or_keys_is_ever_granted() -> None:
    from kaska.features.keys.service import PERSONS_ONLY, SCREEN

    assert {Permission.MANAGE_PEOPLE, Permission.MANAGE_INTEGRATIONS} <= PERSONS_ONLY
    assert {Permission.OWN_SESSION, Permission.WATCH_FLOOR} == SCREEN
