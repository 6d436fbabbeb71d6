"""What agents ask for."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AgentSignedIn:
    at: float
    agent: str


@dataclass(frozen=True, slots=True)
class AgentSignedOut:
    at: float
    agent: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AgentReadied:
    """The agent asks for contacts; ``device`` is where he wants them to ring ("" keeps the last choice)."""

    at: float
    agent: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class AgentPaused:
    """``insists``: he was warned that people wait, and goes all the same."""

    at: float
    agent: str
    reason: str
    insists: bool = False


@dataclass(frozen=True, slots=True)
class WrapUpFinished:
    at: float
    agent: str


@dataclass(frozen=True, slots=True)
class OfferRejected:
    at: float
    agent: str
    contact: str


@dataclass(frozen=True, slots=True)
class HangUpRequested:
    at: float
    agent: str
    contact: str


@dataclass(frozen=True, slots=True)
class HoldRequested:
    at: float
    agent: str
    contact: str
    held: bool


@dataclass(frozen=True, slots=True)
class RecordingPauseRequested:
    """The agent (``reason`` "agent"), a step of his script ("script") or a field for a card ("card") wants that nothing
    is recorded (``paused``), or that recording goes on."""

    at: float
    agent: str
    contact: str
    paused: bool
    reason: str = "agent"


@dataclass(frozen=True, slots=True)
class TransferRequested:
    """The agent sends the person on, without asking first. ``to``: "queue", "agent" (``target`` is their identifier)
    or "number" (digits, perhaps with a leading +)."""

    at: float
    agent: str
    contact: str
    to: str
    target: str


@dataclass(frozen=True, slots=True)
class ParkRequested:
    """The agent leaves the person with music, for whoever takes him."""

    at: float
    agent: str
    contact: str


@dataclass(frozen=True, slots=True)
class PickUpRequested:
    """The agent wants a person who rings at a colleague, waits or is parked. ``contact`` "": who rings longest."""

    at: float
    agent: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ReconnectRequested:
    """The agent's telephone has lost the sound of his talk: it shall ring anew, and the talk goes on there."""

    at: float
    agent: str
    contact: str


@dataclass(frozen=True, slots=True)
class ConsultRequested:
    """The agent asks somebody aside while the person hears music. ``to`` and ``target`` as in TransferRequested; of a
    queue whoever it would ask now."""

    at: float
    agent: str
    contact: str
    to: str
    target: str


@dataclass(frozen=True, slots=True)
class ConsultSteered:
    """What the agent wants of the one he asked: "swap" (talk with the other of the two), "join" (all together),
    "complete" (leave the two alone), "cancel" (back to the person, without him)."""

    at: float
    agent: str
    contact: str
    wish: str


@dataclass(frozen=True, slots=True)
class ContactClassified:
    """What it was about and what came of it, said by the agent (may be said again: the last word counts).

    ``heard_from``: how the person learned of us; ``refusal``: why nothing came of it; ``next_step``: what was promised,
    until ``next_at`` (seconds since the epoch, 0 = nothing).
    """

    at: float
    contact: str
    agent: str
    topic: str
    result: str
    note: str
    heard_from: str = ""
    refusal: str = ""
    next_step: str = ""
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class CallbackRequested:
    """An agent calls a debtor back with one click. ``contact`` is the identifier the new outbound contact will have."""

    at: float
    agent: str
    debt: str
    contact: str


@dataclass(frozen=True, slots=True)
class CallRequested:
    """An agent wants to call somebody. ``contact`` is the identifier the new outbound contact will have.

    ``number``: E.164, or what the line itself understands. ``project`` "" = that of the agent's first queue.
    """

    at: float
    agent: str
    number: str
    contact: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class CampRequested:
    """Call the agent when the ``colleague`` is free; or, "" = when there is a line for ``number``."""

    at: float
    agent: str
    colleague: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class CampCancelled:
    """He does not want it any more; both "" = nothing of all that he wanted."""

    at: float
    agent: str
    colleague: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PageRequested:
    """``agent`` wants to speak to all of the group ``queue`` at once. ``talk`` names the call that it will be."""

    at: float
    agent: str
    queue: str
    talk: str


@dataclass(frozen=True, slots=True)
class DoorOpenRequested:
    """``agent`` lets in whoever is at the door that he talks with."""

    at: float
    agent: str
    contact: str


AgentsEvent = (
    AgentSignedIn
    | AgentSignedOut
    | AgentReadied
    | AgentPaused
    | WrapUpFinished
    | OfferRejected
    | HangUpRequested
    | HoldRequested
    | RecordingPauseRequested
    | TransferRequested
    | ParkRequested
    | PickUpRequested
    | ReconnectRequested
    | ConsultRequested
    | ConsultSteered
    | ContactClassified
    | CallbackRequested
    | CallRequested
    | CampRequested
    | CampCancelled
    | PageRequested
    | DoorOpenRequested
)
