"""The written trace of who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, insert, literal_column, select
from sqlalchemy.dialects.postgresql import JSONPATH, distinct_on
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.difference import difference
from kaska.features.identity.tables import audit_log, users

UNTOLD = frozenset({"tenant", "password_hash", "secret"})
"""columns that never get into the trace"""
UNNAMED = frozenset({"calls", "customers", "recordings", "retention"})
"""what was done to contacts and persons: they have no name that the trace may tell"""
BY_KEY = "key:"
"""how the identifier of a program begins that came with a key"""
NAME_PATHS = tuple(
    f"$.changes[*] ? ({fields}).{when}{inner}"
    for when in ("after", "before")
    for fields, inner in (('@.field == "name" || @.field == "document.name"', ""), ('@.field == "document"', ".name"))
)
"""where a saved name stands in the list of changes: of a row, or of the document that a row keeps"""


async def write(
    connection: AsyncConnection,
    *,
    tenant: str,
    user: str,
    action: str,
    object: str,
    details: dict[str, Any] | None = None,
    called: str = "",
) -> None:
    """Adds a line in the transaction of ``connection`` (a ``Database.tenant`` one): the deed and its trace are one.

    ``action`` is feature.verb ("people.create", "recordings.listen"); ``details`` never holds a secret. ``called`` is
    what people call the object, whose identifier tells them nothing.
    """
    told = {**(details or {}), "called": called} if called else details or {}
    await connection.execute(
        insert(audit_log).values(
            tenant=tenant, at=datetime.now(UTC), user_id=user, action=action, object=object, details=told
        )
    )


async def write_once(
    connection: AsyncConnection, *, tenant: str, user: str, action: str, object: str, details: dict[str, Any]
) -> None:
    """As ``write``, of a fact of the ledger: once, however often it is read. ``details`` names its ``position``."""
    told = select(audit_log.c.id).where(
        audit_log.c.action == action, audit_log.c.details["position"].as_integer() == details["position"]
    )
    if (await connection.execute(told.limit(1))).first() is None:
        await write(connection, tenant=tenant, user=user, action=action, object=object, details=details)


async def write_change(
    connection: AsyncConnection,
    *,
    tenant: str,
    user: str,
    action: str,
    object: str,
    before: Mapping[Any, Any] | None,
    after: Mapping[Any, Any] | None,
    called: str = "",
) -> None:
    """Adds a line with what the row said before and after, field by field; none when nothing changed."""
    changes = difference(_told(before), _told(after))
    if changes or before is None:
        await write(
            connection,
            tenant=tenant,
            user=user,
            action=action,
            object=object,
            details={"changes": list(changes)},
            called=called,
        )


def _told(row: Mapping[Any, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {name: value for name, value in row.items() if name not in UNTOLD}


async def read(
    connection: AsyncConnection,
    *,
    limit: int,
    before: int = 0,
    user: str = "",
    area: str = "",
    object: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[RowMapping]:
    """Lines newest first, those older than line ``before`` when it is given. ``area`` is an action's first word;
    ``object`` any part of what it was done to, or of what was changed."""
    lines = _lines()
    if before:
        lines = lines.where(audit_log.c.id < before)
    if user:
        lines = lines.where(audit_log.c.user_id == user)
    if area:
        lines = lines.where(func.split_part(audit_log.c.action, ".", 1) == area)
    if object:
        searched = audit_log.c.object + " " + cast(audit_log.c.details, String)
        lines = lines.where(searched.icontains(object, autoescape=True))
    if since is not None:
        lines = lines.where(audit_log.c.at >= since)
    if until is not None:
        lines = lines.where(audit_log.c.at < until)
    found: Sequence[RowMapping] = (
        (await connection.execute(lines.order_by(audit_log.c.id.desc()).limit(limit))).mappings().all()
    )
    return found


async def called(connection: AsyncConnection, tenant: str, lines: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """The lines, each with ``called``: what people called its object when it was last named; "" when it never was.

    What a key did is told by the key's name.
    """
    sought = {line["object"] for line in lines if _area(line["action"]) not in UNNAMED}
    sought |= {_key_of(line["user_id"]) for line in lines}
    name, area = _said_name(), func.split_part(audit_log.c.action, ".", 1)
    query = (
        select(area.label("area"), audit_log.c.object, name.label("called"))
        .ext(distinct_on(area, audit_log.c.object))
        .where(audit_log.c.tenant == tenant, audit_log.c.object.in_(sorted(sought)), name != "")
        .where(area.not_in(sorted(UNNAMED)))
        .order_by(area, audit_log.c.object, audit_log.c.id.desc())
    )
    known = {(row.area, row.object): row.called for row in await connection.execute(query)}
    return [
        {
            **line,
            "called": known.get((_area(line["action"]), line["object"]), ""),
            "user_name": line["user_name"] or known.get(("keys", _key_of(line["user_id"])), ""),
        }
        for line in lines
    ]


def _key_of(user: str) -> str:
    """ "" when it was no key."""
    return user.removeprefix(BY_KEY) if user.startswith(BY_KEY) else ""


def _area(action: str) -> str:
    return action.partition(".")[0]


def _said_name() -> ColumnElement[str]:
    """The name in a line: told with the deed, or what the saved name became, or what it was before."""
    found = [func.nullif(audit_log.c.details[field].astext, "") for field in ("called", "name")]
    for path in NAME_PATHS:
        said = func.jsonb_path_query_first(audit_log.c.details, cast(path, JSONPATH))
        found.append(func.nullif(said.op("#>>")(literal_column("'{}'")), ""))
    return func.coalesce(*found, "")


async def last_by(connection: AsyncConnection, kind: str, object: str) -> str:
    """Who changed it last, by name; "" when nobody is known."""
    lines = _lines().where(audit_log.c.object == object, func.split_part(audit_log.c.action, ".", 1) == kind)
    row = (await connection.execute(lines.order_by(audit_log.c.id.desc()).limit(1))).mappings().one_or_none()
    return str(row["user_name"] or row["user_id"]) if row is not None else ""


def _lines() -> Select[Any]:
    names = audit_log.outerjoin(users, (users.c.id == audit_log.c.user_id) & (users.c.tenant == audit_log.c.tenant))
    return select(audit_log, func.coalesce(users.c.name, "").label("user_name")).select_from(names)
