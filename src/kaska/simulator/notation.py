"""Reading a JSON document field by field; what is wrong is told with its place, in Russian and English."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

TEXTS: dict[str, tuple[str, str]] = {
    "not_json": ("не разбирается как JSON: {detail}", "is not JSON: {detail}"),
    "missing": ("поля нет, а оно нужно", "is missing"),
    "unknown": ("неизвестное поле; есть: {known}", "is not a known field; there are: {known}"),
    "expected": ("ожидается {ru}, здесь {found}", "should be {en}, is {found}"),
    "range": ("должно быть от {least:g} до {most:g}", "should be from {least:g} to {most:g}"),
    "empty": ("не может быть пустым", "cannot be empty"),
    "order": ("должно быть позже, чем {than}", "should be later than {than}"),
    "no_such": ("такого нет: {name}; есть: {known}", "there is no {name}; there are: {known}"),
    "outside": (
        "перерывы должны идти по порядку и внутри смены",
        "breaks should be in order and within the shift",
    ),
    "twice": ("уже есть: {name}", "stands there twice: {name}"),
}
KINDS: dict[str, tuple[str, str]] = {
    "object": ("объект", "an object"),
    "list": ("список", "a list"),
    "text": ("строка", "text"),
    "number": ("число", "a number"),
    "whole": ("целое число", "a whole number"),
    "moment": ("время вида 09:30 или 09:30:15, до 24:00", "a time like 09:30 or 09:30:15, up to 24:00"),
    "day": ("дата вида 2026-10-06", "a date like 2026-10-06"),
    "timezone": ("часовой пояс вида Europe/Moscow", "a time zone like Europe/Moscow"),
    "duration_ending": ("длительность, которая кончается", "a duration that ends"),
    "duration": (
        'секунды, "never" или одно из {"exponential": …}, {"lognormal": …}, {"measured": […]}',
        'seconds, "never" or one of {"exponential": …}, {"lognormal": …}, {"measured": […]}',
    ),
}


class DescriptionProblem(ValueError):
    """The document cannot be simulated. ``place`` is like ``agents[2].shifts[0].to``, "" for the whole of it."""

    def __init__(self, place: str, code: str, **details: Any) -> None:
        super().__init__(place, code, details)
        self.place = place
        self.code = code
        self._details = details

    def message(self, language: str) -> str:
        """In "ru" or "en"."""
        said = TEXTS[self.code][language != "ru"].format(**self._details)
        return f"{self.place}: {said}" if self.place else said

    def __str__(self) -> str:
        return self.message("en")


class Field:
    """A value and where it stands. Every method raises DescriptionProblem when the value is of another shape."""

    def __init__(self, value: Any, place: str = "") -> None:
        self.value = value
        self.place = place

    def problem(self, code: str, **details: Any) -> DescriptionProblem:
        return DescriptionProblem(self.place, code, **details)

    def expected(self, kind: str) -> DescriptionProblem:
        ru, en = KINDS[kind]
        return self.problem("expected", ru=ru, en=en, found=json.dumps(self.value, ensure_ascii=False)[:60])

    def fields(self, *known: str) -> Fields:
        """An object that has no other fields than ``known``; without any, whatever its fields."""
        if not isinstance(self.value, dict):
            raise self.expected("object")
        found = Fields(self.value, self.place)
        for name in self.value:
            if known and name not in known:
                raise found.at(name).problem("unknown", known=", ".join(known))
        return found

    def items(self) -> Iterator[Field]:
        if not isinstance(self.value, list):
            raise self.expected("list")
        return (Field(value, f"{self.place}[{index}]") for index, value in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.expected("text")
        if not self.value:
            raise self.problem("empty")
        return self.value

    def number(self, least: float = 0.0, most: float = 1e6) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.expected("number")
        if not (math.isfinite(self.value) and least <= self.value <= most):
            raise self.problem("range", least=least, most=most)
        return float(self.value)

    def whole(self, least: int = 0, most: int = 100_000) -> int:
        found = self.number(least, most)
        if not found.is_integer():
            raise self.expected("whole")
        return int(found)


class Fields:
    """The fields of an object."""

    def __init__(self, value: dict[str, Any], place: str) -> None:
        self._value = value
        self._place = place

    def __iter__(self) -> Iterator[tuple[str, Field]]:
        return ((name, self.at(name)) for name in self._value)

    def at(self, name: str) -> Field:
        return Field(self._value.get(name), f"{self._place}.{name}" if self._place else name)

    def optional(self, name: str) -> Field | None:
        return self.at(name) if name in self._value else None

    def required(self, name: str) -> Field:
        if name not in self._value:
            raise self.at(name).problem("missing")
        return self.at(name)

    def number(self, name: str, otherwise: float, least: float = 0.0, most: float = 1e6) -> float:
        found = self.optional(name)
        return found.number(least, most) if found is not None else otherwise
