"""The figures that alerts watch, read from the state. Each is None while there is nothing to measure it by."""

from __future__ import annotations

from collections.abc import Callable

from kaska.core.configuration import AgentProfile
from kaska.core.contacts.contact import Phase
from kaska.core.lately import _AWAY, _BUSY, SLICE_SECONDS, Slice, spread
from kaska.core.presence.agent import Agent
from kaska.core.presence.states import AgentState
from kaska.core.scenarios.trials import TRIAL
from kaska.core.state import State

Figure = Callable[[State, str, float, float], float | None]
"""(state, project or "", window in seconds, now) → value"""


def waiting_time(state: State, project: str, window: float, at: float) -> float | None:
    """How long whoever has waited longest waits, in seconds; 0 when nobody does."""
    return max((at - since for since in _waiting(state, project)), default=0.0)


def waiting(state: State, project: str, window: float, at: float) -> float | None:
    return float(len(_waiting(state, project)))


def lost(state: State, project: str, window: float, at: float) -> float | None:
    counts = state.lately.window(at - window, project)
    return float(counts.lost - counts.short)


def lost_share(state: State, project: str, window: float, at: float) -> float | None:
    """Of those who were answered or lost, in per cent; who hung up at once is not counted."""
    counts = state.lately.window(at - window, project)
    gone = counts.lost - counts.short
    whole = counts.answered + gone
    return 100.0 * gone / whole if whole else None


def free_agents(state: State, project: str, window: float, at: float) -> float | None:
    """None when nobody is on duty: that is a closed company, not a critical one."""
    duty = [agent for agent in _agents(state, project) if agent.state is not AgentState.OFFLINE]
    return float(sum(agent.state is AgentState.READY for agent in duty)) if duty else None


def occupancy(state: State, project: str, window: float, at: float) -> float | None:
    """(ringing + talk + hold + wrap-up) ÷ time on duty without breaks, in per cent; in whole five minutes."""
    first = int((at - window) // SLICE_SECONDS)
    staffed = busy = 0.0
    for agent in _agents(state, project):
        now: list[Slice] = []
        if agent.since and agent.state not in _AWAY:
            spread(now, max(agent.since, at - window), at, busy=agent.state in _BUSY)
        for one in (*state.lately.work.get(agent.id, ()), *now):
            if one.number >= first:
                staffed += one.staffed
                busy += one.busy
    return 100.0 * busy / staffed if staffed else None


def answer_delay(state: State, project: str, window: float, at: float) -> float | None:
    """Average speed of answer, in seconds: of the answered only, zero waits included."""
    counts = state.lately.window(at - window, project)
    return counts.delay / counts.answered if counts.answered else None


def talk_in(state: State, project: str, window: float, at: float) -> float | None:
    counts = state.lately.window(at - window, project)
    return counts.talk_in / counts.talks_in if counts.talks_in else None


def talk_out(state: State, project: str, window: float, at: float) -> float | None:
    counts = state.lately.window(at - window, project)
    return counts.talk_out / counts.talks_out if counts.talks_out else None


def connection_rate(state: State, project: str, window: float, at: float) -> float | None:
    """Of our calls out, how many reached somebody, in per cent."""
    counts = state.lately.window(at - window, project)
    return 100.0 * counts.reached / counts.dialled if counts.dialled else None


FIGURES: dict[str, Figure] = {
    one.__name__: one
    for one in (
        waiting_time,
        waiting,
        lost,
        lost_share,
        free_agents,
        occupancy,
        answer_delay,
        talk_in,
        talk_out,
        connection_rate,
    )
}


def _waiting(state: State, project: str) -> list[float]:
    """Since when each person who is on the line waits in a queue."""
    return [
        contact.since or contact.queued_at
        for contact in state.contacts.values()
        if contact.phase is Phase.WAITING
        and contact.direction != TRIAL
        and not contact.promised_at
        and contact.person_present
        and (not project or contact.project == project)
    ]


def _agents(state: State, project: str) -> list[Agent]:
    """Those who serve a queue of the project."""
    configuration = state.configuration
    queues = [queue for queue in configuration.queues.values() if not project or queue.project == project]
    return [
        state.agents[profile.id]
        for profile in configuration.agents.values()
        if profile.id in state.agents and any(_serves(profile, queue.requires) for queue in queues)
    ]


def _serves(profile: AgentProfile, requires: dict[str, int]) -> bool:
    return all(profile.skills.get(skill, 0) >= level for skill, level in requires.items())
