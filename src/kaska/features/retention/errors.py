"""Why a hold is not put, or not lifted."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class DeletedAlready(ProductError):
    status = 409
    code = "recording_deleted_already"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Записи этого обращения уже нет: удерживать нечего.",
        "en": "The recording of this contact is gone already: there is nothing to hold.",
    }


class HoldEndsBefore(ProductError):
    status = 400
    code = "hold_ends_before"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот срок уже прошёл. Укажите день в будущем или оставьте без срока.",
        "en": "That day is over. Give one to come, or leave the hold without an end.",
    }


class LiftedAlready(ProductError):
    status = 409
    code = "hold_lifted_already"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот запрет уже снят.",
        "en": "This hold is lifted already.",
    }
