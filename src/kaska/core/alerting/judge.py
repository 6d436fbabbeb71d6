"""When a figure out of its limits becomes a critical situation, and when that is over.

A figure must be out for ``hold`` seconds in a row, and then back inside by ``margin`` for ``hold`` seconds in a row:
so what trembles around the limit is one situation, not many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Rule:
    """``above``: critical when above ``limit``; else when below. ``window``, ``hold``: seconds."""

    id: str
    figure: str
    project: str = ""
    above: bool = True
    limit: float = 0.0
    margin: float = 0.0
    window: float = 3600.0
    hold: float = 30.0
    quiet: tuple[tuple[int, int], ...] = ()
    """half-open parts of the day, in minutes, in which nobody is sent anything; from > to goes over midnight"""

    def is_out(self, value: float) -> bool:
        return value > self.limit if self.above else value < self.limit

    def is_back(self, value: float) -> bool:
        return value <= self.limit - self.margin if self.above else value >= self.limit + self.margin

    def is_worse(self, value: float, than: float) -> bool:
        return value > than if self.above else value < than

    def is_quiet(self, minute: int) -> bool:
        """``minute`` of the day, local."""
        return any(
            start <= minute < end if start <= end else minute >= start or minute < end for start, end in self.quiet
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a rule stands. ``turning_since``: since when the figure has been on the other side; 0.0 = it is not."""

    raised: bool = False
    since: float = 0.0
    turning_since: float = 0.0
    worst: float = 0.0


RAISED, CLEARED, NOTHING = "raised", "cleared", ""


def step(rule: Rule, standing: Standing, value: float | None, at: float) -> tuple[Standing, str]:
    """The standing after the figure was looked at, and RAISED, CLEARED or NOTHING. None is back inside: there is
    nothing to measure, so there is nothing critical."""
    turning = value is None or rule.is_back(value) if standing.raised else value is not None and rule.is_out(value)
    worst = standing.worst
    if value is not None and (standing.raised or turning):
        begins = not standing.raised and not standing.turning_since
        worst = value if begins or rule.is_worse(value, worst) else worst
    if not turning:
        return replace(standing, turning_since=0.0, worst=worst), NOTHING
    since = standing.turning_since or at
    if at - since < rule.hold:
        return replace(standing, turning_since=since, worst=worst), NOTHING
    if standing.raised:
        return Standing(), CLEARED
    return Standing(raised=True, since=since, worst=worst), RAISED
