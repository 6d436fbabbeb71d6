"""What the law gives a person: everything about me, and the erasure of it. What stays: decision 21."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Brief, mask, of_numbers, page_of_numbers
from kaska.features.customers import repository
from kaska.features.customers.errors import StillHeld, StillOwed, StillTalking
from kaska.features.customers.identity import PHONE
from kaska.features.customers.schemas import ErasureDone
from kaska.features.customers.service import any_card, card
from kaska.features.customers.tables import customers
from kaska.features.debts.public import mask_debts, owed_to
from kaska.features.identity.public import CurrentUser, audit
from kaska.features.reconciliation.public import mask_callers
from kaska.features.recordings.public import remove, remove_unfinished
from kaska.features.reports.public import forget_people
from kaska.features.retention.public import is_held
from kaska.features.scripts.public import forget_runs, runs_of
from kaska.features.webhooks.public import forget_contacts
from kaska.kit.config import Settings

RECORDING_WITHIN = timedelta(hours=1)
"""so long after its end a conversation's recording may still be on its way"""
PAGE = 200


async def everything(connection: AsyncConnection, user: CurrentUser, id: str, now: datetime) -> dict[str, Any]:
    """All that is kept about a person, as JSON: cards (also those taken in), identities, notes, consents, debts,
    contacts with the names of their recordings. Written into the audit. :raises CustomerNotFound:
    """
    ids = await _family(connection, user.tenant, id)
    cards = [await card(connection, user.tenant, one, now) for one in ids]
    numbers = [one.value for mine in cards for one in mine.identities if one.kind == PHONE]
    contacts, cursor = [], ""
    while True:
        page = await page_of_numbers(connection, user.tenant, numbers, cursor=cursor, limit=PAGE)
        contacts += [item.model_dump(mode="json") for item in page.items]
        cursor = page.next_cursor or ""
        if not cursor:
            break
    await _write_down(connection, user, "export_person", ids[0], {"contacts": len(contacts)})
    return {
        "made_at": now.isoformat(),
        "cards": [one.model_dump(mode="json") for one in cards],
        "contacts": contacts,
        "scripts": await runs_of(connection, user.tenant, [contact["id"] for contact in contacts]),
    }


async def erase(
    connection: AsyncConnection, user: CurrentUser, id: str, settings: Settings, now: datetime
) -> ErasureDone:
    """Delete a person's cards, notes, consents, numbers, recordings, messages and faxes, and leave the person out of
    all that is made from the ledger, now and whenever it is made again.

    :raises CustomerNotFound, StillHeld, StillOwed, StillTalking:
    """
    ids = await _family(connection, user.tenant, id)
    known = await repository.identities_of(connection, user.tenant, ids)
    numbers = [one.value for mine in known.values() for one in mine if one.kind == PHONE]
    contacts = await of_numbers(connection, user.tenant, numbers)
    if await owed_to(connection, user.tenant, numbers, now):
        raise StillOwed
    if any(_unfinished(contact, now) for contact in contacts):
        raise StillTalking
    names = [contact.id for contact in contacts]
    if await is_held(connection, user.tenant, names, ids, now):
        raise StillHeld
    await mask(connection, user.tenant, names, now)
    await forget_runs(connection, user.tenant, names)
    await mask_debts(connection, user.tenant, names)
    await mask_callers(connection, user.tenant, names)
    await forget_contacts(connection, user.tenant, names)
    await forget_people(connection, user.tenant, numbers)
    rows = await repository.cards(connection, user.tenant, ids)
    await repository.index(
        connection, user.tenant, {one: row.words for one, row in rows.items()}, {o: [] for o in rows}
    )
    people = [row.id for one in ids for row in await repository.people_of(connection, user.tenant, one)]
    await repository.forget(connection, user.tenant, ids)
    await repository.reindex(connection, user.tenant, people)
    # the files go before the transaction ends: when it fails, erasing again finishes the work
    files = await _remove_files(settings, contacts)
    done = ErasureDone(cards=len(ids), contacts=len(contacts), files=files)
    await _write_down(connection, user, "erase", ids[0], done.model_dump())
    return done


def _unfinished(contact: Brief, now: datetime) -> bool:
    if contact.ended_at is None:
        return True
    told = contact.recording or contact.recording_problem or contact.connected_at is None
    return not told and now - contact.ended_at < RECORDING_WITHIN


async def _remove_files(settings: Settings, contacts: Sequence[Brief]) -> int:
    recorded = [contact.recording for contact in contacts if contact.recording]
    removed = await remove(settings.recordings_dir, recorded)
    removed += await remove_unfinished(settings.unfinished_dir, [contact.id for contact in contacts])
    removed += await remove(settings.messages_dir, [contact.message for contact in contacts if contact.message])
    removed += await remove(settings.faxes_dir, [f"{contact.fax}.tif" for contact in contacts if contact.fax])
    return len(removed)


async def _family(connection: AsyncConnection, tenant: str, id: str) -> list[str]:
    """The card first, then all cards that it took in, and those that they had taken in. :raises CustomerNotFound:"""
    found = [(await any_card(connection, tenant, id, lock=True)).id]
    fresh = found
    while fresh:
        query = select(customers.c.id).where(customers.c.tenant == tenant, customers.c.merged_into.in_(fresh))
        fresh = list((await connection.execute(query.order_by(customers.c.id))).scalars())
        found = [*found, *fresh]
    return found


async def _write_down(
    connection: AsyncConnection, user: CurrentUser, verb: str, id: str, details: dict[str, Any]
) -> None:
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action=f"customers.{verb}", object=id, details=details
    )
