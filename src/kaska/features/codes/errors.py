"""Why a table of codes is not kept."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class CodesConfused(ProductError):
    """``one`` and ``other`` are codes."""

    status = 422
    code = "codes_confused"
    texts: ClassVar[dict[str, str]] = {
        "ru": "При наборе {one} и {other} не различить: измените один из этих кодов.",
        "en": "{one} and {other} cannot be told apart when they are dialled: change one of them.",
    }
