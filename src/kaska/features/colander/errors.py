"""Refusals of the colander."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class WrongPeriod(ProductError):
    status = 400
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Выберите период от одной минуты до {days} дней: начало раньше конца.",
        "en": "Choose a period of a minute up to {days} days: the beginning before the end.",
    }
