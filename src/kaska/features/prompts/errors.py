"""Why a recording was not made."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NothingHeard(ProductError):
    status = 400
    code = "nothing_heard"
    texts: ClassVar[dict[str, str]] = {
        "ru": "В этом файле ничего не слышно, или он не читается. Проверьте его и загрузите снова.",
        "en": "There is nothing to hear in this file, or it cannot be read. Check it and upload it again.",
    }


class UnknownFormat(ProductError):
    status = 400
    code = "unknown_format"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот формат здесь нечем прочитать. Загрузите WAV (PCM), или установите на сервер ffmpeg.",
        "en": "Nothing here reads this format. Upload WAV (PCM), or install ffmpeg on the server.",
    }


class TooLong(ProductError):
    status = 400
    code = "too_long"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запись длиннее {minutes} минут. Столько никто не слушает: сократите её.",
        "en": "The recording is longer than {minutes} minutes. Nobody listens that long: shorten it.",
    }


class NoVoiceHere(ProductError):
    status = 503
    code = "no_voice"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Произнести не получилось: для этого языка нет голоса. Установите espeak-ng или festival с festvox-ru, "
        "либо запишите фразу сами.",
        "en": "It could not be spoken: there is no voice for this language. Install espeak-ng or festival with "
        "festvox-ru, or record it yourself.",
    }


class Unspeakable(ProductError):
    """There is a voice, and it found nothing in the text to say."""

    status = 400
    code = "unspeakable"
    texts: ClassVar[dict[str, str]] = {
        "ru": "В этом тексте голосу нечего произнести. Напишите его словами, буквами выбранного языка.",
        "en": "There is nothing in this text that the voice could say. Write it in words of the chosen language.",
    }


class PromptInUse(ProductError):
    status = 409
    code = "prompt_in_use"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Запись звучит в сценариях или очередях: {where}. Сначала замените её там.",
        "en": "The recording is played in scenarios or queues: {where}. Replace it there first.",
    }
