"""The core's laws hold after every event of a simulated run, and the checking notices when one is broken."""

from __future__ import annotations

import copy
from collections.abc import Callable

from kaska.core import facts
from kaska.core.contacts.contact import Phase
from kaska.core.core import Core
from kaska.simulator.durations import Exponential
from kaska.simulator.laws import Laws
from kaska.simulator.model import Callers, Model, Poisson, Rate, Shift, Worker
from kaska.simulator.table import Table
from kaska.simulator.world import World
from simulator.runs import START
from support.company import CLOSED, DIRECT, INFORMER, MAIN, company


def _busy_day(seconds: float = 9000.0) -> Model:
    """Menus, a closed line, a reserve queue, telephones that ring out, breaks, impatient callers."""
    end = START + seconds
    configuration = company(ring_seconds=8.0, max_wait=90.0)
    callers = tuple(
        Callers(number, Poisson((Rate(START, end, rate),)), Exponential(60.0), Exponential(50.0), keys)
        for number, rate, keys in ((MAIN, 0.03, "1"), (MAIN, 0.02, "302"), (DIRECT, 0.02, ""), (CLOSED, 0.01, ""),
                                   (INFORMER, 0.01, ""))
    )  # fmt: skip
    breaks = tuple((START + 1800.0 * n, START + 1800.0 * n + 300.0) for n in range(1, 11) if 1800.0 * n < seconds)
    workers = tuple(
        Worker(agent, (Shift(START, end, breaks),), Exponential(4.0), Exponential(8.0))
        for agent in configuration.agents
    )
    return Model(configuration, callers, workers, START, end)


def test_the_laws_hold_over_a_busy_day() -> None:
    laws, table = Laws(), Table(START, 900.0)
    World(_busy_day(), 5, (laws.watch, table.watch), laws.after_event).run()
    assert laws.broken() == []
    assert laws.checked > 3000
    assert {row.outcome for row in table.rows} >= {
        "answered", "lost", "message_taken", "self_served", "short_abandoned",
    }  # fmt: skip
    assert any(row.overflowed for row in table.rows)


class TestABrokenLawIsNoticed:
    def test_a_contact_that_never_ends_or_ends_twice(self) -> None:
        laws = Laws()
        laws.watch[facts.ContactOpened](_opened("x"))
        laws.watch[facts.ContactOpened](_opened("y"))
        laws.watch[facts.ContactOver](facts.ContactOver(2.0, "y", "lost", "waiting"))
        laws.watch[facts.ContactOver](facts.ContactOver(3.0, "y", "answered", "talked"))
        laws.watch[facts.ContactOpened](_opened("y"))
        assert laws.broken() == [
            "nobody owes y, which ended lost", "y ended twice, or was never born", "y was born twice", "x never ended",
            "y never ended",
        ]  # fmt: skip

    def test_two_contacts_of_one_agent(self) -> None:
        def spoil(core: Core) -> None:
            first, second = [one for one in core.state.contacts.values() if one.phase is Phase.TALKING][:2]
            first.agent = second.agent

        (found,) = self._seen_after(spoil)
        assert " and " in found

    def test_a_ready_agent_whom_a_waiting_caller_could_have(self) -> None:
        def spoil(core: Core) -> None:
            waiting = next(one for one in core.state.contacts.values() if one.may_be_offered)
            agent = next(agent for agent, queues in core.desk.queues_of.items() if waiting.queue in queues)
            core.desk.ready.add(agent)

        assert any(" waits while " in one for one in self._seen_after(spoil))

    def _seen_after(self, spoil: Callable[[Core], None]) -> list[str]:
        """What the laws say of a busy moment that was spoilt."""
        laws = Laws()
        found: list[str] = []

        def look(core: Core) -> None:
            phases = [one.phase for one in core.state.contacts.values()]
            waits = any(one.may_be_offered for one in core.state.contacts.values())
            if not found and waits and phases.count(Phase.TALKING) > 1:
                spoilt = copy.deepcopy(core)
                spoil(spoilt)
                laws.after_event(spoilt)
                found.extend(laws.broken())

        World(_busy_day(900.0), 5, (), look).run()
        return found


def _opened(contact: str) -> facts.ContactOpened:
    return facts.ContactOpened(1.0, contact, "voice", "inbound", "1", "", "", "", "", "", "", 0)
