"""Two companies and every route of the interface: what one company has, the other neither sees nor touches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.plugins.web import Browser, Site
from tests.web.test_walls import DRAFT, WEEK

from kaska.features.identity.public import Role

pytestmark = pytest.mark.database

MARK = "Тайна-соседей"
"""stands in everything that the owner has, and in nothing that the stranger may read"""
LETTER = {"email": "tajna-sosedej@example.org", "minute": 1200, "zone": "Europe/Moscow"}
FIGURE = {"figure": "waiting", "above": True, "hold": 30, "margin": 0}
QUERY = f"SELECT '{MARK}' AS x"
SCRIPT = {"start": "a", "steps": [{"id": "a", "title": MARK, "text": MARK, "answers": [{"title": MARK, "next": ""}]}]}


async def furnished(owner: Browser, operator: str) -> dict[str, str]:
    """A company with one of everything that can be made by hand; what stands for which name in an address."""
    put: dict[str, dict[str, Any]] = {
        "/api/calendars/thing": {"timezone": "Europe/Moscow", "week": WEEK},
        "/api/projects/thing": {"name": MARK, "calendar": "thing"},
        "/api/queues/thing": {"name": MARK, "project": "thing"},
        "/api/scenarios/thing": {"name": MARK, "draft": DRAFT, "is_default": True},
        "/api/numbers/+74950000001": {"project": "thing", "scenario": "thing", "source": MARK},
        f"/api/agents/{operator}": {"extension": "301"},
        "/api/doors/thing": {"name": MARK, "extension": "700", "agents": [operator]},
        "/api/sources/thing": {"document": {"kind": "sql_source", "query": QUERY}},
        "/api/scripts/thing": {"name": MARK, "draft": SCRIPT, "places": [], "revision": 0},
        "/api/customers/fields/thing": {"fields": [{"id": "x", "title": MARK, "kind": "text"}]},
        "/api/alerts/rules/thing": {"name": MARK, "limit": 5, **FIGURE},
        "/api/letters/thing": {"kind": "manager_day", **LETTER},
        "/api/webhooks/thing": {"name": MARK, "url": "https://crm.example.org/x", "events": ["contact.lost"]},
    }  # fmt: skip
    for path, given in put.items():
        answer = await owner.put(path, json=given)
        assert answer.status_code in (200, 201, 204), (path, answer.text)
    published = await owner.post("/api/scripts/thing/versions")
    assert published.status_code == 201, published.text
    phone = {"kind": "phone", "value": "+74950000002"}
    post: dict[str, dict[str, Any]] = {
        "/api/customers": {"name": MARK, "identities": [phone]},
        "/api/knowledge/articles": {"folder": MARK, "title": MARK, "text": MARK, "tags": []},
        "/api/saved-filters": {"name": MARK, "shared": True, "filter": {"period": "today"}},
        "/api/keys": {"id": "thing", "name": MARK, "permissions": ["read_calls"], "per_minute": 60, "days": 5},
    }
    made: dict[str, str] = {}
    for path, given in post.items():
        answer = await owner.post(path, json=given)
        assert answer.status_code in (200, 201), (path, answer.text)
        made[path] = str(answer.json().get("id", ""))
    customer = made["/api/customers"]
    note = await owner.post(f"/api/customers/{customer}/notes", json={"text": MARK})
    assert note.status_code == 204, note.text
    [written] = (await owner.get(f"/api/customers/{customer}")).json()["notes"]
    return {
        "/api/knowledge/articles/{id}": made["/api/knowledge/articles"],
        "/api/saved-filters/{id}": made["/api/saved-filters"],
        "customer_id": customer,
        "note_id": written["id"],
        "number": "+74950000001",
        "agent": operator,
        "person_id": operator,
        "version": "1",
        "project": "thing",
        "id": "thing",
    }


def address(path: str, names: dict[str, str]) -> str | None:
    """``path`` with the owner's things in it; None when there is nothing of that kind."""
    for beginning, id in names.items():
        if beginning.startswith("/") and path.startswith(beginning):
            path = path.replace("{id}", id)
    for name in re.findall(r"{(\w+)}", path):
        if name not in names:
            return None
        path = path.replace(f"{{{name}}}", names[name])
    return path


async def test_what_a_company_has_is_nowhere_for_another(site: Site) -> None:
    mine, theirs = await site.company(), await site.company()
    owner, stranger = await site.signed_in(mine), await site.signed_in(theirs)
    names = await furnished(owner, mine.ids[Role.OPERATOR])
    document = (await owner.get("/api/openapi.json")).json()["paths"]
    told = hidden = 0
    for path, methods in document.items():
        at = address(path, names)
        if "get" not in methods or at is None:
            continue
        seen, found = await owner.get(at), await stranger.get(at)
        assert MARK not in found.text, path
        assert LETTER["email"] not in found.text, path
        told += MARK in seen.text
        if at != path and seen.status_code == 200:
            assert found.status_code == 404 or found.text in ("[]", "{}", "null"), (path, found.status_code, found.text)
            hidden += 1
    assert told > 15, "the owner himself sees his things"
    assert hidden > 8, "and asks for them by name"


async def test_what_a_company_has_is_not_deleted_by_another(site: Site) -> None:
    mine, theirs = await site.company(), await site.company()
    owner, stranger = await site.signed_in(mine), await site.signed_in(theirs)
    names = await furnished(owner, mine.ids[Role.OPERATOR])
    document = (await owner.get("/api/openapi.json")).json()["paths"]
    lists = sorted(path for path, methods in document.items() if "get" in methods and "{" not in path)
    before = {path: MARK in (await owner.get(path)).text for path in lists}
    tried = 0
    for path, methods in document.items():
        at = address(path, names)
        if at is None or at == path:
            continue
        for method in ("delete", "post"):
            if method in methods:
                answer = await stranger.request(method.upper(), at)
                assert answer.status_code in (204, 404, 409, 415, 422, 503), (method, path, answer.status_code)
                tried += 1
    assert tried > 20
    assert {path: MARK in (await owner.get(path)).text for path in lists} == before
    card = (await owner.get(f"/api/customers/{names['customer_id']}")).json()
    assert (card["name"], [note["text"] for note in card["notes"]]) == (MARK, [MARK])
