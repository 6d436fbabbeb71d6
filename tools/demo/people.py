"""Invented customers: numbers nobody has, ordinary names, and what hostile or odd lines say."""

from __future__ import annotations

import random
from dataclasses import dataclass

NAMES = (
    "Алёна Крыжовникова",
    "Тимофей Заозёрный",
    "Марфа Полынина",
    "Савелий Дубравин",
    "Ульяна Снегирёва",
    "Прохор Ключевой",
    "Иван-да-Марья",
    "",
    "",
)
STRANGE_NAMES = (
    'Робин "Таблицы" О\'Нил',
    "'; DROP TABLE contacts; --",
    "<script>alert(1)</script>",
    "<b>Жирный</b> & <i>наклонный</i>",
    "1&PJSIP/demo-303",
    '=HYPERLINK("http://127.0.0.9/","счёт")',
    "${SHELL(id)}",
    "😀 Ёж \u202eхитрый",
    "а" * 200,
)
STRANGE_NUMBERS = (
    "<b>79000000001</b>",
    "'--",
    "1&PJSIP/2",
    "303",
    "${CALLERID(num)}",
    "00000000000000000000000000",
    "s",
)


@dataclass(frozen=True, slots=True)
class Person:
    """``number`` "" hides it."""

    number: str
    name: str

    @property
    def hidden(self) -> bool:
        return not self.number


def somebody() -> Person:
    """Mostly ordinary; every eighth has something that a careless program would stumble over."""
    chance = random.random()
    number = f"+7900000{random.randrange(10_000):04}"
    if chance < 0.05:
        return Person("", "")
    if chance < 0.09:
        return Person(number, random.choice(STRANGE_NAMES))
    if chance < 0.12:
        return Person(random.choice(STRANGE_NUMBERS), random.choice(STRANGE_NAMES))
    return Person(number, random.choice(NAMES))
