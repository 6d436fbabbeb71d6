"""Conditions of a scenario: small expressions over named fields, each of which can say itself in words.

A field is looked up by name; one that is not known is "". Names: ``caller``, ``customer``, ``number`` (dialled),
``channel``, ``project``, ``digits``, ``hour`` (0…23), ``weekday`` (1 = Monday), ``date`` (2026-12-31),
``time`` (09:30), ``mode``, ``owed`` (how many contacts we owe this person), and every variable, answer and lookup
result by its own name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Look = Callable[[str], str]
"""field → its value as text, "" when it is not known"""


@dataclass(frozen=True, slots=True)
class Equals:
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class OneOf:
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartsWith:
    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Between:
    """``least`` ≤ field ≤ ``most``: as numbers where all three are numbers, else as text (dates, times)."""

    field: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class MatchesNumber:
    """A telephone number by its pattern: a digit stands for itself, ``X`` for any digit, a last ``.`` for one or more
    of anything. A leading "+" makes no difference on either side."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Condition, ...]


Condition = Equals | OneOf | StartsWith | Between | MatchesNumber | Not | AllOf | AnyOf


def holds(condition: Condition, look: Look) -> bool:
    """Whether it is so now. An empty AllOf holds, an empty AnyOf does not."""
    match condition:
        case Equals(field, value):
            return look(field) == value
        case OneOf(field, values):
            return look(field) in values
        case StartsWith(field, prefix):
            return look(field).startswith(prefix)
        case Between(field, least, most):
            return _between(look(field), least, most)
        case MatchesNumber(field, pattern):
            return _matches(look(field).removeprefix("+"), pattern.removeprefix("+"))
        case Not(inner):
            return not holds(inner, look)
        case AllOf(several):
            return all(holds(one, look) for one in several)
        case AnyOf(several):
            return any(holds(one, look) for one in several)


def _between(value: str, least: str, most: str) -> bool:
    if not value:
        return False
    try:
        return float(least) <= float(value) <= float(most)
    except ValueError:
        return least <= value <= most


def _matches(number: str, pattern: str) -> bool:
    rest = pattern.endswith(".")
    head = pattern[:-1] if rest else pattern
    if len(number) <= len(head) if rest else len(number) != len(head):
        return False
    # not isdigit(): that accepts digits no telephone has
    return all(d in "0123456789" if p == "X" else d == p for d, p in zip(number, head, strict=False))


def fields_of(condition: Condition) -> tuple[str, ...]:
    """Every field that it asks for, in order of appearance."""
    match condition:
        case Not(inner):
            return fields_of(inner)
        case AllOf(several) | AnyOf(several):
            return tuple(dict.fromkeys(name for one in several for name in fields_of(one)))
        case _:
            return (condition.field,)


FIELD_NAMES: dict[str, tuple[str, str]] = {
    "caller": ("номер звонящего", "the caller’s number"),
    "customer": ("номер клиента", "the customer’s number"),
    "number": ("набранный номер", "the dialled number"),
    "channel": ("канал", "the channel"),
    "project": ("проект", "the project"),
    "digits": ("нажатые клавиши", "the digits pressed"),
    "hour": ("час", "the hour"),
    "weekday": ("день недели", "the weekday"),
    "date": ("дата", "the date"),
    "time": ("время", "the time"),
    "mode": ("режим работы", "the mode"),
    "owed": ("число долгов перед клиентом", "the number of debts to the customer"),
}
"""the fields that every contact has: name → (Russian, English)"""


def describe(condition: Condition, language: str = "ru") -> str:
    """In words, "ru" or "en": «час от 9 до 17 и набранный номер — +74950000101»."""
    english = language == "en"

    def name(field: str) -> str:
        return FIELD_NAMES.get(field, (f"«{field}»", f"“{field}”"))[english]

    def joined(several: tuple[Condition, ...], word: str, empty: str) -> str:
        parts = [describe(one, language) for one in several]
        nested = [f"({p})" if isinstance(one, AllOf | AnyOf) else p for one, p in zip(several, parts, strict=True)]
        return word.join(nested) or empty

    match condition:
        case Equals(field, value):
            return f"{name(field)} {'is' if english else '—'} {value}"
        case OneOf(field, values):
            return f"{name(field)} {'is one of' if english else '— одно из'}: {', '.join(values)}"
        case StartsWith(field, prefix):
            return f"{name(field)} {'begins with' if english else 'начинается с'} {prefix}"
        case Between(field, least, most):
            return f"{name(field)} {'from' if english else 'от'} {least} {'to' if english else 'до'} {most}"
        case MatchesNumber(field, pattern):
            return f"{name(field)} {'matches' if english else 'подходит под'} {pattern}"
        case Not(inner):
            return f"{'not' if english else 'не'} ({describe(inner, language)})"
        case AllOf(several):
            return joined(several, " and " if english else " и ", "always" if english else "всегда")
        case AnyOf(several):
            return joined(several, " or " if english else " или ", "never" if english else "никогда")
