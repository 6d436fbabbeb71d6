"""The audit's words in Russian and English."""

from __future__ import annotations

from kaska.audit.contacts import Hole
from kaska.audit.left_out import Why

LANGUAGES = ("ru", "en")

WEEKDAYS = {"ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}

HOLES: dict[str, dict[Hole, str]] = {
    "ru": {
        Hole.ANNOUNCEMENT: "ушли на приветствии или в меню",
        Hole.SHORT: "положили трубку сразу",
        Hole.WAITING: "не дождались ответа",
        Hole.TIMEOUT: "очередь перестала ждать",
        Hole.EMPTY: "в очереди не было никого",
        Hole.KEY: "вышли из очереди по клавише",
        Hole.NO_ANSWER: "телефон звонил, никто не взял",
        Hole.BUSY: "было занято",
        Hole.VOICEMAIL: "ушли на автоответчик",
        Hole.RESTART: "станция перезапустилась",
        Hole.FAILURE: "сбой или отказ",
    },
    "en": {
        Hole.ANNOUNCEMENT: "left in the announcement or menu",
        Hole.SHORT: "hung up at once",
        Hole.WAITING: "gave up waiting",
        Hole.TIMEOUT: "the queue timed out",
        Hole.EMPTY: "nobody was in the queue",
        Hole.KEY: "left the queue by a key",
        Hole.NO_ANSWER: "rang, nobody took it",
        Hole.BUSY: "busy",
        Hole.VOICEMAIL: "went to voicemail",
        Hole.RESTART: "the switch restarted",
        Hole.FAILURE: "failure or refusal",
    },
}

CLOSING: dict[str, dict[Hole, str]] = {
    "ru": {
        Hole.ANNOUNCEMENT: "укоротить приветствие до 10 секунд, дать выход к человеку на каждом уровне меню; "
                           "проверить часы "
                           "работы — в нерабочее время принимать вопрос и номер",
        Hole.SHORT: "обычно ошиблись номером; если их много — клиентов отпугивает первая фраза",
        Hole.WAITING: "людей в получасы из таблицы ниже или предложение перезвонить с сохранением места",
        Hole.TIMEOUT: "после тайм-аута — резервная линия или сообщение, а не отбой",
        Hole.EMPTY: "очередь без операторов должна сразу переводить на резерв",
        Hole.KEY: "проследить, куда ведёт клавиша и отвечает ли там человек",
        Hole.NO_ANSWER: "звонить не одному, а группе; резерв через 10–15 секунд",
        Hole.BUSY: "очередь вместо «занято», больше линий",
        Hole.VOICEMAIL: "у каждого сообщения должны быть ответственный и срок",
        Hole.RESTART: "перезапускать станцию ночью; перезвонить тем, кто был на линии",
        Hole.FAILURE: "проверить транки и регистрацию телефонов",
    },
    "en": {
        Hole.ANNOUNCEMENT: "a greeting of at most 10 seconds, a way to a person at every level of the menu; after "
                           "hours take "
                           "the question and the number",
        Hole.SHORT: "mostly wrong numbers; if there are many, the first sentence drives people away",
        Hole.WAITING: "people in the half-hours of the table below, or a callback that keeps the place in line",
        Hole.TIMEOUT: "after the timeout a second line or a message instead of hanging up",
        Hole.EMPTY: "a queue without people should overflow at once",
        Hole.KEY: "find out where the key leads and whether a person answers there",
        Hole.NO_ANSWER: "ring a group instead of one person; overflow after 10–15 seconds",
        Hole.BUSY: "a queue instead of the busy tone, more lines",
        Hole.VOICEMAIL: "each message needs an owner and a deadline",
        Hole.RESTART: "restart the switch at night; call back those who were on the line",
        Hole.FAILURE: "check the trunks and the telephones' registration",
    },
}  # fmt: skip

REASONS_RU: dict[Why, str] = {
    Why.NOT_A_CALL: "событие оператора или системы, не звонок",
    Why.UNKNOWN_EVENT: "нестандартное событие",
    Why.BROKEN: "испорченная строка",
    Why.CUT_OFF: "половина строки в конце файла",
    Why.IMPOSSIBLE_TIME: "невозможное время",
    Why.NEGATIVE: "отрицательная длительность",
    Why.NO_CALL_ID: "нет номера звонка",
    Why.DUPLICATE: "та же строка ещё раз",
    Why.SAME_FILE: "тот же файл ещё раз",
    Why.LOCAL_LEG: "плечо Local/: тот же звонок ещё раз",
    Why.OTHER_LEG: "другое плечо того же звонка",
    Why.INTERNAL: "внутренний звонок",
    Why.UNFINISHED: "звонок без конца в журнале",
    Why.BEGAN_BEFORE: "начала звонка нет в журнале",
    Why.OUTSIDE_PERIOD: "вне выбранного периода",
    Why.TOLD_ALREADY: "звонок уже рассказан другим файлом",
    Why.HEADER: "заголовок",
    Why.EMPTY: "пустая строка",
    Why.NOT_OUTCOME: "исход, который просили не считать",
    Why.UNKNOWN_OUTCOME: "исход, о котором не сказано, что он значит",
}


def reason(why: Why, language: str) -> str:
    return REASONS_RU[why] if language == "ru" else why.value


def duration(seconds: float | None, language: str) -> str:
    """``42 с``, ``3:05``, ``12 ч 05 мин``; a dash for what is not known."""
    if seconds is None:
        return "—"
    whole = round(seconds)
    hours, minutes = ("ч", "мин") if language == "ru" else ("h", "min")
    if whole >= 36_000:
        return f"{whole // 3600} {hours} {whole // 60 % 60:02d} {minutes}"
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}" if whole >= 60 else f"{whole} {'с' if language == 'ru' else 's'}"


def number(value: float | None, language: str, digits: int = 0) -> str:
    """With thin gaps between thousands; a dash for what is not known."""
    if value is None:
        return "—"
    text = f"{value:,.{digits}f}".replace(",", "\u00a0")
    return text.replace(".", ",") if language == "ru" else text


def share(value: float | None, language: str, digits: int = 1) -> str:
    return "—" if value is None else number(100 * value, language, digits) + "\u00a0%"


def clock_time(half_hours: int) -> str:
    return f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Russian form after a number: 1 звонок, 2 звонка, 5 звонков."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many
