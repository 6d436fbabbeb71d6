"""Which agents can serve which line, from the configuration alone.

A queue has a line of its name. Each of its relaxations has one more, ``queue/1``, ``queue/2``, …, with lower
requirements: a contact that has waited long enough stands there too. ``queue!`` is no line but a pool: the agents who
also have the preferred skills. ``@agent`` is the personal line of those who wait for that very agent.
"""

from __future__ import annotations

from collections.abc import Mapping

from kaska.core.configuration import Configuration, Queue

Skills = Mapping[str, int]
PERSONAL = "@"


def line_of(queue: str, relaxed: int) -> str:
    """The line of a queue after so many relaxations."""
    return f"{queue}/{relaxed}" if relaxed else queue


def queue_of(line: str) -> str:
    return line.partition("/")[0]


def preferred(queue: str) -> str:
    return f"{queue}!"


def lines_of(queue: Queue) -> dict[str, Skills]:
    """The queue's lines → what they require."""
    needed = dict(queue.requires)
    lines: dict[str, Skills] = {queue.id: dict(needed)}
    for number, relaxation in enumerate(queue.relax, start=1):
        if relaxation.level > 0:
            needed[relaxation.skill] = min(relaxation.level, needed.get(relaxation.skill, relaxation.level))
        else:
            needed.pop(relaxation.skill, None)
        lines[line_of(queue.id, number)] = dict(needed)
    return lines


def all_lines(configuration: Configuration) -> dict[str, Skills]:
    """Every line of every queue → what it requires."""
    lines: dict[str, Skills] = {}
    for queue in configuration.queues.values():
        lines |= lines_of(queue)
    return lines


def preferred_pools(configuration: Configuration) -> dict[str, Skills]:
    """The pools of preferred agents → what they require."""
    pools: dict[str, Skills] = {}
    for queue in configuration.queues.values():
        if queue.prefers:
            wanted = dict(queue.requires)
            for skill, level in queue.prefers.items():
                wanted[skill] = max(level, wanted.get(skill, 0))
            pools[preferred(queue.id)] = wanted
    return pools


def queues_by_agent(skills: Mapping[str, Skills], requires: Mapping[str, Skills]) -> dict[str, tuple[str, ...]]:
    """agent → those of ``requires``, in their order, whose every skill he has at the required level, or higher.

    :param skills: agent → skill → level
    :param requires: queue (line, pool) → skill → least level

    By intersecting sets of agents: thousands of agents and hundreds of queues must not delay a call when a
    configuration is published. The order within the sets does not matter: each agent's queues come in theirs.
    """
    levels: dict[str, dict[str, int]] = {}
    for agent, known in skills.items():
        for skill, level in known.items():
            levels.setdefault(skill, {})[agent] = level
    able: dict[tuple[str, int], set[str]] = {}
    found: dict[str, list[str]] = {agent: [] for agent in skills}
    for queue, needed in requires.items():
        suitable: set[str] | None = None
        for demand in needed.items():
            if demand[1] <= 0:
                continue
            if demand not in able:
                able[demand] = {agent for agent, level in levels.get(demand[0], {}).items() if level >= demand[1]}
            suitable = able[demand] if suitable is None else suitable & able[demand]
        for agent in skills if suitable is None else suitable:
            found[agent].append(queue)
    return {agent: tuple(queues) for agent, queues in found.items()}
