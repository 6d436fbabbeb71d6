"""The kinds of nodes as an editor needs them: read from the core's own classes, so that a new kind appears by itself.

Words are in ``kind_words``; a kind or field that has none yet is shown under its own name.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from kaska.core.scenarios.conditions import FIELD_NAMES
from kaska.core.scenarios.graph import Choice, Node, Question, kind_of, ways
from kaska.features.scenarios.kind_words import FIELDS, GROUP_OF, GROUPS, KINDS, WAYS

Shape = Literal[
    "way", "ways", "prompts", "conditions", "text", "number", "whole", "flag", "texts", "names", "actions", "words",
    "questions", "queue", "calendar", "agent", "agents", "scenario", "source", "trunk", "owner",
]  # fmt: skip

_BY_NAME: dict[str, Shape] = {
    "prompts": "prompts",
    "queue": "queue",
    "calendar": "calendar",
    "agent": "agent",
    "agents": "agents",
    "scenario": "scenario",
    "source": "source",
    "trunk": "trunk",
    "owner": "owner",
    "keys": "actions",
    "words": "words",
}
LIMITS: dict[str, tuple[float, float]] = {
    "timeout": (1, 60),
    "tries": (1, 10),
    "length": (1, 40),
    "max_seconds": (5, 600),
    "priority": (-1000, 1000),
    "seconds": (0.1, 120),
}
"""what publishing accepts; see publishing.check_scenario"""


class KindField(BaseModel):
    """``shape`` says what it holds: "way" a node ("" = the contact ends), "ways" keys or names → nodes, "conditions" a
    list of {"when", "next"}, "texts" names → text, "actions" keys → "message" or "callback", "words" keys → phrases,
    "questions" a list of {"answer", "prompts", "allowed"}, the others one or several identifiers, numbers or words.
    ``needed``: without it the node cannot be read.
    """

    name: str
    shape: Shape
    needed: bool
    default: Any
    title: str
    hint: str
    least: float | None = None
    most: float | None = None


class NodeKind(BaseModel):
    """``ways``: name of a way on → in words, for edges."""

    kind: str
    group: str
    title: str
    hint: str
    fields: list[KindField]
    ways: dict[str, str]


class KindGroup(BaseModel):
    group: str
    title: str


class KindCatalogue(BaseModel):
    """``look``: fields that conditions may ask for → in words."""

    groups: list[KindGroup]
    kinds: list[NodeKind]
    look: dict[str, str]


def catalogue(language: str) -> KindCatalogue:
    """All kinds in the order of the core's declaration; "ru" or "en"."""
    english = language == "en"
    kinds = [_kind(cls, english) for cls in get_args(Node)]
    used = {kind.group for kind in kinds}
    groups = [KindGroup(group=name, title=words[english]) for name, words in GROUPS.items() if name in used]
    return KindCatalogue(groups=groups, kinds=kinds, look={name: words[english] for name, words in FIELD_NAMES.items()})


def _kind(cls: type[Node], english: bool) -> NodeKind:
    name = kind_of(cls)
    title, hint = KINDS.get(name, ((name, name), ("", "")))
    described = [_field(name, field, shape, english) for field, shape in shapes(cast(Any, cls))]
    leads = {field.name for field in described if field.shape == "way"}
    return NodeKind(
        kind=name,
        group=GROUP_OF.get(name, "other"),
        title=title[english],
        hint=hint[english],
        fields=described,
        ways={way: way_in_words(name, way, english=english) for way in sorted(leads)},
    )


def way_in_words(kind: str, way: str, *, english: bool) -> str:
    """A way as the editor writes it on the edge; ``way`` as ``graph.ways`` names it ("choices.1" → "1")."""
    known = WAYS.get((kind, way), WAYS.get(("", way)))
    return known[english] if known is not None else way.rpartition(".")[2]


def _field(kind: str, field: Field[Any], shape: Shape, english: bool) -> KindField:
    unnamed = ((field.name, field.name), ("", ""))
    title, hint = FIELDS.get((kind, field.name)) or FIELDS.get(("", field.name)) or unnamed
    least, most = LIMITS.get(field.name, (None, None)) if shape in ("number", "whole") else (None, None)
    default: Any = None if field.default is MISSING else field.default
    if field.default_factory is not MISSING:
        default = field.default_factory()
    return KindField(
        name=field.name,
        shape=shape,
        needed=field.default is MISSING and field.default_factory is MISSING,
        default=list(default) if isinstance(default, tuple) else default,
        title=title[english],
        hint=hint[english],
        least=least,
        most=most,
    )


@cache
def shapes(cls: Any) -> tuple[tuple[Field[Any], Shape], ...]:
    """Each field with what it holds, told from its type, its name and from what ``graph.ways`` makes of it."""
    hints = get_type_hints(cls)
    led = {way.split(".")[0].split("[")[0] for way, _ in ways(_sample(cls, hints))}
    return tuple((field, _shape(field.name, hints[field.name], field.name in led)) for field in fields(cls))


def _shape(name: str, type_: Any, leads: bool) -> Shape:
    plain: dict[Any, Shape] = {float: "number", int: "whole", bool: "flag"}
    if type_ in plain:
        return plain[type_]
    if get_origin(type_) is dict:
        return "ways" if leads else _BY_NAME.get(name, "texts")
    if get_origin(type_) is tuple:
        listed: dict[Any, Shape] = {Choice: "conditions", Question: "questions"}
        return listed.get(get_args(type_)[0]) or _BY_NAME.get(name, "names")
    return "way" if leads else _BY_NAME.get(name, "text")


def _sample(cls: type[Any], hints: dict[str, Any]) -> Any:
    """A node with something in every field, so that each of its ways shows."""
    samples: dict[Any, Any] = {str: "x", float: 1.0, int: 1, bool: True}
    values = {}
    for name, type_ in hints.items():
        origin = get_origin(type_)
        values[name] = samples.get(type_, {"1": "x"} if origin is dict else ())
    return cls(**values)
