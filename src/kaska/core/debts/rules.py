"""The rules of a project's debt book: plain values, part of the published configuration."""

from __future__ import annotations

from dataclasses import dataclass

Interval = tuple[int, int]

TO_QUEUE, TO_LAST_AGENT, TO_ROUND_ROBIN = "queue", "last_agent", "round_robin"
ASSIGNMENTS = (TO_QUEUE, TO_LAST_AGENT, TO_ROUND_ROBIN)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Debts of these causes (() = any) and of this priority or more (None = any) are due after so many open minutes."""

    minutes: int
    causes: tuple[str, ...] = ()
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class DebtRules:
    """How a project repays what it owes."""

    deadlines: tuple[Deadline, ...] = ()
    """the first that fits counts; when none does, the project's ``debt_minutes``"""
    tries: int = 0
    """after so many attempts that found nobody the person counts as unreachable; 0 = never"""
    spacing_minutes: float = 30.0
    """between attempts; those in quicker succession count as one"""
    assign: str = TO_QUEUE
    """who owes it: the queue, the agent who talked with this person last, or agents at work in turn"""
    escalates: bool = False
    """a debt that is past its deadline for ``escalate_minutes`` is the supervisor's, too"""
    escalate_minutes: float = 0.0
    automatic: bool = False
    """ready agents for whom nobody waits are offered the next debt"""
    automatic_queue: str = ""
    """whose agents call people who had not reached any queue; "" = only those who had are called automatically"""
    automatic_minutes: float = 1.0
    """nobody is called automatically sooner than this: he may be dialling us again"""
    hours: tuple[tuple[Interval, ...], ...] = ()
    """when people may be called, in the project's time zone: seven days, Monday first, [start, end) in minutes since
    midnight; () = at any hour"""
    holiday_hours: tuple[Interval, ...] = ()
    """instead of ``hours`` on the holidays of the project's calendar"""
    lease_minutes: float = 10.0
    """who takes a debt keeps other agents from this person for so long"""
