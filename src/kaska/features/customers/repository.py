"""Queries of the cards. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, Table, delete, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Place, plain
from kaska.features.customers.identity import EMAIL, PHONE, Identity
from kaska.features.customers.tables import consents, customers, fields, identities, merges, notes, spellings, words
from kaska.features.customers.words import card_words, spellings_of
from kaska.kit.bulk import Bulk

FEW = 500
"""rows in one statement"""

_CLAIM = Bulk(identities, ("kind", "value", "customer", "added_at"), returning=("kind", "value"))
_PUT_WORDS = Bulk(words, ("word", "customer"))
_PUT_SPELLINGS = Bulk(spellings, ("spelling", "word"))
_OWNERS = text(
    "SELECT kind, value, customer FROM customer_identities JOIN "
    "unnest(CAST(:kinds AS text[]), CAST(:values AS text[])) AS wanted (kind, value) USING (kind, value) "
    "WHERE tenant = :tenant"
)
_SET_WORDS = text(
    "UPDATE customers SET words = found.words "
    "FROM json_to_recordset(CAST(CAST(:cards AS text) AS json)) AS found (id text, words text[]) "
    "WHERE tenant = :tenant AND customers.id = found.id"
)


async def card(connection: AsyncConnection, tenant: str, id: str, *, lock: bool = False) -> Row[Any] | None:
    query = select(customers).where(customers.c.tenant == tenant, customers.c.id == plain(id))
    return (await connection.execute(query.with_for_update() if lock else query)).one_or_none()


async def cards(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, Row[Any]]:
    """Identifier → card, of those among ``ids`` that exist."""
    query = select(customers).where(customers.c.tenant == tenant, customers.c.id.in_(list(ids)))
    return {row.id: row for row in await connection.execute(query)}


async def newest(connection: AsyncConnection, tenant: str, after: Place | None, limit: int) -> Sequence[Row[Any]]:
    """Standing cards, those changed last first."""
    query = select(customers).where(customers.c.tenant == tenant, customers.c.merged_into == "")
    if after is not None:
        query = query.where(tuple_(customers.c.changed_at, customers.c.id) < tuple_(*after))
    query = query.order_by(customers.c.changed_at.desc(), customers.c.id.desc()).limit(limit)
    return (await connection.execute(query)).all()


async def people_of(connection: AsyncConnection, tenant: str, company: str, limit: int = FEW) -> Sequence[Row[Any]]:
    """Standing cards of persons that belong to a company."""
    query = (
        select(customers)
        .where(customers.c.tenant == tenant, customers.c.company == company, customers.c.company != "")
        .where(customers.c.merged_into == "")
    )
    return (await connection.execute(query.order_by(customers.c.id).limit(limit))).all()


async def put_cards(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert cards, all with the same columns; those that exist stay as they are."""
    for start in range(0, len(rows), FEW):
        await connection.execute(insert(customers).on_conflict_do_nothing(), [*rows[start : start + FEW]])


async def change(connection: AsyncConnection, tenant: str, id: str, now: datetime, **values: Any) -> None:
    """Set columns of one card; a person did it."""
    of = (customers.c.tenant == tenant) & (customers.c.id == id)
    await connection.execute(update(customers).where(of).values(**values, touched=True, changed_at=now))


async def touch(connection: AsyncConnection, tenant: str, id: str, now: datetime) -> None:
    await change(connection, tenant, id, now)


# --- identities --------------------------------------------------------------------------------------------------


async def owners(connection: AsyncConnection, tenant: str, wanted: Collection[Identity]) -> dict[Identity, str]:
    """Identity → the card that has it."""
    if not wanted:
        return {}
    pairs = {"kinds": [one.kind for one in wanted], "values": [one.value for one in wanted], "tenant": tenant}
    return {Identity(row.kind, row.value): row.customer for row in await connection.execute(_OWNERS, pairs)}


async def identities_of(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, list[Identity]]:
    """Card → what it is recognised by, in the order of adding."""
    query = (
        select(identities)
        .where(identities.c.tenant == tenant, identities.c.customer.in_(list(ids)))
        .order_by(identities.c.added_at, identities.c.kind, identities.c.value)
    )
    found: dict[str, list[Identity]] = {id: [] for id in ids}
    for row in await connection.execute(query):
        found[row.customer].append(Identity(row.kind, row.value))
    return found


async def claim(
    connection: AsyncConnection, tenant: str, wanted: Iterable[tuple[Identity, str, datetime]]
) -> set[Identity]:
    """Give each identity to a card from a moment on; returns those that nobody had. The others stay where they are."""
    rows = [
        {"kind": one.kind, "value": one.value, "customer": customer, "added_at": at} for one, customer, at in wanted
    ]
    given = await _CLAIM.put(connection, tenant, rows)
    return {Identity(row.kind, row.value) for row in given} if given is not None else set()


async def release(connection: AsyncConnection, tenant: str, customer: str, one: Identity) -> bool:
    """Take an identity off a card; False when the card does not have it."""
    of = (identities.c.tenant == tenant) & (identities.c.kind == one.kind) & (identities.c.value == plain(one.value))
    return bool((await connection.execute(delete(identities).where(of, identities.c.customer == customer))).rowcount)


# --- what hangs on a card ----------------------------------------------------------------------------------------


async def add(connection: AsyncConnection, table: Table, **values: Any) -> None:
    await connection.execute(insert(table).values(**values))


async def hanging(connection: AsyncConnection, tenant: str, table: Table, customer: str) -> Sequence[Row[Any]]:
    """Notes or consents of a card, newest first."""
    query = select(table).where(table.c.tenant == tenant, table.c.customer == customer)
    return (await connection.execute(query.order_by(table.c.at.desc(), table.c.id.desc()))).all()


async def note(connection: AsyncConnection, tenant: str, customer: str, id: str) -> Row[Any] | None:
    query = select(notes).where(notes.c.tenant == tenant, notes.c.customer == customer, notes.c.id == plain(id))
    return (await connection.execute(query)).one_or_none()


async def remove_note(connection: AsyncConnection, tenant: str, id: str) -> None:
    await connection.execute(delete(notes).where(notes.c.tenant == tenant, notes.c.id == id))


async def field_rows(connection: AsyncConnection, tenant: str, project: str = "") -> Sequence[Row[Any]]:
    query = select(fields).where(fields.c.tenant == tenant)
    if project:
        query = query.where(fields.c.project == project)
    return (await connection.execute(query.order_by(fields.c.project, fields.c.place, fields.c.id))).all()


async def set_fields(connection: AsyncConnection, tenant: str, project: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """A project's fields become ``rows``."""
    await connection.execute(delete(fields).where(fields.c.tenant == tenant, fields.c.project == project))
    if rows:
        await connection.execute(insert(fields), [{"tenant": tenant, "project": project, **row} for row in rows])


async def filled(connection: AsyncConnection, tenant: str, project: str) -> set[str]:
    """The fields of a project that some card has a value of."""
    mine = customers.c.custom[project]
    query = select(func.jsonb_object_keys(mine)).where(
        customers.c.tenant == tenant, customers.c.custom.has_key(project)
    )
    return set((await connection.execute(query.distinct())).scalars())


async def merges_of(connection: AsyncConnection, tenant: str, customer: str) -> Sequence[Row[Any]]:
    """Merges into a card, newest first."""
    query = select(merges).where(merges.c.tenant == tenant, merges.c.kept == customer)
    return (await connection.execute(query.order_by(merges.c.at.desc(), merges.c.id.desc()))).all()


async def merge(connection: AsyncConnection, tenant: str, id: str) -> Row[Any] | None:
    query = select(merges).where(merges.c.tenant == tenant, merges.c.id == plain(id))
    return (await connection.execute(query.with_for_update())).one_or_none()


async def forget(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> None:
    """Delete cards and everything on them. Their words: ``index`` with nothing left, before this."""
    for table in (notes, consents, identities):
        await connection.execute(delete(table).where(table.c.tenant == tenant, table.c.customer.in_(list(ids))))
    both = merges.c.kept.in_(list(ids)) | merges.c.gone.in_(list(ids))
    await connection.execute(delete(merges).where(merges.c.tenant == tenant, both))
    belonging = (customers.c.tenant == tenant) & customers.c.company.in_(list(ids))
    await connection.execute(update(customers).where(belonging).values(company=""))
    await connection.execute(delete(customers).where(customers.c.tenant == tenant, customers.c.id.in_(list(ids))))


# --- the words of the search -------------------------------------------------------------------------------------


async def reindex(connection: AsyncConnection, tenant: str, ids: Iterable[str]) -> None:
    """Bring the words of these cards up to date; a card that gave its place to another has none."""
    chosen = list(dict.fromkeys(ids))
    for start in range(0, len(chosen), FEW):
        part = chosen[start : start + FEW]
        rows = await cards(connection, tenant, part)
        known = await identities_of(connection, tenant, part)
        companies = await cards(connection, tenant, {row.company for row in rows.values()} - {""})
        wanted = {}
        for row in rows.values():
            company = companies.get(row.company)
            wanted[row.id] = [] if row.merged_into else words_of_card(row, company, known[row.id])
        await index(connection, tenant, {row.id: row.words for row in rows.values()}, wanted)


def words_of_card(row: Row[Any], company: Row[Any] | None, known: Sequence[Identity]) -> list[str]:
    texts = [row.name, company.name if company is not None else "", *row.tags]
    texts += [one.value for one in known if one.kind not in (PHONE, EMAIL)]
    phones = [one.value for one in known if one.kind == PHONE]
    return card_words(texts, phones, [one.value for one in known if one.kind == EMAIL])


async def index(
    connection: AsyncConnection, tenant: str, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> None:
    """Make the words of cards ``after`` where they were ``before``; only what differs is written."""
    gone = [(word, id) for id in after for word in set(before.get(id, ())) - set(after[id])]
    come = [(word, id) for id in after for word in set(after[id]) - set(before.get(id, ()))]
    for start in range(0, len(gone), FEW):
        pairs = tuple_(words.c.word, words.c.customer).in_(gone[start : start + FEW])
        await connection.execute(delete(words).where(words.c.tenant == tenant, pairs))
    await put_words(connection, tenant, come)
    await _unspell(connection, tenant, {word for word, _ in gone})
    changed = [{"id": id, "words": list(after[id])} for id in after if list(before.get(id, ())) != list(after[id])]
    if changed:
        await connection.execute(_SET_WORDS, {"tenant": tenant, "cards": msgspec.json.encode(changed).decode()})


async def put_words(connection: AsyncConnection, tenant: str, come: Iterable[tuple[str, str]]) -> None:
    """Let cards be found by words: (word, card). The cards' own ``words`` are for who writes the cards."""
    rows = [{"word": word, "customer": id} for word, id in sorted(come)]
    await _PUT_WORDS.put(connection, tenant, rows)
    spelled = {(spelling, row["word"]) for row in rows for spelling in spellings_of(row["word"])}
    await _PUT_SPELLINGS.put(
        connection, tenant, [{"spelling": spelling, "word": word} for spelling, word in sorted(spelled)]
    )


async def _unspell(connection: AsyncConnection, tenant: str, gone: set[str]) -> None:
    """Words that nobody has any more lose their spellings, so that none outlives its card."""
    lost = {word for word in gone if spellings_of(word)}
    if not lost:
        return
    query = select(func.distinct(words.c.word)).where(words.c.tenant == tenant, words.c.word.in_(sorted(lost)))
    lost -= set((await connection.execute(query)).scalars())
    for word in sorted(lost):
        of = (spellings.c.tenant == tenant) & spellings.c.spelling.in_(sorted(spellings_of(word)))
        await connection.execute(delete(spellings).where(of, spellings.c.word == word))
