"""Finding cards by what a person remembers of them. The index and its reasons: decision 21.

Every condition that walks an index is an equality or a range of text: those PostgreSQL evaluates before the wall
between companies (they tell nothing of rows that may not be seen), LIKE and trigrams only behind it, row by row.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import plain
from kaska.features.customers.tables import customers, spellings, words
from kaska.features.customers.words import asked_words, beginning, mistakes, spellings_of

SEEN_AT_ONCE = 200
"""candidates looked at in one go"""
MOST_LOOKED_AT = 20_000
"""candidates after which a search ends, found or not: a query of words that everybody has"""
ENOUGH_TO_COMPARE = 2000
LIKELY = 12
"""corrected words tried for one that was written wrong"""
LONG_WORD = 8
"""from so many letters on, two mistakes are forgiven"""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that was asked for: everything that begins with it, or one of these corrected words."""

    start: str
    corrected: tuple[str, ...] = ()

    def matches(self, word: str) -> bool:
        return word in self.corrected if self.corrected else word.startswith(self.start)

    def condition(self) -> ColumnElement[bool]:
        if self.corrected:
            return words.c.word.in_(self.corrected)
        start, end = beginning(self.start)
        return and_(words.c.word >= start, words.c.word < end)


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
        if found.rows or place is not None:
            return found
    terms = [Term(word, await _corrected(connection, tenant, word)) for word in asked]
    return await _walk(connection, tenant, terms, place, limit, tolerant=True)


async def _walk(
    connection: AsyncConnection, tenant: str, terms: list[Term], place: Place | None, limit: int, *, tolerant: bool
) -> Found:
    leading = place.leading if place and place.leading < len(terms) else await _rarest(connection, tenant, terms)
    term, others = terms[leading], [other for number, other in enumerate(terms) if number != leading]
    after = (plain(place.word), plain(place.customer)) if place else None
    rows: list[Row[Any]] = []
    looked = 0
    while looked < MOST_LOOKED_AT:
        candidates = await _candidates(connection, tenant, term, after, SEEN_AT_ONCE)
        for row in candidates:
            # a card is shown at the first of its words that lead to it
            first = next(word for word in row.words if term.matches(word))
            if first == row.word and all(any(map(other.matches, row.words)) for other in others):
                if len(rows) == limit:
                    return Found(rows, _write(Place(tolerant, leading, *after)) if after else "", tolerant)
                rows.append(row)
            after = (row.word, row.id)
        looked += SEEN_AT_ONCE
        if len(candidates) < SEEN_AT_ONCE:
            break
    return Found(rows, "", tolerant)


async def _candidates(
    connection: AsyncConnection, tenant: str, term: Term, after: tuple[str, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """Cards at the words of ``term``, in the order of the index."""
    chosen = select(words.c.word, words.c.customer).where(words.c.tenant == tenant, term.condition())
    if after is not None:
        # the first part alone is what the index can begin at
        chosen = chosen.where(words.c.word >= after[0], tuple_(words.c.word, words.c.customer) > tuple_(*after))
    chosen_words = chosen.order_by(words.c.word, words.c.customer).limit(limit).subquery()
    query = (
        select(customers, chosen_words.c.word)
        .join(chosen_words, customers.c.id == chosen_words.c.customer)
        .where(customers.c.tenant == tenant, customers.c.merged_into == "")
        .order_by(chosen_words.c.word, chosen_words.c.customer)
    )
    return (await connection.execute(query)).all()


async def _rarest(connection: AsyncConnection, tenant: str, terms: list[Term]) -> int:
    """The number of the term that the fewest words lead to, counted up to ENOUGH_TO_COMPARE."""
    if len(terms) == 1:
        return 0
    counts = []
    for number, term in enumerate(terms):
        few = select(words.c.customer).where(words.c.tenant == tenant, term.condition()).limit(ENOUGH_TO_COMPARE)
        counts.append((len((await connection.execute(few)).all()), number))
    return min(counts)[1]


async def _corrected(connection: AsyncConnection, tenant: str, word: str) -> tuple[str, ...]:
    """Words of cards that ``word`` may have been meant for, the nearest first; () leaves it as it is."""
    near = spellings_of(word)
    if not near:
        return ()
    query = select(spellings.c.word).where(
        spellings.c.tenant == tenant, or_(*(spellings.c.spelling == one for one in sorted(near)))
    )
    known = set((await connection.execute(query.limit(ENOUGH_TO_COMPARE))).scalars())
    allowed = 2 if len(word) >= LONG_WORD else 1
    ranked = sorted((mistakes(word, one), one) for one in known)
    return tuple(one for wrong, one in ranked if wrong <= allowed)[:LIKELY]
