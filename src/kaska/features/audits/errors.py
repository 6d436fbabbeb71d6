"""Refusals of audits."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class AuditNotFound(ProductError):
    """Also for audits of another tenant."""

    status = 404
    code = "audit_not_found"
    texts: ClassVar[dict[str, str]] = {"ru": "Такого аудита нет.", "en": "There is no such audit."}


class NoRoom(ProductError):
    status = 507
    code = "no_room"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Мало места на диске: нужно {needed} МБ, есть {free} МБ. Уберите старые аудиты или сожмите файл (gz).",
        "en": "Too little room: {needed} MB needed, {free} MB free. Remove old audits or pack the file (gz).",
    }


class FilesMissing(ProductError):
    status = 409
    code = "files_missing"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Не все файлы загружены. Догрузите их: загрузка продолжится с места обрыва.",
        "en": "Not all files have come. Upload the rest: it goes on from where it was cut off.",
    }


class FilesGone(ProductError):
    status = 409
    code = "files_gone"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Файлы этого аудита уже удалены. Загрузите их заново.",
        "en": "The files of this audit are gone. Upload them again.",
    }


class AlreadyCounting(ProductError):
    status = 409
    code = "already_counting"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот аудит уже считается. Дождитесь конца или удалите его.",
        "en": "This audit is being counted. Wait for its end or remove it.",
    }


class NotCounted(ProductError):
    status = 409
    code = "not_counted"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Итога ещё нет: сначала посчитайте.",
        "en": "There is no result yet: count first.",
    }


class NothingSaid(ProductError):
    status = 400
    code = "unreadable_files"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Файлы не удалось рассмотреть: {problem}",
        "en": "The files could not be looked at: {problem}",
    }
