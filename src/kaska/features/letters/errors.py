"""What letters refuse."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NoAddress(ProductError):
    code = "no_address"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Укажите адрес почты или выберите, что письмо идёт каждому.",
        "en": "Give an e-mail address, or choose that the letter goes to each one.",
    }


class NobodysDay(ProductError):
    code = "nobodys_day"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Выберите оператора, чей день описывает письмо.",
        "en": "Choose the agent whose day the letter is about.",
    }
