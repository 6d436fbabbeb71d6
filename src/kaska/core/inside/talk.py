"""A call among ourselves, as the core remembers it while it lives, and how facts change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State

BY, TO = "by", "to"
"""the two sides: who calls, and whom"""
MOST_KEYS = 16
"""so many keys of who talks with a visitor are remembered"""
RECENT_TALKS = 2_000
"""so many that are over are remembered, so that a late signal does not make another one"""


@dataclass(slots=True)
class Side:
    """``agent`` "" is somebody at another site. ``leg`` "" = not dialled yet. ``cause`` (Q.850) once it is over.

    ``held_by``: the agent who lets him hear music. ``aside``: he was asked in by ``asker`` and is not with all yet.
    """

    agent: str
    number: str
    leg: str = ""
    endpoint: str = ""
    up: bool = False
    over: bool = False
    cause: int = 0
    held_by: str = ""
    asker: str = ""
    aside: bool = False
    sent: bool = False
    """as in facts.InsideInvited"""

    @property
    def alive(self) -> bool:
        return bool(self.leg) and not self.over


@dataclass(slots=True)
class Before:
    """What an agent was doing when a call among ourselves took him: he goes on with it afterwards. ``left``: seconds
    until it would have ended by itself, 0.0 = it would not."""

    state: str
    reason: str
    left: float
    contact: str


@dataclass(slots=True)
class Page:
    """``queue``: the group that is spoken to. ``busy``: who of it do not hear it. ``until``: when it ends by itself,
    0.0 = nobody speaks yet."""

    queue: str
    busy: tuple[str, ...] = ()
    until: float = 0.0


@dataclass(slots=True)
class Doorway:
    """Somebody at the door ``id`` wants to come in: whoever of those rung answers first is the other side.

    ``until``: so long he is kept waiting for one; ``keyed``: the latest keys of who talks with him, by leg;
    ``opened_at`` and ``opened_by``: when somebody let him in, and who; ``stuck``: it could not be done.
    """

    id: str
    name: str
    until: float
    keyed: dict[str, str] = field(default_factory=dict)
    opened_at: float = 0.0
    opened_by: str = ""
    stuck: bool = False


@dataclass(slots=True)
class InsideTalk:
    """Times are seconds since the epoch, 0.0 = not set. ``rings_until``: of the leg that is ringing.

    ``hand``: who calls dialled by himself, or came by the line of another site; his leg was there first.
    """

    id: str
    by: Side
    to: Side
    trunk: str
    hand: bool
    started_at: float
    rings_until: float = 0.0
    connected_at: float = 0.0
    result: str = ""
    """how it ends; "" while it goes on"""
    before: dict[str, Before] = field(default_factory=dict)
    more: list[Side] = field(default_factory=list)
    """who were asked in later, or hear the page"""
    page: Page | None = None
    door: Doorway | None = None

    @property
    def wakes_at(self) -> float:
        """0.0 = nothing of it waits for the clock."""
        if self.door is not None and self.unanswered:
            return min(self.rings_until or self.door.until, self.door.until)
        if self.page is not None and not self.result:
            return self.rings_until or self.page.until
        return self.rings_until

    @property
    def unanswered(self) -> bool:
        """Somebody is at the door, and nobody has answered him yet."""
        return self.door is not None and not self.to.leg and not self.result

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.by, self.to, *self.more)

    @property
    def guest(self) -> Side | None:
        """Who is asked in and not with all yet; one at a time."""
        return next((side for side in self.more if side.aside and side.alive), None)

    def present(self, but: Side | None = None) -> list[Side]:
        """Who talk with each other, or hear music because one of them wants it."""
        return [side for side in self.sides if side.alive and side.up and not side.aside and side is not but]

    def side_of(self, leg: str) -> Side | None:
        return next((side for side in self.sides if leg and side.leg == leg), None)

    def side_of_agent(self, agent: str) -> Side | None:
        """Who left and came back has several: the living one, else the latest."""
        his = [side for side in self.sides if agent and side.agent == agent]
        return next((side for side in his if side.alive), his[-1] if his else None)

    def other(self, side: Side) -> Side:
        """Whom he talks with, or would: who asked him in, the other of the first two, else whoever is there."""
        asker = self.side_of_agent(side.asker) if side.aside else None
        if asker is not None and asker.alive:
            return asker
        first = self.to if side is self.by else self.by
        return first if first.alive or not self.more else next(iter(self.present(side)), first)

    def rings(self, side: Side) -> bool:
        """His telephone rings: we dialled it, and it is not answered."""
        return side.alive and not side.up and (side is not self.by or not self.hand)

    def legs(self) -> Iterator[Side]:
        """Sides whose leg is believed to exist in the switch."""
        return (side for side in self.sides if side.alive)


def asked(state: State, fact: facts.InsideAsked) -> None:
    by, to = Side(fact.by, fact.caller), Side(fact.to, fact.number)
    state.inside[fact.talk] = InsideTalk(fact.talk, by, to, fact.trunk, fact.hand, fact.at)


def leg_started(state: State, fact: facts.InsideLegStarted) -> None:
    talk = state.inside[fact.talk]
    side = talk.by if fact.side == BY else talk.to
    side.leg, side.endpoint = fact.leg, fact.endpoint
    talk.rings_until = fact.until
    _taken(state, talk, side.agent, fact.at)


def _taken(state: State, talk: InsideTalk, name: str, at: float) -> None:
    """Remember what he was doing."""
    agent = state.agents.get(name)
    if agent is not None:
        left = max(agent.until - at, 0.0) if agent.until else 0.0
        talk.before[agent.id] = Before(agent.state.value, agent.reason, left, agent.contact)


def invited(state: State, fact: facts.InsideInvited) -> None:
    talk = state.inside[fact.talk]
    side = Side(fact.agent, fact.number, fact.leg, fact.endpoint, asker=fact.asker, aside=True, sent=fact.sent)
    talk.more.append(side)
    talk.rings_until = fact.until
    _taken(state, talk, fact.agent, fact.at)


def shared(state: State, fact: facts.InsideShared) -> None:
    side = state.inside[fact.talk].side_of(fact.leg)
    if side is not None:
        side.aside = side.sent = False


def held(state: State, fact: facts.InsideHeld) -> None:
    side = state.inside[fact.talk].side_of(fact.leg)
    if side is not None:
        side.held_by = fact.by


def page_asked(state: State, fact: facts.PageAsked) -> None:
    state.inside[fact.talk].page = Page(fact.queue)


def page_begun(state: State, fact: facts.PageBegun) -> None:
    talk = state.inside[fact.talk]
    talk.page = Page(talk.page.queue if talk.page is not None else "", fact.busy, fact.until)


def page_rung(state: State, fact: facts.PageRung) -> None:
    talk = state.inside[fact.talk]
    profile = state.configuration.agents.get(fact.agent)
    number = profile.extension if profile is not None else ""
    talk.more.append(Side(fact.agent, number, fact.leg, fact.endpoint))
    _taken(state, talk, fact.agent, fact.at)


def door_rang(state: State, fact: facts.DoorRang) -> None:
    state.inside[fact.talk].door = Doorway(fact.door, fact.name, fact.until)


def door_offered(state: State, fact: facts.DoorOffered) -> None:
    talk = state.inside[fact.talk]
    profile = state.configuration.agents.get(fact.agent)
    number = profile.extension if profile is not None else ""
    talk.more.append(Side(fact.agent, number, fact.leg, fact.endpoint))
    talk.rings_until = fact.until
    _taken(state, talk, fact.agent, fact.at)


def door_taken(state: State, fact: facts.DoorTaken) -> None:
    talk = state.inside[fact.talk]
    talk.to = next(side for side in talk.more if side.leg == fact.leg)
    talk.more.remove(talk.to)
    talk.rings_until = 0.0


def door_keyed(state: State, fact: facts.DoorKeyed) -> None:
    door = state.inside[fact.talk].door
    if door is not None:
        door.keyed[fact.leg] = (door.keyed.get(fact.leg, "") + fact.digit)[-MOST_KEYS:]


def door_opened(state: State, fact: facts.DoorOpened) -> None:
    door = state.inside[fact.talk].door
    if door is not None:
        door.opened_at, door.opened_by, door.stuck = fact.at, fact.agent, False
        door.keyed.clear()


def door_unopened(state: State, fact: facts.DoorUnopened) -> None:
    door = state.inside[fact.talk].door
    if door is not None:
        door.stuck = True


def leg_up(state: State, fact: facts.InsideLegUp) -> None:
    talk = state.inside[fact.talk]
    side = talk.side_of(fact.leg)
    if side is not None:
        side.up = True
        talk.rings_until = 0.0


def met(state: State, fact: facts.InsideMet) -> None:
    state.inside[fact.talk].connected_at = fact.at


def leg_over(state: State, fact: facts.InsideLegOver) -> None:
    talk = state.inside[fact.talk]
    side = talk.side_of(fact.leg)
    if side is not None:
        if talk.rings(side):
            talk.rings_until = 0.0
        side.over, side.cause, side.held_by = True, fact.cause, ""


def ending(state: State, fact: facts.InsideEnding) -> None:
    talk = state.inside[fact.talk]
    talk.result = talk.result or fact.result
    talk.rings_until = 0.0


def over(state: State, fact: facts.InsideOver) -> None:
    del state.inside[fact.talk]
    state.inside_recent[fact.talk] = fact.at
    while len(state.inside_recent) > RECENT_TALKS:
        del state.inside_recent[next(iter(state.inside_recent))]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.InsideAsked: asked,
    facts.InsideLegStarted: leg_started,
    facts.InsideLegUp: leg_up,
    facts.InsideMet: met,
    facts.InsideHeld: held,
    facts.InsideInvited: invited,
    facts.InsideShared: shared,
    facts.InsideLegOver: leg_over,
    facts.InsideEnding: ending,
    facts.InsideOver: over,
    facts.PageAsked: page_asked,
    facts.PageBegun: page_begun,
    facts.PageRung: page_rung,
    facts.DoorRang: door_rang,
    facts.DoorOffered: door_offered,
    facts.DoorTaken: door_taken,
    facts.DoorKeyed: door_keyed,
    facts.DoorOpened: door_opened,
    facts.DoorUnopened: door_unopened,
}
