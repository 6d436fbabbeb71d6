"""What the switch tells, and what is told of it."""

from __future__ import annotations

from dataclasses import field

from kaska.core.events.sources import FALLBACK, LIVE
from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ContactArrived:
    """A person approached us: the first signal, before anybody knows how it will end.

    ``caller`` is what the line said, untouched; ``customer`` is the same normalised by the edge.
    ``source`` is LIVE, or RECONCILE when the switch had a contact that we had not heard of.
    """

    at: float
    contact: str
    leg: str
    channel: str
    number: str
    caller: str
    customer: str
    caller_name: str = ""
    trunk: str = ""
    source: str = LIVE


@dataclass(frozen=True, slots=True)
class ContactWitnessed:
    """A contact that lived without us (application away, hung up too early), told by the switch's records.

    ``outcome`` is an Outcome value, ``cause`` an EndCause value; ``agent_endpoint`` answered it when not "";
    ``message`` is the stored name of a recorded message, or "". Times are the switch's own.
    """

    at: float
    contact: str
    channel: str
    number: str
    caller: str
    customer: str
    trunk: str
    arrived_at: float
    ended_at: float
    outcome: str
    cause: str
    answered_at: float | None = None
    agent_endpoint: str = ""
    message: str = ""
    message_seconds: float = 0.0
    source: str = FALLBACK


@dataclass(frozen=True, slots=True)
class LegAnswered:
    """A leg that we dialled was picked up."""

    at: float
    contact: str
    leg: str
    source: str = LIVE


@dataclass(frozen=True, slots=True)
class LegEnded:
    """A leg is gone. ``cause`` is the Q.850 number (16 normal, 17 busy, 19 no answer, 20 absent, 26 elsewhere).

    ``ended_at``: when it went, if we hear of it only now; 0.0 = just now.
    """

    at: float
    contact: str
    leg: str
    cause: int = 16
    source: str = LIVE
    switch_failure: bool = False
    ended_at: float = 0.0


@dataclass(frozen=True, slots=True)
class PartiesJoined:
    """Both parties are in one bridge and hear each other; since ``joined_at`` if we hear of it only now (0.0: they
    have just met)."""

    at: float
    contact: str
    leg: str
    """the agent's leg"""
    source: str = LIVE
    joined_at: float = 0.0


@dataclass(frozen=True, slots=True)
class PromptsEnded:
    at: float
    contact: str
    leg: str
    play: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class DigitPressed:
    at: float
    contact: str
    leg: str
    digit: str


@dataclass(frozen=True, slots=True)
class MessageRecorded:
    """The caller left a message. ``seconds`` is 0.0 when nothing was said."""

    at: float
    contact: str
    leg: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FaxToneHeard:
    """A fax machine is at the line. Whatever was played to it has stopped."""

    at: float
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class FaxEnded:
    """The transmission is over, well or not, and the line still stands."""

    at: float
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class FaxReceived:
    """What came of a fax: ``pages`` whole pages under ``name``, from a machine that calls itself ``station``.

    ``problem`` "" = the sender was told that everything arrived.
    """

    at: float
    contact: str
    name: str
    pages: int
    station: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SpeechHeard:
    """A recogniser understood what the caller said: ``text`` as plain words."""

    at: float
    contact: str
    ear: str
    text: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What an outside source answered to ``LookUp(lookup)``: ``values`` by field, {} when it knows nothing.

    ``ok`` False: it could not be asked.
    """

    at: float
    contact: str
    lookup: str
    values: dict[str, str] = field(default_factory=dict)
    ok: bool = True


@dataclass(frozen=True, slots=True)
class LegHeld:
    at: float
    contact: str
    leg: str
    held: bool


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """A command could not be carried out. ``command`` is the class name of the command."""

    at: float
    contact: str
    leg: str
    command: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordingStored:
    """The conversation's recording can be played now; ``name`` "" means that it is missing, ``problem`` why.
    ``pauses``: (where in it, how long), in seconds."""

    at: float
    contact: str
    name: str
    seconds: float
    problem: str = ""
    pauses: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingDeleted:
    """The file is no more. ``size`` in bytes and ``sha256`` (hexadecimal) are of what it was, measured before;
    ``rule`` is the rule's name, and ``days`` how long it keeps; ``by``: what deleted it."""

    at: float
    contact: str
    name: str
    sha256: str
    size: int
    rule: str
    days: float
    by: str


@dataclass(frozen=True, slots=True)
class SwitchResynced:
    """The connection to the switch is back and everything missed has been told before this event.

    Whatever was being played may have ended unheard: the core starts the current step of every walking contact again.
    """

    at: float


@dataclass(frozen=True, slots=True)
class DeviceReached:
    """A device registered (or lost its registration)."""

    at: float
    endpoint: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class PhoneTransferred:
    """The telephone on ``leg`` sends its other side on, to what its user dialled: an extension, a queue, a number.

    ``replaces``: to the other side of another call of its own, the leg of which this is; ``dialled`` is "" then.
    """

    at: float
    contact: str
    leg: str
    dialled: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class PhoneDialled:
    """The telephone ``endpoint`` of one of ours makes a call of its own; ``leg`` is its channel.

    ``number``: what was dialled as E.164, "" when it is no number outside.
    """

    at: float
    leg: str
    endpoint: str
    dialled: str
    number: str = ""


SwitchEvent = (
    ContactArrived
    | ContactWitnessed
    | LegAnswered
    | LegEnded
    | PartiesJoined
    | PromptsEnded
    | DigitPressed
    | MessageRecorded
    | FaxToneHeard
    | FaxEnded
    | FaxReceived
    | SpeechHeard
    | LookedUp
    | LegHeld
    | CommandFailed
    | RecordingStored
    | RecordingDeleted
    | SwitchResynced
    | DeviceReached
    | PhoneTransferred
    | PhoneDialled
)
