"""People who were erased: the ledger keeps its facts, what is shown of them leaves out who it was (decision 21).

The list names contacts, not persons, so that it is no personal data itself, and a rebuilt projection is masked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Text, any_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts as f
from kaska.features.calls.card import Card, Folder
from kaska.features.calls.tables import contacts, drafts, legs, masked_contacts

ERASED = "erased"
"""``recording_problem`` of a contact whose recording was erased with the person"""

_WHO = (
    "caller",
    "customer",
    "caller_name",
    "digits",
    "keys",
    "note",
    "next_step",
    "recording",
    "message",
    "fax",
    "fax_station",
)
_SAID_BY_FACTS = ("caller", "customer", "caller_name", "digits", "note", "next_step")
_MASKED = select(masked_contacts.c.contact).where(
    masked_contacts.c.tenant == bindparam("of"),
    masked_contacts.c.contact == any_(bindparam("ids", type_=ARRAY(Text))),
)


async def masked(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> set[str]:
    """Those of ``ids`` whose person was erased."""
    if not ids:
        return set()
    return set((await connection.execute(_MASKED, {"of": tenant, "ids": list(ids)})).scalars())


async def mask(connection: AsyncConnection, tenant: str, ids: Collection[str], now: datetime) -> None:
    """Put ``ids`` on the list, and blank what the journal shows of them already."""
    if not ids:
        return
    rows = [{"tenant": tenant, "contact": id, "masked_at": now} for id in ids]
    await connection.execute(insert(masked_contacts).on_conflict_do_nothing(), rows)
    of = (contacts.c.tenant == tenant) & contacts.c.id.in_(list(ids))
    recorded = of & (contacts.c.recording != "")
    await connection.execute(update(contacts).where(recorded).values(recording_problem=ERASED))
    blank: dict[str, Any] = dict.fromkeys(_WHO, "")
    await connection.execute(
        update(contacts).where(of).values(**blank, recording_seconds=0.0, message_seconds=0.0, next_at=None)
    )
    await connection.execute(delete(drafts).where(drafts.c.tenant == tenant, drafts.c.contact.in_(list(ids))))
    dialled = (legs.c.tenant == tenant) & legs.c.contact.in_(list(ids)) & (legs.c.party == "customer")
    await connection.execute(update(legs).where(dialled).values(endpoint=""))


async def mask_folders(connection: AsyncConnection, tenant: str, folders: Collection[Folder]) -> None:
    """What a projection is about to write, without who it was when that person was erased."""
    hidden = await masked(connection, tenant, [folder.card.id for folder in folders])
    for folder in folders:
        if folder.card.id in hidden:
            _blank(folder.card)
            for leg in folder.touched.values():
                if leg.party == "customer":
                    leg.endpoint = ""


def _blank(card: Card) -> None:
    if card.recording:
        card.recording_problem = ERASED
    for name in _WHO:
        setattr(card, name, "")
    card.recording_seconds = card.message_seconds = 0.0
    card.next_at = None


def without_person(facts: Iterable[f.Fact]) -> list[f.Fact]:
    """The facts of a masked contact as they may be shown."""
    return [_without_person(fact) for fact in facts]


def _without_person(fact: f.Fact) -> f.Fact:
    names = {field.name for field in fields(fact)}
    blank: dict[str, Any] = {name: "" for name in _SAID_BY_FACTS if name in names}
    if isinstance(fact, f.LegStarted) and fact.party == "customer":
        blank["endpoint"] = ""
    if isinstance(fact, f.RecordingReady) and fact.name:
        blank |= {"name": "", "problem": ERASED}
    if isinstance(fact, f.FaxTaken):
        blank |= {"name": "", "station": ""}
    if isinstance(fact, f.RecordingDeleted):
        blank["name"] = ""
    if isinstance(fact, f.DebtClosed):
        blank["reason"] = ""
    if isinstance(fact, f.WordsHeard):
        blank["text"] = ""
    if isinstance(fact, f.AnswerTaken):
        blank["answer"] = ""
    if isinstance(fact, f.VariablesSet):
        blank["variables"] = dict.fromkeys(fact.variables, "")
    if isinstance(fact, f.LookupOver):
        blank["values"] = dict.fromkeys(fact.values, "")
    return replace(fact, **blank) if blank else fact
