"""A prompt that is being spoken into a telephone, as the core remembers it, and how facts change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State

NUMBERING, SPEAKING, HEARING, SAVING, LEFT = "numbering", "speaking", "hearing", "saving", "left"
"""stages: the number is keyed in; he speaks; hears it and decides; hears that it is kept; has hung up while speaking"""
KEPT, UNCONFIRMED, EMPTY = "kept", "unconfirmed", "empty"
"""results"""


@dataclass(slots=True)
class Dictation:
    """``id`` is that of his call. ``name`` and ``seconds``: of the latest recording in which something was said."""

    id: str
    agent: str
    number: str
    stage: str = ""
    until: float = 0.0
    plays: int = 0
    takes: int = 0
    name: str = ""
    seconds: float = 0.0

    @property
    def play(self) -> str:
        """Of what is said at this stage."""
        return f"{self.id}-d{self.plays}"

    @property
    def take(self) -> str:
        """Of what he speaks now."""
        return f"{self.id}-t{self.takes}"

    @property
    def back(self) -> str:
        """Of his own words played to him."""
        return f"{self.id}-b{self.takes}"


def begun(state: State, fact: facts.DictationBegun) -> None:
    state.dictations[fact.dictation] = Dictation(fact.dictation, fact.agent, fact.number)


def stage(state: State, fact: facts.DictationStage) -> None:
    one = state.dictations[fact.dictation]
    one.stage, one.until, one.number = fact.stage, fact.until, fact.number
    one.plays += 1
    one.takes += fact.stage == SPEAKING


def spoken(state: State, fact: facts.DictationSpoken) -> None:
    one = state.dictations[fact.dictation]
    one.name, one.seconds = fact.name, fact.seconds


def over(state: State, fact: facts.DictationOver) -> None:
    del state.dictations[fact.dictation]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.DictationBegun: begun,
    facts.DictationStage: stage,
    facts.DictationSpoken: spoken,
    facts.DictationOver: over,
}
