"""Calls among ourselves, which are no contacts."""

from __future__ import annotations

from kaska.core.frozen import dataclass


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


@dataclass(frozen=True, slots=True)
class PageAsked:
    """``agent`` wants to speak to all of the group ``queue`` at once, by the call among ourselves ``talk``."""

    at: float
    talk: str
    agent: str
    queue: str


@dataclass(frozen=True, slots=True)
class PageBegun:
    """He speaks, until ``until`` at the latest. ``busy``: agents of the group who are on duty and do not hear it."""

    at: float
    talk: str
    busy: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class PageRung:
    """The telephone ``endpoint`` of one of the group answers by itself; he hears who speaks, and nobody hears him."""

    at: float
    talk: str
    leg: str
    agent: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class DoorRang:
    """Somebody at the door ``door`` pressed its button; he is kept waiting until ``until``."""

    at: float
    talk: str
    door: str
    name: str
    until: float


@dataclass(frozen=True, slots=True)
class DoorOffered:
    """The telephone ``endpoint`` of ``agent`` rings for whoever is at the door, until ``until``."""

    at: float
    talk: str
    leg: str
    agent: str
    endpoint: str
    until: float


@dataclass(frozen=True, slots=True)
class DoorTaken:
    """He was the first to answer it."""

    at: float
    talk: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class DoorKeyed:
    """Who talks with whoever is at the door pressed a key of his telephone."""

    at: float
    talk: str
    leg: str
    digit: str


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """``agent`` let somebody in. ``way``: "screen" = we send the digits; "phone" = he keyed them himself."""

    at: float
    talk: str
    door: str
    agent: str
    way: str


@dataclass(frozen=True, slots=True)
class DoorUnopened:
    """The digits could not be sent to the door after all."""

    at: float
    talk: str
    door: str


InsideFact = (
    InsideAsked
    | InsideLegStarted
    | InsideLegUp
    | InsideMet
    | InsideLegOver
    | InsideEnding
    | InsideOver
    | InsideHeld
    | InsideInvited
    | InsideShared
    | CampAsked
    | CampOver
    | DictationBegun
    | DictationStage
    | DictationSpoken
    | DictationOver
    | PageAsked
    | PageBegun
    | PageRung
    | DoorRang
    | DoorOffered
    | DoorTaken
    | DoorKeyed
    | DoorOpened
    | DoorUnopened
)
