"""Calls that people of ours make into a draft, to try it: what the core remembers of them, and how facts change it.

Such a call walks the draft among what is published, by the same rules as any other, and rings real telephones. It is no
customer's: its ``direction`` is TRIAL, it counts in no figure, and nobody owes anything for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.scenarios.editions import Edition
from kaska.core.scenarios.graph import Scenario

if TYPE_CHECKING:
    from kaska.core.contacts.contact import Contact
    from kaska.core.state import State

TRIAL = "trial"
"""direction of a contact"""
TRIAL_SECONDS = 120.0
"""so long a number leads to its draft; the page calls it at once"""
MOST_KEPT = 20
"""so many trials that are over, or were never called, are remembered"""
LONGEST_WAY = 500


@dataclass(slots=True)
class TrialStep:
    at: float
    scenario: str
    node: str


@dataclass(slots=True)
class Trial:
    """``number`` is what is dialled, until ``until``; ``scenario`` is tried, with the drafts ``scenarios``, which are
    forgotten when the call came. ``way``: the steps of the call ``contact``, which is over at ``ended_at`` (0.0: not).
    """

    number: str
    by: str
    scenario: str
    until: float
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    contact: str = ""
    way: list[TrialStep] = field(default_factory=list)
    ended_at: float = 0.0

    @property
    def on_the_line(self) -> bool:
        return bool(self.contact) and not self.ended_at


def called_by(state: State, number: str, at: float) -> Trial | None:
    """The trial that a call to ``number`` is; None when it is none (any more)."""
    trial = state.trials.get(number)
    return trial if trial is not None and not trial.contact and at <= trial.until else None


def opened(state: State, contact: Contact) -> int:
    """The call is here; gives the edition of the scenarios that it walks."""
    trial = state.trials[contact.number]
    trial.contact = contact.id
    state.trials_made += 1
    edition = -state.trials_made  # published ones count from 1
    state.editions[edition] = Edition({**state.configuration.scenarios, **trial.scenarios}, 1)
    trial.scenarios = {}
    return edition


def stepped(state: State, contact: Contact, node: str, at: float) -> None:
    trial = state.trials.get(contact.number)
    if trial is not None and trial.contact == contact.id and len(trial.way) < LONGEST_WAY:
        trial.way.append(TrialStep(at, contact.scenario, node))


def over(state: State, contact: Contact, at: float) -> None:
    trial = state.trials.get(contact.number)
    if trial is not None and trial.contact == contact.id:
        trial.ended_at = at


def _prepared(state: State, fact: facts.TrialPrepared) -> None:
    idle = [number for number, trial in state.trials.items() if not trial.on_the_line]
    for number in idle[: max(len(idle) - MOST_KEPT + 1, 0)]:
        del state.trials[number]
    state.trials[fact.number] = Trial(fact.number, fact.by, fact.scenario, fact.until, fact.scenarios)


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {facts.TrialPrepared: _prepared}
