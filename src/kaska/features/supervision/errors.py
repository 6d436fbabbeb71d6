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


class NoSuchAgent(ProductError):
    status = 404
    code = "no_such_agent"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого оператора нет и не было.",
        "en": "There is no such agent, and there never was.",
    }


class TooManyStates(ProductError):
    status = 400
    code = "too_many_states"
    texts: ClassVar[dict[str, str]] = {
        "ru": "За эти дни больше {most} состояний. Сократите период, выберите группу или возьмите CSV.",
        "en": "There are more than {most} states in these days. Shorten the period, choose a group or take CSV.",
    }
