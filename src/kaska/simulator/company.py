"""A configuration made for simulating: queues with one number each, agents with one telephone each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kaska.core.configuration import AgentProfile, Configuration, Device, Number, Project, Queue
from kaska.core.scenarios.graph import Enqueue, Finish, Node, Scenario, TakeMessage

PROJECT = "simulated"


def number_of(queue: str) -> str:
    """What is dialled to reach the queue."""
    return f"to-{queue}"


def company(
    queues: Iterable[Queue], agents: Mapping[str, Mapping[str, int]], priorities: Mapping[str, int] | None = None
) -> Configuration:
    """Callers of ``number_of(queue)`` wait in that queue and are asked for a message when they waited too long.

    :param agents: agent → skill → level
    :param priorities: queue → priority of its callers, 0 when not named
    """
    found = {queue.id: queue for queue in queues}
    return Configuration(
        tenant="simulated",
        version=1,
        default_scenario="",
        projects={PROJECT: Project(PROJECT, "Simulated", "")},
        numbers={number_of(queue): Number(number_of(queue), PROJECT, queue) for queue in found},
        scenarios={queue: _straight_into(queue, (priorities or {}).get(queue, 0)) for queue in found},
        queues=found,
        agents={
            agent: AgentProfile(agent, agent, "", dict(skills), (Device("phone", "phone", f"phone-{agent}"),))
            for agent, skills in agents.items()
        },
    )


def _straight_into(queue: str, priority: int) -> Scenario:
    nodes: dict[str, Node] = {
        "queue": Enqueue(queue, "message", priority=priority),
        "message": TakeMessage(("ru/all-busy", "ru/message-question"), "thanks"),
        "thanks": Finish(("ru/thanks",)),
    }
    return Scenario(queue, 1, "queue", nodes)
