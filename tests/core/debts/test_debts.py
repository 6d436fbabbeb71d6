"""The debt book's rules one by one: deadlines, owners, attempts, ends, and calling by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.debts.debt import Debt
from kaska.core.debts.hours import due_at, first_lawful, may_call
from kaska.core.debts.rules import Deadline, DebtRules
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from support.company import company
from support.play import Play

LAWFUL = tuple(((480, 1320),) if day < 5 else ((540, 1200),) for day in range(7))
IVAN, PETR = "+79000000001", "+79000000002"


def play(**rules: Any) -> Play:
    whole = company()
    project = replace(whole.projects["windows"], debts=DebtRules(**rules))
    return Play(replace(whole, projects={"windows": project}))


def debt(one: Play, contact: str) -> Debt:
    return one.core.state.debts[f"d-{contact}"]


def closings(one: Play) -> list[facts.DebtClosed]:
    return [fact for fact in one.written if isinstance(fact, facts.DebtClosed)]


def rung(one: Play) -> list[commands.RingAgent]:
    return [command for command in one.ordered if isinstance(command, commands.RingAgent)]


def miss(one: Play, agent: str, owed: str, cause: int = 19) -> None:
    """The agent calls by one click, and the person's line ends by ``cause``."""
    one.born += 1
    name = f"out-{one.born}"
    one.tell(events.CallbackRequested(one.now, agent, owed, name))
    one.obey()
    one.ordered.clear()
    one.tell(events.LegEnded(one.now, name, one.core.state.contacts[name].customer_leg, cause))
    one.settle()


# --- deadlines and owners ---


def test_the_deadline_is_by_cause_and_priority() -> None:
    rules = DebtRules(deadlines=(Deadline(5, ("waiting",)), Deadline(7, (), 3), Deadline(9, ("menu",))))
    whole = company()
    whole = replace(whole, projects={"windows": replace(whole.projects["windows"], debts=rules)})
    at = 1_760_000_000.0

    def minutes(cause: str, priority: int) -> float:
        return (due_at(whole, "windows", at, cause, priority) - at) / 60.0

    assert [minutes("waiting", 5), minutes("menu", 3), minutes("menu", 2), minutes("ringing", 0)] == [5, 7, 9, 20]


def test_the_owner_is_the_queue_the_last_agent_or_agents_in_turn() -> None:
    one = play()
    assert debt(one, one.lose(IVAN)).owner == "queue:sales"

    one = play(assign="last_agent")
    one.ready("a302")
    one.talk(IVAN)
    one.tell(events.AgentSignedOut(one.now, "a302"))
    assert debt(one, one.lose(IVAN)).owner == "agent:a302"
    assert debt(one, one.lose(PETR)).owner == "queue:sales"  # nobody knows him

    one = play(assign="round_robin")
    assert debt(one, one.lose(IVAN)).owner == "queue:sales"  # nobody is at work
    one.ready("a301", "a302")
    owners = []
    for number in range(3):
        contact = one.arrive(f"+7900000001{number}")
        one.hang_up(contact)
        one.pass_time(1)
        owners.append(debt(one, contact).owner)
    assert owners == ["agent:a301", "agent:a302", "agent:a301"]


def test_a_debt_past_its_deadline_becomes_the_supervisors_once() -> None:
    one = play(escalates=True, escalate_minutes=2)
    contact = one.lose(IVAN)
    one.pass_time(20 * 60)
    assert not debt(one, contact).escalated_at
    one.pass_time(3 * 60)
    assert debt(one, contact).escalated_at == debt(one, contact).due_at + 120
    one.pass_time(86_400)
    assert sum(isinstance(fact, facts.DebtEscalated) for fact in one.written) == 1


# --- attempts and ends ---


def test_who_was_looked_for_often_enough_is_unreachable() -> None:
    one = play(tries=2, spacing_minutes=10)
    first, second = one.lose(IVAN), one.lose(IVAN)
    one.ready("a301")
    miss(one, "a301", f"d-{first}", 17)
    one.pass_time(60)
    one.tell(events.AgentReadied(one.now, "a301"))
    miss(one, "a301", f"d-{second}")  # too soon after the first: the two are one
    assert [one.core.state.debts[name].tries for name in (f"d-{first}", f"d-{second}")] == [1, 1]
    assert debt(one, first).attempts == 2
    one.pass_time(600)
    miss(one, "a301", f"d-{first}")
    assert [(fact.how, fact.by) for fact in closings(one)] == [("unreachable", "a301")] * 2
    results = [fact.result for fact in one.written if isinstance(fact, facts.DebtAttempted)]
    assert results == ["busy", "busy", "no_answer", "no_answer", "no_answer", "no_answer"]


def test_a_line_of_ours_that_failed_says_nothing_of_the_person() -> None:
    one = play(tries=1)
    contact = one.lose(IVAN)
    one.ready("a301")
    miss(one, "a301", f"d-{contact}", 34)
    assert (debt(one, contact).attempts, debt(one, contact).tries) == (1, 0)


def test_an_agent_who_hangs_up_while_it_rings_has_tried_but_it_does_not_count() -> None:
    one = play(tries=1)
    contact = one.lose(IVAN)
    one.ready("a301")
    one.tell(events.CallbackRequested(one.now, "a301", f"d-{contact}", "out-1"))
    one.obey()
    one.ordered.clear()
    one.tell(events.HangUpRequested(one.now, "a301", "out-1"))
    one.settle()
    assert (debt(one, contact).attempts, debt(one, contact).tries) == (1, 0)
    assert "out-1" not in one.core.state.contacts


@pytest.mark.parametrize(
    ("result", "how"), [("refused", "refused"), ("wrong_number", "unreachable"), ("talked", "called_back")]
)
def test_what_an_agent_says_of_an_attempt_ends_everything_owed(result: str, how: str) -> None:
    one = play()
    one.lose(IVAN), one.lose(IVAN), one.lose(PETR)
    first = next(iter(one.core.state.debts))
    one.tell(events.DebtReported(one.now, first, "a301", result, "bought elsewhere"))
    assert [(fact.how, fact.by, fact.reason) for fact in closings(one)] == [(how, "a301", "bought elsewhere")] * 2
    assert [left.customer for left in one.core.state.debts.values()] == [PETR]
    assert one.core.state.books.recovered == 2 * (how == "called_back")


def test_a_promised_time_is_the_new_deadline_and_must_be_lawful() -> None:
    one = play(hours=LAWFUL)
    contact = one.lose(IVAN)
    five = one.now + 5 * 3600
    one.tell(events.DebtPutOff(one.now, f"d-{contact}", "a301", five, "after work"))
    assert debt(one, contact).due_at == five
    for wrong, code in ((one.now - 1, "already_past"), (one.now + 15 * 3600, "forbidden_hours")):
        with pytest.raises(Refused) as refused:
            one.tell(events.DebtPutOff(one.now, f"d-{contact}", "a301", wrong))
        assert refused.value.code == code


# --- one agent at a time ---


def test_who_takes_a_debt_keeps_others_from_the_person_for_a_while() -> None:
    one = play(lease_minutes=10)
    first, second = one.lose(IVAN), one.lose(IVAN)
    one.ready("a301", "a302")
    one.tell(events.DebtTaken(one.now, f"d-{first}", "a301"))
    assert {owed.owner for owed in one.core.state.debts.values()} == {"agent:a301"}
    for refused_event in (
        events.DebtTaken(one.now, f"d-{second}", "a302"),
        events.CallbackRequested(one.now, "a302", f"d-{second}", "out-9"),
        events.DebtReported(one.now, f"d-{second}", "a302", "talked"),
    ):
        with pytest.raises(Refused, match="already_promised"):
            one.tell(refused_event)
    one.pass_time(601)
    one.tell(events.CallbackRequested(one.now, "a302", f"d-{second}", "out-9"))
    with pytest.raises(Refused, match="already_calling"):  # another debt, but the same person
        one.tell(events.CallbackRequested(one.now, "a301", f"d-{first}", "out-10"))


def test_nobody_rings_whoever_calls_us_himself() -> None:
    one = play()
    contact = one.lose(IVAN)
    one.ready("a301")
    one.tell(events.CallbackRequested(one.now, "a301", f"d-{contact}", "out-1"))
    back = one.arrive(IVAN)
    one.settle()
    assert one.core.state.contacts[back].agent == "a301"
    assert [(fact.how, fact.contact) for fact in closings(one)] == [("came_back", back)]
    assert "out-1" not in one.core.state.contacts


# --- hours ---


def test_nobody_is_called_out_of_hours_not_even_by_a_click() -> None:
    one = play(hours=tuple(() for _ in range(7)))
    contact = one.lose(IVAN)
    one.ready("a301")
    with pytest.raises(Refused, match="forbidden_hours"):
        one.tell(events.CallbackRequested(one.now, "a301", f"d-{contact}", "out-1"))


def test_hours_that_end_while_the_agents_phone_rings() -> None:
    one = play(hours=tuple(((0, 714),) for _ in range(7)))  # until 11:54; it is 11:53:20
    contact = one.lose(IVAN)
    one.ready("a301")
    one.pass_time(15)
    one.tell(events.CallbackRequested(one.now, "a301", f"d-{contact}", "out-1"))
    one.ordered.clear()
    one.now += 10
    one.tell(events.LegAnswered(one.now, "out-1", "out-1-a1"))
    assert not [command for command in one.ordered if isinstance(command, commands.DialOut)]
    one.settle()
    assert one.core.state.agents["a301"].state is AgentState.READY
    assert debt(one, contact).attempts == 0


def test_lawful_hours_know_weekends_and_holidays() -> None:
    whole = company()
    calendar = replace(whole.calendars["always"], holidays=("2026-11-04",))
    rules = DebtRules(hours=LAWFUL, holiday_hours=((540, 1200),))
    project = replace(whole.projects["windows"], debts=rules)
    whole = replace(whole, projects={"windows": project}, calendars={**whole.calendars, "always": calendar})

    def moscow(day: int, hour: int, minute: int = 0) -> float:
        return datetime(2026, 11, day, hour - 3, minute, tzinfo=UTC).timestamp()

    assert may_call(whole, "windows", moscow(3, 21, 59))  # Tuesday
    assert not may_call(whole, "windows", moscow(3, 22))
    assert first_lawful(whole, "windows", moscow(3, 22)) == moscow(4, 9)  # Wednesday, a holiday
    assert not may_call(whole, "windows", moscow(4, 20))
    assert first_lawful(whole, "windows", moscow(6, 23)) == moscow(7, 9)  # Saturday


# --- by itself ---


def test_a_ready_agent_for_whom_nobody_waits_is_offered_the_next_debt() -> None:
    one = play(automatic=True, automatic_minutes=1)
    contact = one.lose(IVAN)
    one.pass_time(120)
    one.ready("a301")
    [ring] = rung(one)
    assert (ring.agent, ring.contact) == ("a301", f"out-d-{contact}-1")
    one.settle()
    [closed] = closings(one)
    assert (closed.how, closed.by, closed.contact) == ("called_back", "a301", ring.contact)


def test_an_idle_agent_is_offered_a_debt_when_its_time_comes() -> None:
    one = play(automatic=True, automatic_minutes=2)
    one.ready("a301")
    contact = one.arrive(IVAN)
    one.hang_up(contact)
    one.ordered.clear()
    one.pass_time(119)
    assert rung(one) == []
    one.pass_time(2)
    assert [ring.agent for ring in rung(one)] == ["a301"]


def test_a_live_caller_goes_first() -> None:
    one = play(automatic=True, automatic_minutes=0)
    owed = one.lose(IVAN)
    one.pass_time(0)
    assert debt(one, owed).ready
    waiting = one.arrive(PETR)
    one.settle()
    one.ordered.clear()
    one.ready("a301")
    assert [ring.contact for ring in rung(one)] == [waiting]


def test_several_debts_of_one_person_are_one_call_and_a_missed_one_waits() -> None:
    one = play(automatic=True, automatic_minutes=0, spacing_minutes=30, tries=2)
    one.lose(IVAN), one.lose(IVAN)
    one.ready("a301", "a302")
    [ring] = rung(one)
    one.obey()
    one.ordered.clear()
    call = one.core.state.contacts[ring.contact]
    one.tell(events.LegEnded(one.now, ring.contact, call.customer_leg, 19))
    one.settle()
    one.pass_time(29 * 60)
    assert rung(one) == []
    one.pass_time(70)
    [again] = rung(one)
    assert again.contact != ring.contact
    one.obey()
    one.ordered.clear()
    one.tell(events.LegEnded(one.now, again.contact, one.core.state.contacts[again.contact].customer_leg, 19))
    assert [fact.how for fact in closings(one)] == ["unreachable"] * 2


def test_what_an_agent_owes_waits_for_him_until_it_is_overdue() -> None:
    one = play(automatic=True, automatic_minutes=0, escalates=True)
    contact = one.lose(IVAN)
    one.tell(events.DebtGiven(one.now, f"d-{contact}", "agent:a302", "boss"))
    one.ready("a301")
    assert rung(one) == []
    one.pass_time(21 * 60)
    assert [ring.agent for ring in rung(one)] == ["a301"]


def test_who_reached_no_queue_is_called_by_the_queue_of_the_rule() -> None:
    one = play(automatic=True, automatic_minutes=0, automatic_queue="operators")
    contact = one.arrive(IVAN, "+74950000101")
    one.obey()
    one.hang_up(contact)
    one.pass_time(0)
    one.ready("a303")
    assert [ring.contact for ring in rung(one)] == [f"out-d-{contact}-1"]


def test_rules_that_are_published_later_hold_for_what_is_owed_already() -> None:
    one = play()
    one.lose(IVAN)
    one.ready("a301")
    assert rung(one) == []
    project = replace(one.configuration.projects["windows"], debts=DebtRules(automatic=True))
    one.tell(
        events.ConfigurationPublished(one.now, replace(one.configuration, version=2, projects={"windows": project}))
    )
    one.pass_time(61)
    assert [ring.agent for ring in rung(one)] == ["a301"]


def test_an_agent_who_does_not_answer_costs_the_person_no_attempt() -> None:
    one = play(automatic=True, automatic_minutes=0)
    contact = one.lose(IVAN)
    one.pass_time(0)
    one.ready("a301", "a302")
    [ring] = rung(one)
    one.ordered.clear()
    one.tell(events.LegEnded(one.now, ring.contact, ring.leg, 19))
    [other] = rung(one)
    assert {ring.agent, other.agent} == {"a301", "a302"}
    assert debt(one, contact).attempts == 0
