"""What places and holes are called, and what usually closes a hole: (Russian, English)."""

from __future__ import annotations

from kaska.core.counting.holes import Hole, Place

Texts = tuple[str, str]

PLACES: dict[Place, Texts] = {
    Place.LINE: ("линия", "the line"),
    Place.MENU: ("меню", "menu"),
    Place.CLOSED_HOURS: ("нерабочее время", "closed hours"),
    Place.WAITING: ("ожидание", "waiting"),
    Place.RINGING: ("звонок у оператора", "ringing"),
    Place.PUT_THROUGH: ("соединение", "putting through"),
    Place.CALLBACK: ("обещанный перезвон", "promised callback"),
    Place.MESSAGE: ("сообщения", "messages"),
}

HOLES: dict[Hole, Texts] = {
    Hole.REFUSED: ("линия занята или отказала", "the trunk was full or refused"),
    Hole.FAILURE: ("сбой или отказ", "failure or refusal"),
    Hole.BEFORE_ANSWER: ("положили трубку до ответа линии", "hung up before the line answered"),
    Hole.RESTART: ("станция перезапустилась", "the switch restarted"),
    Hole.ANNOUNCEMENT: ("ушли на приветствии или в меню", "left in the announcement or menu"),
    Hole.CLOSED_HOURS: ("позвонили в нерабочее время", "called in closed hours"),
    Hole.SHORT: ("положили трубку сразу", "hung up at once"),
    Hole.WAITING: ("не дождались ответа", "gave up waiting"),
    Hole.TIMEOUT: ("очередь перестала ждать", "the queue timed out"),
    Hole.EMPTY: ("в очереди не было никого", "nobody was in the queue"),
    Hole.KEY: ("вышли из очереди по клавише", "left the queue by a key"),
    Hole.NO_ANSWER: ("телефон звонил, никто не взял", "rang, nobody took it"),
    Hole.BUSY: ("было занято", "busy"),
    Hole.PUT_THROUGH: ("потеряны при соединении", "lost while being put through"),
    Hole.CALLBACK: ("обещали перезвонить и не перезвонили", "a callback was promised and not made"),
    Hole.MESSAGE: ("сообщение осталось без ответа", "the message was not answered"),
    Hole.VOICEMAIL: ("ушли на автоответчик", "went to voicemail"),
}

CLOSING: dict[Hole, Texts] = {
    Hole.REFUSED: (
        "больше линий у оператора связи или второй транк; проверить, не заняты ли линии исходящими",
        "more lines at the provider or a second trunk; check that outgoing calls do not take them all",
    ),
    Hole.FAILURE: ("проверить транки и регистрацию телефонов", "check the trunks and the telephones' registration"),
    Hole.BEFORE_ANSWER: (
        "отвечать на линии сразу; долгие гудки до приветствия читаются как «никого нет»",
        "answer the line at once; long ringing before the greeting sounds like nobody is there",
    ),
    Hole.RESTART: (
        "перезапускать станцию ночью; перезвонить тем, кто был на линии",
        "restart the switch at night; call back those who were on the line",
    ),
    Hole.ANNOUNCEMENT: (
        "укоротить приветствие до 10 секунд, дать выход к человеку на каждом уровне меню; проверить часы "
        "работы — в нерабочее время принимать вопрос и номер",
        "a greeting of at most 10 seconds, a way to a person at every level of the menu; after hours take "
        "the question and the number",
    ),
    Hole.CLOSED_HOURS: (
        "открыть часы, в которые звонят, или принимать вопрос и номер и перезванивать утром",
        "open in the hours when they call, or take the question and the number and call back in the morning",
    ),
    Hole.SHORT: (
        "обычно ошиблись номером; если их много — клиентов отпугивает первая фраза",
        "mostly wrong numbers; if there are many, the first sentence drives people away",
    ),
    Hole.WAITING: (
        "людей в получасы, где их не хватает, или предложение перезвонить с сохранением места",
        "people in the half-hours that are short of them, or a callback that keeps the place in line",
    ),
    Hole.TIMEOUT: (
        "после тайм-аута — резервная линия или сообщение, а не отбой",
        "after the timeout a second line or a message instead of hanging up",
    ),
    Hole.EMPTY: (
        "очередь без операторов должна сразу переводить на резерв",
        "a queue without people should overflow at once",
    ),
    Hole.KEY: (
        "проследить, куда ведёт клавиша и отвечает ли там человек",
        "find out where the key leads and whether a person answers there",
    ),
    Hole.NO_ANSWER: (
        "звонить не одному, а группе; резерв через 10–15 секунд",
        "ring a group instead of one person; overflow after 10–15 seconds",
    ),
    Hole.BUSY: ("очередь вместо «занято», больше линий", "a queue instead of the busy tone, more lines"),
    Hole.PUT_THROUGH: (
        "проверить телефоны и гарнитуры операторов, автоподъём и сеть на их местах",
        "check the agents' telephones and headsets, automatic answering and the network at their desks",
    ),
    Hole.CALLBACK: (
        "назначить, кто перезванивает, и звонить из очереди сразу, как только освободился оператор",
        "name who calls back, and dial from the queue as soon as an agent is free",
    ),
    Hole.MESSAGE: (
        "разбирать сообщения в тот же день: у каждого есть ответственный и срок в долговой книге",
        "answer messages the same day: each has an owner and a deadline in the debt book",
    ),
    Hole.VOICEMAIL: (
        "у каждого сообщения должны быть ответственный и срок",
        "each message needs an owner and a deadline",
    ),
}

WEEKDAYS: dict[str, tuple[str, ...]] = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def of(texts: Texts, language: str) -> str:
    return texts[language == "en"]


def clock_time(half_hours: int) -> str:
    """Of half-hours since midnight: 37 → "18:30"."""
    return f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"


_RUSSIAN = str.maketrans({",": "\u00a0", ".": ","})


def number(value: float | None, language: str, digits: int = 0) -> str:
    """Thousands and tenths as the language writes them, "1 008,5" or "1,008.5"; a dash for what is not known."""
    if value is None:
        return "—"
    text = f"{value:,.{digits}f}"
    return text.translate(_RUSSIAN) if language == "ru" else text
