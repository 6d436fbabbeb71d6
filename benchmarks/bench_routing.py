"""Deciding in a big centre: 2,000 agents, 200 queues with every policy and rule, 10,000 people waiting.

Each figure is the time of one event in the core, from the event to its facts and commands, in a floor that stays full:
``arrival`` – somebody calls and waits; ``freed`` – an agent becomes ready and the best of those who wait is offered to
him; ``chosen`` – somebody calls and one of many ready agents is chosen by the queue's policy; ``paused`` – an agent
goes to a break. The target of every p99 is 1 ms. ``publish`` – a configuration in which only scenarios changed, one
with a changed queue, and one in which a queue requires other skills, while 10,000 wait; it is one event, so no offer is
made meanwhile.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from dataclasses import replace

from kaska.core import events
from kaska.core.configuration import AgentProfile, Configuration, Device, Number, Project, Queue
from kaska.core.core import Core
from kaska.core.routing.rules import POLICIES, SECRETARY_FIRST, SEQUENTIAL, OverflowStep, Policy, Relaxation
from kaska.core.scenarios.graph import Enqueue, Finish, Scenario, TakeMessage
from report import publish, row

AGENTS = 2000
QUEUES = 200
WAITING = 10_000
SKILLS = 50
EVENTS = 4000
START = 1_760_000_000.0
TARGET_MS = 1.0


def company(chance: random.Random) -> Configuration:
    names = [f"skill-{number}" for number in range(SKILLS)]
    agents = {}
    for number in range(AGENTS):
        name = f"a{number}"
        agents[name] = AgentProfile(
            name,
            name,
            str(1000 + number),
            {skill: chance.randint(1, 5) for skill in chance.sample(names, 8)},
            (Device("phone", "phone", f"main-{name}"),),
            conversion={"": chance.random()},
        )
    queues = {f"q{number}": _queue(f"q{number}", number, names, agents, chance) for number in range(QUEUES)}
    orders = {
        name: replace(profile, queues=tuple(chance.sample(sorted(queues), 5))) if number % 5 == 0 else profile
        for number, (name, profile) in enumerate(agents.items())
    }
    nodes = {"message": TakeMessage(("ru/message-question",), "end"), "end": Finish()}
    return Configuration(
        "main",
        1,
        "q0",
        projects={"p": Project("p", "P", "", priorities={f"+7495{number:07}": 2 for number in range(500)})},
        numbers={queue: Number(queue, "p", queue) for queue in queues},
        scenarios={q: Scenario(q, 1, "line", {"line": Enqueue(q, "message"), **nodes}) for q in queues},
        queues=queues,
        agents=orders,
    )


def _queue(name: str, number: int, skills: list[str], agents: dict[str, AgentProfile], chance: random.Random) -> Queue:
    requires = {skill: chance.randint(1, 3) for skill in chance.sample(skills, chance.randint(1, 2))}
    able = [a for a, one in agents.items() if all(one.skills.get(s, 0) >= least for s, least in requires.items())]
    policy = POLICIES[number % len(POLICIES)]
    listed = tuple(able[:8]) if policy in (SEQUENTIAL, SECRETARY_FIRST) else ()
    relaxed = next(iter(requires))
    return Queue(
        name,
        name,
        "p",
        requires,
        policy=Policy(policy, agents=listed, limit=5),
        prefers={chance.choice(skills): 3},
        relax=(Relaxation(60.0, relaxed, 0),) if number % 4 == 0 else (),
        chain=(OverflowStep("queue", 45.0, f"q{(number + 1) % QUEUES}"),) if number % 3 == 0 else (),
        max_wait=0.0,
        announce_every=0.0,
    )


class Floor:
    """A core and its clock; every wish of the core is ignored but the deadlines, so that people go on waiting."""

    def __init__(self, configuration: Configuration, chance: random.Random) -> None:
        self.core = Core.fresh(configuration, START)
        self.chance = chance
        self.now = START
        self.born = 0
        self.queues = list(configuration.queues)

    def tell(self, event: events.Event) -> float:
        """Seconds of processor time that the core took: what else the machine does is not measured."""
        began = time.thread_time()
        self.core.handle(event)
        return time.thread_time() - began

    def arrival(self) -> events.Event:
        self.born += 1
        self.now += 0.01
        caller = f"+7495{self.chance.randrange(100_000):07}"
        name, queue = f"k{self.born}", self.chance.choice(self.queues)
        return events.ContactArrived(self.now, name, name, "voice", queue, caller, caller)

    def let_time_pass(self) -> None:
        while (due := self.core.next_deadline()) is not None and due <= self.now:
            self.core.handle(events.TimePassed(self.now))

    def give_back(self, agent: str) -> None:
        """The person whom this agent was offered hangs up, so that he is free again."""
        contact = self.core.state.contacts.get(self.core.state.agents[agent].contact)
        if contact is None:
            return
        for leg in [leg.id for leg in contact.legs.values() if not leg.over]:
            self.core.handle(events.LegEnded(self.now, contact.id, leg))


def main() -> None:
    chance = random.Random(11)
    configuration = company(chance)
    rows = []
    busy = Floor(configuration, chance)
    for _ in range(WAITING):
        busy.core.handle(busy.arrival())
        busy.let_time_pass()
    busy.now += 61.0
    busy.let_time_pass()
    rows.append(row("publish_scenarios_ms", _publish(busy, replace(configuration, version=2)) * 1e3, "ms", 50.0))
    first = next(iter(configuration.queues.values()))
    changed = {**configuration.queues, first.id: replace(first, ring_seconds=9.0)}
    rows.append(row("publish_queue_ms", _publish(busy, replace(configuration, queues=changed)) * 1e3, "ms", 50.0))
    stricter = {**changed, first.id: replace(first, requires={})}
    rows.append(row("publish_requires_ms", _publish(busy, replace(configuration, queues=stricter)) * 1e3, "ms", 50.0))
    _publish(busy, configuration)
    rows += _figures("arrival", lambda: busy.tell(busy.arrival()), busy.let_time_pass)
    agents = list(configuration.agents)
    freed: list[float] = []
    paused: list[float] = []
    for _ in range(EVENTS):
        agent = chance.choice(agents)
        busy.now += 0.01
        freed.append(busy.tell(events.AgentReadied(busy.now, agent, "phone")))
        busy.core.handle(events.AgentPaused(busy.now, agent, "tea"))
        busy.give_back(agent)
        busy.core.handle(busy.arrival())
    rows += _rows("freed", freed)
    quiet = Floor(configuration, chance)
    for agent in agents:
        quiet.core.handle(events.AgentReadied(quiet.now, agent, "phone"))
    chosen: list[float] = []
    for _ in range(EVENTS):
        event = quiet.arrival()
        chosen.append(quiet.tell(event))
        quiet.core.handle(events.LegEnded(quiet.now, f"k{quiet.born}", f"k{quiet.born}"))
        for leg in _ringing(quiet, f"k{quiet.born}"):
            quiet.core.handle(events.LegEnded(quiet.now, f"k{quiet.born}", leg, 26))
    rows += _rows("chosen", chosen)
    for agent in chance.sample(agents, 500):
        paused.append(quiet.tell(events.AgentPaused(quiet.now, agent, "tea")))
    rows += _rows("paused", paused)
    rows.append(row("paused_500_ms", sum(paused) * 1e3, "ms", 50.0))
    publish("routing", rows)


def _ringing(floor: Floor, contact: str) -> list[str]:
    found = floor.core.state.contacts.get(contact)
    return [leg.id for leg in found.legs.values() if not leg.over] if found is not None else []


def _publish(floor: Floor, configuration: Configuration) -> float:
    return floor.tell(events.ConfigurationPublished(floor.now, configuration))


def _figures(name: str, once: Callable[[], float], between: Callable[[], None]) -> list[dict[str, object]]:
    times = []
    for _ in range(EVENTS):
        times.append(once())
        between()
    return _rows(name, times)


def _rows(name: str, times: list[float]) -> list[dict[str, object]]:
    ordered = sorted(times)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return [
        row(f"{name}_p50_ms", p50 * 1e3, "ms", 0.0),
        row(f"{name}_p99_ms", p99 * 1e3, "ms", TARGET_MS),
    ]


if __name__ == "__main__":
    gc.set_threshold(50_000, 20, 50)  # as the product has it
    gc.freeze()
    main()
