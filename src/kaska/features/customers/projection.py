"""A card comes into being by itself: the first contact of somebody unknown makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import ContactOpened
from kaska.features.calls.public import masked, moment
from kaska.features.customers import repository
from kaska.features.customers.identity import EMAIL, PHONE, Identity, of_contact
from kaska.features.customers.tables import customers, identities, words
from kaska.features.customers.words import card_words
from kaska.kit.bulk import Bulk
from kaska.ledger.reader import LedgerFact

_PUT_CARDS = Bulk(customers, ("id", "name", "created_at", "changed_at", "words"))


class CustomersProjection:
    """One card per person that the ledger knows a number or an address of, whatever way the facts are cut."""

    name = "customers"
    kinds = (ContactOpened,)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Make cards for those among ``facts`` whom no card knows. What people wrote on cards is left alone."""
        tenant = facts[0].tenant
        opened = [entry.fact for entry in facts if isinstance(entry.fact, ContactOpened)]
        erased = await masked(connection, tenant, [fact.contact for fact in opened])
        first: dict[Identity, ContactOpened] = {}
        for fact in opened:
            known_by = of_contact(fact.channel, fact.customer)
            if known_by is not None and fact.contact not in erased:
                first.setdefault(known_by, fact)
        known = await repository.owners(connection, tenant, first)
        fresh = {one: fact for one, fact in first.items() if one not in known}
        await _make(connection, tenant, fresh)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget the cards of the transaction's tenant that nobody touched, to be made again from the first fact."""
        untouched = select(customers.c.id).where(~customers.c.touched)
        for table in (words, identities):
            await connection.execute(delete(table).where(table.c.customer.in_(untouched)))
        await connection.execute(delete(customers).where(~customers.c.touched))


async def _make(connection: AsyncConnection, tenant: str, fresh: dict[Identity, ContactOpened]) -> None:
    """Cards named by the contact that made them, so that the same ledger makes the same cards."""
    wanted = [(one, f"c-{fact.contact}", moment(fact.at)) for one, fact in fresh.items()]
    # what is not claimed was written on a card by hand in the meantime
    claimed = await repository.claim(connection, tenant, wanted)
    cards = [_card(one, fact) for one, fact in fresh.items() if one in claimed]
    await _PUT_CARDS.put(connection, tenant, cards)
    await repository.put_words(connection, tenant, [(word, card["id"]) for card in cards for word in card["words"]])


def words_for(one: Identity, name: str) -> list[str]:
    phones = [one.value] if one.kind == PHONE else []
    mails = [one.value] if one.kind == EMAIL else []
    other = [] if phones or mails else [one.value]
    return card_words([name, *other], phones, mails)


def _card(one: Identity, fact: ContactOpened) -> dict[str, Any]:
    at = moment(fact.at)
    return {
        "id": f"c-{fact.contact}",
        "name": fact.caller_name,
        "created_at": at,
        "changed_at": at,
        "words": words_for(one, fact.caller_name),
    }
