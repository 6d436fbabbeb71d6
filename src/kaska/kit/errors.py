"""Errors that a person reads: each has a status, a stable code and its text in Russian and English."""

from __future__ import annotations

from typing import Any, ClassVar

LANGUAGES = ("ru", "en")
DEFAULT_LANGUAGE = "ru"


class ProductError(Exception):
    """Something the product refuses to do. Subclasses live in the ``errors.py`` of each feature.

    ``texts`` maps each of LANGUAGES to a text with ``{names}`` of ``details``; it says what to do next.
    ``fields`` names the inputs at fault (dotted path → text), for forms.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    texts: ClassVar[dict[str, str]] = {"ru": "Так сделать нельзя.", "en": "This cannot be done."}

    def __init__(self, *, fields: dict[str, str] | None = None, **details: Any) -> None:
        super().__init__(self.code, details)
        self.fields = fields
        self.details = details

    def message(self, language: str) -> str:
        # only our own template is a format string; what people typed is inserted as data
        return self.texts.get(language, self.texts[DEFAULT_LANGUAGE]).format(**self.details)

    def field_texts(self, language: str) -> dict[str, str] | None:
        return self.fields

    def headers(self) -> dict[str, str]:
        return {}


class NotFound(ProductError):
    """Also the answer for what belongs to another tenant: its existence is not disclosed."""

    status = 404
    code = "not_found"
    texts: ClassVar[dict[str, str]] = {"ru": "Не найдено.", "en": "Not found."}


class Invalid(ProductError):
    """A well-formed request whose values do not make sense together; ``fields`` says which."""

    status = 400
    code = "invalid"
    texts: ClassVar[dict[str, str]] = {"ru": "Проверьте выделенные поля.", "en": "Check the marked fields."}


class ChangedMeanwhile(ProductError):
    """Somebody else saved after the person who saves now had begun; nothing was changed."""

    status = 409
    code = "changed_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Пока вы правили, это сохранено другим: {who}. Ваши правки на месте: сравните и решите, что оставить.",
        "en": "While you were editing, somebody else saved this: {who}. Your edits are kept: compare and decide.",
    }


class GoneMeanwhile(ProductError):
    status = 409
    code = "gone_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Пока вы правили, это удалено: {who}. Ваши правки на месте: сохраните ещё раз, чтобы создать заново.",
        "en": "While you were editing, this was deleted: {who}. Your edits are kept: save again to make it anew.",
    }


class NameTaken(ProductError):
    status = 409
    code = "name_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "«{name}» уже есть. Выберите другое имя.",
        "en": "“{name}” is there already. Choose another name.",
    }


class DatabaseAway(ProductError):
    status = 503
    code = "database_away"
    texts: ClassVar[dict[str, str]] = {
        "ru": "База данных сейчас недоступна. Звонки продолжают работать; повторите через минуту.",
        "en": "The database is away. Calls go on; try again in a minute.",
    }

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "10"}
