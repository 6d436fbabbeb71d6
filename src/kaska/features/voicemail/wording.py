"""What the letter with a message or a fax says, in Russian and English. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

ATTACHED, TOO_LARGE, GONE = "attached", "too_large", "gone"

_SOUND = {
    ATTACHED: ("Звук во вложении.", "The sound is attached."),
    TOO_LARGE: (
        "Запись велика для письма, её можно прослушать в обращении.",
        "The sound is too large for a letter; play it with the contact.",
    ),
    GONE: (
        "Файла записи на сервере нет: перезвоните, не дожидаясь его.",
        "The sound is not on the server: call back without waiting for it.",
    ),
}
_PAGES = {
    ATTACHED: ("Факс во вложении.", "The fax is attached."),
    TOO_LARGE: ("Факс велик для письма, он есть в обращении.", "The fax is too large for a letter; see the contact."),
    GONE: ("Файла факса на сервере нет.", "The file of the fax is not on the server."),
}
_OWES = {
    "agent": ("Ответить должен: {}", "Owed by: {}"),
    "queue": ("Ответить должна очередь: {}", "Owed by the queue: {}"),
    "project": ("Ответить должен проект: {}", "Owed by the project: {}"),
}


@dataclass(frozen=True, slots=True)
class Fax:
    """``station``: what the machine calls itself. ``in_part``: it broke off, there may be more pages."""

    pages: int
    station: str
    in_part: bool


@dataclass(frozen=True, slots=True)
class Message:
    """``owner``: (kind, name) of who owes the answer. ``closed``: the person was answered meanwhile. ``sound``:
    ATTACHED, TOO_LARGE or GONE. ``queue``: where the person waited last, "" = nowhere. ``link``: to the contact, "" for
    none.
    """

    caller: str
    caller_name: str
    number: str
    arrived_at: datetime
    seconds: float
    owner: tuple[str, str]
    queue: str
    project: str
    due_at: datetime
    closed: bool
    sound: str
    link: str
    fax: Fax | None = None
    """instead of a voice: what a machine sent"""


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def link_to(page: str, contact: str) -> str:
    """Where the contact is read; "" when nobody said where the product is opened."""
    return f"{page.rstrip('/')}/journal?open={quote(contact, safe='')}" if page else ""


def letter(message: Message, zone: ZoneInfo, language: str) -> Letter:
    at = 1 if language == "en" else 0

    def say(*words: str) -> str:
        return words[at]

    number = message.caller or say("номер скрыт", "number withheld")
    name = " ".join(message.caller_name.split())  # strangers choose it: it must not look like lines of ours
    who = f"{name}, {number}" if name else number
    fax = message.fax
    length = _length(message.seconds) if fax is None else say(f"страниц: {fax.pages}", f"pages: {fax.pages}")
    lines = [
        say("Вам оставили голосовое сообщение.", "A caller left a voice message for you.")
        if fax is None
        else say("Вам пришёл факс.", "A fax came for you."),
        "",
        say("Кто: ", "From: ") + who,
        say("Когда: ", "When: ") + _moment(message.arrived_at, zone),
        say("Звонили на: ", "Called: ") + (message.number or "—"),
        *([say("Ждали в очереди: ", "Waited in the queue: ") + message.queue] if message.queue else []),
        *([say("Проект: ", "Project: ") + message.project] if message.project else []),
        *([say("Длительность: ", "Length: ") + length] if fax is None else _about(fax, at)),
        "",
        _OWES[message.owner[0]][at].format(message.owner[1]),
        say("Уже отвечено.", "Answered already.")
        if message.closed
        else say("Ответить до: ", "Answer by: ") + _moment(message.due_at, zone),
        (_SOUND if fax is None else _PAGES)[message.sound][at],
    ]
    if message.link:
        lines += ["", say("Обращение: ", "The contact: ") + message.link]
    if fax is not None:
        return Letter(say(f"Факс от {who}, {length}", f"Fax from {who}, {length}"), "\n".join(lines) + "\n")
    subject = say(f"Голосовое сообщение от {who}, {length}", f"Voice message from {who}, {length}")
    return Letter(subject, "\n".join(lines) + "\n")


def _about(fax: Fax, at: int) -> list[str]:
    lines = [("Страниц: ", "Pages: ")[at] + str(fax.pages)]
    if fax.station:
        lines.append(("Аппарат: ", "Machine: ")[at] + fax.station)
    if fax.in_part:
        lines.append(("Передача оборвалась: пришло не всё.", "The transmission broke off: not everything came.")[at])
    return lines


def _length(seconds: float) -> str:
    """ "1:05" """
    whole = max(1, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M} ({zone.key})"
