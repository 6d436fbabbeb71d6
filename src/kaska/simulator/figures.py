"""The figures of a period by the counting rules, each with its formula.

A = answered, B = abandoned (the short ones among them), a = answered within T, b = abandoned within T, s = short
abandoned. A contact belongs to the interval of its arrival; intervals are half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaska.core.contacts.outcomes import Outcome
from kaska.simulator.table import AgentTime, Table

FORMULAS = ("a/(A+B-s)", "(a+b)/(A+B)", "a/A", "a/(A+B)", "a/(A+B-b)", "(a+s)/(A+B)")
"""of the service level; the first is the default"""

_ABANDONED = frozenset({Outcome.LOST, Outcome.SHORT_ABANDONED})


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, seconds and shares (0 to 1) of the contacts that arrived within [start, end). None: nothing to tell from.

    ``offered`` reached a queue; ``elsewhere`` ended before one. ``lost`` has everybody whom nobody served and who left
    no message, wherever that was.
    """

    start: float
    end: float
    arrived: int
    offered: int
    elsewhere: int
    answered: int
    abandoned: int
    short_abandoned: int
    answered_in_time: int
    abandoned_in_time: int
    overflowed: int
    message_taken: int
    callback_promised: int
    lost: int
    speed_of_answer: float | None
    """mean wait of the answered, waits of zero included"""
    wait_half: float | None
    wait_90: float | None
    """seconds within which half and 90 % of the answered were answered"""
    handling: float | None
    """mean talk, hold and wrap-up of the answered"""
    occupancy: float | None
    """(talk + hold + wrap-up) ÷ signed-in time without breaks, of the agents within the interval"""

    @property
    def abandonment(self) -> float | None:
        """B/(A+B)"""
        return _share(self.abandoned, self.answered + self.abandoned)

    def service_level(self, formula: str = FORMULAS[0]) -> float | None:
        """A share of 0 to 1. Raises KeyError for a formula that is not one of FORMULAS."""
        a, b, s = self.answered_in_time, self.abandoned_in_time, self.short_abandoned
        ended = self.answered + self.abandoned
        top, bottom = {
            "a/(A+B-s)": (a, ended - s),
            "(a+b)/(A+B)": (a + b, ended),
            "a/A": (a, self.answered),
            "a/(A+B)": (a, ended),
            "a/(A+B-b)": (a, ended - b),
            "(a+s)/(A+B)": (a + s, ended),
        }[formula]
        return _share(top, bottom)


def figures(table: Table, start: float, end: float, target: float, queue: str = "") -> Figures:
    """Of [start, end), whole intervals of the table; of one queue's contacts when it is named.

    Occupancy is then still that of all agents, who may serve several queues.

    :param target: T, seconds
    """
    rows = [row for row in table.rows if start <= row.arrived_at < end and (not queue or row.queue == queue)]
    offered = [row for row in rows if row.queued_at]
    answered = [row for row in offered if row.answered_at and not row.promised]
    abandoned = [row for row in offered if row.outcome in _ABANDONED and not row.promised]
    waits = sorted(row.wait for row in answered)
    spent = _time_of(table, start, end)
    busy = sum(row.talk + row.wrap_up for row in answered)
    return Figures(
        start=start,
        end=end,
        arrived=len(rows),
        offered=len(offered),
        elsewhere=len(rows) - len(offered),
        answered=len(answered),
        abandoned=len(abandoned),
        short_abandoned=_count(row.outcome == Outcome.SHORT_ABANDONED for row in abandoned),
        answered_in_time=_count(wait <= target for wait in waits),
        abandoned_in_time=_count(row.wait <= target for row in abandoned),
        overflowed=_count(row.overflowed for row in offered),
        message_taken=_count(row.outcome == Outcome.MESSAGE_TAKEN for row in rows),
        callback_promised=_count(row.promised for row in rows),
        lost=_count(row.outcome in _ABANDONED for row in rows),
        speed_of_answer=sum(waits) / len(waits) if waits else None,
        wait_half=quantile(waits, 0.5),
        wait_90=quantile(waits, 0.9),
        handling=busy / len(answered) if answered else None,
        occupancy=(spent.talk + spent.wrap_up) / spent.staffed if spent.staffed else None,
    )


def by_interval(table: Table, start: float, end: float, target: float) -> list[Figures]:
    """One after another, the table's ``seconds`` long, the last one cut at ``end``; they add up to the whole."""
    found = []
    while start < end:
        until = min(start + table.seconds, end)
        found.append(figures(table, start, until, target))
        start = until
    return found


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The least value that ``share`` of all do not exceed; None of nothing."""
    if not ordered:
        return None
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _time_of(table: Table, start: float, end: float) -> AgentTime:
    whole = AgentTime()
    first, last = int((start - table.start) // table.seconds), -int(-(end - table.start) // table.seconds)
    for interval in range(first, last):
        spent = table.agent_time.get(interval, AgentTime())
        whole.talk += spent.talk
        whole.wrap_up += spent.wrap_up
        whole.staffed += spent.staffed
    return whole


def _count(of: Iterable[bool]) -> int:
    return sum(of)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
