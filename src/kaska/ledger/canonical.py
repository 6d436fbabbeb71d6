"""The one byte form of a fact, for hashing.

It depends on the values alone: not on the order in which PostgreSQL keeps the keys of a JSONB, not on how it prints
numbers, not on its version or time zone. A fact is one line of JSON in UTF-8 that ends with LF, without spaces:

    [position,at,contact,type,body,journal,seq]

- ``at``: whole microseconds since the Unix epoch; ``journal``: the UUID in lower case with hyphens.
- Keys of objects are sorted by code points and stand once.
- Strings escape ``"`` and ``\\`` by a backslash, and U+0000…U+001F as ``\\b \\t \\n \\f \\r`` or ``\\u00xx`` in lower
  case; everything else stands as it is.
- Numbers are exact decimals without exponent: no zeros before the first digit of the whole part or after the last of
  the fraction, no fraction when it is nothing, and zero is ``0``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as the table holds it; ``body`` is JSON text, ``journal`` a UUID as text."""

    position: int
    at: datetime
    contact: str
    type: str
    body: str
    journal: str
    seq: int


class _Numeral(str):
    """A number as it is written."""

    __slots__ = ()


def line_of(row: Row) -> bytes:
    """The canonical line of a fact. Raises ValueError when its body is no JSON."""
    at = (row.at - _EPOCH) // _MICROSECOND
    contact, kind, journal = (encode_basestring(text) for text in (row.contact, row.type, row.journal))
    return f"[{row.position},{at},{contact},{kind},{canonical_json(row.body)},{journal},{row.seq}]\n".encode()


def canonical_json(document: str) -> str:
    """The canonical form of a JSON text. Raises ValueError when it is none, or when a key stands twice."""
    return _written(_parse(document))


def _written(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is _Numeral:
        return str(value)
    if kind is dict:
        inner = ",".join([f"{encode_basestring(key)}:{_written(value[key])}" for key in sorted(value)])
        return "{" + inner + "}"
    if kind is list:
        return "[" + ",".join([_written(item) for item in value]) + "]"
    return "null" if value is None else "true" if value else "false"


def _numeral(token: str) -> _Numeral:
    plain = format(Decimal(token), "f") if "e" in token or "E" in token else token
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return _Numeral("0" if plain in ("-0", "") else plain)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(token: str) -> Any:
    raise ValueError(f"{token} is no JSON")


_parse = json.JSONDecoder(
    parse_float=_numeral, parse_int=_numeral, parse_constant=_refuse, object_pairs_hook=_once
).decode
