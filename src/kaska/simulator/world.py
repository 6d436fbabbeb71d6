"""The world around the core: callers, agents and a switch, on a clock that jumps from one happening to the next.

The core is the one that takes live calls, unchanged; everything reaches it as an event, and its commands are obeyed.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from kaska.core import events, facts
from kaska.core.core import Core
from kaska.core.presence.states import AgentState
from kaska.core.state import State
from kaska.simulator.clock import Clock
from kaska.simulator.durations import Sampler
from kaska.simulator.model import Callers, Model, Worker
from kaska.simulator.switch import Switch

VOICE = "voice"

Watch = dict[type[facts.Fact], Callable[[Any], None]]


@dataclass(slots=True)
class Caller:
    """One person on the line. What he will do is drawn when he is born, so that other agents meet the same people."""

    contact: str
    leg: str
    patience: float
    handling: float
    message: float
    keys: str
    key_after: float
    talking: bool = False


class _Source:
    """One kind of callers: when they come, and what each of them is like, from generators of their own."""

    __slots__ = ("callers", "handling", "message", "moments", "patience")

    def __init__(self, callers: Callers, seed: str) -> None:
        self.callers = callers
        self.moments: Iterator[float] = callers.arrivals.moments(Random(f"{seed}/arrivals"))
        self.handling = callers.handling.sampler(Random(f"{seed}/handling"))
        self.patience = callers.patience.sampler(Random(f"{seed}/patience"))
        self.message = callers.message.sampler(Random(f"{seed}/message"))


class _Desk:
    """One agent at work."""

    __slots__ = ("answering", "device", "returning", "worker", "wrap_up")

    def __init__(self, worker: Worker, device: str, seed: str) -> None:
        self.worker = worker
        self.device = device
        self.answering: Sampler = worker.answering.sampler(Random(f"{seed}/answering"))
        self.wrap_up: Sampler = worker.wrap_up.sampler(Random(f"{seed}/wrap-up"))
        self.returning: Sampler = worker.returning.sampler(Random(f"{seed}/returning"))


class World:
    """Run one model once: ``World(model, seed).run()``. The same seed gives the same run.

    ``watches`` are told every fact of the kinds they name, in order; ``after_event`` is called when an event has been
    handled, with the core as it is then.
    """

    def __init__(
        self,
        model: Model,
        seed: int = 1,
        watches: tuple[Watch, ...] = (),
        after_event: Callable[[Core], None] | None = None,
    ) -> None:
        self.model = model
        self.events = 0
        self.clock = Clock(model.start)
        self.core = Core(State(model.configuration))
        self.callers: dict[str, Caller] = {}
        self._soon: deque[events.Event] = deque()
        self._switch = Switch(self.clock, self, model.prompt_seconds, self._soon.append)
        self._obey = self._switch.obey
        self._after_event = after_event
        self._born = 0
        self._sources = [_Source(callers, f"{seed}/callers/{n}") for n, callers in enumerate(model.callers)]
        self._desks = {worker.agent: self._desk(worker, seed) for worker in model.workers}
        self._watch = _merged((self._own_watch(), *watches))

    def run(self) -> None:
        """Until nothing is left to happen; whoever waits long after the end is sent home. Call it once."""
        model, clock, core = self.model, self.clock, self.core
        self._tell(events.ConfigurationPublished(model.start, model.configuration))
        for desk in self._desks.values():
            self._take_place(desk)
        for source in self._sources:
            self._await_next(source)
        last = model.end + model.patience_after_end
        while True:
            self._settle()
            deadline, act = core.next_deadline(), clock.next()
            if act is not None and (deadline is None or act <= deadline):
                if act > last:
                    break
                clock.step()
            elif deadline is not None and deadline <= last:
                clock.now = max(clock.now, deadline)
                self._tell(events.TimePassed(clock.now))
            else:
                break
        self._send_home(last)

    # --- the core ------------------------------------------------------------------------------------------------

    def _tell(self, event: events.Event) -> None:
        self.events += 1
        outcomes = self.core.handle(event)
        watch, obey = self._watch, self._obey
        for fact in outcomes.facts:
            seen = watch.get(type(fact))
            if seen is not None:
                seen(fact)
        for command in outcomes.commands:
            obey[type(command)](command)
        if self._after_event is not None:
            self._after_event(self.core)

    def _settle(self) -> None:
        """Everything that happens at this very moment."""
        soon = self._soon
        while soon:
            self._tell(soon.popleft())

    def _send_home(self, at: float) -> None:
        """The simulated time is over: whoever is still on a line hangs up, so that each contact has its end."""
        living = list(self.core.state.contacts.values())
        if living:
            self.clock.now = max(self.clock.now, at)
        for contact in living:
            for leg in list(contact.legs.values()):
                self._switch.end(contact.id, leg.id)
            self._settle()

    # --- callers -------------------------------------------------------------------------------------------------

    def _await_next(self, source: _Source) -> None:
        moment = next(source.moments, None)
        if moment is not None and moment < self.model.end:
            self.clock.at(moment, self._arrive, source)

    def _arrive(self, source: _Source) -> None:
        self._born += 1
        kind, now = source.callers, self.clock.now
        name = f"s{self._born}"
        caller = Caller(name, name, source.patience(), source.handling(), 0.0, kind.keys, kind.key_after)
        caller.message = source.message()
        self.callers[name] = caller
        self._switch.arrive(name)
        self._tell(events.ContactArrived(now, name, name, VOICE, kind.number, "", ""))
        self._settle()
        if not caller.talking and caller.patience < math.inf:
            self.clock.at(now + caller.patience, self._loses_patience, caller)
        self._await_next(source)

    def _loses_patience(self, caller: Caller) -> None:
        if not caller.talking:
            self._switch.end(caller.contact, caller.leg)

    def _has_talked(self, caller: Caller) -> None:
        self._switch.end(caller.contact, caller.leg)

    def _meets_menu(self, step: facts.StepEntered) -> None:
        caller = self.callers.get(step.contact)
        if step.kind == "menu" and caller is not None and caller.keys:
            self.clock.at(self.clock.now + caller.key_after, self._presses, caller)

    def _presses(self, caller: Caller) -> None:
        key, caller.keys = caller.keys[:1], caller.keys[1:]
        self._tell(events.DigitPressed(self.clock.now, caller.contact, caller.leg, key))

    # what the switch asks of people

    def answering(self, agent: str) -> float:
        return self._desks[agent].answering()

    def message(self, contact: str) -> float:
        return self.callers[contact].message

    def talk(self, contact: str, leg: str) -> None:
        caller = self.callers[contact]
        caller.talking = True
        caller.leg = leg  # another one than he came with, when we called back
        self.clock.at(self.clock.now + caller.handling, self._has_talked, caller)

    def closed(self, contact: str) -> None:
        self.callers.pop(contact, None)

    # --- agents --------------------------------------------------------------------------------------------------

    def _desk(self, worker: Worker, seed: int) -> _Desk:
        """Raises KeyError when the configuration has no such agent, ValueError when he has no device."""
        devices = self.model.configuration.agents[worker.agent].devices
        if not devices:
            raise ValueError(f"agent {worker.agent} has no device")
        return _Desk(worker, devices[0].endpoint, f"{seed}/agent/{worker.agent}")

    def _take_place(self, desk: _Desk) -> None:
        agent = desk.worker.agent
        for shift in desk.worker.shifts:
            self.clock.at(shift.start, self._begins_shift, desk)
            for start, end in shift.breaks:
                self.clock.at(start, self._pauses, agent)
                self.clock.at(end, self._readies, agent)
            self.clock.at(shift.end, self._ends_shift, agent)

    def _begins_shift(self, desk: _Desk) -> None:
        now, agent = self.clock.now, desk.worker.agent
        self._tell(events.DeviceReached(now, desk.device, True))
        self._tell(events.AgentSignedIn(now, agent))
        self._tell(events.AgentReadied(now, agent))

    def _pauses(self, agent: str) -> None:
        self._tell(events.AgentPaused(self.clock.now, agent, "break"))

    def _readies(self, agent: str) -> None:
        self._tell(events.AgentReadied(self.clock.now, agent))

    def _ends_shift(self, agent: str) -> None:
        self._tell(events.AgentSignedOut(self.clock.now, agent))

    def _own_watch(self) -> Watch:
        watch: Watch = {}
        if any(callers.keys for callers in self.model.callers):
            watch[facts.StepEntered] = self._meets_menu
        if self._desks:
            watch[facts.AgentStateChanged] = self._agent_changed
        return watch

    def _agent_changed(self, fact: facts.AgentStateChanged) -> None:
        if fact.state == AgentState.WRAP_UP:
            done = self.clock.now + self._desks[fact.agent].wrap_up()
            if done < fact.until:  # otherwise the core ends it
                self.clock.at(done, self._wrapped_up, fact)
        elif fact.state == AgentState.NOT_ANSWERING:
            self.clock.at(self.clock.now + self._desks[fact.agent].returning(), self._returns, fact)

    def _wrapped_up(self, fact: facts.AgentStateChanged) -> None:
        if self.core.state.agents[fact.agent].since == fact.at:
            self._tell(events.WrapUpFinished(self.clock.now, fact.agent))

    def _returns(self, fact: facts.AgentStateChanged) -> None:
        if self.core.state.agents[fact.agent].state is AgentState.NOT_ANSWERING:
            self._tell(events.AgentReadied(self.clock.now, fact.agent))


def _merged(watches: tuple[Watch, ...]) -> Watch:
    """One function per kind of fact, however many watch it."""
    merged: dict[type[facts.Fact], list[Callable[[Any], None]]] = {}
    for watch in watches:
        for kind, seen in watch.items():
            merged.setdefault(kind, []).append(seen)
    return {kind: seen[0] if len(seen) == 1 else _each(seen) for kind, seen in merged.items()}


def _each(seen: list[Callable[[Any], None]]) -> Callable[[Any], None]:
    def tell_each(fact: Any) -> None:
        for one in seen:
            one(fact)

    return tell_each
