"""Refusals about sources."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class SourceMalformed(ProductError):
    """``problem`` names the place."""

    status = 400
    code = "source_malformed"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Источник данных описан неверно: {problem}.",
        "en": "The source is not described rightly: {problem}.",
    }
