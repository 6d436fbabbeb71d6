"""What letters refuse."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NobodysDay(ProductError):
    code = "nobodys_day"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Выберите оператора, чей день описывает письмо.",
        "en": "Choose the agent whose day the letter is about.",
    }
