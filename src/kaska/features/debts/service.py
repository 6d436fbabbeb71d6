"""What can be done with the debt book."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.events import CallbackRequested, DebtGiven, DebtWrittenOff
from kaska.core.facts import TYPE_NAMES
from kaska.core.ports import Inbox, Refused
from kaska.features.agents.public import read_agents
from kaska.features.calls.public import (
    Names,
    StoryText,
    briefs,
    local_zone,
    moment,
    names_of,
    plain,
    read_cursor,
    tell,
    write_cursor,
)
from kaska.features.debts import repository
from kaska.features.debts.errors import DebtAlreadyClosed, DebtNotFound, NowhereToCall
from kaska.features.debts.rules import read_debt_rules
from kaska.features.debts.schemas import (
    Assigned,
    Assignment,
    Debt,
    DebtFigures,
    DebtPage,
    DebtQuery,
    DebtStoryLine,
    Recovery,
    RecoveryQuery,
    RecoveryRow,
)
from kaska.features.engine_door import ask
from kaska.features.identity.public import CurrentUser
from kaska.features.queues.public import read_queues
from kaska.ledger.codec import decode_fact


async def find(connection: AsyncConnection, user: CurrentUser, query: DebtQuery, now: datetime) -> DebtPage:
    """One page of the debt book."""
    queues = await queues_of(connection, user) if query.scope == "queues" else ()
    asker = repository.Asker(user.id, queues)
    after = read_cursor(query.cursor) if query.cursor else None
    rows = await repository.page(connection, user.tenant, query, asker=asker, now=now, after=after)
    shown = rows[: query.limit]
    following = None
    if len(rows) > query.limit:
        last = shown[-1]
        following = write_cursor(getattr(last, repository.place_column(query).name), last.id)
    return DebtPage(items=await described(connection, user.tenant, shown, now), next_cursor=following)


async def queues_of(connection: AsyncConnection, user: CurrentUser) -> tuple[str, ...]:
    """Queues whose contacts this person may take, by his skills; () for somebody who is no agent."""
    agent = (await read_agents(connection, user.tenant)).get(user.id)
    if agent is None:
        return ()
    queues = await read_queues(connection, user.tenant)
    return tuple(
        queue.id
        for queue in queues.values()
        if all(agent.skills.get(skill, 0) >= level for skill, level in queue.requires.items())
    )


async def story(connection: AsyncConnection, tenant: str, id: str) -> list[DebtStoryLine]:
    """Everything that happened to a debt, in words. :raises DebtNotFound:"""
    if await repository.debt(connection, tenant, id) is None:
        raise DebtNotFound
    rows = await repository.story(connection, tenant, plain(id))
    told = [(row.position, decode_fact(row.type, json.dumps(row.body))) for row in rows]
    owners = {str(getattr(fact, "owner", "")).partition(":")[2] for _, fact in told}
    people = {str(getattr(fact, field, "")) for _, fact in told for field in ("agent", "by")}
    names = await names_of(connection, tenant, owners | people)
    return [
        DebtStoryLine(
            position=position,
            at=moment(fact.at),
            type=TYPE_NAMES[type(fact)],
            contact=getattr(fact, "contact", ""),
            text=StoryText(ru=tell(fact, "ru", names), en=tell(fact, "en", names)),
            until=moment(fact.until) if getattr(fact, "until", 0.0) else None,  # type: ignore[union-attr]  # asked for
        )
        for position, fact in told
    ]


async def one(connection: AsyncConnection, tenant: str, id: str, now: datetime) -> Debt:
    """:raises DebtNotFound:"""
    row = await repository.debt(connection, tenant, id)
    if row is None:
        raise DebtNotFound
    return (await described(connection, tenant, [row], now))[0]


async def described(connection: AsyncConnection, tenant: str, rows: Sequence[Row[Any]], now: datetime) -> list[Debt]:
    """Debts with what the journal knows of the contacts that left them."""
    told = await briefs(connection, tenant, {row.contact for row in rows})
    people = {person for row in rows for person in (row.last_attempt_by, row.closed_by, row.claimed_by)}
    owners = {row.owner.partition(":")[2] for row in rows}
    names = await names_of(
        connection, tenant, people | owners | {id for row in rows for id in (row.project, row.queue)}
    )
    rules = await read_debt_rules(connection, tenant)
    described = []
    for row in rows:
        contact = told.get(row.contact)
        described.append(
            Debt.model_validate(
                {
                    **row._mapping,
                    **_named(row, names),
                    **_claim(row, names, now),
                    "tries_most": rules[row.project].tries if row.project in rules else 0,
                    "caller_name": contact.caller_name if contact else "",
                    "number": contact.number if contact else "",
                    "message": contact.message if contact else "",
                    "message_seconds": contact.message_seconds if contact else 0.0,
                    "fax_pages": contact.fax_pages if contact and contact.fax else 0,
                    "status": "open" if row.closed_at is None else "closed",
                    "overdue": (row.closed_at or now) > row.due_at,
                }
            )
        )
    return described


def _named(row: Row[Any], names: Names) -> dict[str, str]:
    kind, _, owner = row.owner.partition(":")
    return {
        "owner_name": names.get((kind, owner), owner),
        "queue_name": names.get(("queue", row.queue), row.queue),
        "project_name": names.get(("project", row.project), row.project),
        "last_attempt_by_name": names.get(("agent", row.last_attempt_by), row.last_attempt_by),
        "closed_by_name": names.get(("agent", row.closed_by), row.closed_by),
    }


def _claim(row: Row[Any], names: Names, now: datetime) -> dict[str, Any]:
    """Who works on it, as long as he keeps others from it."""
    held = row.claimed_until is not None and row.claimed_until > now and row.closed_at is None
    by = row.claimed_by if held else ""
    name = names.get(("agent", by), by)
    return {"claimed_by": by, "claimed_by_name": name, "claimed_until": row.claimed_until if held else None}


async def figures(connection: AsyncConnection, tenant: str, now: datetime, timezone: str) -> DebtFigures:
    """:raises UnknownTimezone:"""
    start, end = local_day(now, timezone)
    counts = await repository.figures(connection, tenant, now, start, end)
    recovered, opened = counts.pop("opened_and_recovered"), counts["opened_today"]
    return DebtFigures(timezone=timezone, recovered_share=recovered / opened if opened else None, **counts)


async def recovery(connection: AsyncConnection, tenant: str, asked: RecoveryQuery, now: datetime) -> Recovery:
    """How soon those whom we owed were served. :raises UnknownTimezone:"""
    today = now.astimezone(local_zone(asked.timezone)).date()
    until = asked.until or today
    since = asked.since or until - timedelta(days=29)
    opened = (
        repository.day_start(since, asked.timezone),
        repository.day_start(until + timedelta(days=1), asked.timezone),
    )
    [whole] = await repository.recovery(connection, tenant, now, opened, "")
    rows = await repository.recovery(connection, tenant, now, opened, asked.by)
    kind = {"project": "project", "queue": "queue", "agent": "agent"}.get(asked.by, "")
    names = await names_of(connection, tenant, {row.key for row in rows}) if kind else {}
    return Recovery(
        since=since,
        until=until,
        timezone=asked.timezone,
        total=_recovery_row(whole, ""),
        rows=[_recovery_row(row, names.get((kind, row.key), row.key)) for row in rows],
    )


def _recovery_row(row: Row[Any], name: str) -> RecoveryRow:
    share = (row.by_us + row.came_back) / row.opened if row.opened else None
    return RecoveryRow.model_validate({**row._mapping, "name": name, "recovered_share": share})


def local_day(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """[start, end) in UTC of the day of ``now`` in ``timezone``: 23, 24 or 25 hours. :raises UnknownTimezone:"""
    zone = local_zone(timezone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)


async def check_open(connection: AsyncConnection, tenant: str, id: str) -> Row[Any]:
    """The debt when it is open. :raises DebtNotFound, DebtAlreadyClosed:"""
    row = await repository.debt(connection, tenant, id)
    if row is None:
        raise DebtNotFound
    if row.closed_at is not None:
        raise DebtAlreadyClosed
    return row


async def check_known(connection: AsyncConnection, tenant: str, ids: Sequence[str]) -> None:
    """:raises DebtNotFound: when one of them is not in this company's book"""
    if not await repository.all_known(connection, tenant, [plain(id) for id in ids]):
        raise DebtNotFound


async def call_back(inbox: Inbox, user: CurrentUser, debt: Row[Any]) -> str:
    """Have the engine ring ``user`` and then the debtor; returns the new contact. :raises NowhereToCall, Refused:"""
    if not debt.customer:
        raise NowhereToCall
    contact = f"out-{uuid4().hex}"
    await ask(inbox, CallbackRequested(at=await inbox.now(), agent=user.id, debt=debt.id, contact=contact))
    return contact


async def assign(inbox: Inbox, user: CurrentUser, given: Assignment) -> Assigned:
    """One after another; a debt that was closed meanwhile stops nobody. :raises Refused, EngineAway:"""
    closed = []
    for debt in dict.fromkeys(given.debts):
        try:
            await inbox.submit(DebtGiven(at=await inbox.now(), debt=debt, owner=given.owner, by=user.id))
        except Refused as refused:
            if refused.code != "debt_closed":
                raise
            closed.append(debt)
    return Assigned(assigned=len(set(given.debts)) - len(closed), closed=closed)


async def write_off(inbox: Inbox, user: CurrentUser, debt: str, reason: str) -> None:
    """:raises Refused, EngineAway:"""
    await inbox.submit(DebtWrittenOff(at=await inbox.now(), debt=debt, by=user.id, reason=reason))
