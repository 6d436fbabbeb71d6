"""The break guard: a break while people wait, or while too many are away, is warned about or refused by the queue."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.configuration import Queue
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.turn import Desk

WARN, REFUSE = "warn", "refuse"
NO_BREAK = frozenset({"signed_in"})
"""reasons of a state "break" that is none: he has just come"""


ANSWERS = {"refused": "break_refused", "warned": "break_warned"}
"""answers after which he does not go → codes of ports.Refused"""


def asked(desk: Desk, event: events.AgentPaused) -> None:
    """By the page. What the guard says to it is a fact, not raised: the shift log tells of it."""
    if _answered(desk, event) not in ANSWERS:
        presence.paused(desk, event)


def by_phone(desk: Desk, event: events.AgentPaused) -> None:
    """Raises Refused, which is said to him; the fact is written all the same."""
    answer = _answered(desk, event)
    if answer in ANSWERS:
        raise Refused(ANSWERS[answer])
    presence.paused(desk, event)


def _answered(desk: Desk, event: events.AgentPaused) -> str:
    """What the guard says, written down; "" when nothing speaks against it."""
    agent = desk.state.agents.get(event.agent)
    found = against(desk, event.agent) if agent is not None and agent.intent == "ready" else ""
    if not found:
        return ""
    answer = "refused" if found == REFUSE else "insisted" if event.insists else "warned"
    desk.write(facts.BreakAnswered(desk.at, event.agent, answer, event.reason))
    return answer


def against(desk: Desk, agent: str) -> str:
    """What the strictest of his queues says to a break now: "" nothing, WARN or REFUSE."""
    said = {queue.breaks for queue in _queues_of(desk, agent) if queue.breaks and _speaks_against(desk, queue, agent)}
    return REFUSE if REFUSE in said else WARN if WARN in said else ""


def _queues_of(desk: Desk, agent: str) -> list[Queue]:
    queues = desk.state.configuration.queues
    return [queues[line] for line in desk.queues_of.get(agent, ()) if line in queues]


def _speaks_against(desk: Desk, queue: Queue, agent: str) -> bool:
    if queue.breaks_waiting and len(desk.lines[queue.id]) >= queue.breaks_waiting:
        return True
    if not queue.breaks_away:
        return False
    away = sum(
        1
        for name, other in desk.state.agents.items()
        if name != agent and _rests(other.intent, other.intent_reason, other.state)
        and queue.id in desk.queues_of.get(name, ())
    )  # fmt: skip
    return away >= queue.breaks_away


def _rests(intent: str, reason: str, state: AgentState) -> bool:
    """On a break, or on one as soon as the present conversation is over."""
    return intent == "break" and reason not in NO_BREAK and state is not AgentState.OFFLINE
