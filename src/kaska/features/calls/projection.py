"""Keeps ``contacts`` and ``legs`` in step with the ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import structlog
from sqlalchemy import ARRAY, Table, Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Configuration
from kaska.core.facts import ConfigurationApplied, ContactOpened
from kaska.features.calls.card import SHOWN, Card, Folder, Leg, fold, opened
from kaska.features.calls.masking import mask_folders
from kaska.features.calls.tables import contacts, legs, names
from kaska.ledger.reader import LedgerFact

log = structlog.get_logger(__name__)


def _upsert(table: Table) -> Any:
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    changing = {name: statement.excluded[name] for name in (column.name for column in table.c) if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changing)


def _of_tenant(table: Table, key: str, wanted: Sequence[str]) -> Any:
    ids = bindparam("ids", type_=ARRAY(Text), unique=False)
    columns = [table.c[name] for name in wanted]
    return select(*columns).where(table.c.tenant == bindparam("of"), table.c[key] == any_(ids))


_CARD_COLUMNS = [column.name for column in fields(Card)]
_LEG_COLUMNS = [column.name for column in fields(Leg)]
_CARDS = _of_tenant(contacts, "id", _CARD_COLUMNS)
_LEGS = _of_tenant(legs, "contact", _LEG_COLUMNS)
_PUT_CARDS = _upsert(contacts)
_PUT_LEGS = _upsert(legs)
_PUT_NAMES = _upsert(names)


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
    cards = [row_of(folder.card, _CARD_COLUMNS, tenant) for folder in folders]
    parties = [row_of(leg, _LEG_COLUMNS, tenant) for folder in folders for leg in folder.touched.values()]
    if cards:
        await connection.execute(_PUT_CARDS, cards)
    if parties:
        await connection.execute(_PUT_LEGS, parties)


def row_of(item: object, columns: Sequence[str], tenant: str) -> dict[str, Any]:
    """A flat dataclass as a row. (dataclasses.asdict copies every value deeply: most of a projection's time.)"""
    row = {name: getattr(item, name) for name in columns}
    row["tenant"] = tenant
    return row


async def _store_names(connection: AsyncConnection, tenant: str, configuration: Configuration) -> None:
    named = [
        {"tenant": tenant, "kind": kind, "id": id, "name": item.name}
        for kind, items in (
            ("agent", configuration.agents),
            ("queue", configuration.queues),
            ("project", configuration.projects),
        )
        for id, item in items.items()
    ]
    if named:
        await connection.execute(_PUT_NAMES, named)
