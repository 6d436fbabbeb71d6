"""A scenario: the graph a contact walks before and around a queue.

Nodes name their successors by id; "" as a successor means that the contact ends there. The interpreter walks it,
the linter judges it; neither knows about any switch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kaska.core.scenarios.conditions import Condition

# --- what is said ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Play:
    """Say prompts, then go on. ``fax``: where a fax machine goes as soon as its tone is heard; "" = nobody listens."""

    prompts: tuple[str, ...]
    next: str
    fax: str = ""


@dataclass(frozen=True, slots=True)
class Inform:
    """An information line: who has heard it to the end got what was asked for. ``choices``: ways out, at any time."""

    prompts: tuple[str, ...]
    next: str = ""
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Ask for the question and a contact, record the answer."""

    prompts: tuple[str, ...]
    next: str
    max_seconds: int = 120
    closed_hours: bool = False


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A message for somebody. ``owner`` is "agent:ID" or "queue:ID": he owes the answer."""

    owner: str
    prompts: tuple[str, ...]
    next: str
    max_seconds: int = 120


@dataclass(frozen=True, slots=True)
class Fax:
    """Receive a fax for somebody. ``owner`` is "agent:ID" or "queue:ID": he owes the answer. What came, whole or not,
    is kept; ``prompts`` are for a person who still has to press the button of his machine."""

    owner: str
    next: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finish:
    """Say goodbye and hang up. ``served`` marks an information line: the person got what was asked for."""

    prompts: tuple[str, ...] = ()
    served: bool = False


# --- what the caller keys in -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Menu:
    """Say prompts and wait for a digit.

    ``choices`` maps a digit to a node. With ``extensions`` a caller may also dial an agent's extension;
    ``extension_next`` is where it goes when that agent does not answer. No key, or a wrong one, ``tries``
    times: ``otherwise`` (an operator, never a dead end). ``words``: what may be said instead of a digit of ``choices``.
    ``fax``: where a fax machine goes as soon as its tone is heard; "" = nobody listens for it.
    """

    prompts: tuple[str, ...]
    choices: dict[str, str]
    otherwise: str
    timeout: float = 5.0
    tries: int = 2
    extensions: bool = False
    extension_next: str = ""
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fax: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Dial a known extension past the secretary (DISA). No such one, nobody there, or nothing keyed in ``tries``
    times: ``otherwise``."""

    prompts: tuple[str, ...]
    otherwise: str
    timeout: float = 5.0
    tries: int = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a survey, or a number to be keyed in. The answer is kept under the name ``answer``.

    ``length`` digits of ``allowed`` make it complete, fewer when ``#`` is pressed or nothing more comes for
    ``timeout`` seconds.
    """

    prompts: tuple[str, ...]
    answer: str
    next: str
    otherwise: str
    allowed: str = "0123456789"
    length: int = 1
    timeout: float = 5.0
    tries: int = 2
    name: str = ""
    """what people call the question; "" = by the name of its answer"""


@dataclass(frozen=True, slots=True)
class Question:
    """Answered by one digit of ``allowed``; the answer is kept under the name ``answer``, and people call the question
    ``name`` ("" = ``answer``)."""

    answer: str
    prompts: tuple[str, ...]
    allowed: str = "12345"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """Questions one after another. One that nobody answers in ``tries`` times is passed over."""

    questions: tuple[Question, ...]
    next: str = ""
    timeout: float = 5.0
    tries: int = 2

    @property
    def prompts(self) -> tuple[str, ...]:
        """Everything that may be said here."""
        return tuple(prompt for question in self.questions for prompt in question.prompts)


@dataclass(frozen=True, slots=True)
class OfferCallback:
    """Who presses ``key`` is called back from his place in ``queue``; anybody else goes to ``otherwise``."""

    queue: str
    prompts: tuple[str, ...]
    otherwise: str
    key: str = "1"
    timeout: float = 5.0


# --- where the way divides ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule:
    """Open or closed by a calendar; a mode switched by hand counts before the clock."""

    calendar: str
    open: str
    closed: str


@dataclass(frozen=True, slots=True)
class ByMode:
    """By the project's mode: "day", "lunch", "evening", "night", "weekend", "holiday", or one of the calendar's own."""

    modes: dict[str, str]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Choice:
    when: Condition
    next: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The first choice whose condition holds, else ``otherwise``."""

    choices: tuple[Choice, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Remember something of the contact. A value may name fields in braces: "{caller}". The variable ``language``
    chooses what places and waits are said in; ``priority`` is added to that of the queue's node."""

    next: str
    variables: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Lookup:
    """Ask an outside source of the configuration. What it answers becomes variables "SOURCE.FIELD".

    ``question`` may name fields in braces. Nothing known: ``missing``; no answer within ``seconds``: ``failed``.
    """

    source: str
    next: str
    missing: str
    failed: str
    question: dict[str, str] = field(default_factory=dict)
    seconds: float = 3.0


@dataclass(frozen=True, slots=True)
class Record:
    """Whether the recording of the conversation is kept."""

    on: bool
    next: str


@dataclass(frozen=True, slots=True)
class ToScenario:
    """Walk another scenario. With ``back`` its ``Return`` comes back to that node of this one."""

    scenario: str
    back: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """Back to the scenario that led here."""


# --- reaching a person -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Wait in a queue. ``keys`` maps digits pressed while waiting to "message" or "callback"."""

    queue: str
    message: str
    """node that takes a message, for the key and for waiting longer than the queue's maximum"""
    keys: dict[str, str] = field(default_factory=dict)
    priority: int = 0


@dataclass(frozen=True, slots=True)
class ToAgent:
    """Ring one agent, who may be named by a field in braces ("{crm.agent}"). Not ready or no answer: ``otherwise``."""

    agent: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class RingInTurn:
    """Ring the agents in this order, those who are ready, one after another."""

    agents: tuple[str, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class RingGroup:
    """Ring all ready agents of a group at once; the first who answers gets the person."""

    agents: tuple[str, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class ToNumber:
    """Ring a number outside: a duty mobile, a partner. ``trunk`` "" is the project's own."""

    number: str
    otherwise: str
    trunk: str = ""
    seconds: float = 30.0


Node = (
    Play
    | Inform
    | TakeMessage
    | Voicemail
    | Fax
    | Finish
    | Menu
    | Extension
    | Ask
    | Survey
    | OfferCallback
    | Schedule
    | ByMode
    | Branch
    | Assign
    | Lookup
    | Record
    | ToScenario
    | Return
    | Enqueue
    | ToAgent
    | RingInTurn
    | RingGroup
    | ToNumber
)

INSTANT = (Schedule, ByMode, Branch, Assign, Record, ToScenario, Return)
"""kinds that take no time"""

WAITS_FOR_CALLER = (Menu, Extension, Ask, Survey, OfferCallback, Enqueue, TakeMessage, Voicemail)
"""kinds that give the caller the word; only through these may a way come back to where it was"""


@dataclass(frozen=True, slots=True)
class Scenario:
    id: str
    version: int
    start: str
    nodes: dict[str, Node]


AFTER_TALK = (Play, Ask, Survey, Branch, Assign, Finish)
"""kinds that a scenario walked after a talk may have: who has been served reaches nobody, waits for nobody, and leaves
nothing that somebody would have to answer"""


def kind_of(node: type[Node]) -> str:
    """The word that documents and facts use: TakeMessage → "take_message"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", node.__name__).lower()


def ways(node: Node) -> tuple[tuple[str, str], ...]:
    """(field that names it, node it leads to) for every way on within the scenario; the node may be ""."""
    match node:
        case Play():
            return (("next", node.next), *_by_tone(node.fax))
        case TakeMessage() | Voicemail() | Fax() | Assign() | Record() | Survey():
            return (("next", node.next),)
        case Inform():
            return (("next", node.next), *_keyed("choices", node.choices))
        case Menu():
            found = (*_keyed("choices", node.choices), ("otherwise", node.otherwise))
            found = (*found, *_by_tone(node.fax))
            return (*found, ("extension_next", node.extension_next)) if node.extensions else found
        case Extension() | OfferCallback() | ToAgent() | RingInTurn() | RingGroup() | ToNumber():
            return (("otherwise", node.otherwise),)
        case Ask():
            return (("next", node.next), ("otherwise", node.otherwise))
        case Schedule():
            return (("open", node.open), ("closed", node.closed))
        case ByMode():
            return (*_keyed("modes", node.modes), ("otherwise", node.otherwise))
        case Branch():
            choices = ((f"choices[{index}]", choice.next) for index, choice in enumerate(node.choices))
            return (*choices, ("otherwise", node.otherwise))
        case Lookup():
            return (("next", node.next), ("missing", node.missing), ("failed", node.failed))
        case Enqueue():
            return (("message", node.message),)
        case ToScenario():
            return (("back", node.back),) if node.back else ()
        case Finish() | Return():
            return ()


def successors(node: Node) -> tuple[str, ...]:
    """Every node it may lead to within the scenario, "" included, in order."""
    return tuple(target for _, target in ways(node))


def _by_tone(fax: str) -> tuple[tuple[str, str], ...]:
    return (("fax", fax),) if fax else ()


def _keyed(name: str, choices: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}.{key}", target) for key, target in choices.items())
