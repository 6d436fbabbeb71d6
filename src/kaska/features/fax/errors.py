"""Why there is nothing to read."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NoFax(ProductError):
    status = 404
    code = "no_fax"
    texts: ClassVar[dict[str, str]] = {
        "ru": "В этом обращении факса нет: ни одной страницы не пришло.",
        "en": "There is no fax in this contact: no page came.",
    }


class FaxFileGone(ProductError):
    status = 404
    code = "fax_file_gone"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Факс был принят, но файла больше нет на диске. Сообщите администратору.",
        "en": "The fax was received, but its file is no longer on the disk. Tell the administrator.",
    }


class FaxUnreadable(ProductError):
    status = 500
    code = "fax_unreadable"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Файл факса повреждён, страниц из него не получить. Сообщите администратору.",
        "en": "The file of the fax is damaged: no page can be made of it. Tell the administrator.",
    }
