"""Why a door is not kept."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class DoorNameTaken(ProductError):
    status = 409
    code = "door_name_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такое имя двери уже занято. Выберите другое.",
        "en": "This name of a door is already taken. Choose another one.",
    }
