"""``require(permission)``: the dependency by which every route says who may use it.

Works for HTTP and WebSocket routes. For unsafe methods it also checks the CSRF token, for WebSockets the Origin.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import HTTPConnection

from kaska.features.identity.errors import (
    CsrfFailed,
    Forbidden,
    ForeignOrigin,
    NotSignedIn,
    PasswordChangeRequired,
)
from kaska.features.identity.permissions import PERMISSIONS, Permission, Role

COOKIE = "kaska_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """Who is asking. ``id`` is also the agent's identifier."""

    tenant: str
    id: str
    login: str
    name: str
    role: Role
    locale: str
    must_change_password: bool
    csrf: str
    token_hash: bytes

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Resolves to the CurrentUser, or raises one of the errors named in the imports above."""

    permission: Permission
    with_pending_password: bool = False

    async def __call__(self, connection: HTTPConnection) -> CurrentUser:
        token = connection.cookies.get(COOKIE, "")
        user: CurrentUser | None = await connection.app.state.sessions.find(token) if token else None
        if user is None:
            raise NotSignedIn
        connection.state.language = user.locale
        connection.state.user = user
        if connection.scope["type"] == "websocket":
            check_origin(connection, needed=True)
        elif connection.scope["method"] not in SAFE_METHODS:
            check_origin(connection, needed=False)
            # compared as bytes: a header may carry anything, and compare_digest refuses non-ASCII text
            given = connection.headers.get(CSRF_HEADER, "").encode()
            if not hmac.compare_digest(given, user.csrf.encode()):
                raise CsrfFailed
        if user.must_change_password and not self.with_pending_password:
            raise PasswordChangeRequired
        if self.permission not in user.permissions:
            raise Forbidden
        return user


@dataclass(frozen=True, slots=True)
class Public:
    """Marks a route that anybody may use."""

    async def __call__(self) -> None:
        return None


def require(permission: Permission, *, with_pending_password: bool = False) -> Any:
    """``user: Annotated[CurrentUser, require(Permission.READ_CALLS)]``."""
    return Depends(Requirement(permission, with_pending_password))


public: Any = Depends(Public())
"""``@router.get(..., dependencies=[public])``"""


def check_origin(connection: HTTPConnection, *, needed: bool) -> None:
    """A browser tells where the page that asks came from; it must be our own page.

    ``needed``: refuse also when nothing is told (WebSockets, which no CSRF token protects).
    """
    origin = connection.headers.get("origin")
    if origin is None:
        if needed:
            raise ForeignOrigin
        return
    if urlsplit(origin).netloc.lower() != connection.headers.get("host", "").lower():
        raise ForeignOrigin


def declared_access(dependant: Any) -> list[Requirement | Public]:
    """Everything that a route's dependency tree declares about access (for the test that enumerates routes)."""
    found = [dependant.call] if isinstance(dependant.call, Requirement | Public) else []
    for child in dependant.dependencies:
        found += declared_access(child)
    return found
