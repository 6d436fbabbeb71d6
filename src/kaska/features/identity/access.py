"""``require(permission)``: the dependency by which every route says who may use it.

Works for HTTP and WebSocket routes. Who asks is told by the session's cookie or by a key (``Authorization: Bearer``).
With a cookie the CSRF token is checked for unsafe methods and the Origin for WebSockets: no page can send a key.
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
KEY_PREFIX = "kaska_"
"""how every key begins, so that it is known as one wherever it lies"""
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """Who is asking. ``id`` is also the agent's identifier; that of a key is "key:ID".

    ``granted``: what a key may do instead of what its role may. ``only_reads``: refused whatever changes anything.
    """

    tenant: str
    id: str
    login: str
    name: str
    role: Role
    locale: str
    must_change_password: bool
    csrf: str
    token_hash: bytes
    granted: frozenset[Permission] | None = None
    only_reads: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self.role] if self.granted is None else self.granted


@dataclass(frozen=True, slots=True)
class Requirement:
    """Resolves to the CurrentUser, or raises one of the errors named in the imports above."""

    permission: Permission
    with_pending_password: bool = False

    async def __call__(self, connection: HTTPConnection) -> CurrentUser:
        user = await holder(connection, counted=True)
        if user is None:
            raise NotSignedIn
        if user.locale:
            connection.state.language = user.locale
        connection.state.user = user
        if _bearer(connection) is None:
            _check_page(connection, user)
        if user.only_reads and connection.scope.get("method", "GET") not in SAFE_METHODS:
            raise Forbidden
        if user.must_change_password and not self.with_pending_password:
            raise PasswordChangeRequired
        if self.permission not in user.permissions:
            raise Forbidden
        return user


async def holder(connection: HTTPConnection, *, counted: bool = False) -> CurrentUser | None:
    """Who asks by this connection; None when nobody known does. ``counted``: against the key's limit.

    Raises DatabaseAway when that cannot be known, and what ``Keys.find`` raises.
    """
    token = _bearer(connection)
    if token is None:
        token = connection.cookies.get(COOKIE, "")
    if not token:
        return None
    state = connection.app.state
    found: CurrentUser | None = (
        await state.keys.find(token, counted=counted)
        if token.startswith(KEY_PREFIX)
        else await state.sessions.find(token)
    )
    return found


def _bearer(connection: HTTPConnection) -> str | None:
    """The key in the Authorization header; None when there is none, so that a proxy's own password is none of ours."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip().startswith(KEY_PREFIX) else None


def _check_page(connection: HTTPConnection, user: CurrentUser) -> None:
    """The cookie came from our own page."""
    if connection.scope["type"] == "websocket":
        check_origin(connection, needed=True)
    elif connection.scope["method"] not in SAFE_METHODS:
        check_origin(connection, needed=False)
        # compared as bytes: a header may carry anything, and compare_digest refuses non-ASCII text
        given = connection.headers.get(CSRF_HEADER, "").encode()
        if not hmac.compare_digest(given, user.csrf.encode()):
            raise CsrfFailed


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
