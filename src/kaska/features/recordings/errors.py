"""Why there is nothing to listen to."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NothingRecorded(ProductError):
    status = 404
    code = "nothing_recorded"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Разговора в этом обращении не было, записывать было нечего.",
        "en": "Nobody talked in this contact: there was nothing to record.",
    }


class NotRecorded(ProductError):
    status = 404
    code = "not_recorded"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот разговор не записывался: так велят правила записи или сценарий.",
        "en": "This conversation was not recorded: the rules of recording, or the scenario, say so.",
    }


class RecordingWasDeleted(ProductError):
    """``day`` as people write it, ``rule`` of keeping."""

    status = 410
    code = "recording_deleted"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запись удалена {day} по правилу хранения «{rule}».",
        "en": "The recording was deleted on {day} by the rule of keeping “{rule}”.",
    }


class RecordingNotReady(ProductError):
    status = 404
    code = "recording_not_ready"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запись ещё готовится. Она появится вскоре после конца разговора.",
        "en": "The recording is being made ready. It appears soon after the end of the conversation.",
    }


class RecordingMissing(ProductError):
    """``reason`` is what the ledger says about why it was not made."""

    status = 404
    code = "recording_missing"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Записи этого разговора нет: {reason}. Случай отмечен в сверке.",
        "en": "This conversation has no recording: {reason}. The reconciliation page lists it.",
    }


class RecordingFileGone(ProductError):
    status = 404
    code = "recording_file_gone"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запись была сделана, но файла больше нет на диске. Сообщите администратору.",
        "en": "The recording was made, but its file is no longer on the disk. Tell the administrator.",
    }


class NoMessage(ProductError):
    status = 404
    code = "no_message"
    texts: ClassVar[dict[str, str]] = {
        "ru": "В этом обращении сообщение не оставлено.",
        "en": "No message was left in this contact.",
    }


class RangeNotSatisfiable(ProductError):
    status = 416
    code = "range_not_satisfiable"
    texts: ClassVar[dict[str, str]] = {
        "ru": "В записи нет запрошенного места.",
        "en": "The recording does not reach that far.",
    }

    def __init__(self, size: int) -> None:
        super().__init__(size=size)

    def headers(self) -> dict[str, str]:
        return {"Content-Range": f"bytes */{self.details['size']}"}
