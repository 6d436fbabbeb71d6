"""Rules of outgoing calls as they are published: who may call where, by which lines, at which hours, for how much."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.core.outgoing.numbering import (
    DIRECTIONS,
    EMERGENCY,
    INTERNAL,
    LOCAL,
    LONG_DISTANCE,
    MOBILE,
    PAID,
    NumberPlan,
)

ASKED_BY_PEOPLE = (INTERNAL, LOCAL, LONG_DISTANCE, MOBILE, EMERGENCY)
CALLED_BY_US = tuple(direction for direction in DIRECTIONS if direction != PAID)
"""callbacks and steps of the company's own: who called from abroad is owed a call, too"""
UNCOUNTED = frozenset({INTERNAL, EMERGENCY})
"""calls that no cap counts"""


@dataclass(frozen=True, slots=True)
class Caps:
    """What one agent, one project or the company may use: calls at once, minutes and money of a day. 0 = no cap."""

    calls: int = 0
    minutes: float = 0.0
    money: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A trunk in the order of choice. ``directions`` () = all of them. ``capacity``: so many calls at once, 0 = nobody
    knows; ``kept`` of them are for those who call us."""

    trunk: str
    directions: tuple[str, ...] = ()
    capacity: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class OutgoingRules:
    """``agents``: only those who have permissions of their own; the others have ``everybody``'s. ``projects``: what
    callbacks and scenarios of a project may call, else ``automatic``. ``prices``: direction → money per minute.
    Night is half-open in minutes of the day, over midnight when it begins later than it ends; equal = there is none."""

    plan: NumberPlan = field(default_factory=NumberPlan)
    everybody: tuple[str, ...] = ASKED_BY_PEOPLE
    agents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    automatic: tuple[str, ...] = CALLED_BY_US
    projects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    prices: dict[str, float] = field(default_factory=dict)
    each_agent: Caps = field(default_factory=Caps)
    agent_caps: dict[str, Caps] = field(default_factory=dict)
    each_project: Caps = field(default_factory=Caps)
    project_caps: dict[str, Caps] = field(default_factory=dict)
    company: Caps = field(default_factory=Caps)
    night_from: int = 0
    night_to: int = 0
    night: tuple[str, ...] = (INTERNAL, LOCAL, MOBILE, EMERGENCY)

    def permitted(self, agent: str, project: str) -> tuple[str, ...]:
        """``agent`` "" = nobody's wish: a callback, a step of a scenario or of a queue."""
        if agent:
            return self.agents.get(agent, self.everybody)
        return self.projects.get(project, self.automatic)

    def is_night(self, minute: int) -> bool:
        """``minute`` of the local day."""
        start, end = self.night_from, self.night_to
        if start == end:
            return False
        return start <= minute < end if start < end else minute >= start or minute < end

    def caps_of(self, scope: Scope) -> Caps:
        kind, name = scope
        if kind == AGENT:
            return self.agent_caps.get(name, self.each_agent)
        return self.project_caps.get(name, self.each_project) if kind == PROJECT else self.company


Scope = tuple[str, str]
"""(AGENT, his identifier), (PROJECT, its identifier) or COMPANY: whose minutes and money a call uses"""
AGENT, PROJECT = "agent", "project"
COMPANY: Scope = ("company", "")


def name_of(scope: Scope) -> str:
    """ "agent:a301", "project:windows", "company"."""
    kind, name = scope
    return f"{kind}:{name}" if name else kind


def scope_of(name: str) -> Scope:
    """The other way round."""
    kind, _, whose = name.partition(":")
    return kind, whose


def scopes(agent: str, project: str) -> tuple[Scope, ...]:
    own = ((AGENT, agent),) if agent else ()
    return (*own, (PROJECT, project), COMPANY)
