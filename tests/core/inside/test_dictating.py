"""A prompt spoken into a telephone: its number, the words, hearing them, keeping them; nothing said is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from support.company import company
from support.insiders import Insiders

ANN, CALL = "a301", "own-1"


class Dictating(Insiders):
    def __init__(self, dialled: str = "*3912", *, may: bool = True) -> None:
        found = company()
        codes = replace(found.codes, recorders=(ANN,) if may else ())
        super().__init__(replace(found, codes=codes))
        self.ready(ANN)
        self.endpoint = found.agents[ANN].devices[0].endpoint
        self.tell(events.PhoneDialled(self.now, CALL, self.endpoint, dialled))

    def play_ends(self) -> None:
        played = [one for one in self.ordered if isinstance(one, commands.PlayPrompts | commands.PlayMessage)][-1]
        self.tell(events.PromptsEnded(self.now, CALL, CALL, played.play))

    def says(self, seconds: float) -> str:
        (take,) = [one for one in self.ordered if isinstance(one, commands.RecordMessage)][-1:]
        self.tell(events.MessageRecorded(self.now, CALL, CALL, take.name, seconds))
        return take.name

    def press(self, digits: str) -> None:
        for digit in digits:
            self.tell(events.DigitPressed(self.now, CALL, CALL, digit))

    def hangs_up(self) -> None:
        self.tell(events.LegEnded(self.now, CALL, CALL))

    @property
    def said(self) -> tuple[str, ...]:
        return [one for one in self.ordered if isinstance(one, commands.PlayPrompts)][-1].prompts

    @property
    def over(self) -> list[tuple[str, str, str, float]]:
        found = [one for one in self.written if isinstance(one, facts.DictationOver)]
        return [(one.number, one.name, one.result, one.seconds) for one in found]


def test_the_number_may_be_dialled_at_once_and_one_keeps_it() -> None:
    one = Dictating()
    assert one.said == ("ru/code/prompt-speak",)
    assert commands.AnswerCall(CALL, CALL) in one.ordered
    assert one.state(ANN) == ("talking", "inside")
    one.play_ends()
    name = one.says(4.0)
    assert [x.name for x in one.ordered if isinstance(x, commands.PlayMessage)] == [name]
    one.play_ends()
    assert one.said == ("ru/code/prompt-keys",)
    one.press("1")
    assert one.said == ("ru/code/prompt-kept",)
    one.play_ends()
    assert commands.HangUpLeg(CALL, CALL) in one.ordered
    one.hangs_up()
    assert one.over == [("12", name, "kept", 4.0)]
    assert one.state(ANN) == ("ready", "")
    assert not one.core.state.dictations
    assert not one.core.state.inside
    assert not [x for x in one.written if getattr(x, "contact", "") and isinstance(x, facts.ContactOpened)]


def test_the_number_is_asked_for() -> None:
    one = Dictating("*39")
    assert one.said == ("ru/code/prompt-number",)
    one.press("12")
    one.press("#")
    assert one.said == ("ru/code/prompt-speak",)
    one.play_ends()
    name = one.says(3.0)
    one.press("1")
    one.hangs_up()
    assert one.over == [("12", name, "kept", 3.0)]


def test_two_records_it_again() -> None:
    one = Dictating()
    one.play_ends()
    first = one.says(3.0)
    one.press("2")
    assert one.said == ("ru/code/prompt-speak",)
    one.play_ends()
    second = one.says(5.0)
    one.press("1")
    one.hangs_up()
    assert first != second
    assert one.over == [("12", second, "kept", 5.0)]


def test_silence_is_told_and_asked_again() -> None:
    one = Dictating()
    one.play_ends()
    one.says(0.0)
    assert one.said == ("ru/code/prompt-empty", "ru/code/prompt-speak")


def test_who_hangs_up_while_deciding_leaves_it_unconfirmed() -> None:
    one = Dictating()
    one.play_ends()
    name = one.says(4.0)
    one.hangs_up()
    assert one.over == [("12", name, "unconfirmed", 4.0)]


@pytest.mark.parametrize(("seconds", "result"), [(6.0, "unconfirmed"), (0.0, "empty")])
def test_who_hangs_up_while_speaking_loses_nothing(seconds: float, result: str) -> None:
    one = Dictating()
    one.play_ends()
    one.hangs_up()
    assert one.state(ANN) == ("ready", "")
    assert one.over == []
    name = one.says(seconds)
    assert one.over == [("12", name if seconds else "", result, seconds)]


def test_an_earlier_take_is_kept_when_the_end_of_the_later_one_is_never_told() -> None:
    one = Dictating()
    one.play_ends()
    name = one.says(4.0)
    one.press("2")
    one.play_ends()
    one.hangs_up()
    one.pass_time(60)
    assert one.over == [("12", name, "unconfirmed", 4.0)]


def test_who_does_not_decide_is_hung_up() -> None:
    one = Dictating()
    one.play_ends()
    name = one.says(4.0)
    one.pass_time(120)
    assert one.over == [("12", name, "unconfirmed", 4.0)]
    one.settle()
    assert one.state(ANN) == ("ready", "")


def test_a_switch_that_cannot_play_does_not_stop_it() -> None:
    one = Dictating()
    one.tell(events.CommandFailed(one.now, CALL, CALL, "PlayPrompts", "x"))
    assert [x for x in one.ordered if isinstance(x, commands.RecordMessage)]
    one.says(4.0)
    one.tell(events.CommandFailed(one.now, CALL, CALL, "PlayMessage", "x"))
    one.press("1")
    one.hangs_up()
    assert one.over[0][2] == "kept"


@pytest.mark.parametrize(("dialled", "may"), [("*3912", False), ("*39x", True), ("*391234567", True)])
def test_who_may_not_and_what_is_no_number_is_told(dialled: str, may: bool) -> None:
    one = Dictating(dialled, may=may)
    assert not one.core.state.dictations
    assert [x for x in one.ordered if isinstance(x, commands.SayAndHangUp)]
    assert one.state(ANN) == ("ready", "")
