"""Everything the core can be told. Past tense, frozen, checked at the edge before it gets here.

Shapes shared by all of them: ``at`` is seconds since the Unix epoch (UTC, float); ``contact``, ``leg``,
``agent``, ``debt`` are identifiers; a phone number in ``customer`` is E.164 or "" when the caller hid it.
"""

from __future__ import annotations

from dataclasses import field

from kaska.core.configuration import Configuration
from kaska.core.frozen import dataclass

LIVE = "live"
RECONCILE = "reconcile"
FALLBACK = "fallback"
SWITCH_FAILURE = "switch_failure"


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
class DeviceReached:
    """A device registered (or lost its registration)."""

    at: float
    endpoint: str
    reachable: bool


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
class DebtTaken:
    """An agent works on this person now: the debts are his, and nobody else calls for a while."""

    at: float
    debt: str
    agent: str


@dataclass(frozen=True, slots=True)
class DebtLetGo:
    """The agent works on this person no more."""

    at: float
    debt: str
    agent: str


@dataclass(frozen=True, slots=True)
class DebtGiven:
    """Somebody says who owes it: "agent:ID" or "queue:ID"."""

    at: float
    debt: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class DebtPutOff:
    """The person was promised a call at ``until``."""

    at: float
    debt: str
    agent: str
    until: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtReported:
    """What came of an attempt, said by the agent: "no_answer", "busy", "wrong_number", "refused", "talked"."""

    at: float
    debt: str
    agent: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtWrittenOff:
    at: float
    debt: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ModeSwitched:
    """Somebody set the project's mode by hand until ``until`` (0 = until it is set again); "" = by the clock again.

    ``by`` is the person or the telephone it was done from.
    """

    at: float
    project: str
    mode: str
    until: float
    by: str


@dataclass(frozen=True, slots=True)
class NumberBlocked:
    """The person ``by`` keeps a number, or all that begin so ("+79000*"), out until ``until`` (0 = for ever).

    ``prompt``: the recording that they hear, "" = the usual one.
    """

    at: float
    number: str
    reason: str
    by: str
    until: float
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class NumberUnblocked:
    at: float
    number: str
    by: str


@dataclass(frozen=True, slots=True)
class MonitorRequested:
    """The supervisor ``by`` wants to "listen", "whisper", "barge" in or "take_over"; again: another way of it."""

    at: float
    by: str
    contact: str
    mode: str


@dataclass(frozen=True, slots=True)
class MonitorStopped:
    at: float
    by: str
    contact: str


@dataclass(frozen=True, slots=True)
class WaitingMoved:
    """Somebody who waits goes to ``queue`` ("" = stays in his) and, if ``front``, before everybody there."""

    at: float
    by: str
    contact: str
    queue: str
    front: bool


@dataclass(frozen=True, slots=True)
class AgentStateRequested:
    """The supervisor ``by`` sets an agent's state: "ready", "break" or "offline", with his reason."""

    at: float
    by: str
    agent: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConfigurationPublished:
    at: float
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock reached the earliest of the core's deadlines (or passed it)."""

    at: float


Event = (
    ContactArrived
    | ContactWitnessed
    | LegAnswered
    | LegEnded
    | PartiesJoined
    | PromptsEnded
    | DigitPressed
    | MessageRecorded
    | SpeechHeard
    | LookedUp
    | LegHeld
    | CommandFailed
    | RecordingStored
    | RecordingDeleted
    | SwitchResynced
    | AgentSignedIn
    | AgentSignedOut
    | AgentReadied
    | AgentPaused
    | DeviceReached
    | WrapUpFinished
    | OfferRejected
    | HangUpRequested
    | HoldRequested
    | RecordingPauseRequested
    | TransferRequested
    | ParkRequested
    | PickUpRequested
    | ReconnectRequested
    | PhoneTransferred
    | PhoneDialled
    | CallRequested
    | CampRequested
    | CampCancelled
    | ConsultRequested
    | ConsultSteered
    | ContactClassified
    | CallbackRequested
    | DebtTaken
    | DebtLetGo
    | DebtGiven
    | DebtPutOff
    | DebtReported
    | DebtWrittenOff
    | ModeSwitched
    | NumberBlocked
    | NumberUnblocked
    | MonitorRequested
    | MonitorStopped
    | WaitingMoved
    | AgentStateRequested
    | ConfigurationPublished
    | TimePassed
)
