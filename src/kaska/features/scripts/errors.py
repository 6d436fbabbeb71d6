"""Refusals of scripts."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class ScriptChangedMeanwhile(ProductError):
    status = 409
    code = "script_changed_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Скрипт тем временем изменил кто-то другой. Скопируйте своё, обновите страницу и внесите снова.",
        "en": "Somebody else has changed the script in the meantime. Copy what is yours, reload and put it in again.",
    }


class ScriptNotReady(ProductError):
    """``first``: the first problem in words; ``fields`` has one per step."""

    status = 400
    code = "script_not_ready"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Опубликовать нельзя. {first}",
        "en": "This cannot be published. {first}",
    }


class WrongWalk(ProductError):
    status = 400
    code = "wrong_walk"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этого пути в скрипте нет. Обновите страницу: скрипт откроется с начала.",
        "en": "The script has no such way. Reload the page: the script opens at its beginning.",
    }


class CardFieldRefused(ProductError):
    status = 400
    code = "card_field_refused"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Карточка клиента не приняла заполненное: проверьте поля скрипта.",
        "en": "The customer's card did not take what was filled in: check the script's fields.",
    }
