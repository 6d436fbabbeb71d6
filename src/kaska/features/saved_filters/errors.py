"""Refusals of saved filters."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class FilterNotFound(ProductError):
    """Also for those that somebody else keeps for himself."""

    status = 404
    code = "filter_not_found"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого сохранённого отбора нет: возможно, его удалили. Обновите список.",
        "en": "There is no such saved filter: it may have been deleted. Reload the list.",
    }


class NameTaken(ProductError):
    status = 409
    code = "name_taken"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Отбор с названием «{name}» у вас уже есть. Выберите другое название.",
        "en": "You have a filter named “{name}” already. Choose another name.",
    }


class MayNotShare(ProductError):
    status = 403
    code = "may_not_share"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Общие отборы заводит и меняет супервизор. Сохраните отбор для себя.",
        "en": "Filters for all are kept by a supervisor. Save the filter for yourself.",
    }


class TooManyFilters(ProductError):
    status = 409
    code = "too_many_filters"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Сохранено уже {most} отборов. Удалите ненужные.",
        "en": "{most} filters are saved already. Delete those you do not need.",
    }
