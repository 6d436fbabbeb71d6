"""What other features use of the journal of contacts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.card import Card, Folder, fold, moment, opened, plain, searchable
from kaska.features.calls.choosing import chosen, phone_matches
from kaska.features.calls.errors import ContactNotFound, NotYourContact, UnknownTimezone
from kaska.features.calls.export import BOM, neutral
from kaska.features.calls.leaked import RECOVERED, ran_out
from kaska.features.calls.masking import ERASED, mask, masked
from kaska.features.calls.repository import Place, read_cursor, write_cursor
from kaska.features.calls.schemas import ContactChoice, ContactPage, ContactSummary, StoryText
from kaska.features.calls.service import local_zone, names_of, summaries
from kaska.features.calls.story import tell
from kaska.features.calls.story_teller import Names
from kaska.features.calls.tables import contacts, legs
from kaska.features.calls.wording import AGENT_REASONS, AGENT_STATES, CAUSES, OUTCOMES, word
from kaska.kit.database import one_of

__all__ = [
    "AGENT_REASONS",
    "AGENT_STATES",
    "BOM",
    "CAUSES",
    "ERASED",
    "OUTCOMES",
    "RECOVERED",
    "Brief",
    "Card",
    "ContactChoice",
    "ContactNotFound",
    "ContactPage",
    "ContactSummary",
    "Folder",
    "Met",
    "Names",
    "NotYourContact",
    "Place",
    "StoryText",
    "UnknownTimezone",
    "anybody_answered",
    "brief",
    "briefs",
    "chosen",
    "contacts",
    "ended_between",
    "fold",
    "going_on",
    "last_by_trunk",
    "legs",
    "local_zone",
    "mask",
    "masked",
    "met",
    "moment",
    "names_of",
    "neutral",
    "of_numbers",
    "opened",
    "page_of_numbers",
    "phone_matches",
    "plain",
    "ran_out",
    "read_cursor",
    "searchable",
    "summaries",
    "talked_unrecorded",
    "tell",
    "word",
    "write_cursor",
]


LOOKED_BACK = 5000


@dataclass(frozen=True, slots=True)
class Brief:
    """A contact in the few words that others need. Durations are seconds; ``ended_at`` is None while it lives."""

    id: str
    direction: str
    channel: str
    number: str
    caller: str
    customer: str
    caller_name: str
    source: str
    arrived_at: datetime
    ended_at: datetime | None
    outcome: str
    cause: str
    callback_promised_at: datetime | None
    agents: list[str]
    connected_at: datetime | None
    talk_seconds: float
    recording: str
    recording_seconds: float
    recording_problem: str
    recording_deleted_at: datetime | None
    recording_deleted_rule: str
    message: str
    message_seconds: float
    fax: str
    fax_pages: int
    fax_problem: str
    debt: str


_COLUMNS = [contacts.c[name] for name in Brief.__slots__]


async def briefs(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, Brief]:
    """The contacts among ``ids`` that the journal has, by identifier."""
    if not ids:
        return {}
    query = select(*_COLUMNS).where(contacts.c.tenant == tenant, one_of(contacts.c.id, [plain(id) for id in ids]))
    return {row[0]: Brief(*row) for row in await connection.execute(query)}


async def brief(connection: AsyncConnection, tenant: str, id: str) -> Brief:
    """:raises ContactNotFound: also when it is another tenant's."""
    found = await briefs(connection, tenant, [id])
    if not found:
        raise ContactNotFound
    return next(iter(found.values()))


async def ended_between(connection: AsyncConnection, tenant: str, since: datetime, until: datetime) -> list[Brief]:
    """Contacts by voice that ended in [since, until), oldest first."""
    query = (
        select(*_COLUMNS)
        .where(contacts.c.tenant == tenant, contacts.c.channel == "voice")
        .where(contacts.c.ended_at >= since, contacts.c.ended_at < until)
        .order_by(contacts.c.ended_at, contacts.c.id)
    )
    return [Brief(*row) for row in await connection.execute(query)]


async def going_on(connection: AsyncConnection, tenant: str) -> dict[str, Brief]:
    """Contacts by voice that came to us and have not ended."""
    query = select(*_COLUMNS).where(
        contacts.c.tenant == tenant,
        contacts.c.ended_at.is_(None),
        contacts.c.channel == "voice",
        contacts.c.direction != "outbound",
    )
    return {row[0]: Brief(*row) for row in await connection.execute(query)}


async def talked_unrecorded(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, limit: int = 100
) -> list[str]:
    """Contacts that talked and ended in [since, until), of whose recording nothing was ever told; oldest first."""
    query = (
        select(contacts.c.id)
        .where(contacts.c.tenant == tenant, contacts.c.connected_at.is_not(None))
        .where(contacts.c.recording == "", contacts.c.recording_problem == "")
        .where(contacts.c.ended_at >= since, contacts.c.ended_at < until)
        .order_by(contacts.c.ended_at)
        .limit(limit)
    )
    return list((await connection.execute(query)).scalars())


def _with(tenant: str, numbers: Collection[str]) -> ColumnElement[bool]:
    return (contacts.c.tenant == tenant) & one_of(contacts.c.digits, [number.lstrip("+") for number in numbers])


async def page_of_numbers(
    connection: AsyncConnection, tenant: str, numbers: Collection[str], *, cursor: str, limit: int
) -> ContactPage:
    """Contacts with these numbers (E.164), newest first, page by page. :raises WrongCursor:"""
    query = select(contacts).where(_with(tenant, numbers))
    if cursor:
        query = query.where(tuple_(contacts.c.arrived_at, contacts.c.id) < tuple_(*read_cursor(cursor)))
    query = query.order_by(contacts.c.arrived_at.desc(), contacts.c.id.desc()).limit(limit + 1)
    rows = (await connection.execute(query)).all()
    shown = rows[:limit]
    following = write_cursor(shown[-1].arrived_at, shown[-1].id) if len(rows) > limit else None
    return ContactPage(items=await summaries(connection, tenant, shown), next_cursor=following)


async def of_numbers(connection: AsyncConnection, tenant: str, numbers: Collection[str]) -> list[Brief]:
    """All contacts with these numbers (E.164), oldest first."""
    query = select(*_COLUMNS).where(_with(tenant, numbers)).order_by(contacts.c.arrived_at, contacts.c.id)
    return [Brief(*row) for row in await connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Met:
    """How often we had to do with a number. ``first`` and ``last`` are times of arrival."""

    contacts: int
    first: datetime
    last: datetime


async def met(connection: AsyncConnection, tenant: str, numbers: Collection[str], *, but: str = "") -> dict[str, Met]:
    """E.164 → what the journal knows of it, contact ``but`` left out; numbers without contacts are missing."""
    query = (
        select(contacts.c.digits, func.count(), func.min(contacts.c.arrived_at), func.max(contacts.c.arrived_at))
        .where(_with(tenant, numbers), contacts.c.id != plain(but))
        .group_by(contacts.c.digits)
    )
    return {f"+{row[0]}": Met(*row[1:]) for row in await connection.execute(query)}


async def last_by_trunk(connection: AsyncConnection) -> dict[str, RowMapping]:
    """trunk → id, arrived_at, outcome of the newest contact by it, of the newest LOOKED_BACK contacts."""
    newest = select(contacts.c.id, contacts.c.trunk, contacts.c.arrived_at, contacts.c.outcome)
    looked = newest.order_by(contacts.c.arrived_at.desc(), contacts.c.id.desc()).limit(LOOKED_BACK).subquery()
    by_trunk = select(looked).ext(distinct_on(looked.c.trunk)).where(looked.c.trunk != "")
    found = await connection.execute(by_trunk.order_by(looked.c.trunk, looked.c.arrived_at.desc()))
    return {row["trunk"]: row for row in found.mappings()}


async def anybody_answered(connection: AsyncConnection) -> bool:
    """Whether any contact was ever talked with."""
    talked = select(contacts.c.id).where(contacts.c.connected_at.is_not(None)).limit(1)
    return (await connection.execute(talked)).first() is not None
