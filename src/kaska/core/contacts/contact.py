"""A contact and its legs, as the core remembers them while the contact lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kaska.core.contacts.outcomes import EndCause


class Phase(StrEnum):
    WALKING = "walking"
    """in a scenario node other than a queue"""
    WAITING = "waiting"
    """in a queue; the person may have hung up relying on a promised callback"""
    CALLING = "calling"
    """an outbound contact before the two talk"""
    JOINING = "joining"
    """an agent accepted, the two are being brought together"""
    TALKING = "talking"
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


@dataclass(slots=True)
class WayBack:
    """Where a scenario walked in between returns to."""

    scenario: str
    version: int
    node: str


@dataclass(slots=True)
class Offer:
    leg: str
    agent: str
    queue: str
    expires_at: float


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
    # the walk
    node: str = ""
    tries: int = 0
    closed: bool = False
    play: str = ""
    plays: int = 0
    guard_at: float = 0.0
    digits: str = ""
    digits_until: float = 0.0
    recording_message: bool = False
    message: str = ""
    self_served: bool = False
    edition: int = 0
    """version of the configuration whose scenarios it walks, to its end"""
    ways_back: list[WayBack] = field(default_factory=list)
    quiet_steps: int = 0
    """nodes walked through since the person last did something"""
    step_until: float = 0.0
    """when an outside source, or a number outside, is no longer waited for"""
    lookup: str = ""
    lookups: int = 0
    outside: str = ""
    """leg of the number outside that rings or talks"""
    variables: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    urgency: int = 0
    """added to the priority of the queue's node"""
    owner: str = ""
    """"agent:ID" or "queue:ID" when the scenario named who owes the answer"""
    keeps_recording: bool = True
    # the queue
    queue: str = ""
    lines: list[str] = field(default_factory=list)
    priority: int = 0
    since: float = 0.0
    queued_at: float = 0.0
    reserve_at: float = 0.0
    speak_at: float = 0.0
    max_wait_at: float = 0.0
    promised_at: float = 0.0
    offer: Offer | None = None
    dialled: int = 0
    # the talk
    agent: str = ""
    agent_leg: str = ""
    connected_at: float = 0.0
    held_since: float = 0.0
    held_seconds: float = 0.0
    talked: bool = False
    end_cause: str = ""
    short: bool = False

    @property
    def calls_out(self) -> bool:
        """We are (to be) the ones who dial the person."""
        return self.promised_at > 0.0 or self.direction == "outbound"

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
    def may_be_offered(self) -> bool:
        """Waits, nobody is being asked, and the person is on the line or has gone home relying on our promise."""
        if self.phase is not Phase.WAITING or self.offer is not None:
            return False
        return self.person_present if not self.promised_at else not self.person_present

    def wake_at(self) -> float:
        """The earliest moment at which something must be decided for this contact; 0.0 = never by the clock."""
        earliest = self.guard_at
        for moment in (self.digits_until, self.reserve_at, self.step_until):
            if moment and (not earliest or moment < earliest):
                earliest = moment
        if self.offer is not None:
            moment = self.offer.expires_at
            if not earliest or moment < earliest:
                earliest = moment
        elif self.phase is Phase.WAITING and not self.promised_at:
            # nothing is said and nobody is sent away while a phone rings or a prompt plays
            for moment in (self.max_wait_at, 0.0 if self.play else self.speak_at):
                if moment and (not earliest or moment < earliest):
                    earliest = moment
        return earliest

    def place(self) -> str:
        """Where the person is, as the cause of a loss should the person leave now (EndCause value)."""
        if self.talked:
            return EndCause.TALKED
        if self.promised_at:
            return EndCause.CALLBACK
        if self.phase is Phase.JOINING:
            return EndCause.AT_ANSWER
        if self.offer is not None:
            return EndCause.RINGING
        if self.phase is Phase.WAITING:
            return EndCause.WAITING
        if self.message or self.recording_message:
            return EndCause.MESSAGE
        if self.self_served:
            return EndCause.SERVED_BY_MENU
        if self.closed:
            return EndCause.CLOSED_HOURS
        first = self.legs.get(self.customer_leg)
        return EndCause.MENU if first is not None and first.up else EndCause.BEFORE_ANSWER
