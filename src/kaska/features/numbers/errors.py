"""Refusals of numbers."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class TrunkNameTaken(ProductError):
    status = 409
    code = "trunk_name_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Транк с таким именем уже есть. Выберите другое имя.",
        "en": "There is a trunk of that name already. Choose another name.",
    }
