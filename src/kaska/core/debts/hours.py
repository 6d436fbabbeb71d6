"""When a debt is due, and when its person may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaska.core.calendar import due_after_open_minutes, is_open, next_opening
from kaska.core.configuration import Calendar, Configuration
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts.rules import DebtRules

if TYPE_CHECKING:
    from kaska.core.debts.debt import Debt

DEFAULT_DEBT_MINUTES = 20
NO_RULES = DebtRules()
DAY = 86_400.0


def rules_of(configuration: Configuration, project: str) -> DebtRules:
    found = configuration.projects.get(project)
    return found.debts if found is not None else NO_RULES


def due_at(configuration: Configuration, project: str, at: float, cause: str, priority: int) -> float:
    """When a debt made at ``at`` is due: so many open minutes of the project later."""
    found = configuration.projects.get(project)
    minutes = found.debt_minutes if found is not None else DEFAULT_DEBT_MINUTES
    for rule in found.debts.deadlines if found is not None else ():
        if (not rule.causes or cause in rule.causes) and (rule.priority is None or priority >= rule.priority):
            minutes = rule.minutes
            break
    calendar = configuration.calendars.get(found.calendar) if found is not None else None
    if calendar is None:
        return at + minutes * 60.0
    return due_after_open_minutes(calendar, at, minutes)


def may_call(configuration: Configuration, project: str, at: float) -> bool:
    """Whether a person whom ``project`` owes may be called at ``at``."""
    hours = _hours(configuration, project)
    return hours is None or is_open(hours, at)


def first_lawful(configuration: Configuration, project: str, at: float) -> float:
    """The first moment from ``at`` on when the person may be called; a day later when no such hour is in sight."""
    hours = _hours(configuration, project)
    if hours is None or is_open(hours, at):
        return at
    opening = next_opening(hours, at)
    return opening if opening is not None else at + DAY


def _hours(configuration: Configuration, project: str) -> Calendar | None:
    """The hours for calls as a calendar; None = at any hour."""
    rules = rules_of(configuration, project)
    if not rules.hours:
        return None
    calendar = configuration.calendars.get(configuration.projects[project].calendar)
    holidays = calendar.holidays if calendar is not None else ()
    timezone = calendar.timezone if calendar is not None else "UTC"
    return Calendar("debts", timezone, rules.hours, dict.fromkeys(holidays, rules.holiday_hours))


def dialling_queue(configuration: Configuration, debt: Debt) -> str:
    """The queue whose agents call this person automatically; "" = nobody does."""
    rules = rules_of(configuration, debt.project)
    if not (rules.automatic and debt.customer):
        return ""
    kind, _, named = debt.owner.partition(":")
    for queue in (named if kind == "queue" else "", debt.queue, rules.automatic_queue):
        if queue in configuration.queues:
            return queue
    return ""


def wakes_at(configuration: Configuration, debt: Debt) -> float:
    """When something must be decided for an open debt: may it be called, is it the supervisor's now; 0.0 = never."""
    rules = rules_of(configuration, debt.project)
    wake = debt.due_at + rules.escalate_minutes * 60.0 if rules.escalates and not debt.escalated_at else 0.0
    by_itself = debt.cause != EndCause.FAX and dialling_queue(configuration, debt)  # it would ring at a fax machine
    if not debt.ready and by_itself and (not wake or debt.next_at < wake):
        wake = debt.next_at
    return wake
