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


def pools_of(configuration: Configuration) -> dict[str, Skills]:
    """Every line and every pool of preferred agents → what it requires."""
    pools: dict[str, Skills] = {}
    for queue in configuration.queues.values():
        pools |= lines_of(queue)
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

    Looks only at agents who have the rarest of the needed skills: thousands of agents and hundreds of queues must not
    delay a call when a configuration is published.
    """
    having: dict[str, list[str]] = {}
    for agent, known in skills.items():
        for skill in known:
            having.setdefault(skill, []).append(agent)
    found: dict[str, list[str]] = {agent: [] for agent in skills}
    for queue, needed in requires.items():
        demanded = [(skill, level) for skill, level in needed.items() if level > 0]
        able = min((having.get(skill, []) for skill, _ in demanded), key=len) if demanded else list(skills)
        for agent in able:
            known = skills[agent]
            for skill, level in demanded:
                if known.get(skill, 0) < level:
                    break
            else:
                found[agent].append(queue)
    return {agent: tuple(queues) for agent, queues in found.items()}
