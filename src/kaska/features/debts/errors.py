"""Refusals of the debt book."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class DebtNotFound(ProductError):
    """Also for debts of another tenant."""

    status = 404
    code = "debt_not_found"
    texts: ClassVar[dict[str, str]] = {"ru": "Такого долга нет.", "en": "There is no such debt."}


class DebtAlreadyClosed(ProductError):
    status = 409
    code = "debt_closed"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот долг уже закрыт. Обновите список.",
        "en": "This debt is already closed. Reload the list.",
    }


class NowhereToCall(ProductError):
    status = 409
    code = "no_number"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Номер клиента скрыт: перезвонить некуда. Послушайте сообщение или спишите долг с причиной.",
        "en": "The number was withheld: nowhere to call. Listen to the message, or write the debt off with a reason.",
    }
