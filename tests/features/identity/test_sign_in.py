from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from tests.plugins.web import PASSWORD, Site

from kaska.features.identity import passwords
from kaska.features.identity.public import Role, ensure_first_administrator
from kaska.features.identity.sign_in import FAILURES_BEFORE_LOCK, lock_seconds
from kaska.features.identity.tables import logins, sessions, users
from kaska.kit.database import Database

pytestmark = pytest.mark.database


async def test_signs_in_tells_who_and_signs_out(site: Site) -> None:
    company = await site.company()
    browser = site.browser()
    me = await browser.sign_in(f"  {company.logins[Role.OPERATOR].upper()} ")
    assert me["role"] == "operator"
    assert "take_calls" in me["permissions"]
    assert "configure" not in me["permissions"]
    assert (await browser.get("/api/session")).json() == me
    assert (await browser.delete("/api/session")).status_code == 204
    assert (await browser.get("/api/session")).status_code == 401


async def test_cookie_is_closed_to_scripts_and_foreign_pages(make_site: Callable[..., Site]) -> None:
    site = make_site()
    company = await site.company()
    given = {"login": company.logins[Role.OPERATOR], "password": PASSWORD}
    cookie = (await site.browser().post("/api/session", json=given)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    site.app.state.settings.web_secure = True
    cookie = (await site.browser().post("/api/session", json=given)).headers["set-cookie"]
    assert "Secure" in cookie


async def test_only_the_hash_of_a_token_is_stored(site: Site) -> None:
    company = await site.company()
    browser = await site.signed_in(company)
    token = browser.cookies["kaska_session"]
    async with site.database.system() as connection:
        rows = (await connection.execute(select(sessions).where(sessions.c.tenant == company.tenant))).all()
    assert len(rows) == 1
    assert token not in repr(rows)


async def test_unknown_login_and_wrong_password_look_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    company = await site.company()
    compared = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda *given: compared.append(True) or verify(*given))
    known = {"login": company.logins[Role.OPERATOR], "password": "wrong wrong wrong"}
    unknown = {"login": f"nobody@{company.tenant}", "password": "wrong wrong wrong"}
    answers = [await site.browser().post("/api/session", json=given) for given in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code == 401
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "wrong_credentials"
    assert compared == [True, True]  # one argon2id computation each, so the time tells nothing either


@pytest.mark.parametrize("known", [True, False])
async def test_guessing_locks_known_and_unknown_logins_alike(site: Site, known: bool) -> None:
    company = await site.company()
    login = company.logins[Role.OPERATOR] if known else f"nobody@{company.tenant}"
    browser = site.browser()
    for _ in range(FAILURES_BEFORE_LOCK):
        assert (await browser.post("/api/session", json={"login": login, "password": "guess"})).status_code == 401
    locked = await browser.post("/api/session", json={"login": login, "password": PASSWORD})
    assert locked.status_code == 429
    assert locked.json()["code"] == "too_many_attempts"
    assert 0 < int(locked.headers["retry-after"]) <= 15


async def test_lock_ends_and_a_right_password_forgives(site: Site) -> None:
    company = await site.company()
    login, user = company.logins[Role.OPERATOR], company.ids[Role.OPERATOR]
    for _ in range(FAILURES_BEFORE_LOCK):
        await site.browser().post("/api/session", json={"login": login, "password": "guess"})
    async with site.database.tenant(company.tenant) as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        await connection.execute(update(users).where(users.c.id == user).values(locked_until=past))
    await site.browser().sign_in(login)
    async with site.database.tenant(company.tenant) as connection:
        row = (await connection.execute(select(users).where(users.c.id == user))).one()
    assert (row.failed_logins, row.locked_until) == (0, None)


def test_lock_grows_to_a_limit() -> None:
    assert [lock_seconds(n) for n in (1, 4, 5, 6, 7, 50)] == [0, 0, 15, 30, 60, 900]


async def test_one_address_cannot_try_many_logins(site: Site) -> None:
    company = await site.company()
    browser = site.browser()
    answers = []
    for n in range(31):
        given = {"login": f"x{n}@{company.tenant}", "password": "guess"}
        answers.append((await browser.post("/api/session", json=given)).status_code)
    assert answers == [401] * 30 + [429]


@pytest.mark.parametrize("hostile", ["'; DROP TABLE users; --", "a\x00b", "\ud800", "<script>", "я" * 100, ""])
async def test_hostile_logins_are_just_wrong(site: Site, hostile: str) -> None:
    body = json.dumps({"login": hostile, "password": hostile})
    answer = await site.browser().post("/api/session", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (401, 422), answer.text
    assert set(answer.json()) >= {"code", "message"}


async def test_unsafe_requests_need_the_token_of_this_session(site: Site) -> None:
    company = await site.company()
    browser, other = await site.signed_in(company), await site.signed_in(company)
    for token in ("", "guess", "ключ".encode(), other.headers["x-csrf-token"]):
        answer = await browser.delete("/api/session", headers={"x-csrf-token": token})
        assert answer.status_code == 403
        assert answer.json()["code"] == "csrf_failed"
    assert (await browser.get("/api/session")).status_code == 200


async def test_foreign_pages_are_refused(site: Site) -> None:
    company = await site.company()
    browser = await site.signed_in(company)
    foreign = {"origin": "https://evil.example"}
    assert (await browser.delete("/api/session", headers=foreign)).json()["code"] == "foreign_origin"
    given = {"login": company.logins[Role.OPERATOR], "password": PASSWORD}
    assert (await browser.post("/api/session", json=given, headers=foreign)).status_code == 403
    assert (await browser.delete("/api/session", headers={"origin": "http://kaska.test"})).status_code == 204


async def test_first_administrator_is_made_once_with_a_password_to_change(site: Site, database: Database) -> None:
    async with database.system() as connection:
        await connection.execute(delete(logins))
    made = await ensure_first_administrator(database)
    assert made is not None
    assert await ensure_first_administrator(database) is None
    browser = site.browser()
    me = await browser.sign_in(made.login, made.password)
    assert me["must_change_password"]
    refused = await browser.get("/api/people")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_change_required")
    change = {"old_password": made.password, "new_password": "my own long password"}
    changed = await browser.post("/api/session/password", json=change)
    assert changed.status_code == 200, changed.text
    assert not changed.json()["must_change_password"]
    assert (await browser.get("/api/people")).status_code == 200
    again = await site.browser().post("/api/session", json={"login": made.login, "password": made.password})
    assert again.status_code == 401
    async with database.tenant("main") as connection:
        await connection.execute(delete(users))


async def test_password_change_ends_other_sessions_and_refuses_weak_ones(site: Site) -> None:
    company = await site.company()
    browser, other = await site.signed_in(company), await site.signed_in(company)
    for old, new, code in (
        (PASSWORD, "short", "weak_password"),
        (PASSWORD, PASSWORD, "weak_password"),
        (PASSWORD, company.logins[Role.ADMINISTRATOR], "weak_password"),
        ("not my password", "another long password", "wrong_password"),
    ):
        answer = await browser.post("/api/session/password", json={"old_password": old, "new_password": new})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    change = {"old_password": PASSWORD, "new_password": "another long password"}
    assert (await browser.post("/api/session/password", json=change)).status_code == 200
    assert (await browser.get("/api/session")).status_code == 200
    assert (await other.get("/api/session")).status_code == 401
