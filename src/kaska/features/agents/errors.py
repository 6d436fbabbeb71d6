"""Refusals of agents."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class ExtensionTaken(ProductError):
    status = 409
    code = "extension_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Внутренний номер {extension} уже занят.",
        "en": "Extension {extension} is already taken.",
    }


class NotAnAgent(ProductError):
    status = 404
    code = "not_an_agent"
    texts: ClassVar[dict[str, str]] = {
        "ru": "У этого сотрудника нет рабочего места оператора: администратор может его создать.",
        "en": "This person has no agent's workplace: an administrator can make one.",
    }
