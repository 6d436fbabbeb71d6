"""Refusals of alerts."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class UnknownWebhook(ProductError):
    status = 400
    code = "unknown_webhook"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Вебхука «{webhook}» нет. Сначала добавьте его.",
        "en": "There is no webhook “{webhook}”. Add it first.",
    }


class UnknownProject(ProductError):
    status = 400
    code = "unknown_project"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Проекта «{project}» нет.",
        "en": "There is no project “{project}”.",
    }


class TakenAlready(ProductError):
    status = 409
    code = "taken_already"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этим уже занимается {name}.",
        "en": "{name} is on it already.",
    }


class NotAnAddress(ProductError):
    status = 400
    code = "not_an_address"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Адрес вебхука должен начинаться с https:// или http:// и не содержать имени и пароля.",
        "en": "A webhook's address begins with https:// or http:// and holds no name and password.",
    }


class WrongDays(ProductError):
    status = 400
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Первый день позже последнего, или между ними больше {most} дней. Поправьте период.",
        "en": "The first day is after the last, or more than {most} days lie between them. Change the period.",
    }


class TooManySituations(ProductError):
    status = 400
    code = "too_many_situations"
    texts: ClassVar[dict[str, str]] = {
        "ru": "За эти дни больше {most} ситуаций. Сократите период или выберите одно правило.",
        "en": "There are more than {most} situations in these days. Shorten the period or choose one rule.",
    }
