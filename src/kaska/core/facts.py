"""Everything that happened, as written in the ledger. Past tense, frozen, never changed after it was written.

Facts are the only way state changes (``state.apply``), so replaying them gives the same state. ``at`` is seconds
since the Unix epoch (UTC). ``type_name`` of a fact is its class name in snake case; it is what the ledger stores.
"""

from __future__ import annotations

import re
from dataclasses import field

from kaska.core.configuration import Configuration
from kaska.core.events import LIVE
from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ConfigurationApplied:
    at: float
    configuration: Configuration


# --- the life of a contact ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactOpened:
    """Born at the first signal. ``direction`` is "inbound" or "outbound"; ``debt`` is what an outbound one repays."""

    at: float
    contact: str
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
    source: str = LIVE
    debt: str = ""


@dataclass(frozen=True, slots=True)
class LegStarted:
    """``party`` is "customer", "agent", "supervisor", or "second": a second call that an agent's telephone made by
    itself, to ask somebody aside. ``endpoint`` is what was dialled (agent's device, or the person's number)."""

    at: float
    contact: str
    leg: str
    party: str
    agent: str = ""
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class LegUp:
    """The leg was answered (for an arriving call: we answered it)."""

    at: float
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class LegOver:
    """``source`` is LIVE, RECONCILE or SWITCH_FAILURE."""

    at: float
    contact: str
    leg: str
    cause: int
    source: str = LIVE


@dataclass(frozen=True, slots=True)
class StepEntered:
    """The contact walked to a node of its scenario; ``kind`` is the node's class name in snake case.

    ``detail`` tells what was decided there at once: "open" or "closed" for a schedule, the mode, the number of the
    choice (from 1) or "otherwise" for a branch.
    """

    at: float
    contact: str
    node: str
    kind: str
    tries: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioEntered:
    """The contact walks on in another scenario; ``back`` is the node of the present one to return to, "" = none."""

    at: float
    contact: str
    scenario: str
    version: int
    back: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioLeft:
    """Back in the scenario that led here."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class VariablesSet:
    """The scenario remembered something of the contact; ``priority`` is added to what was."""

    at: float
    contact: str
    variables: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """The caller answered a question by keys."""

    at: float
    contact: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class SurveyBegun:
    """The person stays on the line after the talk with ``agent``, and walks the queue's ``scenario`` of questions."""

    at: float
    contact: str
    scenario: str
    version: int
    agent: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Question ``number`` (the first is 0) of a survey in the scenario ``survey``, after ``tries`` times in vain.
    ``agent`` and ``queue``: whom it is about, "" when it is asked before any talk."""

    at: float
    contact: str
    survey: str
    question: str
    number: int
    tries: int
    agent: str = ""
    queue: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """By one digit."""

    at: float
    contact: str
    survey: str
    question: str
    answer: str
    agent: str = ""
    queue: str = ""


@dataclass(frozen=True, slots=True)
class SurveyOver:
    """Every question was asked; ``answered`` of them were answered."""

    at: float
    contact: str
    survey: str
    answered: int


@dataclass(frozen=True, slots=True)
class ListeningStarted:
    """What the caller says is listened to, besides keys, until ``ListeningOver(ear)``."""

    at: float
    contact: str
    ear: str


@dataclass(frozen=True, slots=True)
class ListeningOver:
    at: float
    contact: str
    ear: str


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """What the recogniser understood. ``choice``: the digit that it stands for here, "" for none."""

    at: float
    contact: str
    text: str
    choice: str


@dataclass(frozen=True, slots=True)
class LookupStarted:
    """An outside source was asked; ``until`` is how long its answer counts."""

    at: float
    contact: str
    lookup: str
    source: str
    until: float


@dataclass(frozen=True, slots=True)
class LookupOver:
    """``result``: "found", "missing", "failed", "late". ``values`` are variables "SOURCE.FIELD"."""

    at: float
    contact: str
    lookup: str
    result: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnerNamed:
    """Who will owe the answer: "agent:ID" or "queue:ID"."""

    at: float
    contact: str
    owner: str


@dataclass(frozen=True, slots=True)
class Informed:
    """The person heard the information to its end."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class RecordingChosen:
    """Whether the recording of the conversation is kept."""

    at: float
    contact: str
    on: bool


@dataclass(frozen=True, slots=True)
class PromptsStarted:
    """``guard_at``: when we stop believing that the end of playing will be told."""

    at: float
    contact: str
    play: str
    prompts: tuple[str, ...]
    guard_at: float


@dataclass(frozen=True, slots=True)
class PromptsOver:
    """Playing ended (or was stopped). ``digits_until``: how long keys are now waited for; 0 when not waited for."""

    at: float
    contact: str
    play: str
    digits_until: float = 0.0


@dataclass(frozen=True, slots=True)
class MessageAsked:
    """The caller may speak after the beep; ``until`` when we stop believing that the end will be told."""

    at: float
    contact: str
    name: str
    until: float


@dataclass(frozen=True, slots=True)
class DigitTaken:
    """``digits`` is everything collected in this step; ``until`` when that is taken as complete (0 = it is)."""

    at: float
    contact: str
    digits: str
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Queued:
    """Waits from now on. ``since`` is the moment the place counts from (kept through a callback)."""

    at: float
    contact: str
    queue: str
    priority: int
    since: float


@dataclass(frozen=True, slots=True)
class QueueFull:
    """As many wait in ``queue`` as may: the person waits in the queue ``to`` instead."""

    at: float
    contact: str
    queue: str
    to: str


@dataclass(frozen=True, slots=True)
class AgentAwaited:
    """Only ``agents`` are asked until ``until``, though they are busy. ``rule`` is the policy that says so."""

    at: float
    contact: str
    agents: tuple[str, ...]
    until: float
    rule: str


@dataclass(frozen=True, slots=True)
class AgentNotAwaited:
    """From now on everybody is asked. ``reason``: "too_long", "agent_left" (none of them is on duty any more)."""

    at: float
    contact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Waited long enough for less skill to do: ``level`` of ``skill`` suffices now, 0 = it is not required any more.

    ``number`` counts the queue's relaxations from 1.
    """

    at: float
    contact: str
    queue: str
    number: int
    skill: str
    level: int


@dataclass(frozen=True, slots=True)
class Overflowed:
    """Nobody took it in time: step ``step`` of the queue's way out was taken.

    ``to`` "queue": the agents of the queue ``reserve`` are asked too; "group": ``agents`` are; "partner", "mobile":
    the number ``reserve`` is dialled too.
    """

    at: float
    contact: str
    queue: str
    reserve: str
    to: str = "queue"
    step: int = 0
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverflowPassed:
    """The step's time came and it did not apply. ``reason``: "short_line", "short_wait", "hours", "promised", "gone"
    (what it leads to is not configured any more).
    """

    at: float
    contact: str
    queue: str
    step: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dequeued:
    """Waits no more without having been connected.

    ``reason``: "message", "too_long", "left", "queue_removed", "full", "nobody_free", "overflow".
    """

    at: float
    contact: str
    queue: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """One contact presented to one agent, whose leg is ``leg``; several at once when all phones ring.

    ``agent`` "": presented to somebody outside, whose number is the leg's endpoint. ``rule``: why to this one (a
    policy, "training", "group", an overflow step's kind, "scenario" for a number of the scenario); "" = he was ready
    longest, or became free.
    """

    at: float
    contact: str
    leg: str
    agent: str
    queue: str
    expires_at: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """``agent`` picked up and hears who it is; he takes the call or sends it on until ``until``."""

    at: float
    contact: str
    leg: str
    agent: str
    until: float


@dataclass(frozen=True, slots=True)
class OfferOver:
    """``result``: "accepted", "rejected", "timed_out", "withdrawn", "failed"; "sent_on" by who heard who it is."""

    at: float
    contact: str
    leg: str
    agent: str
    result: str


@dataclass(frozen=True, slots=True)
class DialledByHand:
    """An agent dialled the person on his telephone, of which ``leg`` is the call; it hears the person's ringing."""

    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class ReturnedToLine:
    """The agent vanished between accepting and talking: the person waits on, in the old place."""

    at: float
    contact: str
    agent: str


@dataclass(frozen=True, slots=True)
class Connected:
    """The two hear each other from now on."""

    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class Held:
    at: float
    contact: str
    leg: str
    held: bool


@dataclass(frozen=True, slots=True)
class HoldReminded:
    """The person has been on hold for so long that the agent was reminded of him."""

    at: float
    contact: str
    agent: str


@dataclass(frozen=True, slots=True)
class TalkOver:
    """This agent's part of the conversation ended; ``seconds`` of it, ``held_seconds`` of those on hold."""

    at: float
    contact: str
    leg: str
    agent: str
    seconds: float
    held_seconds: float


@dataclass(frozen=True, slots=True)
class Transferred:
    """``by`` sent the person on after having talked. ``to``: "queue", "agent", "number"; ``target`` names it."""

    at: float
    contact: str
    by: str
    to: str
    target: str


@dataclass(frozen=True, slots=True)
class Parked:
    """``by`` sent the person on to nobody: any colleague takes him, or he comes back at ``until``.

    ``place``: the number by which he can be asked for from a telephone; 0 = older than such numbers.
    """

    at: float
    contact: str
    by: str
    until: float
    place: int = 0


@dataclass(frozen=True, slots=True)
class CutOff:
    """The sound of ``by``'s talk was lost, against his will: the person hears music, and is rung for again.

    ``by`` "": somebody outside. As one who is parked until ``until``.
    """

    at: float
    contact: str
    by: str
    until: float


@dataclass(frozen=True, slots=True)
class PickedUp:
    """``agent`` asked for this person himself; his phone rings next.

    ``place``: "ringing" (at somebody else), "waiting", "parked"; "talking": his own talk, the sound of which was lost.
    """

    at: float
    contact: str
    agent: str
    place: str


@dataclass(frozen=True, slots=True)
class TransferReturned:
    """Whom the person was sent to did not take it. ``to``: "agent" (``target``: who sent him), "queue", "message"."""

    at: float
    contact: str
    to: str
    target: str


@dataclass(frozen=True, slots=True)
class ConsultStarted:
    """``by`` asks somebody into the call, aside: the ``agent``, or somebody outside (``agent`` "") by ``number``.

    ``queue``: he was found as the one whom that queue would ask. ``own_leg``: by a second call of the asking
    telephone's own; the two talk in a bridge of theirs.
    """

    at: float
    contact: str
    leg: str
    by: str
    agent: str
    number: str
    queue: str
    expires_at: float
    own_leg: str = ""


@dataclass(frozen=True, slots=True)
class ConsultAnswered:
    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class ConsultHeld:
    """Who was asked aside hears music (held) while the agent talks with the person, or the other way round."""

    at: float
    contact: str
    leg: str
    held: bool


@dataclass(frozen=True, slots=True)
class ConsultShared:
    """From now on he and the person hear each other too: a conference."""

    at: float
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class ConsultOver:
    """``result``: "cancelled", "rejected", "timed_out", "failed" (never answered, ``seconds`` 0.0), "left" (hung up),
    "took_over" (serves the person from now on), "sent_on" (the person was sent to him while his phone rang),
    "customer_left". ``seconds`` since the answer."""

    at: float
    contact: str
    leg: str
    agent: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class MessageTaken:
    """``name`` "" and 0.0 seconds: the caller was asked and said nothing."""

    at: float
    contact: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CallbackPromised:
    """The person hung up relying on us to call: the contact stays in line, keeping its place."""

    at: float
    contact: str
    queue: str


@dataclass(frozen=True, slots=True)
class CustomerDialled:
    """The promised callback begins with the person; ``agent`` is kept free for the answer."""

    at: float
    contact: str
    leg: str
    agent: str
    queue: str


@dataclass(frozen=True, slots=True)
class CustomerReached:
    """The person answered our call back; ``agent`` rings now, or whoever is free when he is gone."""

    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class CallbackMissed:
    """We called back and the person did not talk to us: again at ``retry_at``, from the same place in line.

    ``missed``: so many calls found nobody by now.
    """

    at: float
    contact: str
    missed: int
    retry_at: float


@dataclass(frozen=True, slots=True)
class CallbackDue:
    """The time for the next call back has come."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Nothing more is tried for this contact; its remaining legs are hung up. ``cause`` is an EndCause value."""

    at: float
    contact: str
    cause: str


@dataclass(frozen=True, slots=True)
class ContactOver:
    """``outcome`` and ``cause`` are values of contacts.outcomes; exactly one of these per contact, always the last."""

    at: float
    contact: str
    outcome: str
    cause: str


@dataclass(frozen=True, slots=True)
class RecordingReady:
    """``name`` "" says that it is missing, and ``problem`` why. ``pauses``: (where in it, how long), in seconds."""

    at: float
    contact: str
    name: str
    seconds: float
    problem: str = ""
    pauses: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingDeleted:
    """``size`` in bytes and ``sha256`` (hexadecimal) are of the file as it was; ``rule`` is the name of the rule of
    keeping and ``days`` how long it keeps; ``by``: what deleted it."""

    at: float
    contact: str
    name: str
    sha256: str
    size: int
    rule: str
    days: float
    by: str


@dataclass(frozen=True, slots=True)
class Classified:
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


# --- supervision -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonitorAsked:
    """The supervisor's own telephone rings as ``leg``; ``mode`` is "listen", "whisper", "barge" or "take_over"."""

    at: float
    contact: str
    leg: str
    by: str
    mode: str


@dataclass(frozen=True, slots=True)
class Monitored:
    """From now on ``by`` hears the agent's leg ``target`` in this way; ``agent`` "" is somebody outside."""

    at: float
    contact: str
    leg: str
    by: str
    agent: str
    mode: str
    target: str


@dataclass(frozen=True, slots=True)
class MonitorOver:
    at: float
    contact: str
    leg: str
    by: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """``agent``, who listened by ``leg``, talks with the person instead of ``before`` from now on."""

    at: float
    contact: str
    leg: str
    agent: str
    before: str


@dataclass(frozen=True, slots=True)
class MovedByHand:
    """The supervisor ``by`` moved who waits; Queued follows and says where to."""

    at: float
    contact: str
    by: str
    queue: str
    front: bool


@dataclass(frozen=True, slots=True)
class AgentStateSet:
    """The supervisor ``by`` set the agent's state; what follows from it follows as facts of its own."""

    at: float
    agent: str
    by: str
    state: str
    reason: str


# --- agents ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgentStateChanged:
    """``state`` is a value of presence.AgentState; ``until`` when it ends by itself (0 = it does not)."""

    at: float
    agent: str
    state: str
    reason: str = ""
    until: float = 0.0
    contact: str = ""


@dataclass(frozen=True, slots=True)
class AgentIntended:
    """What the agent wants to be as soon as nothing binds him: "ready", "break" (with a reason) or "offline"."""

    at: float
    agent: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeviceChosen:
    at: float
    agent: str
    device: str


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    at: float
    endpoint: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class PhoneAsked:
    """A telephone of ``agent`` ("" = nobody's) dialled by itself. ``action``: of codes.rules, "" = a number.

    ``refused``: why nothing came of it (code of ports.Refused), which was said to him; "" = it was done, and what
    follows from it follows as facts of its own.
    """

    at: float
    agent: str
    endpoint: str
    dialled: str
    action: str
    refused: str = ""


# --- modes -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModeSwitched:
    """The project's mode was set by hand until ``until`` (0 = until it is set again); "" = by the clock again."""

    at: float
    project: str
    mode: str
    until: float
    by: str


# --- black list --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberBlocked:
    """``by`` keeps a number, or a beginning of numbers ("+79000*"), out until ``until`` (0 = for ever)."""

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
class CallerTurnedAway:
    """The caller is on the black list by its entry ``number``: he hears ``prompt`` ("" = the usual one) and is hung
    up."""

    at: float
    contact: str
    number: str
    reason: str
    prompt: str = ""


# --- debts -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DebtOpened:
    """Somebody was not served. ``owner``: "agent:ID", "queue:ID" or "project:ID"; ``due_at`` by the project's hours.

    ``queue`` is where the person waited last; ``next_at``: not called automatically before.
    """

    at: float
    debt: str
    contact: str
    customer: str
    caller: str
    cause: str
    owner: str
    project: str
    due_at: float
    queue: str = ""
    priority: int = 0
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class DebtAttempted:
    """Somebody tried to reach the person: by the call ``contact``, or "" when he says so himself.

    ``result``: "no_answer", "busy", "no_such_number", "failed" (a line of ours), "given_up" (the agent hung up),
    "talked", "refused", "wrong_number". ``tries`` by now; not called automatically before ``next_at``.
    """

    at: float
    debt: str
    contact: str
    agent: str
    reached: bool
    result: str = ""
    tries: int = 0
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class DebtReady:
    """The person may be called now: the next agent of the queue who is free is asked to."""

    at: float
    debt: str


@dataclass(frozen=True, slots=True)
class DebtDelayed:
    """Not called automatically before ``until``: out of the hours for calls, or somebody took it to call himself."""

    at: float
    debt: str
    until: float


@dataclass(frozen=True, slots=True)
class DebtPostponed:
    """The person was promised a call at ``until``, which is the deadline now."""

    at: float
    debt: str
    until: float
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtClaimed:
    """The agent alone works on this person until ``until``; 0.0 = he let go."""

    at: float
    debt: str
    agent: str
    until: float


@dataclass(frozen=True, slots=True)
class DebtAssigned:
    """``owner`` as in DebtOpened; ``by`` is the person who said so."""

    at: float
    debt: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class DebtEscalated:
    """It is past its deadline: the supervisor's, too."""

    at: float
    debt: str


@dataclass(frozen=True, slots=True)
class DebtClosed:
    """``how``: "called_back", "came_back", "unreachable", "refused", "written_off".

    ``contact`` is the one that served the person, or the last attempt, or "".
    """

    at: float
    debt: str
    how: str
    contact: str = ""
    by: str = ""
    reason: str = ""


# --- recording ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordingDecided:
    """``rule`` "" = none fits, and what no rule forbids is recorded."""

    at: float
    contact: str
    on: bool
    rule: str = ""


@dataclass(frozen=True, slots=True)
class RecordingTold:
    """Both parties hear that the talk is recorded."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class RecordingPaused:
    """``reason``: "agent", "script", "card". It ends by itself at ``until``; 0.0 = it does not."""

    at: float
    contact: str
    by: str
    reason: str
    until: float


@dataclass(frozen=True, slots=True)
class RecordingResumed:
    """``seconds`` are silent in the recording. ``reason`` also "time" (forgotten), "talk" (another agent talks now), or
    "failed": the switch could not pause, and everything was recorded."""

    at: float
    contact: str
    by: str
    reason: str
    seconds: float


# --- calls that we make ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutgoingStarted:
    """The leg is dialled by ``trunk``. ``agent`` asked for it, "" = nobody: a callback, a step of a scenario or queue.
    ``price`` is money per minute of ``direction``."""

    at: float
    contact: str
    leg: str
    trunk: str
    number: str
    direction: str
    agent: str
    project: str
    price: float


@dataclass(frozen=True, slots=True)
class OutgoingRerouted:
    """The line before could not do it (``cause``, Q.850): the same leg is dialled by ``trunk``."""

    at: float
    contact: str
    leg: str
    trunk: str
    cause: int


@dataclass(frozen=True, slots=True)
class OutgoingRefused:
    """A number was not called. ``reason``: "direction_closed", "night_closed", "calls_cap", "spending_cap",
    "lines_kept", "no_trunk"."""

    at: float
    contact: str
    agent: str
    number: str
    direction: str
    project: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutgoingCut:
    """A call is ended because a cap of the day is reached. ``scope``: "agent:ID", "project:ID" or "company"."""

    at: float
    contact: str
    leg: str
    scope: str


# --- calls among ourselves -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InsideAsked:
    """``by`` calls the colleague ``to``. Who is at another site of ours is "", reached by ``trunk``.

    ``caller`` and ``number`` are the short numbers of the two. ``hand``: the call of ``by`` was there first: his
    telephone dialled by itself, or it came by the line of another site.
    """

    at: float
    talk: str
    by: str
    caller: str
    to: str
    number: str
    trunk: str = ""
    hand: bool = False


@dataclass(frozen=True, slots=True)
class InsideLegStarted:
    """``side``: "by" or "to". Rings until ``until``; 0.0 = it does not ring, it is there."""

    at: float
    talk: str
    leg: str
    side: str
    agent: str
    endpoint: str
    until: float


@dataclass(frozen=True, slots=True)
class InsideLegUp:
    at: float
    talk: str
    leg: str


@dataclass(frozen=True, slots=True)
class InsideMet:
    """The two hear each other from now on."""

    at: float
    talk: str


@dataclass(frozen=True, slots=True)
class InsideLegOver:
    """``cause`` is the Q.850 number."""

    at: float
    talk: str
    leg: str
    cause: int


@dataclass(frozen=True, slots=True)
class InsideEnding:
    """Nothing more is done for it, its legs are being hung up. ``result`` as in InsideOver."""

    at: float
    talk: str
    result: str


@dataclass(frozen=True, slots=True)
class InsideOver:
    """``result``: "talked", "no_answer", "busy" (or rejected), "unreachable", "gave_up" (who called hung up before).

    ``seconds`` of talk; 0.0 when the two have not met.
    """

    at: float
    talk: str
    by: str
    to: str
    number: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class InsideHeld:
    """Who is on ``leg`` hears music, because ``by`` wants it; ``by`` "" = he talks again."""

    at: float
    talk: str
    leg: str
    by: str


@dataclass(frozen=True, slots=True)
class InsideInvited:
    """``asker`` asks somebody in: the colleague ``agent``, or at another site ``number`` by ``trunk``; rings until
    ``until``. He talks with the asker alone, until InsideShared. ``sent``: the asker leaves at once (a blind transfer);
    ``asker`` "" = the call comes back to who had sent it on."""

    at: float
    talk: str
    leg: str
    asker: str
    agent: str
    number: str
    trunk: str
    endpoint: str
    sent: bool
    until: float


@dataclass(frozen=True, slots=True)
class InsideShared:
    """Who was asked in is heard by all from now on."""

    at: float
    talk: str
    leg: str


@dataclass(frozen=True, slots=True)
class CampAsked:
    """``by`` wants to be called when the colleague ``to`` is free, or when there is a line for ``number`` (``to`` "").
    Holds until ``until``."""

    at: float
    by: str
    to: str
    number: str
    until: float


@dataclass(frozen=True, slots=True)
class CampOver:
    """``result``: "called" (what follows is a call of its own), "expired", "cancelled", "left" (one of the two went off
    duty), "refused" (the number may not be called after all)."""

    at: float
    by: str
    to: str
    number: str
    result: str


@dataclass(frozen=True, slots=True)
class DictationBegun:
    """``agent`` speaks a prompt into his telephone; ``number`` is the prompt's, "" = to be keyed in. ``dictation``
    names the call among ourselves that it is done in."""

    at: float
    dictation: str
    agent: str
    number: str


@dataclass(frozen=True, slots=True)
class DictationStage:
    """What happens now, see inside.dictation, and until when it may last."""

    at: float
    dictation: str
    stage: str
    until: float
    number: str


@dataclass(frozen=True, slots=True)
class DictationSpoken:
    """Something was said; ``name`` of the switch's recording."""

    at: float
    dictation: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class DictationOver:
    """``result``: "kept"; "unconfirmed" = spoken, and he left without keeping it; "empty" = nothing was said (``name``
    "")."""

    at: float
    dictation: str
    agent: str
    number: str
    name: str
    seconds: float
    result: str


Fact = (
    ConfigurationApplied
    | ContactOpened
    | LegStarted
    | LegUp
    | LegOver
    | StepEntered
    | ScenarioEntered
    | ScenarioLeft
    | VariablesSet
    | AnswerTaken
    | SurveyBegun
    | QuestionAsked
    | QuestionAnswered
    | SurveyOver
    | ListeningStarted
    | ListeningOver
    | WordsHeard
    | LookupStarted
    | LookupOver
    | OwnerNamed
    | Informed
    | RecordingChosen
    | RecordingDecided
    | RecordingTold
    | RecordingPaused
    | RecordingResumed
    | OutgoingStarted
    | OutgoingRerouted
    | OutgoingRefused
    | OutgoingCut
    | PromptsStarted
    | PromptsOver
    | MessageAsked
    | DigitTaken
    | Queued
    | QueueFull
    | AgentAwaited
    | AgentNotAwaited
    | Relaxed
    | Overflowed
    | OverflowPassed
    | Dequeued
    | Offered
    | Screened
    | OfferOver
    | DialledByHand
    | ReturnedToLine
    | Connected
    | Held
    | HoldReminded
    | TalkOver
    | Transferred
    | Parked
    | CutOff
    | PickedUp
    | TransferReturned
    | ConsultStarted
    | ConsultAnswered
    | ConsultHeld
    | ConsultShared
    | ConsultOver
    | MessageTaken
    | CallbackPromised
    | CustomerDialled
    | CustomerReached
    | CallbackMissed
    | CallbackDue
    | GaveUp
    | ContactOver
    | RecordingReady
    | RecordingDeleted
    | Classified
    | MonitorAsked
    | Monitored
    | MonitorOver
    | TakenOver
    | MovedByHand
    | AgentStateSet
    | AgentStateChanged
    | AgentIntended
    | DeviceChosen
    | DeviceSeen
    | PhoneAsked
    | ModeSwitched
    | NumberBlocked
    | NumberUnblocked
    | CallerTurnedAway
    | DebtOpened
    | DebtAttempted
    | DebtReady
    | DebtDelayed
    | DebtPostponed
    | DebtClaimed
    | DebtAssigned
    | DebtEscalated
    | DebtClosed
    | InsideAsked
    | InsideLegStarted
    | InsideLegUp
    | InsideMet
    | InsideHeld
    | InsideInvited
    | InsideShared
    | InsideLegOver
    | InsideEnding
    | InsideOver
    | CampAsked
    | CampOver
    | DictationBegun
    | DictationStage
    | DictationSpoken
    | DictationOver
)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


FACT_TYPES: dict[str, type[Fact]] = {_snake(cls.__name__): cls for cls in Fact.__args__}
"""ledger name → class, for instance "contact_opened" → ContactOpened"""

TYPE_NAMES: dict[type[Fact], str] = {cls: name for name, cls in FACT_TYPES.items()}
