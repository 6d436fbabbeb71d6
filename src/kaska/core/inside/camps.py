"""Wishes to be called when somebody, or a line, is free; as the core remembers them, and how facts change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State


@dataclass(slots=True)
class Camp:
    """``to`` "": for a line, to call ``number``. Asked ``at``, holds ``until`` (seconds since the epoch); the
    ``serial``-th of all."""

    by: str
    to: str
    number: str
    at: float
    until: float
    serial: int = 0

    @property
    def target(self) -> str:
        return self.to or self.number


def _asked(state: State, fact: facts.CampAsked) -> None:
    state.camps_asked += 1
    camp = Camp(fact.by, fact.to, fact.number, fact.at, fact.until, state.camps_asked)
    state.camps[f"{camp.by} {camp.target}"] = camp


def _over(state: State, fact: facts.CampOver) -> None:
    del state.camps[f"{fact.by} {fact.to or fact.number}"]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {facts.CampAsked: _asked, facts.CampOver: _over}
