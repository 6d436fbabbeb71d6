"""What a caller can do in a scenario, told as lists of commands."""

from __future__ import annotations

from dataclasses import replace

from kaska.core import commands, events, facts
from kaska.core.core import Core
from kaska.core.scenarios import speech
from support.company import CLOSED, DIRECT, INFORMER, company
from support.line import NOW, Line


def core(**queues: float) -> Core:
    return Core.fresh(company(**queues), NOW)


def test_greeting_menu_and_choice() -> None:
    line = Line(core())
    assert [type(command).__name__ for command in line.last] == ["AnswerCall", "PlayPrompts"]
    assert line.heard == ["ru/greeting"]
    assert line.said() == ["ru/menu"]
    line.press("2")
    assert line.queue() == "service"


def test_no_key_twice_is_an_operator() -> None:
    line = Line(core())
    line.said()
    line.said()
    line.wait(5.1)
    assert line.heard == ["ru/menu"]
    line.said()
    line.wait(5.1)
    assert line.queue() == "operators"


def test_wrong_keys_are_forgiven_once() -> None:
    line = Line(core())
    line.said()
    line.press("9")
    assert line.heard == ["ru/wrong-key", "ru/menu"]
    line.press("8")
    assert line.queue() == "operators"


def test_keys_typed_during_the_greeting_count_when_it_has_been_heard() -> None:
    line = Line(core())
    line.press("1")
    assert line.core.state.contacts["k-1"].play, "the recording notice is said to its end"
    line.said()
    assert line.queue() == "sales"


def test_an_extension_is_dialled_and_falls_back_to_the_operator() -> None:
    line = Line(core())
    line.tell(events.AgentReadied(line.now, "a303", "phone"))
    line.said()
    line.press("303")
    rings = [command for command in line.last if isinstance(command, commands.RingAgent)]
    assert [ring.agent for ring in rings] == ["a303"]
    line.wait(21.0)
    assert line.queue() == "operators"


def test_an_extension_of_nobody_ready_goes_to_the_operator() -> None:
    line = Line(core())
    line.said()
    line.press("301")
    assert line.queue() == "operators"


def test_closed_hours_take_a_message_and_owe() -> None:
    line = Line(core(), CLOSED)
    assert line.heard == ["ru/closed"]
    assert line.said() == ["ru/message-question"]
    line.said()
    assert [type(command).__name__ for command in line.last] == ["RecordMessage"]
    line.tell(events.MessageRecorded(line.now, "k-1", "k-1", "k-1", 6.0))
    assert line.heard == ["ru/thanks"]
    line.said()
    line.hangs_up()
    assert line.over == ("message_taken", "message")
    assert line.debt == "message"


def test_hanging_up_in_closed_hours_is_owed() -> None:
    line = Line(core(), CLOSED)
    line.hangs_up()
    assert line.over == ("lost", "closed_hours")
    assert line.debt == "closed_hours"


def test_a_message_ended_by_hanging_up_is_kept_whichever_is_told_first() -> None:
    for told_first in ("end", "message"):
        line = Line(core(), CLOSED)
        line.said()
        line.said()
        both = [
            events.LegEnded(line.now, "k-1", "k-1"),
            events.MessageRecorded(line.now, "k-1", "k-1", "k-1", 6.0),
        ]
        for event in both if told_first == "end" else reversed(both):
            line.tell(event)
        assert line.over == ("message_taken", "message")


def test_hanging_up_in_the_menu_is_owed() -> None:
    line = Line(core())
    line.said()
    line.hangs_up()
    assert line.over == ("lost", "menu")
    assert line.debt == "menu"


def test_an_information_line_serves() -> None:
    line = Line(core(), INFORMER)
    line.said()
    line.hangs_up()
    assert line.over[0] == "self_served"
    assert line.debt == ""


def test_the_place_is_said_and_music_follows() -> None:
    line = Line(core(), DIRECT)
    assert line.heard
    assert line.heard == list(speech.place(1))
    line.said()
    assert [type(command).__name__ for command in line.last] == ["StartMusic"]


def test_reserve_is_asked_when_nobody_took_it() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a304", "phone"))
    assert not line.core.state.contacts["k-1"].offer, "the reserve is not asked at once"
    line.wait(15.1)
    assert line.core.state.contacts["k-1"].offer is not None
    assert line.core.state.agents["a304"].state == "ringing"


def test_an_agent_who_does_not_answer_is_set_aside_and_the_next_is_asked() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    line.now += 1
    line.tell(events.AgentReadied(line.now, "a302", "phone"))
    line.wait(12.1)
    assert line.core.state.agents["a301"].state == "not_answering"
    assert line.core.state.agents["a302"].state == "ringing"


def test_waiting_long_offers_a_callback_that_keeps_the_place() -> None:
    line = Line(core(), DIRECT)
    line.said()
    line.wait(30.1)
    assert "ru/queue-offer" in line.heard
    line.press("2")
    assert line.heard == ["ru/callback-promised"]
    assert line.debt == "callback"
    line.said()
    line.hangs_up()
    assert line.core.state.contacts["k-1"].since == NOW
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    dial = next(command for command in line.last if isinstance(command, commands.DialOut))
    assert dial.number == "+79000000001"
    line.tell(events.LegAnswered(line.now, "k-1", dial.leg))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg))
    assert [fact.how for fact in line.facts if isinstance(fact, facts.DebtClosed)] == ["called_back"]
    line.tell(events.LegEnded(line.now, "k-1", dial.leg))
    line.tell(events.LegEnded(line.now, "k-1", ring.leg))
    assert line.over == ("called_back", "talked")


def test_a_caller_without_a_number_who_wants_a_callback_leaves_a_message() -> None:
    line = Line(core(), DIRECT, customer="")
    line.said()
    line.press("2")
    assert line.heard == ["ru/message-question"]


def test_a_second_call_of_the_same_person_settles_the_debt() -> None:
    line = Line(core(), DIRECT)
    line.now += 20
    line.hangs_up()
    assert line.over == ("lost", "waiting")
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    line.tell(events.ContactArrived(line.now, "k-2", "k-2", "voice", DIRECT, "+79000000001", "+79000000001"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-2", ring.leg))
    line.tell(events.PartiesJoined(line.now, "k-2", ring.leg))
    assert [(fact.how, fact.contact) for fact in line.facts if isinstance(fact, facts.DebtClosed)] == [
        ("came_back", "k-2")
    ]


def test_a_switch_failure_is_owed_even_to_one_who_was_talking() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg))
    for leg in ("k-1", ring.leg):
        line.tell(events.LegEnded(line.now, "k-1", leg, 41, switch_failure=True))
    assert line.over == ("answered", "switch_failure")
    assert line.debt == "switch_failure"


def test_a_talk_that_was_heard_of_too_late_lasts_as_long_as_it_did() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    met, parted, line.now = line.now + 2, line.now + 5, line.now + 30
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg, events.RECONCILE))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg, events.RECONCILE, met))
    line.tell(events.LegEnded(line.now, "k-1", "k-1", 16, events.RECONCILE, ended_at=parted))
    line.tell(events.LegEnded(line.now, "k-1", ring.leg, 16, events.RECONCILE, ended_at=parted))
    assert line.over == ("answered", "talked")
    assert not line.debt
    talk = next(fact for fact in line.facts if isinstance(fact, facts.TalkOver))
    assert (talk.at, talk.seconds) == (parted, 3.0)


def test_a_leg_whose_hanging_up_was_lost_is_hung_up_after_the_resynchronisation() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    line.hangs_up()
    assert commands.HangUpLeg("k-1", ring.leg) in line.last
    assert commands.HangUpLeg("k-1", ring.leg) in line.tell(events.SwitchResynced(line.now))


def test_a_call_taken_as_we_died_is_answered_before_it_is_put_through() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    again = line.tell(events.SwitchResynced(line.now))
    assert again == [commands.AnswerCall("k-1", "k-1"), commands.JoinParties("k-1", "k-1", ring.leg)]


def test_a_moment_that_cannot_have_been_is_corrected() -> None:
    line = Line(core(), DIRECT)
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg, joined_at=line.now - 100))
    line.tell(events.LegEnded(line.now, "k-1", "k-1", ended_at=line.now - 50))
    talk = next(fact for fact in line.facts if isinstance(fact, facts.TalkOver))
    assert (talk.at, talk.seconds) == (NOW, 0.0)


def test_a_number_that_nobody_described_is_served_by_the_default_scenario() -> None:
    line = Line(core(), "'; DROP TABLE contacts; --")
    assert line.heard == ["ru/greeting"]


def test_a_configuration_with_holes_still_takes_a_message() -> None:
    hollow = Core.fresh(replace(company(), scenarios={}, queues={}), NOW)
    line = Line(hollow)
    assert line.heard == ["ru/all-busy", "ru/message-question"]
