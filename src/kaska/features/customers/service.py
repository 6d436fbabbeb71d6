"""What can be done with cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import ContactPage, Met, Place, met, page_of_numbers, read_cursor, write_cursor
from kaska.features.customers import fields, repository
from kaska.features.customers.errors import (
    CardMerged,
    CustomerNotFound,
    IdentityNotFound,
    IdentityTaken,
    NotACompany,
    NoteNotFound,
    NotYourNote,
    UnknownAgent,
)
from kaska.features.customers.identity import PHONE, Identity, identity
from kaska.features.customers.schemas import (
    Caller,
    CallerQuery,
    CardFields,
    CardIdentity,
    Consent,
    CustomerCard,
    CustomerPage,
    CustomerQuery,
    CustomerSummary,
    GivenIdentity,
    Merge,
    NewCard,
    NewConsent,
    Note,
)
from kaska.features.customers.search import search
from kaska.features.customers.tables import consents, notes
from kaska.features.customers.values import written
from kaska.features.debts.public import owed_to
from kaska.features.identity.public import CurrentUser, Permission, active_names, audit
from kaska.kit.phone import normalise

_WRITTEN = ("vip", "name", "company", "position", "language", "tags", "agent")


# --- reading -----------------------------------------------------------------------------------------------------


async def find(connection: AsyncConnection, tenant: str, query: CustomerQuery) -> CustomerPage:
    """One page of the cards: those changed last, or those that were searched for. :raises WrongCursor:"""
    if query.text.strip():
        found = await search(connection, tenant, query.text, cursor=query.cursor, limit=query.limit)
        items = await summaries(connection, tenant, found.rows)
        return CustomerPage(items=items, next_cursor=found.following or None, corrected=found.corrected)
    after: Place | None = read_cursor(query.cursor) if query.cursor else None
    rows = await repository.newest(connection, tenant, after, query.limit + 1)
    shown = rows[: query.limit]
    following = write_cursor(shown[-1].changed_at, shown[-1].id) if len(rows) > query.limit else None
    return CustomerPage(items=await summaries(connection, tenant, shown), next_cursor=following, corrected=False)


async def summaries(connection: AsyncConnection, tenant: str, rows: Sequence[Row[Any]]) -> list[CustomerSummary]:
    """Cards with the names of everything on them and what the journal knows of their contacts."""
    known = await repository.identities_of(connection, tenant, [row.id for row in rows])
    companies = await repository.cards(connection, tenant, {row.company for row in rows} - {""})
    people = await active_names(connection, tenant) if any(row.agent for row in rows) else {}
    times = await met(connection, tenant, [one.value for mine in known.values() for one in mine if one.kind == PHONE])
    shown = []
    for row in rows:
        company = companies.get(row.company)
        counted = together(known[row.id], times)
        shown.append(
            CustomerSummary.model_validate(
                {
                    **row._mapping,
                    "company_name": company.name if company is not None else "",
                    "agent_name": people.get(row.agent, row.agent),
                    "identities": [CardIdentity(kind=one.kind, value=one.value) for one in known[row.id]],
                    "contacts": counted.contacts if counted else 0,
                    "last_contact_at": counted.last if counted else None,
                }
            )
        )
    return shown


def together(known: Sequence[Identity], times: Mapping[str, Met]) -> Met | None:
    """What the journal knows of all numbers of one card; None when there was no contact."""
    mine = [times[one.value] for one in known if one.value in times]
    if not mine:
        return None
    return Met(sum(one.contacts for one in mine), min(one.first for one in mine), max(one.last for one in mine))


async def standing(connection: AsyncConnection, tenant: str, id: str, *, lock: bool = False) -> Row[Any]:
    """:raises CustomerNotFound, CardMerged:"""
    row = await any_card(connection, tenant, id, lock=lock)
    if row.merged_into:
        raise CardMerged(into=row.merged_into)
    return row


async def any_card(connection: AsyncConnection, tenant: str, id: str, *, lock: bool = False) -> Row[Any]:
    """The card, also one that gave its place to another. :raises CustomerNotFound:"""
    row = await repository.card(connection, tenant, id, lock=lock)
    if row is None:
        raise CustomerNotFound
    return row


async def card(connection: AsyncConnection, tenant: str, id: str, now: datetime) -> CustomerCard:
    """Everything on one card. :raises CustomerNotFound:"""
    row = await any_card(connection, tenant, id)
    [summary] = await summaries(connection, tenant, [row])
    phones = [one.value for one in summary.identities if one.kind == PHONE]
    times = await met(connection, tenant, phones)
    merged = await repository.merges_of(connection, tenant, row.id)
    names = await active_names(connection, tenant)
    return CustomerCard(
        **summary.model_dump(),
        custom=row.custom,
        created_at=row.created_at,
        merged_into=row.merged_into,
        notes=await notes_of(connection, tenant, row.id),
        consents=await consents_of(connection, tenant, row.id),
        people=await summaries(connection, tenant, await repository.people_of(connection, tenant, row.id)),
        merges=[Merge(**_of(one, names), gone=one.gone, undone_at=one.undone_at) for one in merged],
        first_contact_at=min((one.first for one in times.values()), default=None),
        debts=await owed_to(connection, tenant, phones, now),
    )


def _of(row: Row[Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {"id": row.id, "by": row.by, "by_name": names.get(row.by, row.by), "at": row.at}


async def notes_of(connection: AsyncConnection, tenant: str, id: str) -> list[Note]:
    names = await active_names(connection, tenant)
    rows = await repository.hanging(connection, tenant, notes, id)
    return [Note(**_of(row, names), text=row.text) for row in rows]


async def consents_of(connection: AsyncConnection, tenant: str, id: str) -> list[Consent]:
    names = await active_names(connection, tenant)
    rows = await repository.hanging(connection, tenant, consents, id)
    return [Consent(**_of(row, names), what=row.what, given=row.given, how=row.how) for row in rows]


async def timeline(connection: AsyncConnection, tenant: str, id: str, *, cursor: str, limit: int) -> ContactPage:
    """The contacts of a card, by all its numbers, newest first. :raises CustomerNotFound, WrongCursor:"""
    row = await any_card(connection, tenant, id)
    known = (await repository.identities_of(connection, tenant, [row.id]))[row.id]
    numbers = [one.value for one in known if one.kind == PHONE]
    return await page_of_numbers(connection, tenant, numbers, cursor=cursor, limit=limit)


async def caller(connection: AsyncConnection, tenant: str, query: CallerQuery, now: datetime) -> Caller:
    """Who has this number, for the screen while it rings. All numbers of the card count."""
    number = normalise(query.number)
    one = Identity(PHONE, number)
    owner = (await repository.owners(connection, tenant, [one])).get(one, "") if number else ""
    row = await repository.card(connection, tenant, owner) if owner else None
    known = (await repository.identities_of(connection, tenant, [owner]))[owner] if row is not None else []
    numbers = [mine.value for mine in known if mine.kind == PHONE] or ([number] if number else [])
    before = together(
        [Identity(PHONE, mine) for mine in numbers], await met(connection, tenant, numbers, but=query.contact)
    )
    noted = await notes_of(connection, tenant, owner) if row is not None else []
    return Caller(
        number=number,
        customer=(await summaries(connection, tenant, [row]))[0] if row is not None else None,
        repeat=before is not None,
        contacts=before.contacts if before else 0,
        last_contact_at=before.last if before else None,
        last_note=noted[0] if noted else None,
        debts=await owed_to(connection, tenant, numbers, now),
    )


# --- writing -----------------------------------------------------------------------------------------------------


async def make(connection: AsyncConnection, user: CurrentUser, given: NewCard, now: datetime) -> str:
    """A new card; returns its identifier.

    :raises WrongIdentity, IdentityTaken, NotACompany, UnknownAgent, UnknownField, WrongFieldValue, FieldsMissing:
    """
    id = f"c-{uuid4().hex}"
    values = await _checked(connection, user, given, given.kind, {})
    row = {"tenant": user.tenant, "id": id, "kind": given.kind, "created_at": now, "changed_at": now, "touched": True}
    await repository.put_cards(connection, [row | values])
    await _take(connection, user.tenant, id, [identity(one.kind, one.value) for one in given.identities], now)
    await repository.reindex(connection, user.tenant, [id])
    await _write_down(connection, user, "create", id)
    return id


async def edit(
    connection: AsyncConnection, user: CurrentUser, id: str, given: CardFields, now: datetime, *, whole: bool = True
) -> None:
    """Change what is given; ``whole``: a project's values must have all that it requires.

    :raises CustomerNotFound, CardMerged: and what ``make`` raises about values.
    """
    row = await standing(connection, user.tenant, id, lock=True)
    values = await _checked(connection, user, given, row.kind, row.custom, whole=whole)
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    if not changed:
        return
    await repository.change(connection, user.tenant, row.id, now, **changed)
    people = await repository.people_of(connection, user.tenant, row.id) if "name" in changed else []
    await repository.reindex(connection, user.tenant, [row.id, *(person.id for person in people)])
    # what was written is personal data and must be erasable, which the audit is not
    await _write_down(connection, user, "edit", row.id, {"fields": sorted(changed)})


async def _checked(
    connection: AsyncConnection,
    user: CurrentUser,
    given: CardFields,
    kind: str,
    custom: Mapping[str, Any],
    *,
    whole: bool = True,
) -> dict[str, Any]:
    """The columns to write, of what was given."""
    told = given.model_fields_set
    values: dict[str, Any] = {name: getattr(given, name) for name in _WRITTEN if name in told}
    if values.get("company"):
        company = await repository.card(connection, user.tenant, values["company"])
        if kind == "company" or company is None or company.kind != "company" or company.merged_into:
            raise NotACompany(fields={"company": "wrong"})
    if values.get("agent") and values["agent"] not in await active_names(connection, user.tenant):
        raise UnknownAgent(fields={"agent": "unknown"})
    if "custom" in told:
        known = await fields.known(connection, user.tenant)
        values["custom"] = written(known, custom, given.custom, whole=whole, language=user.locale)
    return values


async def add_identity(
    connection: AsyncConnection, user: CurrentUser, id: str, given: GivenIdentity, now: datetime
) -> None:
    """:raises CustomerNotFound, CardMerged, WrongIdentity, IdentityTaken:"""
    row = await standing(connection, user.tenant, id, lock=True)
    await _take(connection, user.tenant, row.id, [identity(given.kind, given.value)], now)
    await repository.touch(connection, user.tenant, row.id, now)
    await repository.reindex(connection, user.tenant, [row.id])
    await _write_down(connection, user, "add_identity", row.id, {"kind": given.kind})


async def _take(connection: AsyncConnection, tenant: str, id: str, wanted: Sequence[Identity], now: datetime) -> None:
    got = await repository.claim(connection, tenant, [(one, id, now) for one in dict.fromkeys(wanted)])
    left = set(wanted) - got
    for one, customer in sorted((await repository.owners(connection, tenant, left)).items()):
        if customer != id:
            raise IdentityTaken(value=one.value, customer=customer, fields={"value": "taken"})


async def remove_identity(
    connection: AsyncConnection, user: CurrentUser, id: str, kind: str, value: str, now: datetime
) -> None:
    """:raises CustomerNotFound, CardMerged, IdentityNotFound:"""
    row = await standing(connection, user.tenant, id, lock=True)
    if not await repository.release(connection, user.tenant, row.id, Identity(kind, value)):
        raise IdentityNotFound
    await repository.touch(connection, user.tenant, row.id, now)
    await repository.reindex(connection, user.tenant, [row.id])
    await _write_down(connection, user, "remove_identity", row.id, {"kind": kind})


async def add_note(connection: AsyncConnection, user: CurrentUser, id: str, text: str, now: datetime) -> None:
    """:raises CustomerNotFound, CardMerged:"""
    await _hang(connection, user, id, notes, now, text=text)


async def add_consent(
    connection: AsyncConnection, user: CurrentUser, id: str, given: NewConsent, now: datetime
) -> None:
    """:raises CustomerNotFound, CardMerged:"""
    await _hang(connection, user, id, consents, now, what=given.what, given=given.given, how=given.how)
    await _write_down(connection, user, "consent", id, {"what": given.what, "given": given.given})


async def _hang(
    connection: AsyncConnection, user: CurrentUser, id: str, table: Table, now: datetime, **values: Any
) -> None:
    row = await standing(connection, user.tenant, id, lock=True)
    own = {"tenant": user.tenant, "id": uuid4().hex, "customer": row.id, "by": user.id, "at": now}
    await repository.add(connection, table, **own, **values)
    await repository.touch(connection, user.tenant, row.id, now)


async def remove_note(connection: AsyncConnection, user: CurrentUser, id: str, note_id: str) -> None:
    """One's own; others' with the right to merge. :raises CustomerNotFound, CardMerged, NoteNotFound, NotYourNote:"""
    row = await standing(connection, user.tenant, id)
    found = await repository.note(connection, user.tenant, row.id, note_id)
    if found is None:
        raise NoteNotFound
    if found.by != user.id and Permission.MERGE_CUSTOMERS not in user.permissions:
        raise NotYourNote
    await repository.remove_note(connection, user.tenant, found.id)
    await _write_down(connection, user, "remove_note", row.id)


async def _write_down(
    connection: AsyncConnection, user: CurrentUser, verb: str, id: str, details: dict[str, Any] | None = None
) -> None:
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action=f"customers.{verb}", object=id, details=details
    )


def now() -> datetime:
    return datetime.now(UTC)
