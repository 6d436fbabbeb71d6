"""What outgoing calls use: at once, and in minutes and money of the day. Part of the state, changed by facts only.

A second of a talk counts from the answer to the end of the leg, on the local day on which it was; money is seconds by
the price of a minute that held when the call was dialled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.calendar import day_begins
from kaska.core.outgoing.rules import UNCOUNTED, Caps, Scope, name_of, scopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaska.core.state import State

NEARLY = 0.01
"""seconds before a cap at which it counts as reached: the clock's own grain"""


@dataclass(slots=True)
class OutgoingCall:
    """``answered_at`` 0.0 = rings. ``tried``: trunks by which it went, the last one now. ``cut``: is being ended."""

    contact: str
    leg: str
    number: str
    direction: str
    agent: str
    project: str
    price: float
    tried: list[str]
    answered_at: float = 0.0
    cut: bool = False

    @property
    def counts(self) -> bool:
        return self.direction not in UNCOUNTED

    @property
    def scopes(self) -> tuple[Scope, ...]:
        return scopes(self.agent, self.project)


@dataclass(slots=True)
class Spent:
    seconds: float = 0.0
    money: float = 0.0


@dataclass(slots=True)
class Usage:
    """``calls``: leg → the calls that live. ``spent``: scope's name → by calls that are over, on ``day`` (ISO)."""

    calls: dict[str, OutgoingCall] = field(default_factory=dict)
    day: str = ""
    spent: dict[str, Spent] = field(default_factory=dict)


def spent(state: State, scope: Scope, at: float) -> Spent:
    """Today, with what the calls that go on have used until ``at``."""
    usage = state.outgoing
    over = usage.spent.get(name_of(scope), Spent()) if usage.day == state.local_day(at) else Spent()
    whole = Spent(over.seconds, over.money)
    begins = _begins(state, at)
    for call in usage.calls.values():
        if call.answered_at and call.counts and scope in call.scopes:
            _add(whole, call, begins, at)
    return whole


def at_once(state: State, scope: Scope) -> int:
    return sum(1 for call in state.outgoing.calls.values() if call.counts and scope in call.scopes)


def next_cut(state: State, at: float) -> float:
    """When the first cap is reached if all goes on as it does; 0.0 = none is, or what reached it is being ended."""
    rules = state.configuration.outgoing
    first = 0.0
    for call in state.outgoing.calls.values():
        if not (call.answered_at and call.counts and not call.cut):
            continue
        for scope in call.scopes:
            caps = rules.caps_of(scope)
            moment = _reached(state, scope, caps, at, costs=call.price > 0.0) if caps.minutes or caps.money else 0.0
            if moment and (not first or moment < first):
                first = moment
    return first


def _reached(state: State, scope: Scope, caps: Caps, at: float, *, costs: bool) -> float:
    """When this scope's caps are reached; after midnight everything begins anew."""
    running = [
        call for call in state.outgoing.calls.values() if call.answered_at and call.counts and scope in call.scopes
    ]
    rate, paid = float(len(running)), sum(call.price for call in running) / 60.0 if costs else 0.0
    now, tomorrow = spent(state, scope, at), day_begins(state.timezone, at, 1)
    moment = _when(caps, rate, paid, now, at)
    if moment and moment > tomorrow:
        moment = _when(caps, rate, paid, Spent(), tomorrow)
    return moment


def _when(caps: Caps, rate: float, paid: float, used: Spent, at: float) -> float:
    left = []
    if caps.minutes and rate:
        left.append((caps.minutes * 60.0 - used.seconds) / rate)
    if caps.money and paid:
        left.append((caps.money - used.money) / paid)
    return at + max(min(left), 0.0) if left else 0.0


def exhausted(state: State, scope: Scope, at: float, price: float | None = None) -> bool:
    """Whether a cap of this scope is reached; a call without a ``price`` of its own uses no money."""
    caps = state.configuration.outgoing.caps_of(scope)
    if not (caps.minutes or caps.money):
        return False
    used = spent(state, scope, at)
    if caps.minutes and used.seconds >= caps.minutes * 60.0 - NEARLY:
        return True
    costs = price is None or price > 0.0
    grain = NEARLY * (price or 0.0) / 60.0
    return bool(caps.money) and costs and used.money >= caps.money - max(grain, 1e-9)


def _begins(state: State, at: float) -> float:
    return day_begins(state.timezone, at, 0)


def _add(whole: Spent, call: OutgoingCall, begins: float, at: float) -> None:
    seconds = max(at - max(call.answered_at, begins), 0.0)
    whole.seconds += seconds
    whole.money += seconds * call.price / 60.0


# --- facts -------------------------------------------------------------------------------------------------------


def started(state: State, fact: facts.OutgoingStarted) -> None:
    state.outgoing.calls[fact.leg] = OutgoingCall(
        fact.contact, fact.leg, fact.number, fact.direction, fact.agent, fact.project, fact.price, [fact.trunk]
    )


def rerouted(state: State, fact: facts.OutgoingRerouted) -> None:
    state.outgoing.calls[fact.leg].tried.append(fact.trunk)


def cut(state: State, fact: facts.OutgoingCut) -> None:
    state.outgoing.calls[fact.leg].cut = True


def answered(state: State, leg: str, at: float) -> None:
    call = state.outgoing.calls.get(leg)
    if call is not None:
        call.answered_at = at


def over(state: State, leg: str, at: float) -> None:
    usage = state.outgoing
    call = usage.calls.pop(leg, None)
    if call is None or not call.answered_at or not call.counts:
        return
    day = state.local_day(at)
    if usage.day != day:
        usage.day, usage.spent = day, {}
    begins = _begins(state, at)
    for scope in call.scopes:
        _add(usage.spent.setdefault(name_of(scope), Spent()), call, begins, at)


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.OutgoingStarted: started,
    facts.OutgoingRerouted: rerouted,
    facts.OutgoingCut: cut,
}
