"""Facts, configurations and engine states ↔ JSON bytes, for the journal, the ledger and snapshots."""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

import msgspec

from kaska.core.configuration import Configuration
from kaska.core.facts import FACT_TYPES, TYPE_NAMES, ConfigurationApplied, Fact, TrialPrepared
from kaska.core.scenarios.graph import Scenario
from kaska.ledger.notation import from_document, to_document

T = TypeVar("T")

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")

_encoder = msgspec.json.Encoder()
_WITH_SCENARIOS = (ConfigurationApplied, TrialPrepared)
"""what msgspec alone has no notation for"""
_decoders = {name: msgspec.json.Decoder(cls) for name, cls in FACT_TYPES.items() if cls not in _WITH_SCENARIOS}


class UnknownFact(ValueError):
    """The ledger holds a type of fact that this version of the product does not know."""


def encode_fact(fact: Fact) -> tuple[str, str, bytes]:
    """(type name, contact or "", JSON). Text that JSON or PostgreSQL cannot hold (NUL, halves of surrogate pairs)
    becomes U+FFFD, so that no caller's name can stop the ledger. Raises ValueError on a number that is not finite.
    """
    try:
        body = _encode_one(fact)
    except UnicodeEncodeError:
        fact = _clean(fact)
        body = _encode_one(fact)
    if b"\\u0000" in body:
        fact = _clean(fact)
        body = _encode_one(fact)
    if b"null" in body:
        _refuse_endless(fact)
    return TYPE_NAMES[type(fact)], getattr(fact, "contact", ""), body


def decode_fact(type_name: str, body: bytes | str) -> Fact:
    """Inverse of ``encode_fact``. Raises UnknownFact, or ValueError on a malformed body."""
    decoder = _decoders.get(type_name)
    if decoder is not None:
        return decoder.decode(body)
    if type_name not in FACT_TYPES:
        raise UnknownFact(type_name)
    return decode_state(body, FACT_TYPES[type_name])


def encode_configuration(configuration: Configuration) -> bytes:
    return encode_state(configuration)


def decode_configuration(data: bytes | str) -> Configuration:
    """Raises NotationError naming the place (scenario, node, field) where it is malformed."""
    return decode_state(data, Configuration)


def configuration_from_document(document: Any) -> Configuration:
    """A configuration as a person or a program wrote it; also refuses unknown fields. Raises NotationError."""
    return cast(Configuration, from_document(document, Configuration, strict=True))


def encode_state(value: Any, type_: Any = None) -> bytes:
    """Any dataclass of plain values, dataclasses, unions of dataclasses, tuples, lists, deques and dicts with text or
    number keys, wherever a Configuration or a Scenario occurs in it. ``type_`` is its declared type if it is not
    simply its class.
    """
    declared = type(value) if type_ is None else type_
    try:
        return _encoder.encode(to_document(value, declared))
    except UnicodeEncodeError:
        return _encoder.encode(to_document(_clean(value), declared))


def decode_state(data: bytes | str, type_: type[T]) -> T:
    """Inverse of ``encode_state``; fields that are new since it was written take their defaults."""
    return cast(T, from_document(msgspec.json.decode(data), type_))


def to_plain(value: Any, type_: Any) -> Any:
    """A part of a configuration as a plain document, for a column of JSON. Read it with ``notation.from_document``."""
    return msgspec.to_builtins(to_document(value, type_))


def scenario_to_document(scenario: Scenario) -> dict[str, Any]:
    return cast(dict[str, Any], msgspec.to_builtins(to_document(scenario, Scenario)))


def scenario_from_document(document: Any) -> Scenario:
    """A scenario as a person or a program wrote it; also refuses unknown fields, which are misspellings.

    Raises NotationError, for instance: ``node "menu", field timeout: Expected `float`, got `str```.
    """
    return cast(Scenario, from_document(document, Scenario, strict=True))


def _encode_one(fact: Fact) -> bytes:
    return encode_state(fact) if type(fact) in _WITH_SCENARIOS else _encoder.encode(fact)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, tuple | list | deque):
        return type(value)(_clean(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _clean(getattr(value, field.name)) for field in fields(value)})
    return value


def _refuse_endless(fact: Fact) -> None:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{type(fact).__name__}.{field.name} is {value}: not a finite number")
