"""Two cards of one person become one, and can become two again. Nothing is lost on the way.

The contacts of a card are those of its numbers, so they follow the identities.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Table, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.customers import repository
from kaska.features.customers.errors import CannotMerge, CannotUndo
from kaska.features.customers.service import any_card
from kaska.features.customers.tables import consents, customers, identities, merges, notes
from kaska.features.identity.public import CurrentUser, audit

FILLED = ("name", "company", "position", "language", "agent")
"""taken over from the card that goes when the one that stays has nothing there"""


async def merge(connection: AsyncConnection, user: CurrentUser, kept_id: str, gone_id: str, now: datetime) -> str:
    """Take ``gone_id`` into ``kept_id``; returns the merge's identifier. :raises CustomerNotFound, CannotMerge:"""
    # locked in one order, so that two people who merge the same cards the other way round do not wait for ever
    locked = {id: await any_card(connection, user.tenant, id, lock=True) for id in sorted({kept_id, gone_id})}
    kept, gone = locked[kept_id], locked[gone_id]
    if kept.id == gone.id or kept.merged_into or gone.merged_into or kept.kind != gone.kind:
        raise CannotMerge
    moved = await _move_things(connection, user.tenant, kept.id, gone.id)
    fields = taken_over(kept, gone)
    moved["fields"] = {name: [getattr(kept, name), value] for name, value in fields.items()}
    await repository.change(connection, user.tenant, kept.id, now, **fields)
    await repository.change(connection, user.tenant, gone.id, now, merged_into=kept.id)
    await repository.reindex(connection, user.tenant, [kept.id, gone.id, *moved["people"]])
    id = uuid4().hex
    await repository.add(
        connection, merges, tenant=user.tenant, id=id, kept=kept.id, gone=gone.id, moved=moved, by=user.id, at=now
    )
    await _write_down(connection, user, "merge", kept.id, {"gone": gone.id, "merge": id})
    return id


def taken_over(kept: Row[Any], gone: Row[Any]) -> dict[str, Any]:
    """What of ``gone`` goes onto ``kept``: what is empty there, VIP, tags, custom fields that have no value."""
    fields: dict[str, Any] = {
        name: getattr(gone, name) for name in FILLED if getattr(gone, name) and not getattr(kept, name)
    }
    if fields.get("company") == kept.id:
        del fields["company"]
    if gone.vip and not kept.vip:
        fields["vip"] = True
    tags = list(dict.fromkeys([*kept.tags, *gone.tags]))
    if tags != kept.tags:
        fields["tags"] = tags
    custom = {project: {**gone.custom.get(project, {}), **kept.custom.get(project, {})}
              for project in sorted({*kept.custom, *gone.custom})}  # fmt: skip
    if custom != kept.custom:
        fields["custom"] = custom
    return fields


async def _move_things(connection: AsyncConnection, tenant: str, kept: str, gone: str) -> dict[str, Any]:
    known = (await repository.identities_of(connection, tenant, [gone]))[gone]
    moved: dict[str, Any] = {"identities": [[one.kind, one.value] for one in known]}
    for name, table in (("notes", notes), ("consents", consents)):
        moved[name] = [row.id for row in await repository.hanging(connection, tenant, table, gone)]
    belonging = select(customers.c.id).where(customers.c.tenant == tenant, customers.c.company == gone)
    moved["people"] = list((await connection.execute(belonging.order_by(customers.c.id))).scalars())
    await _move(connection, tenant, moved, gone, kept)
    return moved


async def _move(connection: AsyncConnection, tenant: str, moved: dict[str, Any], source: str, target: str) -> None:
    """Identities, notes, consents and a company's people that are with ``source`` still go to ``target``."""
    pairs = [(kind, value) for kind, value in moved["identities"]]
    at_source = (identities.c.tenant == tenant) & (identities.c.customer == source)
    these = tuple_(identities.c.kind, identities.c.value).in_(pairs)
    if pairs:
        await connection.execute(update(identities).where(at_source, these).values(customer=target))
    things: Sequence[tuple[str, Table, str]] = (
        ("notes", notes, "customer"),
        ("consents", consents, "customer"),
        ("people", customers, "company"),
    )
    for name, table, column in things:
        mine = (table.c.tenant == tenant) & (table.c[column] == source) & table.c.id.in_(moved[name])
        if moved[name]:
            await connection.execute(update(table).where(mine).values({column: target}))


async def undo(connection: AsyncConnection, user: CurrentUser, kept_id: str, merge_id: str, now: datetime) -> None:
    """Both cards as they were; what was written on the one that stayed since then stays there.

    :raises CustomerNotFound, CannotUndo:
    """
    kept = await any_card(connection, user.tenant, kept_id, lock=True)
    done = await repository.merge(connection, user.tenant, merge_id)
    if done is None or done.kept != kept.id or done.undone_at is not None or kept.merged_into:
        raise CannotUndo
    gone = await any_card(connection, user.tenant, done.gone, lock=True)
    later = [one for one in await repository.merges_of(connection, user.tenant, kept.id) if one.undone_at is None]
    if later[0].id != done.id:  # it stands on the fields that this one made
        raise CannotUndo
    await _move(connection, user.tenant, done.moved, kept.id, gone.id)
    fields = {name: before for name, (before, after) in done.moved["fields"].items() if getattr(kept, name) == after}
    await repository.change(connection, user.tenant, kept.id, now, **fields)
    await repository.change(connection, user.tenant, gone.id, now, merged_into="")
    await repository.reindex(connection, user.tenant, [kept.id, gone.id, *done.moved["people"]])
    of = (merges.c.tenant == user.tenant) & (merges.c.id == done.id)
    await connection.execute(update(merges).where(of).values(undone_at=now))
    await _write_down(connection, user, "undo_merge", kept.id, {"gone": gone.id, "merge": done.id})


async def _write_down(
    connection: AsyncConnection, user: CurrentUser, verb: str, id: str, details: dict[str, Any]
) -> None:
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action=f"customers.{verb}", object=id, details=details
    )
