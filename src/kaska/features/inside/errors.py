"""Refusals of the list of calls among ourselves."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class WrongInsidePeriod(ProductError):
    status = 400
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Начало должно быть раньше конца, а период — не больше месяца.",
        "en": "The beginning must come before the end, and the period is a month at most.",
    }
