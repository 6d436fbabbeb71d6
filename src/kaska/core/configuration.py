"""The published configuration of one tenant: an immutable snapshot that the core decides by.

Built by features/publishing from the database, kept by the engine on disk, so that telephones work before and
without the database. Standard library only; every value is plain enough to travel as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.core.codes.rules import FeatureCodes
from kaska.core.debts.rules import DebtRules
from kaska.core.outgoing.rules import OutgoingRules
from kaska.core.recording.rules import RecordingRules
from kaska.core.routing.rules import (
    MESSAGE,
    RING_ALL,
    TO_QUEUE,
    OverflowStep,
    Policy,
    Promotion,
    Relaxation,
)
from kaska.core.scenarios.graph import Scenario


@dataclass(frozen=True, slots=True)
class Device:
    """Something that rings. ``endpoint`` is its name in the switch, unique in the whole installation."""

    id: str
    kind: str
    """"web" or "phone" """
    endpoint: str


@dataclass(frozen=True, slots=True)
class AgentProfile:
    id: str
    name: str
    extension: str
    skills: dict[str, int] = field(default_factory=dict)
    """skill → level, 1 (learning) to 5"""
    devices: tuple[Device, ...] = ()
    queues: tuple[str, ...] = ()
    """his own order: contacts of an earlier queue go before those of a later one at equal priority; others come last"""
    conversion: dict[str, float] = field(default_factory=dict)
    """product → share of target contacts that ended in a sale, 0 to 1"""
    text_capacity: int = 1
    """so many text contacts at once; of calls there is always one"""
    screened: bool = False
    """who calls him directly is told to him first: he takes the call or sends it on"""


@dataclass(frozen=True, slots=True)
class Skill:
    """What an agent can do. Agents and queues know it by ``id``; one that nobody named is not described."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A waiting line. All durations are seconds; 0 switches that rule off."""

    id: str
    name: str
    project: str
    requires: dict[str, int] = field(default_factory=dict)
    """skill → least level that an agent must have"""
    ring_seconds: float = 15.0
    reserve: str = ""
    """queue whose agents are asked too when nobody took the contact in ``reserve_after``"""
    reserve_after: float = 15.0
    announce_every: float = 30.0
    """place and expected wait are said this often"""
    offer_after: float = 60.0
    """from then on a message or a callback is offered, every ``announce_every``"""
    max_wait: float = 900.0
    wrap_up_seconds: float = 30.0
    short_abandon_seconds: float = 5.0
    policy: Policy = field(default_factory=Policy)
    prefers: dict[str, int] = field(default_factory=dict)
    """skill → level; ready agents who have all of these too are asked before the others"""
    relax: tuple[Relaxation, ...] = ()
    """by ``after``; each lowers one required skill"""
    priority_seconds: float = 300.0
    """one point of priority is worth so many seconds of waiting"""
    holding: bool = True
    """False: whom nobody can take at once does not wait, but is served by ``instead``"""
    instead: str = MESSAGE
    """"message" or "callback": what is done for whom waiting is not possible (any more)"""
    size_limit: int = 0
    """so many may wait; 0 = any number"""
    full_queue: str = ""
    """where those wait who find this queue full; "" = ``instead``"""
    chain: tuple[OverflowStep, ...] = ()
    """taken by ``after``; ``reserve`` is one more step of it"""
    promotions: tuple[Promotion, ...] = ()
    callback_first: str = "agent"
    """"agent" or "customer": who is rung first for a promised callback"""
    callback_tries: int = 1
    callback_retry_seconds: float = 300.0
    hold_reminder: float = 60.0
    """whoever holds the person is reminded of him this often"""
    breaks: str = ""
    """what happens to a break that the two limits speak against: "" = nothing, "warn", "refuse" """
    breaks_away: int = 0
    """so many of the queue's agents may be on a break at once; 0 = any number"""
    breaks_waiting: int = 0
    """no breaks while so many wait; 0 = whoever waits"""

    after_talk: str = ""
    """scenario that who stays on the line after the talk is asked by; "" = he is hung up"""
    screened: bool = False
    """whoever it rings alone hears who is calling first, and takes the call or rejects it"""

    @property
    def steps(self) -> tuple[OverflowStep, ...]:
        """The whole way out: ``reserve`` is its first step."""
        if not self.reserve:
            return self.chain
        first = OverflowStep(TO_QUEUE, self.reserve_after, self.reserve)
        return tuple(sorted((first, *self.chain), key=lambda step: step.after))

    @property
    def rings_all(self) -> bool:
        return self.policy.ordinary == RING_ALL


@dataclass(frozen=True, slots=True)
class Number:
    """A public number. ``number`` is written as the trunk delivers it, digits only or with a leading +."""

    number: str
    project: str
    scenario: str
    priority: int = 0
    """added to the priority of whoever calls it"""


@dataclass(frozen=True, slots=True)
class Trunk:
    """A line to the public network. ``endpoint`` is its name in the switch; ``addresses`` identify it (IP or CIDR)."""

    id: str
    endpoint: str
    addresses: tuple[str, ...]
    contact_uri: str = ""
    """where outgoing calls go: ``sip:host:port``"""
    site: tuple[tuple[str, str], ...] = ()
    """ranges (first, last) of the short numbers of another site of ours at its far end; () = the public network"""
    name: str = ""
    """what people call it; "" = its key"""


@dataclass(frozen=True, slots=True)
class Door:
    """A telephone at a door: whoever presses its button reaches ``agents``, or those of ``queue`` who are on duty."""

    id: str
    name: str
    endpoint: str
    extension: str
    """what telephones show beside the name"""
    agents: tuple[str, ...] = ()
    queue: str = ""
    in_turn: bool = False
    """one after another, ``each_seconds`` each; False: all at once"""
    ring_seconds: float = 40.0
    """so long a visitor is kept waiting"""
    each_seconds: float = 15.0
    opens: str = ""
    """the digits that open its lock when its telephone hears them; "" = it has none"""
    camera: str = ""
    """address of its picture, for people's browsers; "" = it has none"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a project is open.

    ``week`` has seven entries, Monday first; each is a tuple of half-open (start, end) minutes since midnight.
    ``days`` overrides single dates (ISO "2026-12-31" → intervals, () = closed).
    ``modes`` names parts of the day ("lunch", "evening", or any word of the company's) by intervals of the same form
    as ``week``; what is left is "day" while open and "night" while closed. ``holidays`` are dates when it is "holiday".
    """

    id: str
    timezone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    days: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    modes: dict[str, tuple[tuple[tuple[int, int], ...], ...]] = field(default_factory=dict)
    holidays: tuple[str, ...] = ()
    name: str = ""
    mode_names: dict[str, str] = field(default_factory=dict)
    """what people call ``modes``; one that is missing is called by the usual word, or by its key"""


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    name: str
    calendar: str
    caller_id: str = ""
    """number shown when we call back"""
    trunk: str = ""
    """trunk for calling back"""
    debt_minutes: int = 20
    """a debt is due this many open minutes after it was made"""
    priorities: dict[str, int] = field(default_factory=dict)
    """important customers (E.164) → added to their priority"""
    debts: DebtRules = field(default_factory=DebtRules)


@dataclass(frozen=True, slots=True)
class HttpSource:
    """An outside service: the question's fields fill ``{braces}`` of ``url`` and go along as JSON with "POST".

    It answers with a JSON object. A key, when it wants one, is no part of the configuration.
    """

    id: str
    url: str
    method: str = "GET"
    name: str = ""


@dataclass(frozen=True, slots=True)
class SqlSource:
    """A read-only question to a database, whose address with user and password is its key.

    ``query`` takes the question's fields as ``:name`` and gives at most one row.
    """

    id: str
    query: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rules in the JSON Decision Model of zen-engine; ``document`` is its text."""

    id: str
    document: str
    name: str = ""


Source = HttpSource | SqlSource | DecisionTable


@dataclass(frozen=True, slots=True)
class Configuration:
    tenant: str
    version: int
    default_scenario: str
    """walked by calls to numbers nobody described, so that a wrong number plan loses nobody"""
    projects: dict[str, Project] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    trunks: dict[str, Trunk] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    agents: dict[str, AgentProfile] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    outgoing: OutgoingRules = field(default_factory=OutgoingRules)
    recording: RecordingRules = field(default_factory=RecordingRules)
    codes: FeatureCodes = field(default_factory=FeatureCodes)
    doors: dict[str, Door] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)
    """those that have a name"""

    def changed_queues(self, before: Configuration) -> set[str]:
        """Queues that are described otherwise than before, or only in one of the two."""
        names = self.queues.keys() | before.queues.keys()
        return {name for name in names if self.queues.get(name) != before.queues.get(name)}

    def number_of(self, dialled: str) -> Number | None:
        """The description of a dialled number. Trunks write the same number with or without "+": both are looked up."""
        bare = dialled.lstrip("+")
        return self.numbers.get(dialled) or self.numbers.get(bare) or self.numbers.get(f"+{bare}")
