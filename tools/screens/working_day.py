"""A day and a half of the demo's company, played by the simulator up to this very moment: nobody has to be invented.

The facts go into the ledger as live ones do, and what is going on at the end is the live picture.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from kaska.core import events, facts
from kaska.core.configuration import Configuration
from kaska.core.contacts.contact import Phase
from kaska.core.core import Core
from kaska.core.presence.states import AgentState
from kaska.core.state import State
from kaska.engine.journal import Journal
from kaska.features.publishing.demo_company import MAIN_NUMBER
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.services import PROJECTIONS
from kaska.simulator.durations import Exponential, Lognormal
from kaska.simulator.model import Callers, Model, Poisson, Rate, Shift, Worker
from kaska.simulator.world import Caller, World

HOUR = 3600.0
SEED = 7
PEOPLE = ("Ирина Соколова", "Пётр Лесной", "ООО «Ромашка»", "Мария Озёрная", "", "", "Олег Степной", "")
_SAID = (
    ("sales.order", "order_taken", "search"),
    ("sales.price", "consulted", "maps"),
    ("order.status", "resolved", "client"),
    ("order.delivery", "resolved", "client"),
)
WATCHING = "demo-301"
"""who is in a call at the end, so that his screen shows one"""


class _Enough(Exception):
    """The present is reached."""


@dataclass(frozen=True, slots=True)
class Lived:
    state: State
    written: Sequence[facts.Fact]


class _Town(World):
    """Callers have numbers and names; agents say what it was about."""

    def __init__(self, model: Model, until: float) -> None:
        self._chance = Random(SEED)
        self._until = until
        self.written: list[facts.Fact] = []
        watch = dict.fromkeys(facts.FACT_TYPES.values(), self.written.append)
        super().__init__(model, SEED, (watch,), self._look)

    def _tell(self, event: events.Event) -> None:
        if isinstance(event, events.ContactArrived):
            number = self._chance.randrange(160)
            phone = f"+7495000{number:04d}"
            event = replace(event, caller=phone, customer=phone, caller_name=PEOPLE[number % len(PEOPLE)])
        super()._tell(event)

    def _has_talked(self, caller: Caller) -> None:
        contact = self.core.state.contacts.get(caller.contact)
        agent = contact.agent if contact is not None else ""
        super()._has_talked(caller)
        if agent and self._chance.random() < 0.9:
            topic, result, source = self._chance.choice(_SAID)
            said = events.ContactClassified(self.clock.now + 1.0, caller.contact, agent, topic, result, "", source)
            self.clock.at(said.at, self._tell, said)

    def _look(self, core: Core) -> None:
        now = self.clock.now
        if now < self._until - 1800.0:
            return
        waiting = sum(1 for line in core.state.contacts.values() if line.phase is Phase.WAITING)
        is_busy = core.state.agents[WATCHING].state is AgentState.TALKING
        if now >= self._until or (is_busy and waiting >= 1):
            raise _Enough


def live(configuration: Configuration) -> Lived:
    """Until about now: the picture is still when somebody waits and ``WATCHING`` talks, or when now is reached."""
    now = time.time()
    begin = now - 27 * HOUR
    town = _Town(_model(configuration, begin, now + HOUR), now)
    with suppress(_Enough):
        town.run()
    return Lived(town.core.state, town.written)


def _model(configuration: Configuration, begin: float, end: float) -> Model:
    yesterday, today = (begin, begin + 8 * HOUR), (end - 5 * HOUR, end)
    rates = tuple(Rate(*span, calls / HOUR) for span, calls in ((yesterday, 24.0), (today, 42.0)))
    callers = tuple(
        Callers(MAIN_NUMBER, Poisson(rates), Lognormal(190.0, 120.0), Exponential(150.0), key) for key in ("1", "2")
    )
    lunch = {"demo-304": ((end - HOUR - 300.0, end),)}
    workers = tuple(
        Worker(
            agent,
            (Shift(*yesterday), Shift(*today, lunch.get(agent, ()))),
            Exponential(6.0),
            Exponential(20.0),
        )
        for agent in configuration.agents
        if agent != "demo-308"
    )
    return Model(configuration, callers, workers, begin, end)


async def write(lived: Lived, database: Database, tenant: str, file: Path) -> None:
    """Into the ledger, and from there into every projection."""

    async def tenants() -> list[str]:
        return [tenant]

    journal = Journal(file)
    try:
        await journal.append(tenant, lived.written)
        await Shipper(journal, database).ship_all()
    finally:
        await journal.aclose()
    projector = Projector(database, PROJECTIONS, tenants)
    for projection in PROJECTIONS:
        await projector.catch_up(projection.name)
