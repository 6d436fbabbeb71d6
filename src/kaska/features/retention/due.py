"""Which recordings have been kept long enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import contacts
from kaska.features.customers.public import phones_of
from kaska.features.retention import holds
from kaska.features.retention.rules import KeepingRule, deletes_after
from kaska.features.retention.tables import recording_deletions
from kaska.kit.database import one_of


@dataclass(frozen=True, slots=True)
class Overdue:
    """A recording that ``rule`` (its place in the list) lets go of."""

    contact: str
    name: str
    seconds: float
    project: str
    direction: str
    ended_at: datetime
    rule: int


Place = tuple[datetime, str]
"""where a page ended"""


def _fits(rule: KeepingRule) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if rule.projects:
        found.append(contacts.c.project.in_(rule.projects))
    if rule.direction:
        found.append(contacts.c.direction == rule.direction)
    return and_(*found)


def _rule(rules: Sequence[KeepingRule]) -> ColumnElement[int]:
    """The place of the rule that decides, -1 when none does."""
    return case(*((_fits(rule), place) for place, rule in enumerate(rules)), else_=-1)


def _overdue(tenant: str, rules: Sequence[KeepingRule], now: datetime) -> ColumnElement[bool]:
    own = _rule(rules)
    kept_long_enough = [
        and_(own == place, contacts.c.ended_at < now - timedelta(days=rule.days))
        for place, rule in enumerate(rules)
        if rule.days
    ]
    decided = exists().where(
        recording_deletions.c.tenant == contacts.c.tenant, recording_deletions.c.contact == contacts.c.id
    )
    return and_(
        contacts.c.tenant == tenant,
        contacts.c.recording != "",
        contacts.c.recording_deleted_at.is_(None),
        contacts.c.ended_at < now - timedelta(days=deletes_after(rules)),
        or_(*kept_long_enough),
        not_(decided),
    )


async def _is_held(connection: AsyncConnection, tenant: str, now: datetime) -> ColumnElement[bool]:
    people = await holds.held(connection, tenant, holds.CUSTOMER, now)
    digits = [number.lstrip("+") for number in await phones_of(connection, tenant, people)]
    return or_(
        contacts.c.id.in_(await holds.held(connection, tenant, holds.CONTACT, now)),
        and_(contacts.c.digits != "", contacts.c.digits.in_(digits)),
    )


async def overdue(
    connection: AsyncConnection,
    tenant: str,
    rules: Sequence[KeepingRule],
    now: datetime,
    *,
    after: Place | None = None,
    among: Sequence[str] | None = None,
    limit: int,
) -> list[Overdue]:
    """Recordings that may be deleted now and are not held, the oldest first. ``among``: only of these contacts."""
    if not deletes_after(rules):
        return []
    c = contacts.c
    query = select(c.id, c.recording, c.recording_seconds, c.project, c.direction, c.ended_at, _rule(rules)).where(
        _overdue(tenant, rules, now), not_(await _is_held(connection, tenant, now))
    )
    if after is not None:
        query = query.where(tuple_(c.ended_at, c.id) > tuple_(*after))
    if among is not None:
        query = query.where(one_of(c.id, among))
    return [Overdue(*row) for row in await connection.execute(query.order_by(c.ended_at, c.id).limit(limit))]


async def counted(
    connection: AsyncConnection, tenant: str, rules: Sequence[KeepingRule], now: datetime
) -> tuple[dict[int, int], int]:
    """(place of a rule → how many recordings it would delete now, how many of them all are held)."""
    if not deletes_after(rules):
        return {}, 0
    is_held = await _is_held(connection, tenant, now)
    going = select(_rule(rules).label("own"), is_held.label("held")).where(_overdue(tenant, rules, now)).subquery()
    query = select(going.c.own, func.count().filter(not_(going.c.held)), func.count().filter(going.c.held))
    rows = (await connection.execute(query.group_by(going.c.own))).all()
    return {row[0]: row[1] for row in rows}, sum(row[2] for row in rows)
