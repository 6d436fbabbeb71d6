"""Everything the core can ask for. Imperative, frozen; an adapter carries it out, the outcome comes back as an event.

A leg identifier is also the channel identifier in the switch; the bridge of a contact is named by the contact.
So a command may be repeated safely: the switch answers "already there".
"""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AnswerCall:
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class PlayPrompts:
    """Play the named prompts one after another; ends with PromptsEnded(play)."""

    contact: str
    leg: str
    play: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SayAndHangUp:
    """The call ``leg`` that a telephone made by itself belongs to no contact: its user hears the prompts, and it is
    over. Nothing follows; ``contact`` is the leg."""

    contact: str
    leg: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StopPrompts:
    contact: str
    leg: str
    play: str


@dataclass(frozen=True, slots=True)
class StartMusic:
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class RingAgent:
    """Ring an agent's device; LegAnswered or LegEnded follows. ``inside``: with the ring of a colleague's call.
    ``auto``: the telephone is asked to answer by itself."""

    contact: str
    leg: str
    agent: str
    endpoint: str
    caller: str
    caller_name: str
    timeout: float
    inside: bool = False
    auto: bool = False


@dataclass(frozen=True, slots=True)
class DialOut:
    """Dial a person through a trunk, showing ``caller_id``; LegAnswered or LegEnded follows."""

    contact: str
    leg: str
    trunk: str
    number: str
    caller_id: str
    timeout: float
    record: bool = False
    """begin a two-sided recording on this leg when it answers"""
    caller_name: str = ""


@dataclass(frozen=True, slots=True)
class JoinParties:
    """Put both legs into the contact's bridge; PartiesJoined or CommandFailed follows.

    ``mixed``: somebody else was heard on the customer's leg before (see MixParties).
    ``keys``: DigitPressed tells the keys that they press while they talk, too.
    """

    contact: str
    customer_leg: str
    agent_leg: str
    mixed: bool = False
    keys: bool = False


@dataclass(frozen=True, slots=True)
class MixParties:
    """Those who talk, on ``legs``, will hear others too: from now on the switch mixes what they hear, even when two are
    left of them. The recording needs it. Nothing when it is so already."""

    contact: str
    legs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddParty:
    """Put one more leg into the contact's bridge, whose parties stay as they are; CommandFailed when that fails.
    ``muted``: it hears the others, and they do not hear it."""

    contact: str
    leg: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class AdoptLeg:
    """The call ``leg`` that a telephone made by itself belongs to the contact from now on; its user hears it ring."""

    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class SendDigits:
    """Let the telephone on ``leg`` hear these keys (0 to 9, * and #); CommandFailed when that fails."""

    contact: str
    leg: str
    digits: str


@dataclass(frozen=True, slots=True)
class TalkAside:
    """Let the agent's second call ``leg`` and ``other`` talk in a bridge of their own; CommandFailed when that fails.

    StopObserving closes it.
    """

    contact: str
    leg: str
    other: str


@dataclass(frozen=True, slots=True)
class SetApart:
    """Take the person's leg out of the bridge: it waits with music."""

    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class AnswerTransfer:
    """Tell the telephone that asked for a transfer whether it is made."""

    contact: str
    leg: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class HoldParty:
    """The party on ``leg`` hears music and nobody hears it (held) or talks again (not held)."""

    contact: str
    leg: str
    held: bool


@dataclass(frozen=True, slots=True)
class RemindOfHold:
    """A short tone to the agent on ``leg``, whom nobody else hears it with."""

    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class RecordMessage:
    """Beep, record what the caller says until silence, ``#`` or the limit; MessageRecorded follows."""

    contact: str
    leg: str
    name: str
    max_seconds: int


@dataclass(frozen=True, slots=True)
class ListenForFax:
    """Listen from now on, or no longer, whether a fax machine is at ``leg``; FaxToneHeard tells it, once."""

    contact: str
    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class ReceiveFax:
    """Let the machine on ``leg`` send a fax, kept as ``name``; FaxEnded follows, or the leg's end. When it was received
    already, FaxReceived tells so at once."""

    contact: str
    leg: str
    name: str


@dataclass(frozen=True, slots=True)
class CollectFax:
    """Look what came as the fax ``name``, whole or not; FaxReceived follows, also while the switch is away."""

    contact: str
    name: str


@dataclass(frozen=True, slots=True)
class PlayMessage:
    """Play to ``leg`` what was recorded as ``name``; ends with PromptsEnded(play)."""

    contact: str
    leg: str
    play: str
    name: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Let a recogniser hear what the caller on ``leg`` says, besides whatever is played to him; SpeechHeard(ear) tells
    what it understood. ``words`` are expected, in ``language``; CommandFailed when there is no recogniser."""

    contact: str
    leg: str
    ear: str
    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StopListening:
    """Nobody needs the ``ear`` any more; its leg may be gone."""

    contact: str
    leg: str
    ear: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the configuration's source ``source`` within ``seconds``; LookedUp(lookup) follows.

    ``question`` goes to it by field.
    """

    contact: str
    lookup: str
    source: str
    question: dict[str, str]
    seconds: float


@dataclass(frozen=True, slots=True)
class HangUpLeg:
    """``cause`` is Q.850; 26 tells a ringing phone that the call was completed elsewhere (no missed-call mark)."""

    contact: str
    leg: str
    cause: int = 16


@dataclass(frozen=True, slots=True)
class CloseContact:
    """Nothing of this contact is needed in the switch any more: its bridge may go, its recording may be made ready."""

    contact: str
    recorded: bool
    unwanted: bool = False
    """what was recorded all the same is deleted unheard"""


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Write nothing more of what is heard on the person's ``leg``; CommandFailed when that cannot be done."""

    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    """Write on, as the ``part``-th piece (the first is 1), after ``gap`` seconds of which nothing is kept."""

    contact: str
    leg: str
    part: int
    gap: float


@dataclass(frozen=True, slots=True)
class Observe:
    """Let the supervisor's ``leg`` hear the agent's leg ``target``: "listen" (nobody hears him), "whisper" (only the
    agent does) or "barge" (everybody does). Replaces what was so before."""

    contact: str
    leg: str
    target: str
    mode: str


@dataclass(frozen=True, slots=True)
class StopObserving:
    """Nothing that was made for ``leg`` to listen or to talk aside is needed any more."""

    contact: str
    leg: str


Command = (
    AnswerCall
    | PlayPrompts
    | SayAndHangUp
    | StopPrompts
    | StartMusic
    | RingAgent
    | DialOut
    | JoinParties
    | MixParties
    | AddParty
    | AdoptLeg
    | SendDigits
    | TalkAside
    | SetApart
    | AnswerTransfer
    | HoldParty
    | RemindOfHold
    | RecordMessage
    | ListenForFax
    | ReceiveFax
    | CollectFax
    | PlayMessage
    | Listen
    | StopListening
    | LookUp
    | HangUpLeg
    | CloseContact
    | PauseRecording
    | ResumeRecording
    | Observe
    | StopObserving
)
