"""Finding cards by what a person remembers of them. The index and its reasons: decision 21.

Every condition that walks an index is an equality or a range of text: those PostgreSQL evaluates before the wall
between companies (they tell nothing of rows that may not be seen), LIKE and trigrams only behind it, row by row.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    collate,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import LateralFromClause

from kaska.features.calls.public import plain
from kaska.features.customers.repository import cards
from kaska.features.customers.tables import customers, spellings, words
from kaska.features.customers.words import asked_words, beginning, mistakes, spellings_of

LOOKED_AT_ONCE = 10_000
"""candidates after which a page ends, full or not: a query of words that everybody has goes on with the next page"""
ENOUGH_TO_COUNT = 2000
MOST_KNOWN = 2000
LIKELY = 12
"""corrected words tried for one that was written wrong"""
LONG_WORD = 8
"""from so many letters on, two mistakes are forgiven"""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that was asked for: everything that begins with it, or one of these corrected words."""

    start: str
    corrected: tuple[str, ...] = ()

    def condition(self, word: ColumnElement[str]) -> ColumnElement[bool]:
        if self.corrected:
            return word.in_(self.corrected)
        start, end = beginning(self.start)
        return and_(word >= start, word < end)


class Place(msgspec.Struct):
    """Where a page of a search ended, and how it was searched."""

    tolerant: bool
    leading: int
    word: str
    customer: str


@dataclass(frozen=True, slots=True)
class Found:
    """``corrected``: nothing was written like that, these cards are written nearly so."""

    rows: list[Row[Any]]
    following: str
    corrected: bool


def _write(place: Place) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def _read(cursor: str) -> Place | None:
    """None for one that was not made by ``_write``: the search begins anew."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Place)
    except (binascii.Error, UnicodeError, ValueError, msgspec.MsgspecError):
        return None


async def search(connection: AsyncConnection, tenant: str, query: str, *, cursor: str, limit: int) -> Found:
    """Standing cards that have every word of ``query``, a beginning of it, or a part of a number.

    When no card does, words with a mistake in them are taken for what they nearly are.
    """
    asked = asked_words(plain(query))
    if not asked:
        return Found([], "", corrected=False)
    place = _read(cursor) if cursor else None
    if place is None or not place.tolerant:
        terms = [Term(word) for word in asked]
        found = await _walk(connection, tenant, terms, place, limit, tolerant=False)
        if found.rows or found.following or place is not None:
            return found
    terms = [Term(word, await _corrected(connection, tenant, word)) for word in asked]
    return await _walk(connection, tenant, terms, place, limit, tolerant=True)


async def _walk(
    connection: AsyncConnection, tenant: str, terms: list[Term], place: Place | None, limit: int, *, tolerant: bool
) -> Found:
    counted = await _counted(connection, tenant, terms)
    leading = place.leading if place and place.leading < len(terms) else counted.index(min(counted))
    after = (plain(place.word), plain(place.customer)) if place else None
    candidates = _candidates(tenant, terms[leading], after)
    looked = candidates.limit(LOOKED_AT_ONCE).subquery()
    standing = _standing(tenant, looked, terms[leading], [term for term in terms if term is not terms[leading]])
    query = select(looked).join(standing, true()).order_by(looked.c.word, looked.c.customer).limit(limit + 1)
    hits = (await connection.execute(query)).all()
    shown = hits[:limit]
    last = shown[-1] if len(hits) > limit else None
    if last is None and counted[leading] == ENOUGH_TO_COUNT:  # there may be more than were looked at
        last = (await connection.execute(candidates.offset(LOOKED_AT_ONCE - 1).limit(1))).one_or_none()
    found = await cards(connection, tenant, [hit.customer for hit in shown])
    following = _write(Place(tolerant, leading, last.word, last.customer)) if last is not None else ""
    return Found([found[hit.customer] for hit in shown if hit.customer in found], following, tolerant)


def _candidates(tenant: str, term: Term, after: tuple[str, str] | None) -> Select[Any]:
    """(word, customer) of the index that ``term`` leads to, in its order."""
    chosen = select(words.c.word, words.c.customer).where(words.c.tenant == tenant, term.condition(words.c.word))
    if after is not None:
        # the first part alone is what the index can begin at
        chosen = chosen.where(words.c.word >= after[0], tuple_(words.c.word, words.c.customer) > tuple_(*after))
    return chosen.order_by(words.c.word, words.c.customer)


def _standing(tenant: str, looked: Subquery, leading: Term, others: list[Term]) -> LateralFromClause:
    """The card of a candidate, if it has all words. OFFSET 0: looked up one by one, in the order of the index, so that
    a page is full long before all candidates were looked at."""
    card = (
        select(literal(1).label("one"))
        .where(customers.c.tenant == tenant, customers.c.id == looked.c.customer, customers.c.merged_into == "")
        # a card is shown once, at the first of its words that lead to it
        .where(looked.c.word == _word(leading))
    )
    for term in others:
        card = card.where(_word(term).is_not(None))
    return card.offset(0).lateral()


def _word(term: Term) -> ScalarSelect[Any]:
    """The first word of the card that ``term`` leads to."""
    word = collate(func.unnest(customers.c.words).column_valued("word"), "C")
    return select(func.min(word)).where(term.condition(word)).scalar_subquery()


async def _counted(connection: AsyncConnection, tenant: str, terms: list[Term]) -> list[int]:
    """How many places of the index each term leads to, counted up to ENOUGH_TO_COUNT."""
    counts = []
    for term in terms:
        some = _candidates(tenant, term, None).limit(ENOUGH_TO_COUNT).subquery()
        counts.append(int((await connection.execute(select(func.count()).select_from(some))).scalar_one()))
    return counts


async def _corrected(connection: AsyncConnection, tenant: str, word: str) -> tuple[str, ...]:
    """Words of cards that ``word`` may have been meant for, the nearest first; () leaves it as it is."""
    near = spellings_of(word)
    if not near:
        return ()
    query = select(spellings.c.word).where(
        spellings.c.tenant == tenant, or_(*(spellings.c.spelling == one for one in sorted(near)))
    )
    known = set((await connection.execute(query.limit(MOST_KNOWN))).scalars())
    allowed = 2 if len(word) >= LONG_WORD else 1
    ranked = sorted((mistakes(word, one), one) for one in known)
    return tuple(one for wrong, one in ranked if wrong <= allowed)[:LIKELY]
