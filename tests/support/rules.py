"""Companies whose queues distribute by any rules that can be published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from kaska.core.configuration import AgentProfile, Configuration, Queue
from kaska.core.routing.rules import (
    AWAITING,
    LEAST_SKILLED,
    POLICIES,
    STEP_KINDS,
    OverflowStep,
    Policy,
    Promotion,
    Relaxation,
)
from support.company import company

SKILLS = ("sales", "service", "reserve")
AGENTS = ("a301", "a302", "a303", "a304")
ORDINARY = tuple(name for name in POLICIES if name not in (*AWAITING, LEAST_SKILLED))

some_agents = st.lists(st.sampled_from(AGENTS), unique=True, max_size=4).map(tuple)
durations = st.sampled_from([0.0, 1.0, 5.0, 15.0, 40.0])

policies = st.builds(
    Policy,
    name=st.sampled_from(POLICIES),
    seconds=st.sampled_from([0.0, 5.0, 20.0]),
    agents=some_agents,
    skill=st.sampled_from(["", *SKILLS]),
    share=st.sampled_from([0.0, 0.2, 1.0]),
    limit=st.integers(0, 3),
    then=st.sampled_from(ORDINARY),
)

steps = st.builds(
    OverflowStep,
    to=st.sampled_from(STEP_KINDS),
    after=durations,
    queue=st.sampled_from(["reserve", "operators", "nowhere"]),
    agents=some_agents,
    trunk=st.sampled_from(["city", "city", "nowhere"]),
    number=st.just("+74950000199"),
    ring_seconds=st.sampled_from([3.0, 20.0]),
    length=st.sampled_from([0, 0, 1, 3]),
    wait=st.sampled_from([0.0, 0.0, 60.0]),
    calendar=st.sampled_from(["", "", "always", "never"]),
    closed=st.booleans(),
)

relaxations = st.lists(
    st.builds(Relaxation, after=durations, skill=st.sampled_from(SKILLS), level=st.integers(0, 2)), max_size=3
).map(lambda found: tuple(sorted(found, key=lambda one: one.after)))


def ruled(queue: Queue) -> st.SearchStrategy[Queue]:
    """``queue`` with any rules; what it is and whom it serves stays."""
    settings: dict[str, st.SearchStrategy[Any]] = {
        "policy": policies,
        "requires": st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4), max_size=1),
        "prefers": st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=2),
        "relax": relaxations,
        "priority_seconds": st.sampled_from([30.0, 300.0]),
        "holding": st.sampled_from([True, True, True, False]),
        "instead": st.sampled_from(["message", "callback"]),
        "size_limit": st.sampled_from([0, 0, 1, 2]),
        "full_queue": st.sampled_from(["", "operators", "reserve"]),
        "chain": st.lists(steps, max_size=3).map(tuple),
        "promotions": st.lists(
            st.builds(Promotion, st.just(("ru/greeting",)), st.sampled_from(["", "never"])), max_size=2
        ).map(tuple),
        "callback_first": st.sampled_from(["agent", "customer"]),
        "callback_tries": st.integers(1, 3),
        "callback_retry_seconds": st.sampled_from([1.0, 30.0]),
    }
    return st.fixed_dictionaries(settings).map(lambda found: replace(queue, **found))


def _ordered(profile: AgentProfile) -> st.SearchStrategy[AgentProfile]:
    order = st.lists(st.sampled_from(["sales", "service", "operators", "reserve"]), unique=True, max_size=3)
    conversion = st.dictionaries(st.just(""), st.floats(0, 1), max_size=1)
    return st.builds(lambda queues, sold: replace(profile, queues=tuple(queues), conversion=sold), order, conversion)


@st.composite
def companies(draw: st.DrawFn) -> Configuration:
    whole = company()
    project = whole.projects["windows"]
    numbers = {number: replace(one, priority=draw(st.integers(0, 2))) for number, one in whole.numbers.items()}
    return replace(
        whole,
        queues={name: draw(ruled(queue)) for name, queue in whole.queues.items()},
        agents={name: draw(_ordered(profile)) for name, profile in whole.agents.items()},
        numbers=numbers,
        projects={"windows": replace(project, priorities={"+79000000001": draw(st.integers(0, 3))})},
    )
