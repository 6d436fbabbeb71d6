"""Refusals of keys."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class TooManyRequests(ProductError):
    status = 429
    code = "too_many_requests"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Ключ «{key}» исчерпал свой предел: {limit} запросов в минуту. Повторите через {seconds} с.",
        "en": "The key “{key}” used up its limit of {limit} requests a minute. Try again in {seconds} s.",
    }

    def __init__(self, key: str, limit: int, seconds: int) -> None:
        super().__init__(key=key, limit=limit, seconds=max(1, seconds))

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.details["seconds"])}


class NotForKeys(ProductError):
    status = 400
    code = "not_for_keys"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Это право ключам не даётся: {permission}. Его может иметь только человек.",
        "en": "No key is given this permission: {permission}. Only a person may have it.",
    }


class NoSuchScreen(ProductError):
    """One text for a link that never was, is over or was taken back."""

    status = 401
    code = "no_such_screen"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Эта ссылка для экрана больше не действует. Попросите у администратора новую.",
        "en": "This link for a screen is not valid any more. Ask the administrator for a new one.",
    }
