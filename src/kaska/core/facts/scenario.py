"""The scenario's walk: steps, prompts, digits, what was heard, asked and looked up."""

from __future__ import annotations

from dataclasses import field

from kaska.core.frozen import dataclass


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
class MessageTaken:
    """``name`` "" and 0.0 seconds: the caller was asked and said nothing."""

    at: float
    contact: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FaxListening:
    """The tone of a fax machine leads to ``node`` from now on; "" = nobody listens for it any more."""

    at: float
    contact: str
    node: str


@dataclass(frozen=True, slots=True)
class FaxTone:
    """A fax machine was heard, and goes to ``node``."""

    at: float
    contact: str
    node: str


@dataclass(frozen=True, slots=True)
class FaxAsked:
    """The line is a fax machine's until ``until`` at most; what comes is kept as ``name``."""

    at: float
    contact: str
    name: str
    until: float


@dataclass(frozen=True, slots=True)
class FaxOver:
    """Nothing more comes; what came is looked at, and asked for again at ``until``."""

    at: float
    contact: str
    until: float


@dataclass(frozen=True, slots=True)
class FaxTaken:
    """``pages`` whole pages as ``name`` ("" = none came), from a machine that calls itself ``station``. ``problem``:
    why not everything came; "" = the sender knows that it did."""

    at: float
    contact: str
    name: str
    pages: int
    station: str
    problem: str


ScenarioFact = (
    StepEntered
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
    | PromptsStarted
    | PromptsOver
    | MessageAsked
    | DigitTaken
    | MessageTaken
    | FaxListening
    | FaxTone
    | FaxAsked
    | FaxOver
    | FaxTaken
)
