"""Keeps ``contacts`` and ``legs`` in step with the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any

import structlog
from sqlalchemy import ARRAY, Table, Text, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Configuration
from kaska.core.facts import ConfigurationApplied, ContactOpened
from kaska.features.calls.card import SHOWN, Card, Folder, Leg, fold, opened
from kaska.features.calls.masking import mask_folders
from kaska.features.calls.tables import contacts, legs, names
from kaska.kit.bulk import Bulk
from kaska.ledger.reader import LedgerFact

log = structlog.get_logger(__name__)


def _of_tenant(table: Table, key: str, wanted: Sequence[str]) -> Any:
    ids = bindparam("ids", type_=ARRAY(Text), unique=False)
    columns = [table.c[name] for name in wanted]
    return select(*columns).where(table.c.tenant == bindparam("of"), table.c[key] == any_(ids))


_CARD_COLUMNS = [column.name for column in fields(Card)]
_LEG_COLUMNS = [column.name for column in fields(Leg)]
_CARDS = _of_tenant(contacts, "id", _CARD_COLUMNS)
_LEGS = _of_tenant(legs, "contact", _LEG_COLUMNS)
_PUT_CARDS = Bulk(contacts, _CARD_COLUMNS, clash="replace")
_PUT_LEGS = Bulk(legs, _LEG_COLUMNS, clash="replace")
_PUT_NAMES = Bulk(names, ("kind", "id", "name"), clash="replace")


class CallsProjection:
    """One row per contact and one per leg, whatever way the facts are cut into batches."""

    name = "calls"
    kinds = SHOWN | {ConfigurationApplied}

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Write ``facts`` of one tenant, in ledger order, into the journal of contacts."""
        tenant = facts[0].tenant
        shown = [entry for entry in facts if type(entry.fact) in SHOWN]
        folders = await _load(connection, tenant, list(dict.fromkeys(entry.contact for entry in shown)))
        for entry in shown:
            _write_in(folders, entry)
        await mask_folders(connection, tenant, folders.values())
        await _store(connection, tenant, folders.values())
        for entry in facts:
            if isinstance(entry.fact, ConfigurationApplied):
                await _store_names(connection, tenant, entry.fact.configuration)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        for table in (legs, contacts, names):
            await connection.execute(table.delete())


def _write_in(folders: dict[str, Folder], entry: LedgerFact) -> None:
    contact = entry.contact
    folder = folders.get(contact)
    if isinstance(entry.fact, ContactOpened):
        if folder is None:
            folders[contact] = opened(entry.fact)
    elif folder is not None:
        fold(folder, entry.fact)
    else:
        # the ledger's invariants report it; stopping here would stop the journal of everybody
        log.error("fact of a contact that was never opened", position=entry.position, contact=contact)


async def _load(connection: AsyncConnection, tenant: str, ids: list[str]) -> dict[str, Folder]:
    if not ids:
        return {}
    chosen = {"of": tenant, "ids": ids}
    cards = await connection.execute(_CARDS, chosen)
    folders = {row[0]: Folder(Card(*row)) for row in cards}
    for row in await connection.execute(_LEGS, chosen):
        leg = Leg(*row)
        folders[leg.contact].legs[leg.leg] = leg
    return folders


async def _store(connection: AsyncConnection, tenant: str, folders: Collection[Folder]) -> None:
    await _PUT_CARDS.put(connection, tenant, [folder.card for folder in folders])
    await _PUT_LEGS.put(connection, tenant, [leg for folder in folders for leg in folder.touched.values()])


async def _store_names(connection: AsyncConnection, tenant: str, configuration: Configuration) -> None:
    kinds: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("agent", configuration.agents),
        ("queue", configuration.queues),
        ("project", configuration.projects),
        ("trunk", configuration.trunks),
        ("skill", configuration.skills),
        ("source", configuration.sources),
    )
    # one that lost its name is called by its key again
    named = [{"kind": kind, "id": id, "name": item.name or id} for kind, items in kinds for id, item in items.items()]
    modes: dict[str, str] = {}
    for calendar in configuration.calendars.values():
        modes |= calendar.mode_names
    named += [{"kind": "mode", "id": id, "name": name} for id, name in modes.items()]
    await _PUT_NAMES.put(connection, tenant, named)
