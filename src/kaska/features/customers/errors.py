"""Refusals of the customers' cards."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class CustomerNotFound(ProductError):
    """Also for cards of another tenant."""

    status = 404
    code = "customer_not_found"
    texts: ClassVar[dict[str, str]] = {"ru": "Такой карточки клиента нет.", "en": "There is no such customer card."}


class CardMerged(ProductError):
    """``into`` is the card that took its place."""

    status = 409
    code = "card_merged"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Эта карточка объединена с другой. Откройте оставшуюся ({into}).",
        "en": "This card was merged into another. Open the remaining one ({into}).",
    }


class NoteNotFound(ProductError):
    status = 404
    code = "note_not_found"
    texts: ClassVar[dict[str, str]] = {"ru": "Такой заметки нет.", "en": "There is no such note."}


class NotYourNote(ProductError):
    status = 403
    code = "not_your_note"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Заметку написал другой сотрудник. Попросите супервизора.",
        "en": "Somebody else wrote this note. Ask a supervisor.",
    }


class WrongIdentity(ProductError):
    status = 400
    code = "wrong_identity"
    texts: ClassVar[dict[str, str]] = {
        "ru": "«{value}» не похоже на телефон или адрес. Пример: 8 (495) 000-00-01, name@example.org.",
        "en": "“{value}” does not look like a number or an address. Examples: +7 495 000-00-01, name@example.org.",
    }


class IdentityTaken(ProductError):
    """``customer`` has it."""

    status = 409
    code = "identity_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "«{value}» уже записано в карточке {customer}. Если это один человек, объедините карточки.",
        "en": "“{value}” is in the card {customer} already. If it is one person, merge the cards.",
    }


class IdentityNotFound(ProductError):
    status = 404
    code = "identity_not_found"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого телефона или адреса в карточке нет.",
        "en": "The card has no such number or address.",
    }


class UnknownField(ProductError):
    status = 400
    code = "unknown_field"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Поля «{field}» в этом проекте нет. Обновите страницу.",
        "en": "The project has no field “{field}”. Reload the page.",
    }


class WrongFieldValue(ProductError):
    status = 400
    code = "wrong_field_value"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Значение не подходит полю «{field}».",
        "en": "The value does not fit the field “{field}”.",
    }


class FieldsMissing(ProductError):
    """``titles`` of the fields that a project requires and the card would not have."""

    status = 400
    code = "fields_missing"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Не заполнено обязательное: {titles}.",
        "en": "Required and not filled in: {titles}.",
    }


class WrongFields(ProductError):
    """``field`` is what is wrong with the definition."""

    status = 400
    code = "wrong_fields"
    texts: ClassVar[dict[str, str]] = {
        "ru": "«{field}»: выбору нужен хотя бы один вариант, а имя у каждого поля проекта своё.",
        "en": "“{field}”: a choice needs at least one option, and each field of a project its own name.",
    }


class FieldHasValues(ProductError):
    status = 409
    code = "field_has_values"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Поле «{field}» уже заполнено в карточках: его вид не меняется. Уберите поле в архив и заведите новое.",
        "en": "Cards have values of “{field}” already: its kind stays. Archive the field and make a new one.",
    }


class FieldsChangedMeanwhile(ProductError):
    status = 409
    code = "changed_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Поля этого проекта изменил кто-то другой. Обновите страницу и внесите правки снова.",
        "en": "Somebody else changed the fields of this project. Reload the page and make your changes again.",
    }


class UnknownAgent(ProductError):
    status = 400
    code = "unknown_agent"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого сотрудника нет или он отключён.",
        "en": "There is no such person, or the login is closed.",
    }


class NotACompany(ProductError):
    status = 400
    code = "not_a_company"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Человек может относиться только к карточке компании, а компания — ни к какой.",
        "en": "A person can belong to a company's card only, and a company to none.",
    }


class CannotMerge(ProductError):
    status = 409
    code = "cannot_merge"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Объединить можно две разные карточки одного вида, ни одна из которых уже не объединена с другой.",
        "en": "Two different cards of one kind can be merged, neither of them merged into another already.",
    }


class CannotUndo(ProductError):
    status = 409
    code = "cannot_undo"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Это объединение уже отменено, или карточку потом объединили ещё раз: отмените сначала позднее.",
        "en": "This merge is undone already, or the card was merged again later: undo the later merge first.",
    }


class WrongTable(ProductError):
    """``line`` counts from 1."""

    status = 400
    code = "wrong_table"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Это не похоже на таблицу CSV (строка {line}). Сохраните файл как «CSV UTF-8» и попробуйте снова.",
        "en": "This does not look like a CSV table (line {line}). Save the file as “CSV UTF-8” and try again.",
    }


class WrongWorkbook(ProductError):
    status = 400
    code = "wrong_workbook"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот файл не читается как таблица XLSX. Сохраните его как «Книга Excel (.xlsx)» или «CSV UTF-8».",
        "en": "This file cannot be read as an XLSX table. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”.",
    }


class StillOwed(ProductError):
    status = 409
    code = "still_owed"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Человеку ещё должны перезвонить. Закройте или спишите долги, потом стирайте.",
        "en": "This person is still owed a call. Close or write off the debts first, then erase.",
    }


class StillTalking(ProductError):
    status = 409
    code = "still_talking"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Обращение этого человека ещё идёт или запись готовится. Повторите через несколько минут.",
        "en": "A contact of this person is going on, or its recording is being made. Try again in some minutes.",
    }


class StillHeld(ProductError):
    status = 409
    code = "still_held"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Записи этого человека запрещено удалять. Снимите запрет (Настройки → Хранение записей), потом стирайте.",
        "en": "Recordings of this person are under a hold. Lift it (Settings → Keeping recordings), then erase.",
    }
