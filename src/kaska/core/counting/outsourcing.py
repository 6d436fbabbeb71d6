"""In-house or outsourced: what a month of answering costs either way, with every assumption in the open.

Money is in any one currency, a month has 30.4 days. How many agents are needed is Erlang's formula for two kinds of
hours, busy and quiet; an outsourcer pools the calls of many clients, so it charges for work, not for presence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kaska.core.counting.erlang import agents_needed

WEEKS = 30.4 / 7
"""in a month"""
LOWEST, HIGHEST = 10.0, 1000.0
"""the volumes among which the two ways are compared: contacts a month, erlangs"""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Shares are 0 to 1, times seconds unless said, money a month unless said."""

    contacts: float = 6000.0
    """a month"""
    handling_s: float = 240.0
    """talk with hold and wrap-up"""
    talk_s: float = 180.0
    patience_s: float = 90.0
    target_s: float = 20.0
    service_level: float = 0.8
    open_hours: float = 72.0
    """a week"""
    busy_hours: float = 0.25
    """share of the open hours that is busy"""
    busy_contacts: float = 0.45
    """share of the contacts that come in busy hours"""
    salary: float = 60_000.0
    """of one agent, before tax"""
    contributions: float = 0.302
    """the employer's, on top of the salary"""
    paid_hours: float = 164.0
    """of one person a month"""
    absence: float = 0.13
    """share of the paid hours: holidays and sickness"""
    shrinkage: float = 0.15
    """share of the present hours: breaks, training, meetings"""
    agents_per_supervisor: float = 12.0
    supervisor_salary: float = 95_000.0
    seat: float = 12_000.0
    """a month: room, computer, headset, licences"""
    turnover: float = 0.4
    """share of the people who leave in a year"""
    hire: float = 40_000.0
    """finding and training one person"""
    minute_line: float = 0.7
    """of the telephone line, a minute"""
    minute_outsourced: float = 26.0
    """what the outsourcer takes a minute of talk, lines and people included"""
    contact_outsourced: float = 0.0
    """what it takes a contact, instead or besides"""
    fee_outsourced: float = 20_000.0
    coordination: float = 0.25
    """share of one supervisor's time that it takes to look after the outsourcer"""
    lost_inhouse: float = 0.08
    """share of the contacts that is lost"""
    lost_outsourced: float = 0.05
    price_per_lost: float = 300.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Money a month by what it goes for, in the order in which to show it."""

    parts: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """``people``: on the payroll; ``break_even``: contacts a month above which in-house is cheaper, None = never."""

    busy_agents: int
    quiet_agents: int
    people: float
    inhouse: Costs
    outsourced: Costs
    break_even: float | None


def compare(given: Assumptions) -> Comparison:
    """Raises nothing for shares within 0 to 1, positive times and hours and money from 0 on."""
    busy, quiet, people, inhouse = _inhouse(given)
    return Comparison(busy, quiet, people, inhouse, _outsourced(given), _break_even(given))


def _inhouse(given: Assumptions) -> tuple[int, int, float, Costs]:
    hours = given.open_hours * WEEKS
    busy_hours = hours * given.busy_hours
    busy = _agents(given, given.contacts * given.busy_contacts, busy_hours)
    quiet = _agents(given, given.contacts * (1 - given.busy_contacts), hours - busy_hours)
    present = busy * busy_hours + quiet * (hours - busy_hours)
    useful = given.paid_hours * (1 - given.absence) * (1 - given.shrinkage)
    people = present / useful if useful > 0 else 0.0
    supervisors = people / given.agents_per_supervisor
    on_top = 1 + given.contributions
    return busy, quiet, people, Costs({
        "salaries": people * given.salary * on_top,
        "supervisors": supervisors * given.supervisor_salary * on_top,
        "seats": max(busy, quiet) * given.seat,
        "hiring": people * given.turnover / 12 * given.hire,
        "lines": given.contacts * (1 - given.lost_inhouse) * given.talk_s / 60 * given.minute_line,
        "losses": given.contacts * given.lost_inhouse * given.price_per_lost,
    })  # fmt: skip


def _agents(given: Assumptions, contacts: float, hours: float) -> int:
    """Who is open has at least one person there."""
    if hours <= 0:
        return 0
    load = contacts / hours / 3600 * given.handling_s
    return max(1, agents_needed(load, given.handling_s, given.service_level, given.target_s, given.patience_s))


def _outsourced(given: Assumptions) -> Costs:
    served = given.contacts * (1 - given.lost_outsourced)
    return Costs({
        "minutes": served * given.talk_s / 60 * given.minute_outsourced,
        "contacts": served * given.contact_outsourced,
        "fee": given.fee_outsourced,
        "coordination": given.coordination * given.supervisor_salary * (1 + given.contributions),
        "losses": given.contacts * given.lost_outsourced * given.price_per_lost,
    })  # fmt: skip


def _break_even(given: Assumptions) -> float | None:
    """Where the two lines cross for good, to about a tenth; the steps of whole agents make them cross often."""
    volume, cheaper = HIGHEST / max(load_of(given) / given.contacts, 1e-9), None
    while volume >= LOWEST:
        there = replace(given, contacts=volume)
        if _inhouse(there)[3].total >= _outsourced(there).total:
            return cheaper
        cheaper, volume = volume, volume / 1.1
    return cheaper


def load_of(given: Assumptions) -> float:
    """The work of the busier kind of hours, in erlangs."""
    hours = given.open_hours * WEEKS
    kinds = ((given.busy_contacts, given.busy_hours), (1 - given.busy_contacts, 1 - given.busy_hours))
    loads = [given.contacts * contacts / (hours * part) for contacts, part in kinds if hours * part > 0]
    return max(loads, default=0.0) / 3600 * given.handling_s
