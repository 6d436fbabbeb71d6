"""A scenario: the graph a contact walks before and around a queue.

Nodes name their successors by id; "" as a successor means that the contact ends there. The interpreter walks it,
the linter judges it; neither knows about any switch.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Play:
    """Say prompts, then go on."""

    prompts: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Say prompts and wait for a digit.

    ``choices`` maps a digit to a node. With ``extensions`` a caller may also dial an agent's extension;
    ``extension_next`` is where it goes when that agent does not answer. No key, or a wrong one, ``tries``
    times: ``otherwise`` (an operator, never a dead end).
    """

    prompts: tuple[str, ...]
    choices: dict[str, str]
    otherwise: str
    timeout: float = 5.0
    tries: int = 2
    extensions: bool = False
    extension_next: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Open or closed by a calendar."""

    calendar: str
    open: str
    closed: str


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Wait in a queue. ``keys`` maps digits pressed while waiting to "message" or "callback"."""

    queue: str
    message: str
    """node that takes a message, for the key and for waiting longer than the queue's maximum"""
    keys: dict[str, str] = field(default_factory=dict)
    priority: int = 0


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Ask for the question and a contact, record the answer."""

    prompts: tuple[str, ...]
    next: str
    max_seconds: int = 120
    closed_hours: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """Say goodbye and hang up. ``served`` marks an information line: the person got what was asked for."""

    prompts: tuple[str, ...] = ()
    served: bool = False


Node = Play | Menu | Schedule | Enqueue | TakeMessage | Finish


@dataclass(frozen=True, slots=True)
class Scenario:
    id: str
    version: int
    start: str
    nodes: dict[str, Node]
