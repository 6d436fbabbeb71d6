"""Refusals of webhooks."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NotAnAddress(ProductError):
    status = 400
    code = "not_an_address"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Адрес вебхука должен начинаться с https:// или http:// и не содержать имени и пароля.",
        "en": "A webhook's address begins with https:// or http:// and holds no name and password.",
    }


class UnknownProject(ProductError):
    status = 400
    code = "unknown_project"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Проекта «{project}» нет.",
        "en": "There is no project “{project}”.",
    }


class IsSwitchedOff(ProductError):
    status = 409
    code = "webhook_off"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Вебхук «{webhook}» выключен. Сначала включите его.",
        "en": "The webhook “{webhook}” is off. Switch it on first.",
    }
