"""The critical situations of a period: each one, and sums by rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kaska.features.alerts.schemas import Situation, SituationSums


@dataclass(slots=True)
class _Sums:
    name: str = ""
    figure: str = ""
    situations: int = 0
    lasting: int = 0
    lasted: float = 0.0
    longest: float = 0.0
    taken: int = 0
    until_taken: float = 0.0
    done: int = 0

    def add(self, one: Situation, now: datetime) -> None:
        lasted = lasted_seconds(one, now)
        self.situations += 1
        self.lasting += one.until is None
        self.lasted += lasted
        self.longest = max(self.longest, lasted)
        self.done += one.done != ""
        if (wait := taken_after_seconds(one)) is not None:
            self.taken += 1
            self.until_taken += wait

    def told(self, rule: str) -> SituationSums:
        return SituationSums(
            rule=rule,
            name=self.name,
            figure=self.figure,
            situations=self.situations,
            lasting=self.lasting,
            lasted_s=self.lasted,
            mean_s=self.lasted / self.situations if self.situations else None,
            longest_s=self.longest if self.situations else None,
            taken=self.taken,
            taken_after_s=self.until_taken / self.taken if self.taken else None,
            done=self.done,
        )


def lasted_seconds(one: Situation, now: datetime) -> float:
    """One that lasts has lasted until ``now``."""
    return max(0.0, ((one.until or now) - one.since).total_seconds())


def taken_after_seconds(one: Situation) -> float | None:
    """How long nobody was on it; None when nobody ever was."""
    return None if one.taken_at is None else max(0.0, (one.taken_at - one.since).total_seconds())


def summed(situations: Sequence[Situation], now: datetime) -> tuple[list[SituationSums], SituationSums]:
    """By rule, the one with the most situations first, under the name it had last; and all together.

    ``situations``: the newest first.
    """
    rules: dict[str, _Sums] = {}
    total = _Sums()
    for one in situations:
        sums = rules.setdefault(one.rule, _Sums(one.name, one.figure))
        sums.add(one, now)
        total.add(one, now)
    ordered = sorted(rules.items(), key=lambda pair: (-pair[1].situations, pair[1].name, pair[0]))
    return [sums.told(rule) for rule, sums in ordered], total.told("")


def named(rows: Sequence[Mapping[Any, Any]], names: Mapping[str, str]) -> list[Situation]:
    """Rows of the table with the names of who was on them."""
    people = ("taken_by", "done_by")
    return [
        Situation.model_validate({**row, **{f"{who}_name": names.get(row[who], row[who]) for who in people}})
        for row in rows
    ]
