"""Typed values ↔ plain documents (dict, list, str, number, bool, None).

Follows the declared types. What msgspec can do by itself is left to it; this module adds unions of dataclasses, which
it has no notation for: a member of such a union carries ``"kind"``, its class name in snake case.
"""

from __future__ import annotations

import re
import types
from collections import deque
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from kaska.core.configuration import Configuration

Path = tuple[str | int, ...]
Encode = Callable[[Any], Any]
Decode = Callable[[Any, Path], Any]

KIND = "kind"


class NotationError(ValueError):
    """A document does not say what its type needs. ``path`` leads to the place; the text names node and field."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{describe(path)}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


def describe(path: Path) -> str:
    """A path for people: ``node "menu", field timeout`` where it leads into a scenario, else ``queues["a"].name``."""
    if "nodes" in path[:-1]:
        at = path.index("nodes")
        scenario = f'scenario "{path[at - 1]}", ' if at >= 2 and path[at - 2] == "scenarios" else ""
        field = f", field {_dotted(path[at + 2 :])}" if len(path) > at + 2 else ""
        return f'{scenario}node "{path[at + 1]}"{field}'
    return _dotted(path)


def _dotted(path: Path) -> str:
    text = str(path[0])
    for step in path[1:]:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if step.isidentifier() else f'["{step}"]'
    return text


def kind_of(cls: type) -> str:
    """Class name in snake case: TakeMessage → "take_message"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def to_document(value: Any, type_: Any) -> Any:
    """``value`` as declared by ``type_``; may hold ``msgspec.Raw`` and dataclasses: encode it with msgspec."""
    encode = encoder(type_)
    return value if encode is None else encode(value)


def from_document(document: Any, type_: Any, path: Path = (), *, strict: bool = False) -> Any:
    """The value that a document describes. Unknown fields are passed over, with ``strict`` they are errors.

    Raises NotationError that names the place.
    """
    return decoder(type_, strict)(document, path)


@cache
def encoder(type_: Any) -> Encode | None:
    """None when msgspec's own notation is already right."""
    members = _members(type_)
    if members:
        return _union_encoder(members)
    if type_ is Configuration:
        return _ConfigurationEncoder()
    if is_dataclass(type_) and isinstance(type_, type):
        return _dataclass_encoder(type_)
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is dict:
        inner = encoder(arguments[1])
        return None if inner is None else lambda value: {key: inner(item) for key, item in value.items()}
    if origin in (list, tuple, deque):
        return _row_encoder(origin, arguments)
    return list if type_ is deque else None


def _row_encoder(origin: Any, arguments: tuple[Any, ...]) -> Encode | None:
    if origin is not tuple or arguments[1:] == (...,):
        inner = encoder(arguments[0])
        if inner is None:
            return list if origin is deque else None
        return lambda value: [inner(item) for item in value]
    each = [encoder(argument) for argument in arguments]
    if not any(each):
        return None
    return lambda value: [e(item) if e else item for e, item in zip(each, value, strict=True)]


def _fields_encoder(cls: type) -> tuple[list[tuple[str, Encode | None]], bool]:
    hints = get_type_hints(cls)
    each = [(field.name, encoder(hints[field.name])) for field in fields(cls)]
    return each, any(encode is not None for _, encode in each)


def _dataclass_encoder(cls: type) -> Encode | None:
    each, needed = _fields_encoder(cls)
    if not needed:
        return None
    return lambda value: {name: e(getattr(value, name)) if e else getattr(value, name) for name, e in each}


def _union_encoder(members: tuple[type, ...]) -> Encode:
    known: dict[type, tuple[str, list[tuple[str, Encode | None]]]] = {}

    def encode(value: Any) -> Any:
        cls = type(value)
        if cls not in members:
            return value  # None or a plain value, which a union may hold beside dataclasses
        if cls not in known:  # not before: a member may hold the union itself
            known[cls] = (kind_of(cls), _fields_encoder(cls)[0])
        kind, each = known[cls]
        document = {KIND: kind}
        for name, e in each:
            document[name] = e(getattr(value, name)) if e else getattr(value, name)
        return document

    return encode


class _ConfigurationEncoder:
    """Remembers the last bytes of each tenant: a configuration is big, never changes, and is in every snapshot."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Configuration, msgspec.Raw]] = {}

    def __call__(self, value: Configuration) -> msgspec.Raw:
        known = self._known.get(value.tenant)
        if known is not None and known[0] is value:
            return known[1]
        encode = _dataclass_encoder(Configuration)
        raw = msgspec.Raw(msgspec.json.encode(encode(value) if encode else value))
        self._known[value.tenant] = (value, raw)
        return raw


@cache
def decoder(type_: Any, strict: bool) -> Decode:
    members = _members(type_)
    if members:
        return _union_decoder(type_, members, strict)
    if is_dataclass(type_) and isinstance(type_, type) and (strict or _needs_us(type_)):
        return _dataclass_decoder(type_, strict)
    if not strict and not _needs_us(type_):
        return _plain_decoder(type_)
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is dict:
        return _dict_decoder(arguments[0], decoder(arguments[1], strict))
    if origin in (list, deque) or (origin is tuple and arguments[1:] == (...,)):
        return _row_decoder(origin, decoder(arguments[0], strict))
    if origin is tuple:
        return _tuple_decoder([decoder(argument, strict) for argument in arguments])
    return _plain_decoder(type_)


def _needs_us(type_: Any) -> bool:
    return encoder(type_) is not None


def _plain_decoder(type_: Any) -> Decode:
    def decode(document: Any, path: Path) -> Any:
        try:
            return msgspec.convert(document, type_, str_keys=True)
        except msgspec.ValidationError as error:
            raise NotationError(path, str(error)) from None

    return decode


def _dict_decoder(key_type: Any, inner: Decode) -> Decode:
    keys = _plain_decoder(dict[key_type, None])  # msgspec reads numbers out of text in keys only

    def decode(document: Any, path: Path) -> Any:
        if not isinstance(document, dict):
            raise NotationError(path, f"Expected `object`, got `{_word(document)}`")
        names = document if key_type is str else keys(dict.fromkeys(document), path)
        return {key: inner(item, (*path, name)) for key, (name, item) in zip(names, document.items(), strict=True)}

    return decode


def _row_decoder(origin: Any, inner: Decode) -> Decode:
    def decode(document: Any, path: Path) -> Any:
        if not isinstance(document, list | tuple):
            raise NotationError(path, f"Expected `array`, got `{_word(document)}`")
        return origin(inner(item, (*path, index)) for index, item in enumerate(document))

    return decode


def _tuple_decoder(each: list[Decode]) -> Decode:
    def decode(document: Any, path: Path) -> Any:
        if not isinstance(document, list | tuple) or len(document) != len(each):
            raise NotationError(path, f"Expected `array` of {len(each)}, got `{_word(document)}`")
        return tuple(d(item, (*path, index)) for index, (d, item) in enumerate(zip(each, document, strict=True)))

    return decode


def _dataclass_decoder(cls: type, strict: bool) -> Decode:
    hints = get_type_hints(cls)
    each = {field.name: decoder(hints[field.name], strict) for field in fields(cls)}
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]

    def decode(document: Any, path: Path) -> Any:
        if not isinstance(document, dict):
            raise NotationError(path, f"Expected `object`, got `{_word(document)}`")
        for name in needed:
            if name not in document:
                raise NotationError((*path, name), "is missing")
        unknown = [name for name in document if name not in each and name != KIND]
        if strict and unknown:
            raise NotationError((*path, unknown[0]), f"is not known; there are {', '.join(each)}")
        return cls(**{n: d(document[n], (*path, n)) for n, d in each.items() if n in document})

    return decode


def _union_decoder(type_: Any, members: tuple[type, ...], strict: bool) -> Decode:
    named = {kind_of(cls): cls for cls in members}
    known: dict[str, Decode] = {}
    others = tuple(argument for argument in get_args(type_) if argument not in members)

    def decode(document: Any, path: Path) -> Any:
        if not isinstance(document, dict):
            if others:
                return _plain_decoder(Union[others])(document, path)  # noqa: UP007 - built from a tuple
            raise NotationError(path, f"Expected `object`, got `{_word(document)}`")
        kind = document.get(KIND)
        if kind is None:
            raise NotationError((*path, KIND), f"is missing; one of {', '.join(named)}")
        if not isinstance(kind, str) or kind not in named:
            raise NotationError((*path, KIND), f"{kind!r} is not known; one of {', '.join(named)}")
        if kind not in known:  # not before: a member may hold the union itself
            known[kind] = _dataclass_decoder(named[kind], strict)
        return known[kind](document, path)

    return decode


def _members(type_: Any) -> tuple[type, ...]:
    """The dataclasses of a union; () when there are none, or when the one there needs no ``kind``."""
    if get_origin(type_) not in (Union, types.UnionType):
        return ()
    found = tuple(argument for argument in get_args(type_) if is_dataclass(argument) and isinstance(argument, type))
    if len(found) == 1 and encoder(found[0]) is None:
        return ()
    return found


def _word(document: Any) -> str:
    words = {dict: "object", list: "array", tuple: "array", str: "str", bool: "bool", int: "int", float: "float"}
    return words.get(type(document), "null" if document is None else type(document).__name__)
