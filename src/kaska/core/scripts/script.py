"""The script as data."""

from __future__ import annotations

from dataclasses import dataclass, field

END = ""
"""``next`` of an answer after which the conversation has said all it had to"""

CARD_FIELDS = ("name", "position", "language")
"""what a field may fill in on every customer's card; others are fields of a project's cards"""


@dataclass(frozen=True, slots=True)
class Field:
    """A blank to fill in. ``kind``: "text", "number", "date", "choice". ``card``: which field of the customer's card it
    goes into: one of CARD_FIELDS, "PROJECT.FIELD" of a project's cards, "" into none. ``unrecorded``: nothing
    is recorded while it is filled in."""

    id: str
    title: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    card: str = ""
    unrecorded: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What the person may say against it, and what to answer."""

    said: str
    reply: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person answers, and the step it leads to (END = none)."""

    title: str
    next: str


@dataclass(frozen=True, slots=True)
class Branch:
    """Instead of asking: when the blank ``field`` was filled in with ``value``, go on at ``next``."""

    field: str
    value: str
    next: str


@dataclass(frozen=True, slots=True)
class Step:
    """``text`` is said, ``hint`` is for the agent's eyes. After the step: the first branch that holds, else the answer
    that was given. {field} in ``text`` stands for what was filled in before. ``unrecorded``: nothing is recorded while
    the agent is in it."""

    title: str
    text: str = ""
    hint: str = ""
    fields: tuple[Field, ...] = ()
    objections: tuple[Objection, ...] = ()
    answers: tuple[Answer, ...] = ()
    branches: tuple[Branch, ...] = ()
    unrecorded: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    start: str
    steps: dict[str, Step] = field(default_factory=dict)
