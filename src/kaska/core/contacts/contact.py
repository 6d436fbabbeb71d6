"""A contact and its legs, as the core remembers them while the contact lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kaska.core.contacts.outcomes import EndCause
from kaska.core.routing.rules import TO_MESSAGE


class Phase(StrEnum):
    WALKING = "walking"
    """in a scenario node other than a queue"""
    WAITING = "waiting"
    """in a queue; the person may have hung up relying on a promised callback"""
    CALLING = "calling"
    """an outbound contact before the two talk"""
    DIALLING = "dialling"
    """a promised callback whose person is dialled first, while an agent is kept free for it"""
    JOINING = "joining"
    """an agent accepted, the two are being brought together"""
    TALKING = "talking"
    TRANSFERRING = "transferring"
    """sent on: somebody in particular is rung for a person who has talked with us already"""
    ENDING = "ending"
    """nothing more will be done for it, its legs are being hung up"""


@dataclass(slots=True)
class Leg:
    id: str
    party: str
    agent: str = ""
    endpoint: str = ""
    up: bool = False
    over: bool = False
    cause: int = 0
    """Q.850, once it is over"""
    talked: bool = False
    """was the one who talks with the person"""


@dataclass(slots=True)
class WayBack:
    """Where a scenario walked in between returns to."""

    scenario: str
    version: int
    node: str


@dataclass(slots=True)
class Offer:
    """``agent`` "" is somebody outside: a partner, the mobile of whoever is on duty."""

    leg: str
    agent: str
    queue: str
    expires_at: float
    screened: bool = False
    """he picked up, and decides whether to take it"""


@dataclass(slots=True)
class Consult:
    """Somebody whom the agent asked into the call: aside, while the person hears music, or to all (``shared``).

    ``agent`` "" is somebody outside with ``number``. ``expires_at`` 0.0: has answered, at ``answered_at``.
    ``own_leg``: asked by a second call of the agent's telephone, which holds the person by itself; "" = by the screen.
    """

    leg: str
    agent: str
    number: str
    expires_at: float
    answered_at: float = 0.0
    held: bool = False
    shared: bool = False
    own_leg: str = ""


@dataclass(slots=True)
class Contact:
    """All ``*_at`` are seconds since the epoch, 0.0 = not set."""

    id: str
    channel: str
    direction: str
    number: str
    caller: str
    customer: str
    caller_name: str
    trunk: str
    project: str
    scenario: str
    scenario_version: int
    opened_at: float
    source: str
    debt: str
    phase: Phase = Phase.WALKING
    legs: dict[str, Leg] = field(default_factory=dict)
    customer_leg: str = ""
    blocked_by: str = ""
    """the entry of the black list that keeps the caller out"""
    blocked_prompt: str = ""
    # the walk
    node: str = ""
    tries: int = 0
    closed: bool = False
    play: str = ""
    plays: int = 0
    guard_at: float = 0.0
    question: int = 0
    """of a survey: the one that is being asked, the first is 0"""
    answers: int = 0
    """of a survey: so many of its questions were answered"""
    digits: str = ""
    digits_until: float = 0.0
    ear: str = ""
    """by which what the person says is listened to, besides keys"""
    ears: int = 0
    recording_message: bool = False
    message: str = ""
    fax_way: tuple[str, str] = ("", "")
    """(scenario, node) where the tone of a fax machine leads"""
    fax_listening: bool = False
    receiving_fax: str = ""
    """the name of the fax that comes in, or is being looked at"""
    fax: str = ""
    """the last one of which pages came"""
    faxes: int = 0
    """asked for so far"""
    fax_until: float = 0.0
    fax_looks: int = 0
    """how often it was asked what came of it"""
    self_served: bool = False
    edition: int = 0
    """version of the configuration whose scenarios it walks, to its end"""
    ways_back: list[WayBack] = field(default_factory=list)
    quiet_steps: int = 0
    """nodes walked through since the person last did something, or waited"""
    step_until: float = 0.0
    """when an outside source is no longer waited for"""
    lookup: str = ""
    lookups: int = 0
    variables: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    urgency: int = 0
    """added to the priority of the queue's node"""
    owner: str = ""
    """"agent:ID" or "queue:ID" when the scenario named who owes the answer"""
    keeps_recording: bool = True
    recording_decided: bool = False
    recording_told: bool = False
    pause_since: float = 0.0
    """nothing is recorded since then, for ``pause_by``; until ``pause_until``"""
    pause_until: float = 0.0
    pause_by: str = ""
    pauses: int = 0
    """pauses that are over"""
    # the queue
    queue: str = ""
    lines: list[str] = field(default_factory=list)
    priority: int = 0
    since: float = 0.0
    queued_at: float = 0.0
    reserve_at: float = 0.0
    speak_at: float = 0.0
    max_wait_at: float = 0.0
    waiting_since: float = 0.0
    """waits for the first answer since then; 0.0 = does not wait, or was answered, or was promised a call"""
    waited: float = 0.0
    """seconds in lines until the first answer: see counting/offered.py"""
    presented: bool = False
    """to somebody, at least once"""
    answered_at_once: bool = False
    """talked without being called back for it"""
    promised_at: float = 0.0
    offers: dict[str, Offer] = field(default_factory=dict)
    """leg → the offers that are open, earliest first"""
    dialled: int = 0
    awaited: list[str] = field(default_factory=list)
    """agents whom the contact waits for, nobody else being asked; until ``await_until``"""
    await_until: float = 0.0
    step: int = 0
    """number of the queue's next overflow step, due at ``reserve_at``"""
    step_to: str = ""
    relaxed: int = 0
    """so many of the queue's relaxations hold; the next at ``relax_at``"""
    relax_at: float = 0.0
    rounds: int = 0
    """so often the place was said in this queue"""
    missed: int = 0
    """so many of our calls back found nobody; the next at ``retry_at``"""
    retry_at: float = 0.0
    # the talk
    agent: str = ""
    agent_leg: str = ""
    connected_at: float = 0.0
    held_since: float = 0.0
    held_seconds: float = 0.0
    remind_at: float = 0.0
    """when the agent is reminded that he holds the person"""
    reminded: bool = False
    talked: bool = False
    between: bool = False
    """has talked, was sent on, and nobody has taken it since"""
    transferred_by: str = ""
    """agent who sent the person on"""
    recalled: bool = False
    """it came back to him already"""
    parked_until: float = 0.0
    """sent on to nobody: whoever wants takes him until then"""
    parked_since: float = 0.0
    parked_place: int = 0
    """the number by which he can be asked for then"""
    callbacks: int = 0
    """promised callbacks that were made, and the person sent on in them"""
    consults: dict[str, Consult] = field(default_factory=dict)
    """leg → who was asked into the call, earliest first"""
    end_cause: str = ""
    short: bool = False

    @property
    def dials(self) -> str:
        """The number by which we call the person. A short one of the line's own (112, a partner) is no customer."""
        return self.customer or (self.number if self.direction == "outbound" else "")

    @property
    def calls_out(self) -> bool:
        """We are (to be) the ones who dial the person."""
        return self.promised_at > 0.0 or self.direction == "outbound"

    @property
    def repays_unanswered(self) -> bool:
        """An outbound contact that repays a debt, and the person has not answered yet."""
        if not self.debt or self.phase not in (Phase.CALLING, Phase.JOINING):
            return False
        leg = self.legs.get(self.customer_leg)
        return leg is None or not leg.up

    @property
    def served(self) -> bool:
        """Somebody talked with the person, who was not sent on in vain since."""
        return self.talked and not self.between

    @property
    def own_debt(self) -> str:
        """Name of the debt that this contact makes now; each callback in it settles one."""
        return f"d-{self.id}" + (f"-{self.callbacks + 1}" if self.callbacks else "")

    @property
    def aside(self) -> Consult | None:
        """Whom the agent talks with alone, or has rung for that."""
        return next((consult for consult in self.consults.values() if not consult.shared), None)

    def consult_by(self, leg: str) -> Consult | None:
        """Who was asked by the agent's second call ``leg``."""
        return next((consult for consult in self.consults.values() if consult.own_leg == leg), None)

    def consult_of(self, agent: str) -> Consult | None:
        return next((consult for consult in self.consults.values() if consult.agent == agent), None)

    def ringing_leg(self, agent: str) -> str:
        """The leg by which the agent's phone rings for this contact; "" when it does not."""
        offer = self.offer_to(agent)
        if offer is not None:
            return offer.leg
        consult = self.consult_of(agent)
        return consult.leg if consult is not None and consult.expires_at else ""

    def leg_alive(self, leg: str) -> bool:
        found = self.legs.get(leg)
        return found is not None and not found.over

    @property
    def person_present(self) -> bool:
        return self.leg_alive(self.customer_leg)

    @property
    def any_leg_alive(self) -> bool:
        return any(not leg.over for leg in self.legs.values())

    @property
    def offer(self) -> Offer | None:
        """The earliest open offer; None when nobody is being asked."""
        for offer in self.offers.values():
            return offer
        return None

    @property
    def asked(self) -> int:
        """How many agents' phones ring; those outside do not count."""
        return sum(1 for offer in self.offers.values() if offer.agent)

    @property
    def talked_last(self) -> str:
        """The agent of ours who talked with the person last; "" when none did."""
        return next((leg.agent for leg in reversed(self.legs.values()) if leg.talked and leg.agent), "")

    def offer_to(self, agent: str) -> Offer | None:
        return next((offer for offer in self.offers.values() if offer.agent == agent), None)

    @property
    def reached(self) -> bool:
        """The person answered our call back and is on the line."""
        return self.customer_leg != self.id and self.person_present and self.legs[self.customer_leg].up

    @property
    def may_be_offered(self) -> bool:
        """Waits, no agent is being asked, and the person is on the line or has gone home relying on our promise."""
        if self.phase is not Phase.WAITING or self.retry_at or (self.offers and self.asked):
            return False
        return self.person_present if not self.promised_at else not self.person_present or self.reached

    def wake_at(self) -> float:
        """The earliest moment at which something must be decided for this contact; 0.0 = never by the clock."""
        earliest = self.guard_at
        # nobody is asked for a message while a phone rings
        step_at = 0.0 if self.offers and self.step_to == TO_MESSAGE else self.reserve_at
        for moment in (
            self.digits_until,
            self.step_until,
            step_at,
            self.relax_at,
            self.await_until,
            self.retry_at,
            self.parked_until,
            self.remind_at,
            self.pause_until,
            self.fax_until,
        ):
            if moment and (not earliest or moment < earliest):
                earliest = moment
        for consult in self.consults.values() if self.consults else ():
            if consult.expires_at and (not earliest or consult.expires_at < earliest):
                earliest = consult.expires_at
        if self.offers:
            for offer in self.offers.values():
                if not earliest or offer.expires_at < earliest:
                    earliest = offer.expires_at
        elif self.phase is Phase.WAITING and not self.promised_at:
            # nothing is said and nobody is sent away while a phone rings or a prompt plays
            moment = self.max_wait_at
            if moment and (not earliest or moment < earliest):
                earliest = moment
            moment = 0.0 if self.play else self.speak_at
            if moment and (not earliest or moment < earliest):
                earliest = moment
        return earliest

    def waited_until(self, at: float) -> float:
        """Seconds in lines before the first answer, ``at`` being now."""
        return self.waited + (max(at - self.waiting_since, 0.0) if self.waiting_since else 0.0)

    def place(self) -> str:
        """Where the person is, as the cause of a loss should the person leave now (EndCause value)."""
        if self.blocked_by:
            return EndCause.BLACK_LIST
        if self.served:
            return EndCause.TALKED
        if self.promised_at:
            return EndCause.CALLBACK
        if self.between:
            return EndCause.MESSAGE if self.message or self.recording_message else EndCause.TRANSFER
        if self.phase is Phase.JOINING:
            return EndCause.AT_ANSWER
        if self.offers:
            return EndCause.RINGING
        if self.phase is Phase.WAITING:
            return EndCause.WAITING
        if self.faxes:
            return EndCause.FAX
        if self.message or self.recording_message:
            return EndCause.MESSAGE
        if self.self_served:
            return EndCause.SERVED_BY_MENU
        if self.closed:
            return EndCause.CLOSED_HOURS
        first = self.legs.get(self.customer_leg)
        return EndCause.MENU if first is not None and first.up else EndCause.BEFORE_ANSWER
