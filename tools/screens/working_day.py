"""A week of the demo's company, played by the simulator up to this very moment: nobody has to be invented.

The facts go into the ledger as live ones do, and what is going on at the end is the live picture.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from kaska.core import events, facts
from kaska.core.configuration import Configuration
from kaska.core.contacts.contact import Phase
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.state import State
from kaska.engine.journal import Journal
from kaska.features.publishing.demo_company import CLOSED_NUMBER, MAIN_NUMBER
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.services import PROJECTIONS
from kaska.simulator.durations import Exponential, Lognormal
from kaska.simulator.model import Callers, Model, Poisson, Rate, Shift, Worker
from kaska.simulator.world import Caller, World

HOUR = 3600.0
DAY = 24 * HOUR
SEEDS = range(7, 27)
"""of the first, at most hours, the moment comes that tells enough; if not, of the next"""
DAYS_BEFORE = 7
MOSCOW = ZoneInfo("Europe/Moscow")
LOAD = (14, 26, 38, 41, 30, 27, 34, 36, 22)
"""calls in each hour of a workday, from nine o'clock"""
RUSH = 15 * 60.0
"""the last minutes: more people than can be answered at once"""
SETTLED = 40.0
"""so long has ``WATCHING`` talked when the picture is taken"""
PEOPLE = ("Ирина Соколова", "Пётр Лесной", "ООО «Ромашка»", "Мария Озёрная", "", "", "Олег Степной", "")
_SAID = (
    ("sales.order", "order_taken", "search", ""),
    ("sales.price", "consulted", "maps", ""),
    ("sales.price", "refused", "site", "price"),
    ("sales.advice", "consulted", "friends", ""),
    ("order.status", "resolved", "client", ""),
    ("order.delivery", "resolved", "client", ""),
    ("service.fault", "transferred", "client", ""),
    ("other.wrong_number", "not_target", "not_said", ""),
)
_NOTES = ("", "", "", "Просила перезвонить после шести", "Уточнял цвет ламинации", "Нужен замер в субботу")
WATCHING = "demo-301"
"""who is in a call at the end, so that his screen shows one"""
SUPERVISOR = "demo-supervisor"
AWAY = "demo-308"
"""was at work on other days"""


class _Enough(Exception):
    """The present is reached."""


@dataclass(frozen=True, slots=True)
class Lived:
    """``at``: the moment of the picture, seconds since the epoch."""

    state: State
    written: Sequence[facts.Fact]
    at: float

    def agent_who(self, state: AgentState) -> str:
        """Somebody in that state, "" when there is nobody."""
        return next((agent.id for agent in self.state.agents.values() if agent.state is state), "")


class _Town(World):
    """Callers have numbers and names; agents say what it was about, and call back whom the company owes a call."""

    def __init__(self, model: Model, until: float, seed: int) -> None:
        self._chance = Random(seed)
        self._until = until
        self._called_back = 0
        self.written: list[facts.Fact] = []
        watch = dict.fromkeys(facts.FACT_TYPES.values(), self.written.append)
        super().__init__(model, seed, (watch,), self._look)
        self.clock.at(model.start + 600.0, self._repay, None)

    def _tell(self, event: events.Event) -> None:
        if isinstance(event, events.ContactArrived):
            number = self._chance.randrange(420)
            phone = f"+7495000{number:04d}"
            event = replace(event, caller=phone, customer=phone, caller_name=PEOPLE[number % len(PEOPLE)])
        if isinstance(event, events.AgentPaused):
            event = replace(event, reason="lunch")
        super()._tell(event)

    def talk(self, contact: str, leg: str) -> None:
        if contact not in self.callers:  # whom we called
            handling = self._chance.lognormvariate(4.8, 0.5)
            self.callers[contact] = Caller(contact, leg, 0.0, handling, 0.0, "", 0.0)
        super().talk(contact, leg)

    def _has_talked(self, caller: Caller) -> None:
        contact = self.core.state.contacts.get(caller.contact)
        agent, since = (contact.agent, contact.connected_at) if contact is not None else ("", 0.0)
        super()._has_talked(caller)
        if not agent:
            return
        now = self.clock.now
        self.clock.at(
            now + 2.0, self._tell, events.RecordingStored(now + 2.0, caller.contact, caller.contact, now - since)
        )
        if self._chance.random() < 0.9:
            topic, result, source, refusal = self._chance.choice(_SAID)
            note = self._chance.choice(_NOTES)
            said = events.ContactClassified(now + 1.0, caller.contact, agent, topic, result, note, source, refusal)
            self.clock.at(said.at, self._tell, said)

    def _repay(self, _: None) -> None:
        """Now and then somebody who is free looks after the oldest debt."""
        now, state = self.clock.now, self.core.state
        self.clock.at(now + self._chance.uniform(240.0, 900.0), self._repay, None)
        free = [agent.id for agent in state.agents.values() if agent.state is AgentState.READY and agent.id != WATCHING]
        owed = sorted(state.debts.values(), key=lambda debt: debt.opened_at)
        if not free or not owed or now > self._until - RUSH:
            return
        debt, agent, luck = owed[0], self._chance.choice(free), self._chance.random()
        self._called_back += 1
        with suppress(Refused):
            if luck < 0.62:
                self._tell(events.CallbackRequested(now, agent, debt.id, f"b{self._called_back}"))
            elif luck < 0.9:
                self._tell(events.DebtReported(now, debt.id, agent, self._chance.choice(("no_answer", "busy"))))
            else:
                self._tell(events.DebtPutOff(now, debt.id, agent, now + 2 * HOUR, "после обеда"))

    def _look(self, core: Core) -> None:
        now = self.clock.now
        if now < self._until - RUSH / 2:
            return
        if now >= self._until or _is_telling(core.state, now):
            raise _Enough


def _is_telling(state: State, now: float) -> bool:
    """Everything that the screens can show is there: who waits, talks, rings and writes up."""
    mine = state.agents[WATCHING]
    talks = mine.state is AgentState.TALKING and now - mine.since > SETTLED
    waiting = sum(1 for line in state.contacts.values() if line.phase is Phase.WAITING and not line.offers)
    others = {agent.state for agent in state.agents.values()}
    return talks and waiting >= 3 and {AgentState.RINGING, AgentState.WRAP_UP} <= others


def live(configuration: Configuration) -> Lived:
    """Until about now: the picture is still when it tells enough."""
    now = time.time()
    for seed in SEEDS:
        town = _Town(_model(configuration, now), now, seed)
        with suppress(_Enough):
            town.run()
        if _is_telling(town.core.state, town.clock.now):
            return Lived(town.core.state, town.written, town.clock.now)
    raise RuntimeError(f"no week of {len(SEEDS)} ends with all that the screens can show")


def block(lived: Lived) -> None:
    """Some are not heard; it is the engine that remembers them."""
    core, at = Core(lived.state), lived.at
    core.handle(events.NumberBlocked(at, "+74950000333", "Молчит в трубку, звонит по ночам", SUPERVISOR, 0.0, ""))
    until = lived.at + 30 * DAY
    core.handle(events.NumberBlocked(at, "+749500008*", "Обзвон с рекламой", SUPERVISOR, until, ""))


def listened(lived: Lived, mode: str) -> State:
    """The same moment, with the supervisor in the call of ``WATCHING``."""
    state = copy.deepcopy(lived.state, {id(lived.state.configuration): lived.state.configuration})
    core, contact = Core(state), lived.state.agents[WATCHING].contact
    core.handle(events.MonitorRequested(lived.at, SUPERVISOR, contact, mode))
    leg = next(iter(state.monitors))
    core.handle(events.LegAnswered(lived.at, contact, leg))
    return state


def quiet(lived: Lived) -> State:
    """The morning: some are at their places, and nobody has called yet."""
    return _morning(lived).state


def inside(lived: Lived) -> State:
    """The same morning; a colleague has called ``WATCHING`` by his extension, and they talk."""
    core = _morning(lived)
    known = lived.state.configuration.agents
    by = next(one for one in known.values() if one.id != WATCHING)
    at = lived.at - 40.0
    core.handle(events.PhoneDialled(at, "inside", by.devices[0].endpoint, known[WATCHING].extension))
    mine = core.state.inside["inside"].to.leg
    core.handle(events.LegAnswered(at + 5.0, "inside", mine))
    core.handle(events.PartiesJoined(at + 5.0, "inside", mine))
    return core.state


def _morning(lived: Lived) -> Core:
    configuration = lived.state.configuration
    core = Core.fresh(configuration, lived.at - HOUR)
    for agent in sorted(configuration.agents.values(), key=lambda one: one.extension)[:4]:
        at = lived.at - 240.0
        core.handle(events.DeviceReached(at, agent.devices[0].endpoint, True))
        core.handle(events.AgentSignedIn(at, agent.id))
        core.handle(events.AgentReadied(at, agent.id))
    return core


def _model(configuration: Configuration, now: float) -> Model:
    nine = datetime.fromtimestamp(now, MOSCOW).replace(hour=9, minute=0, second=0, microsecond=0)
    days = [(nine - timedelta(days=back)).timestamp() for back in range(DAYS_BEFORE, 0, -1)]
    today = now - 6 * HOUR
    rates: list[Rate] = []
    for day in days:
        share = 0.4 if datetime.fromtimestamp(day, MOSCOW).weekday() >= 5 else 1.0
        rates += [Rate(day + n * HOUR, day + (n + 1) * HOUR, share * calls / HOUR) for n, calls in enumerate(LOAD)]
    rates = [rate for rate in rates if rate.end <= today - HOUR]
    rates += [Rate(today, now - RUSH, 34.0 / HOUR), Rate(now - RUSH, now + HOUR, 190.0 / HOUR)]
    shifts = [Shift(day, day + 9 * HOUR) for day in days if day + 9 * HOUR <= today - HOUR]
    lunches = {"demo-304": ((now - 1500.0, now + HOUR),), "demo-306": ((now - 3 * HOUR, now - 2 * HOUR),)}
    workers = [
        Worker(
            agent,
            (*shifts, *(() if agent == AWAY else (Shift(today, now + HOUR, lunches.get(agent, ())),))),
            Exponential(6.0),
            Exponential(20.0),
        )
        for agent in configuration.agents
        if agent != SUPERVISOR
    ]
    return Model(configuration, _callers(tuple(rates)), tuple(workers), rates[0].start, now + HOUR)


def _callers(rates: tuple[Rate, ...]) -> tuple[Callers, ...]:
    def some(share: float) -> Poisson:
        return Poisson(tuple(replace(rate, per_second=rate.per_second * share) for rate in rates))

    talks, patience = Lognormal(190.0, 120.0), Exponential(150.0)
    return (
        Callers(MAIN_NUMBER, some(0.48), talks, patience, "1"),
        Callers(MAIN_NUMBER, some(0.38), talks, patience, "2"),
        Callers(MAIN_NUMBER, some(0.09), talks, Exponential(8.0)),
        Callers(CLOSED_NUMBER, some(0.05), talks, Exponential(25.0)),
    )


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
