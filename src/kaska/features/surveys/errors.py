"""Refusals of the report of surveys."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class WrongSurveyPeriod(ProductError):
    status = 400
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Начало должно быть не позже конца, а период — не больше года.",
        "en": "The beginning must not come after the end, and the period is a year at most.",
    }
