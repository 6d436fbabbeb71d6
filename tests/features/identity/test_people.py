from __future__ import annotations

import asyncio

import pytest
from tests.plugins.web import PASSWORD, Site

from kaska.features.identity.public import Role

pytestmark = pytest.mark.database


async def test_a_new_person_gets_a_one_time_password(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    given = {"login": f"New.One@{company.tenant}", "name": "  Новый Человек ", "role": "operator"}
    made = await admin.post("/api/people", json=given)
    assert made.status_code == 201, made.text
    person = made.json()
    assert person["name"] == "Новый Человек"
    assert person["login"] == given["login"].lower()
    listed = await admin.get("/api/people")
    assert person["one_time_password"] not in listed.text
    browser = site.browser()
    me = await browser.sign_in(person["login"], person["one_time_password"])
    assert me["must_change_password"]
    assert (await browser.get("/api/directory")).json()["code"] == "password_change_required"
    audit = (await admin.get("/api/audit")).json()
    assert person["one_time_password"] not in str(audit)
    assert {"people.create", "session.open"} <= {line["action"] for line in audit}


async def test_login_is_unique_in_the_installation(site: Site) -> None:
    mine, theirs = await site.company(), await site.company()
    admin = await site.signed_in(mine)
    for login in (mine.logins[Role.OPERATOR], theirs.logins[Role.OPERATOR]):
        answer = await admin.post("/api/people", json={"login": login, "name": "Имя", "role": "operator"})
        assert (answer.status_code, answer.json()["code"]) == (409, "login_taken")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR])
async def test_only_administrators_manage_people(site: Site, role: Role) -> None:
    company = await site.company()
    browser = await site.signed_in(company, role)
    new = {"login": "x@y", "name": "Имя", "role": "administrator"}
    answers = [
        await browser.get("/api/people"),
        await browser.post("/api/people", json=new),
        await browser.patch(f"/api/people/{company.ids[role]}", json={"role": "administrator"}),
        await browser.post(f"/api/people/{company.ids[Role.ADMINISTRATOR]}/password"),
        await browser.get("/api/audit"),
    ]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "forbidden")] * 5


async def test_disabling_takes_effect_at_once(site: Site) -> None:
    company = await site.company()
    admin, operator = await site.signed_in(company), await site.signed_in(company, Role.OPERATOR)
    path = f"/api/people/{company.ids[Role.OPERATOR]}"
    assert (await admin.patch(path, json={"disabled": True})).json()["disabled"]
    assert (await operator.get("/api/session")).status_code == 401
    given = {"login": company.logins[Role.OPERATOR], "password": PASSWORD}
    assert (await site.browser().post("/api/session", json=given)).json()["code"] == "wrong_credentials"


async def test_a_new_role_takes_effect_at_once(site: Site) -> None:
    company = await site.company()
    admin, operator = await site.signed_in(company), await site.signed_in(company, Role.OPERATOR)
    await admin.patch(f"/api/people/{company.ids[Role.OPERATOR]}", json={"role": "supervisor", "locale": "en"})
    assert (await operator.get("/api/session")).json()["role"] == "supervisor"
    assert (await operator.get("/api/people")).json()["message"] == "Your role does not allow this."


async def test_the_last_administrator_stays(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    path = f"/api/people/{company.ids[Role.ADMINISTRATOR]}"
    for change in ({"disabled": True}, {"role": "operator"}):
        assert (await admin.patch(path, json=change)).json()["code"] == "last_administrator"
    second = company.ids[Role.SUPERVISOR]
    await admin.patch(f"/api/people/{second}", json={"role": "administrator"})
    answers = await asyncio.gather(
        admin.patch(path, json={"role": "operator"}),
        admin.patch(f"/api/people/{second}", json={"role": "operator"}),
    )
    assert sorted(a.status_code for a in answers) in ([200, 403], [200, 409])


async def test_a_forgotten_password_is_replaced(site: Site) -> None:
    company = await site.company()
    admin, operator = await site.signed_in(company), await site.signed_in(company, Role.OPERATOR)
    made = (await admin.post(f"/api/people/{company.ids[Role.OPERATOR]}/password")).json()
    assert (await operator.get("/api/session")).status_code == 401
    me = await site.browser().sign_in(made["login"], made["one_time_password"])
    assert me["must_change_password"]
