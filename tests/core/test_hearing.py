"""A menu that listens: what is said chooses like a key, and nobody is sent anywhere by a guess."""

from __future__ import annotations

import pytest

from kaska.core import commands, events, facts
from kaska.core.core import Core
from kaska.core.scenarios import graph, hearing
from support.company import MAIN
from support.line import NOW, Line, with_nodes

WORDS = {"1": ("продажи", "хочу купить"), "2": ("поддержка", "не работает"), "0": ("оператор",)}
MENU = graph.Menu(
    ("ru/menu",), {"1": "yes", "2": "no", "0": "message"}, "message", tries=2, extensions=True, words=WORDS
)


def call(menu: graph.Menu = MENU) -> Line:
    return Line(Core.fresh(with_nodes(start=menu), NOW), MAIN, "+79000000001")


def ear(line: Line) -> str:
    return line.core.state.contacts["k-1"].ear


def says(line: Line, text: str, at: str = "") -> list[str]:
    line.tell(events.SpeechHeard(line.now, "k-1", at or ear(line), text))
    return line.heard


def stopped(line: Line) -> list[str]:
    return [one.ear for one in line.last if isinstance(one, commands.StopListening)]


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("продажи", "1"),
        ("Отдел продаж, пожалуйста", "1"),
        ("я хочу купить окно", "1"),
        ("купить", ""),
        ("у меня не работает телефон", "2"),
        ("работает", ""),
        ("ПОДДЕРЖКУ", "2"),
        ("оператора", "0"),
        ("продажи или поддержка", ""),
        ("хочу купить, продажи", "1"),
        ("поддержка, хочу купить", "1"),
        ("", ""),
        ("…", ""),
    ],
)
def test_what_is_said_stands_for_a_choice_or_for_none(text: str, choice: str) -> None:
    assert hearing.understood(WORDS, text) == choice


def test_words_that_only_begin_alike_are_two() -> None:
    words = {"1": ("сервис",), "2": ("сервер",), "3": ("sale",), "4": ("договор",)}
    heard = ("сервиса", "серверами", "сервисный", "sales", "договорами", "договориться", "сер")
    assert [hearing.understood(words, text) for text in heard] == ["1", "2", "", "3", "4", "", ""]


def test_short_words_are_the_same_only_when_they_are_equal() -> None:
    words = {"1": ("да",), "2": ("нет",), "3": ("ещё раз",)}
    assert [hearing.understood(words, text) for text in ("дача", "нету", "Да", "еще раз", "еще")] == [
        "", "", "1", "3", "",
    ]  # fmt: skip


def test_a_menu_with_words_listens_while_it_speaks() -> None:
    line = call()
    order = next(one for one in line.last if isinstance(one, commands.Listen))
    assert order == commands.Listen(
        "k-1", "k-1", "k-1-e1", "ru", ("продажи", "хочу купить", "поддержка", "не работает", "оператор")
    )
    assert not any(isinstance(one, commands.Listen) for one in call(graph.Menu(("ru/menu",), {}, "no")).last)


def test_said_chooses_as_pressed_does_and_ends_the_listening() -> None:
    line = call()
    assert says(line, "Продажи") == ["ru/thanks"]
    assert [one.play for one in line.last if isinstance(one, commands.StopPrompts)] == ["k-1-p1"]
    assert (stopped(line), ear(line)) == (["k-1-e1"], "")
    assert [(f.text, f.choice) for f in line.facts if isinstance(f, facts.WordsHeard)] == [("Продажи", "1")]


def test_a_key_ends_the_listening_and_what_is_said_after_it_is_nobodys() -> None:
    line = call()
    line.press("2")
    assert (line.heard, stopped(line)) == (["ru/goodbye"], ["k-1-e1"])
    assert says(line, "продажи", at="k-1-e1") == []
    assert not [fact for fact in line.facts if isinstance(fact, facts.WordsHeard)]


def test_talk_beside_the_telephone_costs_no_try_while_we_speak() -> None:
    line = call()
    assert says(line, "сейчас, подожди") == []
    line.said()
    assert says(line, "мяу") == ["ru/wrong-key", "ru/menu"]
    assert (ear(line), stopped(line)) == ("k-1-e1", []), "the same ear hears the second try"
    line.said()
    assert says(line, "мяу") == ["ru/message-question"]
    assert stopped(line) == ["k-1-e1"]


def test_who_hangs_up_or_is_put_through_is_listened_to_no_longer() -> None:
    gone = call()
    gone.hangs_up()
    assert stopped(gone) == ["k-1-e1"]
    line = call()
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    line.press("301")
    assert any(isinstance(one, commands.RingAgent) for one in line.last)
    assert stopped(line) == ["k-1-e1"]


def test_without_a_recogniser_keys_work_as_ever() -> None:
    line = call()
    line.tell(events.CommandFailed(line.now, "k-1", "k-1", "Listen", "there is no recogniser"))
    assert ear(line) == ""
    line.press("1")
    assert line.heard == ["ru/thanks"]


def test_after_a_loss_of_the_switch_it_listens_anew() -> None:
    line = call()
    line.tell(events.SwitchResynced(line.now))
    assert stopped(line) == ["k-1-e1"]
    assert [one.ear for one in line.last if isinstance(one, commands.Listen)] == ["k-1-e2"]
    assert says(line, "поддержка") == ["ru/goodbye"]
