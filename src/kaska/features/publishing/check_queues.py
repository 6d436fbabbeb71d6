"""What must be mended in a queue's rules of distribution before they may be published. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator

from kaska.core.configuration import AgentProfile, Configuration, Queue
from kaska.core.routing.rules import (
    AWAITING,
    CALLBACK,
    LAST_AGENT,
    LEAST_SKILLED,
    MESSAGE,
    OUTSIDE,
    POLICIES,
    RING_ALL,
    SECRETARY_FIRST,
    SEQUENTIAL,
    STEP_KINDS,
    TO_GROUP,
    TO_MESSAGE,
    TO_QUEUE,
    OverflowStep,
)
from kaska.core.scenarios.graph import AFTER_TALK
from kaska.features.publishing.problem import DIALLABLE, Problem, known, speakable

MOST_RELAXATIONS = 10
LONGEST_SECONDS = 86_400.0


def problems_of_queue(
    queue: Queue, configuration: Configuration, prompts: Container[str] | None = None
) -> Iterator[Problem]:
    """``prompts``: names of the recordings that are there; None when that is not known."""
    place = f"queues.{queue.id}"
    yield from known(f"{place}.project", "unknown_project", queue.project, configuration.projects)
    if queue.reserve == queue.id:
        yield Problem(f"{place}.reserve", "own_reserve")
    elif queue.reserve:
        yield from known(f"{place}.reserve", "unknown_queue", queue.reserve, configuration.queues)
    if not any(_suits(agent, queue) for agent in configuration.agents.values()):
        yield Problem(place, "no_agents")
    yield from _policy(f"{place}.policy", queue, configuration)
    yield from _relaxations(f"{place}.relax", queue, configuration)
    yield from _limits(place, queue)
    yield from _full(f"{place}.full_queue", queue, configuration)
    yield from _chain(f"{place}.chain", queue, configuration)
    if queue.after_talk:
        yield from _after_talk(f"{place}.after_talk", queue.after_talk, configuration)
    for promotion in queue.promotions:
        yield from speakable(f"{place}.promotions", promotion.prompts, prompts)
        if promotion.calendar:
            yield from known(f"{place}.promotions", "unknown_calendar", promotion.calendar, configuration.calendars)


def _after_talk(place: str, name: str, configuration: Configuration) -> Iterator[Problem]:
    yield from known(place, "unknown_scenario", name, configuration.scenarios)
    scenario = configuration.scenarios.get(name)
    for id, node in scenario.nodes.items() if scenario is not None else ():
        if not isinstance(node, AFTER_TALK):
            yield Problem(place, "not_after_talk", id)


def _suits(agent: AgentProfile, queue: Queue) -> bool:
    return bool(agent.devices) and all(agent.skills.get(skill, 0) >= least for skill, least in queue.requires.items())


def _policy(place: str, queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    policy = queue.policy
    if policy.name not in POLICIES:
        yield Problem(place, "unknown_policy", policy.name)
    has_second = policy.name in (*AWAITING, LEAST_SKILLED)
    if policy.then not in POLICIES:
        yield Problem(place, "unknown_policy", policy.then)
    elif has_second and (
        policy.then in (*AWAITING, LEAST_SKILLED) or (policy.name == LEAST_SKILLED and policy.then == RING_ALL)
    ):
        yield Problem(place, "wrong_then", policy.then)
    if policy.name in (SECRETARY_FIRST, SEQUENTIAL) and not policy.agents:
        yield Problem(f"{place}.agents", "nobody_listed")
    if policy.name in (SECRETARY_FIRST, SEQUENTIAL, LEAST_SKILLED):
        for agent in policy.agents:
            profile = configuration.agents.get(agent)
            if profile is None:
                yield Problem(f"{place}.agents", "unknown_agent", agent)
            elif not _suits(profile, queue):
                yield Problem(f"{place}.agents", "unsuitable_agent", profile.name)
    if not 0 <= policy.share <= 1:
        yield Problem(f"{place}.share", "wrong_limit", str(policy.share))
    if policy.name in (LAST_AGENT, SECRETARY_FIRST) and not 0 <= policy.seconds <= LONGEST_SECONDS:
        yield Problem(f"{place}.seconds", "wrong_limit", str(policy.seconds))
    if policy.limit < 0:
        yield Problem(f"{place}.limit", "wrong_limit", str(policy.limit))


def _relaxations(place: str, queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    level = dict(queue.requires)
    if [one.after for one in queue.relax] != sorted(one.after for one in queue.relax):
        yield Problem(place, "wrong_order")
    if len(queue.relax) > MOST_RELAXATIONS:
        yield Problem(place, "wrong_limit", str(len(queue.relax)))
    for one in queue.relax:
        named = configuration.skills.get(one.skill)
        called = named.name if named is not None else one.skill
        if one.skill not in level:
            yield Problem(place, "not_required", called)
        elif not 0 <= one.level < level[one.skill]:
            yield Problem(place, "not_lower", called)
        else:
            level[one.skill] = one.level


def _limits(place: str, queue: Queue) -> Iterator[Problem]:
    limits: tuple[tuple[str, float, float, float], ...] = (
        ("priority_seconds", queue.priority_seconds, 1, LONGEST_SECONDS),
        ("size_limit", queue.size_limit, 0, 10_000),
        ("callback_tries", queue.callback_tries, 1, 20),
        ("callback_retry_seconds", queue.callback_retry_seconds, 1, LONGEST_SECONDS),
    )
    for name, value, least, most in limits:
        if not least <= value <= most:
            yield Problem(f"{place}.{name}", "wrong_limit", str(value))
    if queue.instead not in (MESSAGE, CALLBACK):
        yield Problem(f"{place}.instead", "wrong_limit", queue.instead)
    if queue.callback_first not in ("agent", "customer"):
        yield Problem(f"{place}.callback_first", "wrong_limit", queue.callback_first)


def _full(place: str, queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    """Full queues may lead on, but not back: who goes round in a circle gets nowhere."""
    if not queue.full_queue:
        return
    yield from known(place, "unknown_queue", queue.full_queue, configuration.queues)
    seen: set[str] = set()
    following: str = queue.full_queue
    while following in configuration.queues and following not in seen:
        if following == queue.id:
            yield Problem(place, "full_circle")
            return
        seen.add(following)
        following = configuration.queues[following].full_queue


def _chain(place: str, queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    if [step.after for step in queue.chain] != sorted(step.after for step in queue.chain):
        yield Problem(place, "wrong_order")
    for number, step in enumerate(queue.chain):
        yield from _step(f"{place}[{number}]", step, queue, configuration)
        always = not (step.length or step.wait or step.calendar)
        if step.to == TO_MESSAGE and always and number + 1 < len(queue.chain):
            yield Problem(f"{place}[{number + 1}]", "after_the_end")


def _step(place: str, step: OverflowStep, queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    if step.to not in STEP_KINDS:
        yield Problem(place, "no_step", step.to)
    if step.to == TO_QUEUE:
        if step.queue == queue.id:
            yield Problem(place, "own_reserve")
        else:
            yield from known(place, "unknown_queue", step.queue, configuration.queues)
    if step.to == TO_GROUP:
        if not step.agents:
            yield Problem(place, "nobody_listed")
        for agent in step.agents:
            yield from known(place, "unknown_agent", agent, configuration.agents)
    if step.to in OUTSIDE:
        yield from known(place, "unknown_trunk", step.trunk, configuration.trunks)
        if not DIALLABLE.match(step.number):
            yield Problem(place, "no_number", step.number)
        if not 3 <= step.ring_seconds <= 120:
            yield Problem(place, "wrong_limit", str(step.ring_seconds))
    if step.calendar:
        yield from known(place, "unknown_calendar", step.calendar, configuration.calendars)
    if not 0 <= step.after <= LONGEST_SECONDS:
        yield Problem(place, "wrong_limit", str(step.after))
