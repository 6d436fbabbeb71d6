"""What waiting brings about: relaxed skills, the way out, full queues, queues that do not hold, callbacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.routing.rules import OverflowStep, Policy, Promotion, Relaxation
from support.company import company
from support.play import Play

MOBILE = "+74950000199"


def with_sales(**changes: Any) -> Configuration:
    whole = company()
    return replace(whole, queues={**whole.queues, "sales": replace(whole.queues["sales"], **changes)})


def way_out(*steps: OverflowStep, **changes: Any) -> Play:
    return Play(with_sales(reserve="", chain=steps, **changes))


def the(play: Play, contact: str) -> Contact:
    return play.core.state.contacts[contact]


def asked(play: Play, contact: str) -> list[str]:
    return [offer.agent for offer in the(play, contact).offers.values()]


def of(play: Play, *kinds: type[facts.Fact]) -> list[Any]:
    return [fact for fact in play.written if isinstance(fact, kinds)]


# --- skills ---


def test_skills_are_relaxed_step_by_step() -> None:
    play = Play(
        with_sales(requires={"sales": 5}, reserve="", relax=(Relaxation(10, "sales", 3), Relaxation(20, "sales")))
    )
    play.ready("a301", "a303")  # sales 3, and none at all
    contact = play.arrive("+79000000001")
    play.pass_time(9.9)
    assert asked(play, contact) == []
    play.pass_time(0.2)
    assert asked(play, contact) == ["a301"]
    play.tell(events.OfferRejected(play.now, "a301", contact))
    play.pass_time(10.0)
    assert asked(play, contact) == ["a303"]
    assert [(fact.number, fact.level) for fact in of(play, facts.Relaxed)] == [(1, 3), (2, 0)]


def test_whoever_has_the_skill_in_full_goes_before_those_who_have_less() -> None:
    play = Play(with_sales(requires={"sales": 5}, reserve="", relax=(Relaxation(10, "sales", 3),)))
    contact = play.arrive("+79000000001")
    play.pass_time(10.0)
    second = play.arrive("+79000000002")
    play.ready("a301")
    assert asked(play, contact) == ["a301"]
    assert asked(play, second) == []


# --- the way out ---


def test_a_step_asks_a_group_whatever_its_skills() -> None:
    play = way_out(OverflowStep("group", 10, agents=("a304", "a303")))
    play.ready("a304")
    contact = play.arrive("+79000000001")
    assert asked(play, contact) == []
    play.pass_time(10.0)
    assert asked(play, contact) == ["a304"]
    assert of(play, facts.Offered)[-1].rule == "group"


@pytest.mark.parametrize("kind", ["partner", "mobile"])
def test_a_number_outside_is_dialled_and_talks(kind: str) -> None:
    play = way_out(OverflowStep(kind, 10, trunk="city", number=MOBILE))
    contact = play.arrive("+79000000001")
    play.settle()
    play.pass_time(10.0)
    dialled = [command for command in play.ordered if isinstance(command, commands.DialOut)]
    assert [(one.number, one.trunk, one.caller_id) for one in dialled] == [(MOBILE, "city", "+74950000101")]
    play.settle()
    assert the(play, contact).phase is Phase.TALKING
    play.pass_time(30.0)
    play.hang_up(contact)
    assert of(play, facts.ContactOver)[-1].outcome == "answered"
    assert of(play, facts.TalkOver)[-1].agent == ""
    assert not of(play, facts.DebtOpened)


def test_while_a_number_outside_rings_a_free_agent_is_asked_too_and_wins() -> None:
    play = way_out(OverflowStep("mobile", 10, trunk="city", number=MOBILE))
    contact = play.arrive("+79000000001")
    play.pass_time(10.0)
    outside = next(iter(the(play, contact).offers))
    play.ready("a301")
    assert asked(play, contact) == ["", "a301"]
    play.ordered.clear()
    play.tell(events.LegAnswered(play.now, contact, the(play, contact).offer_to("a301").leg))  # type: ignore[union-attr]
    assert commands.HangUpLeg(contact, outside, 26) in play.ordered
    assert the(play, contact).agent == "a301"


def test_a_number_outside_that_does_not_answer_leaves_the_person_in_line() -> None:
    play = way_out(OverflowStep("partner", 10, trunk="city", number=MOBILE, ring_seconds=8))
    contact = play.arrive("+79000000001")
    play.pass_time(18.0)
    assert not the(play, contact).offers
    assert of(play, facts.OfferOver)[-1].result == "timed_out"
    assert the(play, contact).phase is Phase.WAITING


def test_the_way_out_ends_in_a_message_but_not_while_a_phone_rings() -> None:
    play = way_out(
        OverflowStep("mobile", 10, trunk="city", number=MOBILE, ring_seconds=20), OverflowStep("message", 15)
    )
    contact = play.arrive("+79000000001")
    play.settle()
    play.pass_time(15.0)
    assert the(play, contact).phase is Phase.WAITING
    play.pass_time(15.0)
    assert of(play, facts.Dequeued)[-1].reason == "overflow"
    assert the(play, contact).node == "message"


def test_steps_by_length_by_hour_and_by_wait_are_passed_over_with_the_reason() -> None:
    play = way_out(
        OverflowStep("queue", 0, "reserve", length=2),
        OverflowStep("queue", 0, "reserve", calendar="never"),
        OverflowStep("queue", 0, "reserve", calendar="always", closed=True),
        OverflowStep("queue", 0, "reserve", wait=60),
        OverflowStep("queue", 0, "vanished"),
        OverflowStep("queue", 1, "reserve", calendar="never", closed=True),
    )
    play.ready("a304")
    first = play.arrive("+79000000001")
    passed = [fact.reason for fact in of(play, facts.OverflowPassed)]
    assert passed == ["short_line", "hours", "hours", "short_wait", "gone"]
    second = play.arrive("+79000000002")
    assert of(play, facts.Overflowed)[0].contact == second
    assert asked(play, second) == ["a304"]
    play.pass_time(1.0)
    assert of(play, facts.Overflowed)[-1].contact == second
    assert "reserve" in the(play, first).lines


def test_the_expected_wait_opens_the_way_out() -> None:
    play = way_out(OverflowStep("queue", 0, "reserve", wait=10))
    play.ready("a301")
    for number in range(6):
        play.talk(f"+790000000{10 + number}", 60.0)
        play.try_tell(events.WrapUpFinished(play.now, "a301"))
    play.talk("+79000000001", 1.0)
    play.arrive("+79000000002")
    assert of(play, facts.Overflowed)


def test_reserve_is_the_first_step_of_the_way_out() -> None:
    play = Play(with_sales(chain=(OverflowStep("mobile", 30, trunk="city", number=MOBILE),)))
    play.arrive("+79000000001")
    play.pass_time(30.0)
    taken = [(fact.to, fact.reserve, fact.step) for fact in of(play, facts.Overflowed)]
    assert taken == [("queue", "reserve", 0), ("mobile", MOBILE, 1)]


def test_whoever_returns_to_the_line_goes_on_where_he_was() -> None:
    play = Play(with_sales())
    play.ready("a301")
    contact = play.arrive("+79000000001")
    leg = next(iter(the(play, contact).offers))
    play.tell(events.LegAnswered(play.now, contact, leg))
    play.pass_time(20.0)
    play.tell(events.LegEnded(play.now, contact, leg))  # before the two were joined
    play.pass_time(0.0)
    assert of(play, facts.Overflowed)[-1].reserve == "reserve"


# --- no room, no holding ---


def test_a_queue_that_does_not_hold_takes_a_message_at_once() -> None:
    play = Play(with_sales(holding=False))
    contact = play.arrive("+79000000001")
    assert of(play, facts.Dequeued)[-1].reason == "nobody_free"
    assert the(play, contact).node == "message"


def test_a_queue_that_does_not_hold_still_offers_to_who_is_free_and_then_promises() -> None:
    play = Play(with_sales(holding=False, instead="callback"))
    play.ready("a301")
    contact = play.arrive("+79000000001")
    assert asked(play, contact) == ["a301"]
    play.pass_time(12.0)
    assert of(play, facts.CallbackPromised)
    assert of(play, facts.DebtOpened)[-1].cause == "callback"


def test_without_a_number_there_is_no_callback_to_promise() -> None:
    play = Play(with_sales(holding=False, instead="callback"))
    play.arrive("")
    assert of(play, facts.Dequeued)[-1].reason == "nobody_free"


def test_whoever_finds_the_queue_full_leaves_a_message() -> None:
    play = Play(with_sales(size_limit=1))
    play.arrive("+79000000001")
    second = play.arrive("+79000000002")
    assert of(play, facts.Dequeued)[-1].reason == "full"
    assert the(play, second).node == "message"


def test_whoever_finds_the_queue_full_waits_in_another() -> None:
    play = Play(with_sales(size_limit=1, full_queue="operators"))
    play.arrive("+79000000001")
    second = play.arrive("+79000000002")
    assert [(fact.queue, fact.to) for fact in of(play, facts.QueueFull)] == [("sales", "operators")]
    assert the(play, second).queue == "operators"


def test_a_full_queue_turns_nobody_away_whom_somebody_ready_can_take() -> None:
    play = Play(with_sales(size_limit=1, policy=Policy("secretary_first", 60, ("a302",))))
    play.ready("a302")
    play.arrive("+79000000001")
    play.arrive("+79000000002")  # waits for the secretary
    play.ready("a301")
    third = play.arrive("+79000000003")
    assert the(play, third).phase is Phase.WAITING


def test_the_longest_wait_ends_as_the_queue_says() -> None:
    play = Play(with_sales(max_wait=60.0, instead="callback"))
    play.arrive("+79000000001")
    play.settle()
    play.pass_time(61.0)
    play.settle()
    assert of(play, facts.CallbackPromised)


# --- what is said ---


def test_a_mode_set_by_hand_decides_the_hours_of_the_way_out() -> None:
    play = way_out(OverflowStep("queue", 5, "reserve", calendar="always", closed=True))
    play.tell(events.ModeSwitched(play.now, "windows", "night", 0.0, "boss"))
    play.arrive("+79000000001")
    play.pass_time(5.0)
    assert [fact.reserve for fact in of(play, facts.Overflowed)] == ["reserve"]


def test_promotions_are_said_in_turn_while_their_calendar_is_open() -> None:
    told = (Promotion(("ru/a",), "always"), Promotion(("ru/never",), "never"), Promotion(("ru/b", "ru/c")))
    play = Play(with_sales(promotions=told, offer_after=0.0))
    play.arrive("+79000000001")
    for _ in range(4):
        play.settle()
        play.pass_time(31.0)
    said = [fact.prompts[-1] for fact in of(play, facts.PromptsStarted)]
    assert said[0].startswith("ru/place")
    assert said[1:4] == ["ru/a", "ru/c", "ru/a"]


# --- callbacks ---


def promised(**changes: Any) -> tuple[Play, str]:
    """Somebody who ordered a callback and hung up."""
    play = Play(with_sales(**changes))
    contact = play.arrive("+79000000001")
    play.settle()
    play.tell(events.DigitPressed(play.now, contact, contact, "2"))
    play.settle()
    assert not the(play, contact).person_present
    return play, contact


def dialled(play: Play) -> list[commands.DialOut]:
    return [command for command in play.ordered if isinstance(command, commands.DialOut)]


def test_the_customer_is_dialled_first_and_the_agent_kept_for_him() -> None:
    play, contact = promised(callback_first="customer")
    play.ready("a301")
    assert [one.number for one in dialled(play)] == ["+79000000001"]
    assert not [one for one in play.ordered if isinstance(one, commands.RingAgent)]
    assert play.core.state.agents["a301"].bound
    play.obey()
    assert [one.agent for one in play.ordered if isinstance(one, commands.RingAgent)] == ["a301"]
    play.settle()
    assert the(play, contact).phase is Phase.TALKING
    assert [fact.how for fact in of(play, facts.DebtClosed)] == ["called_back"]


def test_a_customer_who_was_reached_waits_on_when_the_agent_does_not_answer() -> None:
    play, contact = promised(callback_first="customer")
    play.ready("a301")
    play.obey()
    play.ordered.clear()
    play.pass_time(12.0)
    assert the(play, contact).reached
    play.ready("a302")
    assert asked(play, contact) == ["a302"]
    play.ordered = [one for one in play.ordered if isinstance(one, commands.RingAgent)]
    play.settle()
    assert the(play, contact).phase is Phase.TALKING


def test_a_customer_who_is_not_reached_is_called_again_with_one_debt() -> None:
    play, contact = promised(callback_first="customer", callback_tries=3, callback_retry_seconds=60.0)
    play.ready("a301")
    for tries in (1, 2, 3):
        leg = dialled(play)[-1].leg
        play.ordered.clear()
        play.tell(events.LegEnded(play.now, contact, leg, 19))
        assert play.core.state.agents["a301"].state == "ready"
        assert len(of(play, facts.CallbackMissed)) == min(tries, 2)
        play.pass_time(59.0)
        assert not dialled(play)
        play.pass_time(2.0)
    assert of(play, facts.ContactOver)[-1].outcome == "lost"
    assert len(of(play, facts.DebtOpened)) == 1
    assert len(of(play, facts.DebtAttempted)) == 3
    assert len(play.core.state.debts) == 1


def test_an_agent_first_callback_is_tried_again_too() -> None:
    play, contact = promised(callback_tries=2, callback_retry_seconds=60.0)
    play.ready("a301")
    play.obey()
    play.tell(events.LegEnded(play.now, contact, dialled(play)[-1].leg, 17))
    play.ordered = [one for one in play.ordered if isinstance(one, commands.HangUpLeg)]
    play.settle()
    assert play.core.state.agents["a301"].state == "ready"
    play.pass_time(60.0)
    assert asked(play, contact) == ["a301"]


def test_the_virtual_place_is_kept_between_tries() -> None:
    play, contact = promised(callback_tries=2, callback_retry_seconds=30.0, callback_first="customer")
    play.ready("a301")
    play.tell(events.LegEnded(play.now, contact, dialled(play)[-1].leg, 17))
    play.tell(events.AgentPaused(play.now, "a301", "tea"))
    later = play.arrive("+79000000002")
    play.pass_time(30.0)
    play.ordered.clear()
    play.tell(events.AgentReadied(play.now, "a301"))
    assert [one.number for one in dialled(play)] == ["+79000000001"]
    assert the(play, later).phase is Phase.WAITING


def test_a_debt_settled_another_way_ends_the_tries() -> None:
    play, contact = promised(callback_tries=5, callback_retry_seconds=600.0, callback_first="customer")
    play.ready("a301")
    play.tell(events.LegEnded(play.now, contact, dialled(play)[-1].leg, 17))
    play.tell(events.DebtWrittenOff(play.now, f"d-{contact}", "boss", "called by chance"))
    assert contact not in play.core.state.contacts
