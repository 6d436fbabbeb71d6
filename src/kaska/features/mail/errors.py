"""Refusals about mail."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class LetterNotSent(ProductError):
    """``problem`` is what the mail server, or the way to it, said."""

    status = 409
    code = "letter_not_sent"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Письмо не ушло: {problem}. Проверьте адрес сервера, порт, защиту, логин и пароль.",
        "en": "The letter was not sent: {problem}. Check the server's address, port, security, name and password.",
    }
