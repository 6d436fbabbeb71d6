"""Import and export of cards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import BOM, Place
from kaska.features.customers import fields, repository, table
from kaska.features.customers.errors import IdentityTaken
from kaska.features.customers.identity import EMAIL, PHONE, Identity
from kaska.features.customers.schemas import CustomerSummary, ImportPreview, ImportReport, ImportWish
from kaska.features.customers.service import summaries
from kaska.features.customers.table import Columns, Entry
from kaska.features.customers.tables import customers
from kaska.features.customers.values import cell_of
from kaska.features.identity.public import CurrentUser, audit
from kaska.features.projects.public import read_projects
from kaska.kit.database import Database
from kaska.kit.errors import Invalid

EXPORT_PAGE = 500
EXPORT_LIMIT = 1_000_000
"""cards in one file; a spreadsheet opens no more lines"""
TAKEN = ("name", "company", "position", "language", "vip", "custom")
BLANK: dict[str, Any] = dict.fromkeys(TAKEN, "") | {"vip": False, "tags": [], "custom": {}}


async def columns_of(connection: AsyncConnection, tenant: str) -> Columns:
    """The columns of a table that are fields of the projects' cards; not of archived ones."""
    known = await fields.known(connection, tenant)
    shown = {f"{project}.{name}": one for (project, name), one in known.items() if not one.archived}
    return Columns(shown, {id: one.name for id, one in (await read_projects(connection, tenant)).items()})


async def preview(connection: AsyncConnection, tenant: str, content: str) -> ImportPreview:
    """What a file looks like and what its columns seem to be. :raises WrongTable:"""
    read = table.read(content)
    known = await columns_of(connection, tenant)
    return ImportPreview(
        separator=read.separator,
        header=read.header,
        columns=table.guess(read, known),
        rows=read.lines[: table.SHOWN],
        lines=len(read.lines),
    )


@dataclass(slots=True)
class Draft:
    """A card as the import leaves it. ``before`` is None for a new one."""

    id: str
    kind: str
    values: dict[str, Any]
    before: dict[str, Any] | None
    gained: list[Identity] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return self.before is not None and (self.values != self.before or bool(self.gained))


async def take(
    connection: AsyncConnection, user: CurrentUser, wish: ImportWish, language: str, now: datetime
) -> ImportReport:
    """Make and change cards by the lines of a table. The same table again changes nothing: a card is known by its
    numbers and addresses. Empty cells change nothing, tags are added.

    :raises WrongTable, Invalid: and IdentityTaken when a number was given to a card meanwhile (try again).
    """
    read = table.read(wish.content)
    known = await columns_of(connection, user.tenant)
    if set(wish.columns) - {*table.IMPORTED, *known.fields, ""} or len(wish.columns) > len(read.header):
        raise Invalid(fields={"columns": "unknown"})
    told = table.entries(read, wish.columns, known)
    drafts = await _drafts(connection, user.tenant, told)
    await _store(connection, user.tenant, drafts, now)
    refused = [entry for entry in told if entry.problem]
    report = ImportReport(
        made=sum(1 for draft in drafts if draft.before is None and draft.kind == "person"),
        changed=sum(1 for draft in drafts if draft.changed),
        unchanged=sum(1 for draft in drafts if draft.before is not None and not draft.changed),
        rejected=len(refused),
        rejected_csv=table.rejected(read, refused, language),
    )
    counts = report.model_dump(exclude={"rejected_csv"})
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="customers.import", object="customers", details=counts
    )
    return report


async def _drafts(connection: AsyncConnection, tenant: str, told: Sequence[Entry]) -> list[Draft]:
    """Every card that the lines lead to, with what they say written in; marks lines that lead to two cards."""
    wanted = {one for entry in told if not entry.problem for one in entry.identities}
    owner = await _owners(connection, tenant, wanted)
    known = await _cards(connection, tenant, set(owner.values()))
    companies = await _companies(connection, tenant, {entry.company for entry in told if not entry.problem} - {""})
    drafts = {id: Draft(id, row["kind"], dict(row["values"]), row["values"]) for id, row in known.items()}
    for entry in told:
        if entry.problem:
            continue
        ids = {owner[one] for one in entry.identities if one in owner}
        if len(ids) > 1:
            entry.problem = "two_cards"
            continue
        id = next(iter(ids), "")
        if not id:
            id = f"c-{uuid4().hex}"
            drafts[id] = Draft(id, "person", dict(BLANK), None)
        draft = drafts[id]
        gained = [one for one in entry.identities if one not in owner]
        draft.gained += gained
        owner |= dict.fromkeys(gained, id)
        _write(draft, entry, companies)
    return [*companies.values(), *drafts.values()]


def _write(draft: Draft, entry: Entry, companies: dict[str, Draft]) -> None:
    given: dict[str, Any] = {name: getattr(entry, name) for name in ("name", "position", "language")}
    if entry.company and draft.kind == "person":
        given["company"] = companies[entry.company].id
    draft.values |= {name: value for name, value in given.items() if value}
    if entry.vip is not None:
        draft.values["vip"] = entry.vip
    for column, value in entry.custom.items():
        project, _, name = column.partition(".")
        custom = draft.values["custom"]
        draft.values["custom"] = custom | {project: custom.get(project, {}) | {name: value}}
    draft.values["tags"] = list(dict.fromkeys([*draft.values["tags"], *entry.tags]))[:50]


async def _owners(connection: AsyncConnection, tenant: str, wanted: Collection[Identity]) -> dict[Identity, str]:
    chosen = sorted(wanted)
    found: dict[Identity, str] = {}
    for start in range(0, len(chosen), repository.FEW):
        found |= await repository.owners(connection, tenant, chosen[start : start + repository.FEW])
    return found


async def _cards(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    rows = await repository.cards(connection, tenant, ids) if ids else {}
    return {
        id: {"kind": row.kind, "values": {name: getattr(row, name) for name in TAKEN} | {"tags": list(row.tags)}}
        for id, row in rows.items()
    }


async def _companies(connection: AsyncConnection, tenant: str, names: Collection[str]) -> dict[str, Draft]:
    """Name → the company's card; those that nobody has are new."""
    query = select(customers).where(
        customers.c.tenant == tenant, customers.c.kind == "company", customers.c.merged_into == ""
    )
    rows = await connection.execute(query.where(customers.c.name.in_(list(names))).order_by(customers.c.id.desc()))
    values = {row.name: {name: getattr(row, name) for name in TAKEN} | {"tags": list(row.tags), "id": row.id}
              for row in rows}  # fmt: skip
    drafts = {}
    for name in sorted(names):
        if name in values:
            mine = dict(values[name])
            id = mine.pop("id")
            drafts[name] = Draft(id, "company", mine, dict(mine))
        else:
            drafts[name] = Draft(f"c-{uuid4().hex}", "company", BLANK | {"name": name}, None)
    return drafts


async def _store(connection: AsyncConnection, tenant: str, drafts: Sequence[Draft], now: datetime) -> None:
    made = [draft for draft in drafts if draft.before is None]
    always: Mapping[str, Any] = {"tenant": tenant, "created_at": now, "changed_at": now, "touched": True}
    await repository.put_cards(connection, [{"id": one.id, "kind": one.kind, **always, **one.values} for one in made])
    changed = [draft for draft in drafts if draft.changed]
    for draft in changed:
        await repository.change(connection, tenant, draft.id, now, **draft.values)
    claims = [(one, draft.id, now) for draft in drafts for one in draft.gained]
    got = await repository.claim(connection, tenant, claims)
    for one, id, _ in claims:
        if one not in got:  # a contact came in while we were reading
            raise IdentityTaken(value=one.value, customer=id)
    await repository.reindex(connection, tenant, [draft.id for draft in (*made, *changed)])


# --- export ------------------------------------------------------------------------------------------------------


async def export(database: Database, tenant: str, language: str) -> AsyncIterator[str]:
    """All standing cards as CSV that the import takes back; each page in a transaction of its own."""
    separator = table.separator_of(language)
    async with database.tenant(tenant) as connection:
        known = await columns_of(connection, tenant)
    yield BOM + table.lines_of([table.header(language, known)], separator)
    after: Place | None = None
    for _ in range(EXPORT_LIMIT // EXPORT_PAGE):
        async with database.tenant(tenant) as connection:
            rows = await repository.newest(connection, tenant, after, EXPORT_PAGE)
            items = await summaries(connection, tenant, rows)
        both = zip(items, rows, strict=True)
        yield table.lines_of((_cells(item, row.custom, language, known) for item, row in both), separator)
        if len(items) < EXPORT_PAGE:
            return
        after = (items[-1].changed_at, items[-1].id)


def _cells(item: CustomerSummary, custom: Mapping[str, Any], language: str, known: Columns) -> list[str]:
    by_word = {
        "name": item.name,
        "phone": ", ".join(one.value for one in item.identities if one.kind == PHONE),
        "email": ", ".join(one.value for one in item.identities if one.kind == EMAIL),
        "company": item.company_name,
        "position": item.position,
        "tags": ", ".join(item.tags),
        "language": item.language,
        "vip": ("да", "yes")[language == "en"] if item.vip else "",
    }
    places = (column.partition(".") for column in known.fields)
    own = [cell_of(custom.get(project, {}).get(name), language) for project, _, name in places]
    return [*(by_word[word] for word in table.IMPORTED), *own]
