"""Refusals of editing scenarios."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class EditedMeanwhile(ProductError):
    """Somebody stored another draft since this one was read; nothing was changed."""

    status = 409
    code = "edited_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Пока вы работали, сценарий изменил кто-то ещё ({by}). Возьмите его правки или сохраните свои поверх.",
        "en": "While you worked, another editor ({by}) changed the scenario. Take that version, or keep yours over it.",
    }
