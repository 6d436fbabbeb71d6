"""What each kind of node does, told as what the caller hears and where the way goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.scenarios import graph
from kaska.core.scenarios.conditions import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Equals,
    MatchesNumber,
    Not,
    OneOf,
    StartsWith,
    describe,
    fields_of,
    holds,
)
from kaska.core.scenarios.graph import Node
from support.company import MAIN
from support.line import NOW, Line, with_nodes


def call(configuration: Configuration, customer: str = "+79000000001") -> Line:
    return Line(Core.fresh(configuration, NOW), MAIN, customer)


def node(line: Line) -> str:
    return line.core.state.contacts["k-1"].node


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Equals("caller", "+79000000001"), True),
        (Equals("crm.vip", "yes"), False),
        (Not(Equals("crm.vip", "yes")), True),
        (OneOf("number", (MAIN, "1")), True),
        (StartsWith("customer", "+7900"), True),
        (MatchesNumber("caller", "7900XXXXXXX"), True),
        (MatchesNumber("caller", "+7900."), True),
        (MatchesNumber("caller", "7900XXXXXX"), False),
        (MatchesNumber("caller", "79000000001."), False),
        (Between("hour", "11", "11"), True),
        (Between("hour", "12", "20"), False),
        (Between("weekday", "4", "4"), True),
        (Between("date", "2025-10-01", "2025-10-31"), True),
        (Between("time", "11:00", "11:59"), True),
        (Between("crm.score", "0", "9"), False),
        (Equals("mode", "day"), True),
        (Equals("owed", "0"), True),
        (Equals("project", "windows"), True),
        (AllOf(()), True),
        (AnyOf(()), False),
        (AllOf((Equals("channel", "voice"), Equals("digits", ""))), True),
        (AnyOf((Equals("channel", "chat"), Equals("channel", "voice"))), True),
    ],
)
def test_conditions_choose_the_way(condition: Condition, expected: bool) -> None:
    line = call(with_nodes(start=graph.Branch((graph.Choice(condition, "yes"),), "no")))
    assert line.heard == ["ru/thanks" if expected else "ru/goodbye"]
    for language in ("ru", "en"):
        assert describe(condition, language)
    assert not any("а" <= letter <= "я" for letter in describe(condition, "en").lower())


def test_conditions_say_themselves_and_what_they_ask_for() -> None:
    condition = AllOf((Between("hour", "9", "17"), Not(AnyOf((Equals("mode", "lunch"), Equals("crm.vip", "yes"))))))
    assert describe(condition) == "час от 9 до 17 и не (режим работы — lunch или «crm.vip» — yes)"
    assert fields_of(condition) == ("hour", "mode", "crm.vip")


def test_unknown_digits_are_no_telephone_digits() -> None:
    assert not holds(MatchesNumber("caller", "X"), lambda field: "²")


def test_the_first_choice_that_holds_is_taken() -> None:
    both = (graph.Choice(Equals("channel", "voice"), "yes"), graph.Choice(AllOf(()), "no"))
    line = call(with_nodes(start=graph.Branch(both, "message")))
    assert line.heard == ["ru/thanks"]
    assert next((f.kind, f.detail) for f in line.facts if isinstance(f, facts.StepEntered)) == ("branch", "1")


def test_what_is_noted_counts_later() -> None:
    line = call(
        with_nodes(
            start=graph.Assign("again", {"level": "gold", "copy": "{caller}!{nothing}"}, ("vip",), priority=3),
            again=graph.Branch((graph.Choice(Equals("level", "gold"), "queue"),), "no"),
            queue=graph.Enqueue("sales", "message", priority=2),
        )
    )
    contact = line.core.state.contacts["k-1"]
    assert (contact.queue, contact.priority, contact.tags) == ("sales", 5, ["vip"])
    assert contact.variables["copy"] == "+79000000001!"


def test_places_are_said_in_the_chosen_language() -> None:
    start = graph.Assign("queue", {"language": "en"})
    line = call(with_nodes(start=start, queue=graph.Enqueue("sales", "message")))
    assert line.heard == ["en/place/1"]


def test_the_number_the_person_and_the_way_add_to_the_priority() -> None:
    offer = graph.OfferCallback("sales", ("ru/queue-offer",), "no")
    enqueue = graph.Enqueue("sales", "message", priority=2)
    for node_there, priority in ((enqueue, 2 + 1 + 4 + 8), (offer, 1 + 4 + 8)):
        whole = with_nodes(start=graph.Assign("there", priority=1), there=node_there)
        project = replace(whole.projects["windows"], priorities={"+79000000001": 8})
        number = replace(whole.numbers[MAIN], priority=4)
        line = call(replace(whole, projects={"windows": project}, numbers={MAIN: number}))
        line.press("1")
        assert line.core.state.contacts["k-1"].priority == priority


@pytest.mark.parametrize("rule", [{"holding": False}, {"size_limit": 1}])
def test_a_queue_that_sends_back_to_itself_at_once_is_no_circle(rule: dict[str, Any]) -> None:
    whole = with_nodes(start=graph.Enqueue("sales", "start"))
    queue = replace(whole.queues["sales"], **rule)
    core = Core.fresh(replace(whole, queues={**whole.queues, "sales": queue}), NOW)
    if "size_limit" in rule:
        Line(core, name="k-0")
    line = Line(core)
    assert node(line) == "?"
    assert line.heard == ["ru/all-busy", "ru/message-question"]


LOOKUP = graph.Lookup("crm", "found", "no", "message", {"phone": "{customer}"}, seconds=2.0)
FOUND = graph.Branch((graph.Choice(Equals("crm.vip", "yes"), "yes"),), "no")


def asked(line: Line) -> commands.LookUp:
    return next(command for command in line.last if isinstance(command, commands.LookUp))


def test_a_lookup_asks_and_its_answer_decides() -> None:
    line = call(with_nodes(start=LOOKUP, found=FOUND))
    command = asked(line)
    assert (command.source, command.question, command.seconds) == ("crm", {"phone": "+79000000001"}, 2.0)
    line.tell(events.LookedUp(line.now, "k-1", command.lookup, {"vip": "yes"}))
    assert line.heard == ["ru/thanks"]


def test_a_lookup_that_knows_nothing_fails_or_is_late_goes_its_own_way() -> None:
    for answer, heard in (
        (events.LookedUp(NOW, "k-1", "k-1-l1"), ["ru/goodbye"]),
        (events.LookedUp(NOW, "k-1", "k-1-l1", ok=False), ["ru/message-question"]),
        (events.CommandFailed(NOW, "k-1", "", "LookUp", "no"), ["ru/message-question"]),
    ):
        line = call(with_nodes(start=LOOKUP, found=FOUND))
        line.tell(answer)
        assert line.heard == heard
    late = call(with_nodes(start=LOOKUP, found=FOUND))
    command = asked(late)
    late.wait(2.1)
    assert late.heard == ["ru/message-question"]
    late.tell(events.LookedUp(late.now, "k-1", command.lookup, {"vip": "yes"}))
    assert node(late) == "message", "an answer after the deadline is nobody's any more"


def test_a_question_keeps_its_answer() -> None:
    ask = graph.Ask(("ru/menu",), "mark", "yes", "no", allowed="12345")
    line = call(with_nodes(start=ask))
    line.press("9")
    assert line.heard == ["ru/wrong-key", "ru/menu"]
    line.press("5")
    assert line.heard == ["ru/thanks"]
    assert [(f.question, f.answer) for f in line.facts if isinstance(f, facts.AnswerTaken)] == [("mark", "5")]


def test_a_longer_answer_ends_with_pound_or_with_silence() -> None:
    ask = graph.Ask(("ru/menu",), "contract", "yes", "no", length=6)
    for finish in ("#", ""):
        line = call(with_nodes(start=ask))
        line.press("123" + finish)
        line.wait(0.0 if finish else 5.1)
        assert line.heard == ["ru/thanks"]
        assert line.core.state.contacts["k-1"].variables == {"contract": "123"}


def test_no_answer_twice_goes_on() -> None:
    line = call(with_nodes(start=graph.Ask(("ru/menu",), "mark", "yes", "no")))
    line.said()
    line.wait(5.1)
    line.said()
    line.wait(5.1)
    assert line.heard == ["ru/goodbye"]


def test_a_callback_is_promised_to_who_wants_it_and_has_a_number() -> None:
    offer = graph.OfferCallback("sales", ("ru/queue-offer",), "no")
    line = call(with_nodes(start=offer))
    line.press("1")
    assert line.heard == ["ru/callback-promised"]
    line.said()
    line.hangs_up()
    assert line.debt == "callback"
    assert line.queue() == "sales"
    for customer, key in (("+79000000001", "3"), ("", "1")):
        other = call(with_nodes(start=offer), customer)
        other.press(key)
        assert other.heard == ["ru/goodbye"]


def test_an_information_line_serves_at_its_end_and_lets_go_by_key() -> None:
    inform = graph.Inform(("ru/greeting",), "", {"0": "message"})
    heard = call(with_nodes(start=inform))
    heard.said()
    heard.hangs_up()
    assert heard.over[0] == "self_served"
    left = call(with_nodes(start=inform))
    left.press("0")
    assert left.heard == ["ru/message-question"]
    gone = call(with_nodes(start=inform))
    gone.hangs_up()
    assert gone.debt == "menu"


def test_voicemail_is_owed_by_whom_it_is_for() -> None:
    line = call(with_nodes(start=graph.Voicemail("agent:a302", ("ru/message-question",), "yes")))
    line.said()
    line.tell(events.MessageRecorded(line.now, "k-1", "k-1", "k-1", 6.0))
    assert line.heard == ["ru/thanks"]
    line.said()
    line.hangs_up()
    assert [f.owner for f in line.facts if isinstance(f, facts.DebtOpened)] == ["agent:a302"]


def faxing(next: str = "") -> Line:
    line = call(with_nodes(start=graph.Fax("queue:sales", next)))
    assert [type(command).__name__ for command in line.last] == ["AnswerCall", "ReceiveFax"]
    return line


def came(line: Line, pages: int, problem: str = "", name: str = "k-1") -> None:
    line.tell(events.FaxReceived(line.now, "k-1", name, pages, "+7 495 000-00-09", problem))


def test_a_fax_is_owed_an_answer_by_whom_it_is_for() -> None:
    line = faxing()
    line.tell(events.FaxEnded(line.now, "k-1", "k-1"))
    assert line.last == [commands.CollectFax("k-1", "k-1")]
    came(line, 2)
    assert [type(command).__name__ for command in line.last] == ["HangUpLeg"]
    line.hangs_up()
    assert line.over == ("message_taken", "fax")
    assert [(f.owner, f.cause) for f in line.facts if isinstance(f, facts.DebtOpened)] == [("queue:sales", "fax")]
    assert [(f.pages, f.station, f.problem) for f in line.facts if isinstance(f, facts.FaxTaken)] == [
        (2, "+7 495 000-00-09", "")
    ]


@pytest.mark.parametrize(("pages", "outcome"), [(1, "message_taken"), (0, "lost")])
def test_a_fax_that_broke_off_is_owed_with_what_came(pages: int, outcome: str) -> None:
    line = faxing()
    line.tell(events.LegEnded(line.now, "k-1", "k-1"))
    assert not [f for f in line.facts if isinstance(f, facts.ContactOver)], "it is not known yet what came"
    assert line.last == [commands.CollectFax("k-1", "k-1")]
    came(line, pages, "the sender hung up")
    assert line.over == (outcome, "fax")
    assert line.debt == "fax"


def test_a_fax_is_asked_for_again_after_the_switch_was_away() -> None:
    line = faxing()
    line.tell(events.SwitchResynced(line.now))
    assert commands.ReceiveFax("k-1", "k-1", "k-1") in line.last
    line.tell(events.LegEnded(line.now, "k-1", "k-1"))
    line.tell(events.SwitchResynced(line.now))
    assert line.last == [commands.CollectFax("k-1", "k-1")], "whoever was asked may have died"
    for _ in range(10):
        line.wait(60.0)
    assert line.over == ("lost", "fax"), "nobody could ever tell: the contact ends all the same"


def test_a_machine_that_hangs_is_hung_up() -> None:
    line = faxing()
    line.wait(7200.0)
    assert {"HangUpLeg", "CollectFax"} <= {type(command).__name__ for command in line.last}


def test_who_is_asked_to_press_start_hears_it_first_and_may_go_on_afterwards() -> None:
    line = call(with_nodes(start=graph.Fax("agent:a302", "yes", ("ru/greeting",))))
    assert line.heard == ["ru/greeting"]
    line.said()
    line.tell(events.FaxEnded(line.now, "k-1", "k-1"))
    came(line, 0, "no fax")
    assert line.heard == ["ru/thanks"]


def test_a_machine_is_heard_and_goes_where_faxes_are_received() -> None:
    whole = with_nodes(
        start=graph.Play(("ru/greeting",), "menu", "fax"),
        menu=graph.Menu(("ru/menu",), {}, "queue", fax="fax"),
        queue=graph.Enqueue("sales", "message"),
        fax=graph.Fax("queue:sales", ""),
    )
    line = call(whole)
    assert [one.on for one in line.last if isinstance(one, commands.ListenForFax)] == [True]
    line.said()
    assert not [one for one in line.last if isinstance(one, commands.ListenForFax)], "it goes on listening"
    line.tell(events.FaxToneHeard(line.now, "k-1", "k-1"))
    assert [type(one).__name__ for one in line.last] == ["StopPrompts", "ReceiveFax"]
    late = call(whole)
    late.said()
    late.said()
    late.wait(5.0)
    late.said()
    late.wait(5.0)
    assert late.queue() == "sales"
    late.tell(events.FaxToneHeard(late.now, "k-1", "k-1"))
    assert [f.reason for f in late.facts if isinstance(f, facts.Dequeued)] == ["fax"]
    assert commands.ReceiveFax("k-1", "k-1", "k-1") in late.last, "the tone was under way when the listening ended"


def test_listening_for_a_machine_ends_where_a_person_is_reached_and_begins_again_after_a_loss() -> None:
    line = call(with_nodes(start=graph.Play(("ru/greeting",), "queue", "fax"), queue=graph.Enqueue("sales", "message")))
    line.tell(events.SwitchResynced(line.now))
    assert [one.on for one in line.last if isinstance(one, commands.ListenForFax)] == [True]
    line.said()
    assert [one.on for one in line.last if isinstance(one, commands.ListenForFax)] == [False]


def test_another_scenario_comes_back_or_goes_on_for_good() -> None:
    there: dict[str, Node] = {"start": graph.Play(("ru/closed",), "end"), "end": graph.Return()}
    line = call(with_nodes(other=there, start=graph.ToScenario("other", "yes")))
    assert line.heard == ["ru/closed"]
    assert line.core.state.contacts["k-1"].scenario == "other"
    assert line.said() == ["ru/thanks"]
    assert line.core.state.contacts["k-1"].scenario == "main"
    lost = call(with_nodes(other=there, start=graph.ToScenario("other")))
    assert lost.said() == ["ru/all-busy", "ru/message-question"], "a return that leads nowhere still takes a message"


def test_the_recording_is_let_go_when_the_scenario_says_so() -> None:
    line = call(with_nodes(start=graph.Record(False, "queue"), queue=graph.Enqueue("sales", "message")))
    line.tell(events.AgentReadied(line.now, "a301", "phone"))
    ring = next(command for command in line.last if isinstance(command, commands.RingAgent))
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg))
    line.tell(events.LegEnded(line.now, "k-1", "k-1"))
    line.tell(events.LegEnded(line.now, "k-1", ring.leg))
    assert commands.CloseContact("k-1", recorded=False, unwanted=True) in line.last


def rung(line: Line) -> list[str]:
    return [command.agent for command in line.last if isinstance(command, commands.RingAgent)]


def ready(configuration: Configuration, *agents: str) -> Core:
    core = Core.fresh(configuration, NOW)
    for delay, agent in enumerate(agents):
        core.handle(events.AgentReadied(NOW + delay, agent, "phone"))
    return core


def test_one_agent_is_rung_and_otherwise_another_way_is_gone() -> None:
    start = graph.ToAgent("a302", "no")
    line = Line(ready(with_nodes(start=start), "a301", "a302"))
    assert rung(line) == ["a302"]
    line.wait(21.0)
    assert line.core.state.contacts["k-1"].node == "no"
    assert call(with_nodes(start=start)).heard == ["ru/goodbye"], "not ready"


def test_agents_are_rung_in_turn() -> None:
    line = Line(ready(with_nodes(start=graph.RingInTurn(("a303", "a301", "a302"), "no")), "a302", "a301"))
    assert rung(line) == ["a301"], "a303 is not ready"
    line.wait(20.1)
    assert rung(line) == ["a302"]
    line.wait(20.1)
    assert node(line) == "no"


def test_a_group_is_rung_all_at_once() -> None:
    group = graph.RingGroup(("a301", "a302", "a303", "a301"), "no")
    line = Line(ready(with_nodes(start=group), "a302", "a301"))
    assert rung(line) == ["a301", "a302"], "who is ready, and nobody twice"
    one, other = line.core.state.contacts["k-1"].offers
    line.tell(events.OfferRejected(line.now, "a301", "k-1"))
    assert node(line) == "start", "the other rings on"
    line.tell(events.LegEnded(line.now, "k-1", one, 21))
    line.wait(20.1)
    assert node(line) == "no"
    assert commands.HangUpLeg("k-1", other, 19) in line.last


def test_the_first_of_a_group_who_answers_gets_the_person() -> None:
    line = Line(ready(with_nodes(start=graph.RingGroup(("a301", "a302"), "no")), "a302", "a301"))
    one, other = line.core.state.contacts["k-1"].offers
    line.tell(events.LegAnswered(line.now, "k-1", other))
    assert commands.HangUpLeg("k-1", one, 26) in line.last
    assert commands.JoinParties("k-1", "k-1", other) in line.last
    line.tell(events.LegEnded(line.now, "k-1", one, 26))
    line.tell(events.PartiesJoined(line.now, "k-1", other))
    assert line.core.state.agents["a301"].state == "ready"
    assert line.core.state.contacts["k-1"].agent == "a302"


MOBILE = graph.ToNumber("+79000000777", "message", seconds=20.0)


def dialled(line: Line) -> commands.DialOut:
    return next(command for command in line.last if isinstance(command, commands.DialOut))


def test_a_number_outside_talks_with_the_person() -> None:
    line = call(with_nodes(start=MOBILE))
    dial = dialled(line)
    assert (dial.trunk, dial.number, dial.caller_id) == ("city", "+79000000777", MAIN)
    line.tell(events.LegAnswered(line.now, "k-1", dial.leg))
    assert [type(command).__name__ for command in line.last] == ["AnswerCall", "JoinParties"]
    line.tell(events.PartiesJoined(line.now, "k-1", dial.leg))
    line.now += 60
    line.tell(events.LegEnded(line.now, "k-1", dial.leg))
    assert commands.HangUpLeg("k-1", "k-1") in line.last
    line.hangs_up()
    assert line.over == ("answered", "talked")
    assert [f.seconds for f in line.facts if isinstance(f, facts.TalkOver)] == [60.0]
    assert not line.debt


@pytest.mark.parametrize("how", ["busy", "silence", "failure"])
def test_a_number_outside_that_does_not_answer_leads_on(how: str) -> None:
    line = call(with_nodes(start=MOBILE))
    dial = dialled(line)
    if how == "busy":
        line.tell(events.LegEnded(line.now, "k-1", dial.leg, 17))
    elif how == "failure":
        line.tell(events.CommandFailed(line.now, "k-1", dial.leg, "DialOut", "no"))
    else:
        line.wait(25.1)
    assert node(line) == "message"
    assert line.heard == ["ru/message-question"]
    if how == "silence":
        line.tell(events.LegAnswered(line.now, "k-1", dial.leg))
        assert line.last == [commands.HangUpLeg("k-1", dial.leg)], "too late"


def test_who_hangs_up_while_the_number_outside_rings_is_owed() -> None:
    line = call(with_nodes(start=MOBILE))
    dial = dialled(line)
    line.hangs_up()
    assert commands.HangUpLeg("k-1", dial.leg, 26) in line.last
    line.tell(events.LegEnded(line.now, "k-1", dial.leg))
    assert line.over[0] == "lost"
    assert line.debt


def test_a_resynchronisation_does_not_ring_the_number_twice() -> None:
    line = call(with_nodes(start=MOBILE))
    line.tell(events.SwitchResynced(line.now))
    assert not [command for command in line.last if isinstance(command, commands.DialOut | commands.HangUpLeg)]


# --- versions ----------------------------------------------------------------------------------------------------


def test_a_call_under_way_keeps_the_scenarios_it_began_with() -> None:
    old = with_nodes(
        other={"start": graph.Finish(("ru/closed",))},
        start=graph.Menu(("ru/menu",), {"1": "there"}, "message"),
        there=graph.ToScenario("other"),
    )
    line = call(old)
    new = with_nodes(version=2, start=graph.Menu(("ru/menu",), {"1": "yes"}, "message"))
    line.tell(events.ConfigurationPublished(line.now, new))
    line.tell(events.ConfigurationPublished(line.now, replace(new, version=3)))
    line.press("1")
    assert line.heard == ["ru/closed"], "also what it reaches only now is of the old edition"
    line.tell(events.ContactArrived(line.now, "k-2", "k-2", "voice", MAIN, "+79000000002", "+79000000002"))
    line.tell(events.DigitPressed(line.now, "k-2", "k-2", "1"))
    assert line.heard == ["ru/thanks"]
    assert list(line.core.state.editions) == [1]
    line.hangs_up()
    assert line.core.state.editions == {}, "nobody walks it any more"


def test_an_emergency_takes_a_message_also_where_the_queue_is_gone() -> None:
    line = call(with_nodes(start=graph.Enqueue("gone", "")))
    assert line.heard == ["ru/all-busy", "ru/message-question"]
    line.said()
    assert [type(command).__name__ for command in line.last] == ["RecordMessage"]
