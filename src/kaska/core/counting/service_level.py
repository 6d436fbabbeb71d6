"""Service level in every formula in use. A figure without its formula is a rumour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """What the formulas are made of, in contacts. "Within" counts a wait equal to the target or limit.

    ``lost`` holds every contact that was offered and not answered, the short ones too, so that
    ``answered + lost`` is what was offered.
    """

    answered: int
    lost: int
    answered_within: int
    """answered within the target time"""
    lost_within: int
    """hung up within the target time"""
    lost_short: int
    """hung up within the short limit (5 s by default)"""


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """Shares from 0 to 1, each None when there is nothing to divide by.

    With A answered, B lost, and within the target a of A and b of B, s lost within the short limit.
    """

    answered: float | None
    """a / A: of those who were answered"""
    offered: float | None
    """a / (A + B): of all who were offered; what a caller sees"""
    early_abandons_good: float | None
    """(a + b) / (A + B): who left early counts as served"""
    early_abandons_excluded: float | None
    """a / (A + B - b): who left early is not counted"""
    short_abandons_good: float | None
    """(a + s) / (A + B): who hung up at once counts as served"""
    short_abandons_excluded: float | None
    """a / (A + B - s): who hung up at once is not counted; the default"""


def service_levels(counted: Counted) -> ServiceLevels:
    within, offered = counted.answered_within, counted.answered + counted.lost
    return ServiceLevels(
        answered=share(within, counted.answered),
        offered=share(within, offered),
        early_abandons_good=share(within + counted.lost_within, offered),
        early_abandons_excluded=share(within, offered - counted.lost_within),
        short_abandons_good=share(within + counted.lost_short, offered),
        short_abandons_excluded=share(within, offered - counted.lost_short),
    )


def share(part: float, whole: float) -> float | None:
    """``part / whole``; None when the whole is nothing."""
    return part / whole if whole > 0 else None
