"""Writes what is to be told into the list of deliveries, in the transaction of what it tells of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import DebtClosed, DebtOpened
from kaska.features.calls.public import masked, moment
from kaska.features.webhooks import repository
from kaska.features.webhooks.happenings import KINDS, Event, events_of, project_of, told
from kaska.ledger.reader import LedgerFact, stories


class WebhooksProjection:
    """Each fact becomes a delivery once, because the position moves in the same transaction.

    It cannot be rebuilt (there is no ``clear``): everybody would be told everything again.
    """

    name = "webhooks"
    kinds = KINDS

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        tenant = facts[0].tenant
        hooks = await repository.listening(connection, tenant)
        wanted = [
            (entry, event)
            for entry in facts
            for event in events_of(entry.fact)
            if any(_listens(hook, event, moment(entry.at)) for hook in hooks)
        ]
        if not wanted:
            return
        about = {contact for entry, _ in wanted if (contact := contact_of(entry))}
        known = await stories(connection, tenant, about, facts[-1].position)
        hidden = await masked(connection, tenant, about)
        rows = []
        for entry, event in wanted:
            contact = contact_of(entry)
            body = told(entry, known.get(contact, []), hidden=contact in hidden)
            if body is None:
                continue
            document = {"event": event.value, "tenant": tenant, **body}
            rows += [
                _row(tenant, hook, event, document, contact=contact, position=entry.position)
                for hook in hooks
                if _listens(hook, event, moment(entry.at)) and hook["project"] in ("", project_of(body))
            ]
        await repository.add(connection, rows)


async def tell(connection: AsyncConnection, tenant: str, event: Event, at: datetime, body: Mapping[str, Any]) -> None:
    """Something that is no fact of the ledger, to all who listen. ``connection`` is of ``Database.tenant(tenant)``."""
    document = {**body, "event": event.value, "tenant": tenant}
    hooks = await repository.listening(connection, tenant)
    project = project_of(document)
    await repository.add(
        connection,
        [
            _row(tenant, hook, event, document)
            for hook in hooks
            if _listens(hook, event, at) and hook["project"] in ("", project)
        ],
    )


async def test(connection: AsyncConnection, tenant: str, hook: Mapping[Any, Any]) -> str:
    """An event that says nothing, to one webhook; returns the delivery's identifier."""
    now = datetime.now(UTC)
    at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    row = _row(tenant, hook, Event.TEST, {"event": Event.TEST.value, "tenant": tenant, "at": at})
    await repository.add(connection, [row])
    return str(row["id"])


def contact_of(entry: LedgerFact) -> str:
    """Whose story is told with the fact; "" for a debt that was closed without anybody talking."""
    fact = entry.fact
    return fact.contact if isinstance(fact, DebtOpened | DebtClosed) else entry.contact


def _listens(hook: Mapping[Any, Any], event: Event, at: datetime) -> bool:
    return event.value in hook["events"] and bool(at >= hook["since"])


def _row(
    tenant: str, hook: Mapping[Any, Any], event: Event, body: dict[str, Any], *, contact: str = "", position: int = 0
) -> dict[str, Any]:
    now = datetime.now(UTC)
    # the same event has the same name in every delivery to one webhook, so that receivers know twins
    seed = f"{tenant} {hook['id']} {event} {position or now.isoformat()} {contact} {sorted(map(str, body.items()))}"
    return {
        "tenant": tenant,
        "id": hashlib.sha256(seed.encode()).hexdigest()[:20],
        "webhook": hook["id"],
        "event": event.value,
        "contact": contact,
        "position": position,
        "body": body,
        "made_at": now,
        "next_at": now,
    }
