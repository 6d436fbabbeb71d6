"""The published configuration of one tenant: an immutable snapshot that the core decides by.

Built by features/publishing from the database, kept by the engine on disk, so that telephones work before and
without the database. Standard library only; every value is plain enough to travel as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Number:
    """A public number. ``number`` is written as the trunk delivers it, digits only or with a leading +."""

    number: str
    project: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Trunk:
    """A line to the public network. ``endpoint`` is its name in the switch; ``addresses`` identify it (IP or CIDR)."""

    id: str
    endpoint: str
    addresses: tuple[str, ...]
    contact_uri: str = ""
    """where outgoing calls go: ``sip:host:port``"""


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


@dataclass(frozen=True, slots=True)
class HttpSource:
    """An outside service: the question's fields fill ``{braces}`` of ``url`` and go along as JSON with "POST".

    It answers with a JSON object; ``secret`` names a file of the secrets' directory sent as a bearer token.
    """

    id: str
    url: str
    method: str = "GET"
    secret: str = ""


@dataclass(frozen=True, slots=True)
class SqlSource:
    """A read-only question to a database. ``connection`` names a file of the secrets' directory with its URL;
    ``query`` takes the question's fields as ``:name`` and gives at most one row."""

    id: str
    connection: str
    query: str


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rules in the JSON Decision Model of zen-engine; ``document`` is its text."""

    id: str
    document: str


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
