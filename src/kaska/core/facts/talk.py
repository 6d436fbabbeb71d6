"""The talk: hold, transfers, asking somebody aside, parking."""

from __future__ import annotations

from kaska.core.frozen import dataclass


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


TalkFact = (
    Connected
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
)
