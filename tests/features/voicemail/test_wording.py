from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kaska.features.voicemail.wording import ATTACHED, GONE, TOO_LARGE, Message, letter, link_to

MOSCOW = ZoneInfo("Europe/Moscow")
LEFT = Message(
    caller="+74950000001",
    caller_name="Иван Петров",
    number="+74950000102",
    arrived_at=datetime(2026, 11, 26, 18, 5, tzinfo=UTC),
    seconds=64.6,
    owner=("queue", "Продажи"),
    queue="",
    project="Окна",
    due_at=datetime(2026, 11, 27, 7, 0, tzinfo=UTC),
    closed=False,
    sound=ATTACHED,
    link="https://kaska.example/journal?open=c1",
)


def test_a_letter_says_who_when_where_and_until_when() -> None:
    made = letter(LEFT, MOSCOW, "ru")
    assert made.subject == "Голосовое сообщение от Иван Петров, +74950000001, 1:05"
    assert made.text.splitlines() == [
        "Вам оставили голосовое сообщение.",
        "",
        "Кто: Иван Петров, +74950000001",
        "Когда: 26.11.2026 21:05 (Europe/Moscow)",
        "Звонили на: +74950000102",
        "Проект: Окна",
        "Длительность: 1:05",
        "",
        "Ответить должна очередь: Продажи",
        "Ответить до: 27.11.2026 10:00 (Europe/Moscow)",
        "Звук во вложении.",
        "",
        "Обращение: https://kaska.example/journal?open=c1",
    ]


def test_what_is_not_there_is_said() -> None:
    hidden = replace(LEFT, caller="", caller_name="", closed=True, sound=GONE, link="", queue="Sales")
    made = letter(hidden, MOSCOW, "en")
    assert made.subject == "Voice message from number withheld, 1:05"
    assert "Waited in the queue: Sales" in made.text
    assert "Answered already." in made.text
    assert "not on the server" in made.text
    assert "The contact" not in made.text
    assert "too large" in letter(replace(LEFT, sound=TOO_LARGE), MOSCOW, "en").text


def test_the_name_that_a_stranger_gives_stays_one_line() -> None:
    made = letter(replace(LEFT, caller_name="Ivan\r\nОбращение: http://other.example"), MOSCOW, "ru")
    assert [line for line in made.text.splitlines() if line.startswith("Обращение:")] == [f"Обращение: {LEFT.link}"]


def test_a_contact_is_a_part_of_an_address() -> None:
    assert link_to("https://kaska.example/", "a b&c") == "https://kaska.example/journal?open=a%20b%26c"
    assert link_to("", "c1") == ""
