"""An agent as the core remembers him, and how facts change him."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.presence.states import AgentState

if TYPE_CHECKING:
    from kaska.core.state import State


@dataclass(slots=True)
class Agent:
    """``since`` and ``until`` are seconds since the epoch; ``until`` 0.0 = this state does not end by itself."""

    id: str
    state: AgentState = AgentState.OFFLINE
    reason: str = ""
    since: float = 0.0
    until: float = 0.0
    contact: str = ""
    device: str = ""
    intent: str = "offline"
    intent_reason: str = ""

    @property
    def bound(self) -> bool:
        """A contact holds him: a wish to rest or leave waits until it is over."""
        return self.state in (AgentState.RINGING, AgentState.TALKING)


def state_changed(state: State, fact: facts.AgentStateChanged) -> None:
    agent = state.agents.get(fact.agent)
    if agent is None:
        agent = state.agents[fact.agent] = Agent(fact.agent)
    agent.state = _STATES[fact.state]
    agent.reason = fact.reason
    agent.since = fact.at
    agent.until = fact.until
    agent.contact = fact.contact


def intended(state: State, fact: facts.AgentIntended) -> None:
    agent = state.agents.setdefault(fact.agent, Agent(fact.agent))
    agent.intent = fact.state
    agent.intent_reason = fact.reason


def device_chosen(state: State, fact: facts.DeviceChosen) -> None:
    state.agents.setdefault(fact.agent, Agent(fact.agent)).device = fact.device


def device_seen(state: State, fact: facts.DeviceSeen) -> None:
    state.devices[fact.endpoint] = fact.reachable


_STATES: dict[str, AgentState] = {state.value: state for state in AgentState}

EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.AgentStateChanged: state_changed,
    facts.AgentIntended: intended,
    facts.DeviceChosen: device_chosen,
    facts.DeviceSeen: device_seen,
}
