"""The figures of an audit: contacts are added one by one and forgotten; what is kept does not grow with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from kaska.audit.clock import SLOT_SECONDS
from kaska.audit.contacts import Contact, End, Talks
from kaska.audit.people import People
from kaska.core.counting.closing import Rings
from kaska.core.counting.colander import Colander, Leak
from kaska.core.counting.durations import mean, percentile
from kaska.core.counting.holes import Hole
from kaska.core.counting.service_level import Counted, ServiceLevels, service_levels

TARGET_S = 20.0
SHORT_S = 5.0
MOST_STEPS = 1000
"""places of a dialplan that are told apart; more are not places but numbers"""


@dataclass(slots=True)
class Agent:
    """One person's part."""

    bit: int
    """a power of two of his own"""
    talks: int = 0
    talk_s: float = 0.0
    unanswered_rings: int = 0


@dataclass(slots=True)
class Slot:
    """A quarter of an hour, by the arrival of the contacts."""

    answered: int = 0
    lost: int = 0
    agents: int = 0
    """the bits of the agents who talked"""

    announced: int = 0
    """who heard announcements only"""

    @property
    def offered(self) -> int:
        return self.answered + self.lost


@dataclass(slots=True)
class Figures:
    """``target_s``: within which a caller should be answered; ``short_s``: who hangs up within it hung up at once.

    Durations are counted by how often each stands, so that sums, shares and percentiles follow from one thing.
    """

    people: People
    target_s: float = TARGET_S
    short_s: float = SHORT_S
    rows: int = 0
    """rows that became contacts"""
    abandoned: int = 0
    missed: int = 0
    announcement_only: int = 0
    outbound: int = 0
    outbound_reached: int = 0
    waits: Counter[float | None] = field(default_factory=Counter)
    """of the answered, in seconds; None = the log does not tell"""
    lost_waits: Counter[float | None] = field(default_factory=Counter)
    """of the abandoned"""
    missed_waits_s: float = 0.0
    talks: Counter[float | None] = field(default_factory=Counter)
    """of the answered"""
    rang: Counter[float | None] = field(default_factory=Counter)
    """until somebody took the call; None = the log does not tell"""
    vain: Counter[float | None] = field(default_factory=Counter)
    """how long telephones rang in vain"""
    to_line: Counter[float | None] = field(default_factory=Counter)
    """from the arrival to the waiting line"""
    steps: dict[str, int] = field(default_factory=dict)
    """where who heard announcements only hung up"""
    agents: dict[str, Agent] = field(default_factory=dict)
    holes: dict[Hole, int] = field(default_factory=lambda: defaultdict(int))
    """where the missed and the announcement-only went; of the abandoned see ``colander``"""
    slots: dict[float, Slot] = field(default_factory=dict)
    queues: dict[str, list[int]] = field(default_factory=dict)
    """[answered, lost]"""

    def add(self, contacts: Iterable[Contact | Talks]) -> None:
        """Counts them all. The answered, who are most, are counted on the spot: speed is a promise here."""
        answered, waits, talks, agents = End.ANSWERED, self.waits, self.talks, self.agents
        slots, queues, people, rang = self.slots, self.queues, self.people, self.rang
        for contact in contacts:
            if isinstance(contact, Talks):
                self._add_talks(contact)
                continue
            self.rows += contact.rows
            if contact.unanswered_rings:
                for name in contact.unanswered_rings:
                    (agents.get(name) or self._agent(name)).unanswered_rings += 1
                for seconds in contact.vain_s:
                    self.vain[seconds] += 1
            if contact.to_line_s is not None:
                self.to_line[contact.to_line_s] += 1
            if contact.end is not answered:
                self._add_other(contact)
                continue
            arrival = contact.arrival
            waits[contact.wait] += 1
            rang[contact.rang_s] += 1
            number = arrival // SLOT_SECONDS
            slot = slots.get(number) or self._slot(number)
            slot.answered += 1
            total: float = 0
            for name, seconds in contact.talks:
                agent = agents.get(name) or self._agent(name)
                agent.talks += 1
                agent.talk_s += seconds
                total += seconds
                slot.agents |= agent.bit
            talks[total if contact.talk_known else None] += 1
            queue = queues.get(contact.queue) or self._queue(contact.queue)
            queue[0] += 1
            if contact.caller:
                people.served.add(arrival, contact.caller)

    def _add_talks(self, talks: Talks) -> None:
        """Counts column by column what can be counted so: faster than one by one."""
        if not talks:
            return
        arrivals, callers, waits, names, seconds, queues, rows, _, rang, vain = zip(*talks, strict=True)
        self.rows += sum(rows)
        self.waits.update(waits)
        self.rang.update(rang)
        self.talks.update(seconds)
        for name, count in Counter(queues).items():
            (self.queues.get(name) or self._queue(name))[0] += count
        agents, slots = self.agents, self.slots
        for arrival, name, talked in zip(arrivals, names, seconds, strict=True):
            number = arrival // SLOT_SECONDS
            slot = slots.get(number) or self._slot(number)
            agent = agents.get(name) or self._agent(name)
            slot.answered += 1
            slot.agents |= agent.bit
            agent.talks += 1
            agent.talk_s += talked
        for name, waited in chain.from_iterable(vain):
            (agents.get(name) or self._agent(name)).unanswered_rings += 1
            self.vain[waited] += 1
        served = self.people.served
        served.at += arrivals
        served.who += callers
        served.grown()

    def _add_other(self, contact: Contact) -> None:
        if contact.end is End.OUTBOUND:
            self._add_outbound(contact)
        elif contact.end is End.ANNOUNCEMENT_ONLY:
            self._add_announced(contact)
        else:
            self._add_lost(contact)

    def _add_announced(self, contact: Contact) -> None:
        self.announcement_only += 1
        self.holes[Hole.ANNOUNCEMENT] += 1
        number = contact.arrival // SLOT_SECONDS
        (self.slots.get(number) or self._slot(number)).announced += 1
        if contact.step and (contact.step in self.steps or len(self.steps) < MOST_STEPS):
            self.steps[contact.step] = self.steps.get(contact.step, 0) + 1

    def _add_lost(self, contact: Contact) -> None:
        if contact.end is End.ABANDONED:
            self.abandoned += 1
            self.lost_waits[contact.wait] += 1
        else:
            self.missed += 1
            self.missed_waits_s += contact.wait or 0.0
            self.holes[contact.hole or Hole.NO_ANSWER] += 1
        number = contact.arrival // SLOT_SECONDS
        slot = self.slots.get(number) or self._slot(number)
        slot.lost += 1
        queue = self.queues.get(contact.queue) or self._queue(contact.queue)
        queue[1] += 1
        if contact.caller:
            self.people.lost(contact.arrival, contact.caller)
        else:
            self.people.hidden += 1

    def _add_outbound(self, contact: Contact) -> None:
        self.outbound += 1
        for name, seconds in contact.talks:
            agent = self._agent(name)
            agent.talks += 1
            agent.talk_s += seconds
        if contact.reached:
            self.outbound_reached += 1
            if contact.caller:
                self.people.called_back.add(contact.arrival, contact.caller)

    def _agent(self, name: str) -> Agent:
        agent = self.agents.get(name)
        if agent is None:
            agent = self.agents[name] = Agent(1 << len(self.agents))
        return agent

    def _slot(self, number: float) -> Slot:
        slot = self.slots[number] = Slot()
        return slot

    def _queue(self, name: str) -> list[int]:
        queue = self.queues[name] = [0, 0]
        return queue

    @property
    def answered(self) -> int:
        return sum(self.waits.values())

    @property
    def contacts(self) -> int:
        return self.offered + self.announcement_only + self.outbound

    @property
    def offered(self) -> int:
        return self.answered + self.lost

    @property
    def lost(self) -> int:
        return self.abandoned + self.missed

    @property
    def period(self) -> tuple[float, float] | None:
        """[begin of the first quarter, end of the last one) in which contacts arrived from outside."""
        if not self.slots:
            return None
        return min(self.slots) * SLOT_SECONDS, (max(self.slots) + 1) * SLOT_SECONDS

    @property
    def short_abandoned(self) -> int | None:
        """None when the log does not tell how long any of them waited."""
        if self.abandoned and self.lost_waits.get(None, 0) == self.abandoned:
            return None
        return _up_to(self.lost_waits, self.short_s)

    def colander(self) -> Colander:
        """Offered and announcement-only contacts: how many reached a person, and where the others went."""
        found, short = Colander(reached=self.answered), self.short_abandoned or 0
        for hole, count in {**self.holes, Hole.SHORT: short, Hole.WAITING: self.abandoned - short}.items():
            found.leak(hole, Leak(count))
        return found

    @property
    def asa_s(self) -> float | None:
        return mean(*_known(self.waits)) if self.waits_told else None

    @property
    def aht_s(self) -> float | None:
        """Talk, with the hold that lies in it; wrap-up is in no log."""
        return mean(*_known(self.talks))

    @property
    def waits_told(self) -> bool:
        """Whether the log tells how long most of the answered waited; else there is no ASA and no service level."""
        return _known(self.waits)[1] * 2 > self.answered

    @property
    def patience_s(self) -> float | None:
        """Mean seconds until a caller hangs up: all waiting ÷ those who hung up (an answer cuts patience short)."""
        waited = _known(self.waits)[0] + _known(self.lost_waits)[0] + self.missed_waits_s
        return waited / self.abandoned if self.abandoned and waited else None

    def rings(self) -> Rings | None:
        """None when no telephone rang in vain, or nobody knows for how long."""
        vain, taken = _whole_seconds(self.vain), percentile(_whole_seconds(self.rang), 0.9)
        middle = percentile(vain, 0.5)
        return None if middle is None else Rings(sum(vain.values()), middle, taken)

    @property
    def to_line_s(self) -> int | None:
        """The median; None when the log does not tell it of any."""
        return percentile(_whole_seconds(self.to_line), 0.5)

    def wait_percentile(self, rank: float) -> int | None:
        return percentile(_whole_seconds(self.waits), rank) if self.waits_told else None

    def talk_percentile(self, rank: float) -> int | None:
        return percentile(_whole_seconds(self.talks), rank)

    def levels(self) -> ServiceLevels | None:
        """None when the log does not tell how long the answered waited."""
        if not self.waits_told:
            return None
        return service_levels(
            Counted(
                answered=_known(self.waits)[1],
                lost=self.lost,
                answered_within=_up_to(self.waits, self.target_s),
                lost_within=_up_to(self.lost_waits, self.target_s),
                lost_short=_up_to(self.lost_waits, self.short_s),
            )
        )


def _known(counted: dict[float | None, int]) -> tuple[float, int]:
    """(sum, number) of the durations that are known."""
    known = [(value, count) for value, count in counted.items() if value is not None]
    return sum(value * count for value, count in known), sum(count for _, count in known)


def _up_to(counted: dict[float | None, int], limit: float) -> int:
    return sum(count for value, count in counted.items() if value is not None and value <= limit)


def _whole_seconds(counted: dict[float | None, int]) -> dict[int, int]:
    whole: dict[int, int] = defaultdict(int)
    for value, count in counted.items():
        if value is not None:
            whole[int(value)] += count
    return whole
