"""Refusals of the journal."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class ContactNotFound(ProductError):
    """Also for contacts of another tenant."""

    status = 404
    code = "contact_not_found"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого обращения в журнале нет.",
        "en": "The journal has no such contact.",
    }


class NotYourContact(ProductError):
    status = 403
    code = "not_your_contact"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Это обращение вёл другой оператор. Попросите супервизора.",
        "en": "Another agent handled this contact. Ask a supervisor.",
    }


class WrongCursor(ProductError):
    status = 400
    code = "wrong_cursor"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Продолжение списка устарело. Откройте список сначала.",
        "en": "This continuation of the list is not valid. Open the list from its beginning.",
    }


class UnknownTimezone(ProductError):
    status = 400
    code = "unknown_timezone"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Часовой пояс «{timezone}» неизвестен. Пример правильного: Europe/Moscow.",
        "en": "The time zone “{timezone}” is unknown. A right one looks like Europe/Moscow.",
    }
