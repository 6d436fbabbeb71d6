"""Refusals of supervision."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class WrongPeriod(ProductError):
    status = 400
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Начало должно быть раньше конца, а период — не больше недели.",
        "en": "The beginning must come before the end, and the period is a week at most.",
    }
