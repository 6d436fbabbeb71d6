"""Every role on every route of the interface: what it was not given is refused, and nothing else is."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from tests.plugins.web import Browser, Company, Site
from tests.realtime.test_sockets import closing_code, cookie_of, opened, served
from tests.web.test_routes import walk

from kaska.features.identity.access import Requirement, declared_access
from kaska.features.identity.permissions import PERMISSIONS, Permission, Role

pytestmark = pytest.mark.database


def demanded(site: Site) -> list[tuple[str, str, Permission]]:
    """(method, path, what must be permitted) of every route that is not public."""
    found = []
    for route in walk(site.app.routes):
        if not isinstance(route, APIRoute | APIWebSocketRoute):
            continue
        [declared] = declared_access(route.dependant)
        methods = route.methods if isinstance(route, APIRoute) else {"WEBSOCKET"}
        if isinstance(declared, Requirement):
            found += [(method, route.path, declared.permission) for method in methods]
    return sorted(found)


async def _code(browser: Browser, method: str, path: str) -> str:
    answer = await browser.request(method, re.sub(r"{[^}]*}", "1", path))
    if answer.status_code < 400:
        return ""
    assert answer.headers["content-type"] == "application/json", (method, path, answer.text)
    return str(answer.json()["code"])


async def _company(site: Site, role: Role) -> tuple[Company, Browser]:
    company = await site.company()
    return company, await site.signed_in(company, role)


@pytest.mark.parametrize("role", list(Role))
async def test_what_a_role_was_not_given_is_refused_on_every_route(site: Site, role: Role) -> None:
    _, browser = await _company(site, role)
    refused = allowed = 0
    for method, path, permission in demanded(site):
        if method == "WEBSOCKET":
            continue
        if permission not in PERMISSIONS[role]:
            assert await _code(browser, method, path) == "forbidden", (method, path)
            refused += 1
        elif method == "GET":
            assert await _code(browser, method, path) != "forbidden", (method, path)
            allowed += 1
    assert allowed > 30
    assert refused > {Role.OPERATOR: 100, Role.SUPERVISOR: 40, Role.ADMINISTRATOR: -1}[role]


async def test_a_pending_password_opens_no_route(site: Site) -> None:
    """Who has not chosen a password of his own yet may do nothing else, whatever his role."""
    company = await site.company()
    chief = await site.signed_in(company)
    user = company.ids[Role.OPERATOR]
    given = (await chief.post(f"/api/people/{user}/password")).json()["one_time_password"]
    browser = site.browser()
    answer = await browser.post("/api/session", json={"login": company.logins[Role.OPERATOR], "password": given})
    browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    for method, path, _ in demanded(site):
        if method != "WEBSOCKET" and path not in ("/api/session", "/api/session/password"):
            assert await _code(browser, method, path) == "password_change_required", (method, path)


async def test_no_form_of_another_page_changes_anything(site: Site) -> None:
    """Without the token of our own page no route that changes something listens, though the cookie is there."""
    _, browser = await _company(site, Role.ADMINISTRATOR)
    del browser.headers["X-CSRF-Token"]
    for method, path, _ in demanded(site):
        if method not in ("GET", "WEBSOCKET"):
            assert await _code(browser, method, path) == "csrf_failed", (method, path)


async def test_the_live_picture_is_shut_to_whom_it_was_not_given(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No role lacks it today: one that did would be turned away at both sockets."""
    without = PERMISSIONS[Role.OPERATOR] - {Permission.WATCH_FLOOR, Permission.TAKE_CALLS}
    monkeypatch.setitem(PERMISSIONS, Role.OPERATOR, without)
    company = await site.company()
    cookie = await cookie_of(site, company, Role.OPERATOR)
    sockets = [path for method, path, _ in demanded(site) if method == "WEBSOCKET"]
    assert len(sockets) == 2
    async with served(site) as port:
        for path in sockets:
            async with opened(port, path, cookie) as socket:
                assert await closing_code(socket) == 1008
