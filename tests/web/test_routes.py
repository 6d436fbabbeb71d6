"""Laws of all routes at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import BaseRoute, Mount, Route

import kaska.core
from kaska.features.engine_door import REFUSALS
from kaska.features.identity.access import Requirement, declared_access
from kaska.features.identity.permissions import PERMISSIONS, Permission, Role
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.web import Services, create_app, openapi_document

PUBLIC = {("POST", "/api/session"), ("POST", "/api/screen"), ("GET", "/health"), ("GET", "/metrics")}
FRAMEWORK = {"/api/openapi.json"}
"""describes the program, not anybody's data"""


def routes() -> list[BaseRoute]:
    app = create_app(Services(Settings(), Database("postgresql://nobody@127.0.0.1:1/none")))
    return list(walk(app.routes))


def walk(found: list[BaseRoute]) -> Iterator[BaseRoute]:
    for route in found:
        inner = getattr(route, "effective_routes", None) or getattr(route, "original_router", None)
        if inner is not None and not isinstance(route, APIRoute | APIWebSocketRoute):
            yield from walk(list(getattr(inner, "routes", inner)))
        else:
            yield route


def test_every_route_declares_exactly_one_permission() -> None:
    seen = set()
    sockets = set()
    for route in routes():
        if isinstance(route, Mount):
            assert route.path == "", "nothing but the page is mounted"
            continue
        if not isinstance(route, APIRoute | APIWebSocketRoute):
            assert isinstance(route, Route)
            assert route.path in FRAMEWORK, route
            continue
        declared = declared_access(route.dependant)
        assert len(declared) == 1, f"{route.path} declares {declared}"
        methods = route.methods if isinstance(route, APIRoute) else {"WEBSOCKET"}
        for method in methods:
            assert isinstance(declared[0], Requirement) == ((method, route.path) not in PUBLIC), route.path
            seen.add((method, route.path))
        if isinstance(route, APIWebSocketRoute):
            sockets.add(route.path)
    assert seen >= PUBLIC
    assert sockets == {"/api/live", "/api/phone/ws"}
    assert len(seen) > 40


def test_a_route_that_declares_nothing_is_noticed() -> None:
    app = create_app(Services(Settings(), Database("postgresql://nobody@127.0.0.1:1/none")))

    @app.get("/api/forgotten")
    async def forgotten() -> None: ...

    (route,) = (r for r in walk(app.routes) if isinstance(r, APIRoute) and r.path == "/api/forgotten")
    assert declared_access(route.dependant) == []


def test_pending_password_opens_only_what_is_needed_to_change_it() -> None:
    lenient = {
        route.path
        for route in routes()
        if isinstance(route, APIRoute | APIWebSocketRoute)
        for declared in declared_access(route.dependant)
        if isinstance(declared, Requirement) and declared.with_pending_password
    }
    assert lenient == {"/api/session", "/api/session/password"}


ASKED_WITHIN = {Permission.SHARE_FILTERS}
"""by a route that others use too: what they may not do there is refused, and tested beside the feature"""


def test_every_role_is_described_and_no_permission_is_forgotten() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.ADMINISTRATOR] == set(Permission)
    assert PERMISSIONS[Role.OPERATOR] < PERMISSIONS[Role.SUPERVISOR] < PERMISSIONS[Role.ADMINISTRATOR]
    used = {
        declared.permission
        for route in routes()
        if isinstance(route, APIRoute | APIWebSocketRoute)
        for declared in declared_access(route.dependant)
        if isinstance(declared, Requirement)
    }
    assert used | ASKED_WITHIN == set(Permission)
    assert not used & ASKED_WITHIN


def test_operation_ids_are_function_names_and_unique() -> None:
    document = openapi_document()
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids))
    assert {"sign_in", "list_queues", "publish_configuration"} <= set(ids)
    body = document["components"]["schemas"]["ErrorBody"]
    assert set(body["required"]) == {"code", "message"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_refusal_of_the_core_has_words() -> None:
    core = Path(kaska.core.__file__).parent
    codes = set()
    for file in core.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                codes |= {n.value for a in node.args for n in ast.walk(a) if isinstance(n, ast.Constant)} - {None}
    assert len(codes) > 5
    assert {code for code in codes if isinstance(code, str) and code not in REFUSALS} == set()
    assert all(set(texts) == {"ru", "en"} for texts in REFUSALS.values())
