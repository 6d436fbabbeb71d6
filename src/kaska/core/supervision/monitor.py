"""Who listens to whom, as the core remembers it, and how facts change that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.contacts.contact import Phase

if TYPE_CHECKING:
    from kaska.core.state import State

LISTEN = "listen"
WHISPER = "whisper"
BARGE = "barge"
TAKE_OVER = "take_over"
MODES = (LISTEN, WHISPER, BARGE, TAKE_OVER)
SUPERVISOR = "supervisor"
"""party of the leg by which somebody listens"""


@dataclass(slots=True)
class Monitor:
    """``leg`` is the supervisor's own leg of the contact; ``target`` the agent's leg that is listened to, "" = not yet.

    ``mode`` is what he wants; it holds when ``target`` is set.
    """

    contact: str
    leg: str
    by: str
    mode: str
    since: float
    target: str = ""


def asked(state: State, fact: facts.MonitorAsked) -> None:
    found = state.monitors.get(fact.leg)
    if found is None:
        state.monitors[fact.leg] = Monitor(fact.contact, fact.leg, fact.by, fact.mode, fact.at)
    else:
        found.mode = fact.mode


def monitored(state: State, fact: facts.Monitored) -> None:
    found = state.monitors[fact.leg]
    found.mode = fact.mode
    found.target = fact.target


def over(state: State, fact: facts.MonitorOver) -> None:
    state.monitors.pop(fact.leg, None)


def taken_over(state: State, fact: facts.TakenOver) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.JOINING
    contact.agent = fact.agent
    contact.agent_leg = fact.leg
    contact.legs[fact.leg].party = "agent"
    state.monitors.pop(fact.leg, None)


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.MonitorAsked: asked,
    facts.Monitored: monitored,
    facts.MonitorOver: over,
    facts.TakenOver: taken_over,
}
