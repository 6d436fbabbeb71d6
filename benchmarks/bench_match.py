"""Finding the best of 2,000 ready agents with 50 skills and 200 queues, against looking at every one of them.

``match_vs_scan``: matches per second of the ready index, against a scan of the same agents in plain Python that stops
looking at an agent at the first skill that is missing; the longest idle of the able wins. Both are asked the same
questions and must give the same answers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from kaska.core.routing.policies import longest_idle
from kaska.core.routing.pools import queues_by_agent
from kaska.core.routing.ready import ReadyIndex
from report import publish, row

AGENTS = 2000
SKILLS = 50
QUEUES = 200
ROUNDS = 5

Skills = dict[str, int]


def main() -> None:
    chance = random.Random(7)
    names = [f"skill-{number}" for number in range(SKILLS)]
    skills = {
        f"agent-{number}": {name: chance.randint(1, 5) for name in chance.sample(names, 8)} for number in range(AGENTS)
    }
    requires: dict[str, Skills] = {
        f"queue-{number}": {name: chance.randint(1, 3) for name in chance.sample(names, chance.randint(1, 3))}
        for number in range(QUEUES)
    }
    index = ReadyIndex(queues_by_agent(skills, requires))
    for agent in skills:
        index.add(agent)
    idle_since = {agent: float(number) for number, agent in enumerate(skills)}

    def scan(queue: str) -> str | None:
        best, longest = None, float("inf")
        needed = requires[queue].items()
        for agent, known in skills.items():
            for skill, level in needed:
                if known.get(skill, 0) < level:
                    break
            else:
                if idle_since[agent] < longest:
                    best, longest = agent, idle_since[agent]
        return best

    def look_up(queue: str) -> str | None:
        return longest_idle.choose(index, queue)

    questions = list(requires)
    assert [scan(question) for question in questions] == [look_up(question) for question in questions]
    ours, scanning = _paired(look_up, scan, questions)
    publish(
        "match",
        [
            row("match_vs_scan", 1 / ours, "matches/s", 1 / scanning),
            row("match_microseconds", ours * 1e6, "µs", scanning * 1e6),
            row("ready_and_busy_microseconds", _churn(index, list(skills), chance) * 1e6, "µs", 0.0),
        ],
    )


def _paired(
    ours: Callable[[str], str | None], other: Callable[[str], str | None], questions: Sequence[str]
) -> tuple[float, float]:
    """Seconds per question of both, asked in turn; the best round of each."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for which, ask in enumerate((ours, other)):
            began = time.perf_counter()
            for question in questions:
                ask(question)
            best[which] = min(best[which], (time.perf_counter() - began) / len(questions))
    return best[0], best[1]


def _churn(index: ReadyIndex, agents: list[str], chance: random.Random) -> float:
    """Seconds for one agent to leave the index and come back."""
    chosen = chance.choices(agents, k=5000)
    began = time.perf_counter()
    for agent in chosen:
        index.remove(agent)
        index.add(agent)
    return (time.perf_counter() - began) / len(chosen)


if __name__ == "__main__":
    main()
