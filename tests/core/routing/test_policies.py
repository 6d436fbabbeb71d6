"""Whom a queue's contact is offered to, policy by policy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.configuration import AgentProfile, Configuration
from kaska.core.routing.rules import Policy
from support.company import company
from support.play import Play

ALL = ("a301", "a302", "a303", "a304")


def ruled(policy: Policy | None = None, agents: dict[str, dict[str, Any]] | None = None, **queue: Any) -> Configuration:
    """Everybody serves the queue "sales" of the number DIRECT, which has these rules; ``agents``: fields of theirs."""
    whole = company()
    changes = {"requires": {}, "reserve": "", "policy": policy or Policy(), **queue}
    profiles: dict[str, AgentProfile] = {
        name: replace(profile, **(agents or {}).get(name, {})) for name, profile in whole.agents.items()
    }
    return replace(whole, queues={**whole.queues, "sales": replace(whole.queues["sales"], **changes)}, agents=profiles)


def asked(play: Play) -> list[str]:
    """Who was offered something, in order."""
    return [fact.agent for fact in play.written if isinstance(fact, facts.Offered)]


def rules(play: Play) -> list[str]:
    return [fact.rule for fact in play.written if isinstance(fact, facts.Offered)]


def ringing(play: Play) -> set[str]:
    return {name for name, agent in play.core.state.agents.items() if agent.state == "ringing"}


def served(play: Play, times: int) -> list[str]:
    """So many short calls, one after another, everybody ready again before the next."""
    before = len(asked(play))
    for number in range(times):
        play.talk(f"+7900000{1000 + number}", 10.0)
        for agent in ALL:
            play.try_tell(events.WrapUpFinished(play.now, agent))
    return asked(play)[before:]


def test_longest_idle_goes_round_by_readiness() -> None:
    play = Play(ruled())
    play.ready("a303", "a301", "a304")
    assert served(play, 4) == ["a303", "a301", "a304", "a303"]


def test_round_robin_keeps_the_order_of_extensions_whoever_became_ready_first() -> None:
    play = Play(ruled(Policy("round_robin")))
    play.ready("a303", "a301", "a304", "a302")
    assert served(play, 6) == ["a301", "a302", "a303", "a304", "a301", "a302"]


def test_round_robin_passes_over_those_who_are_not_ready() -> None:
    play = Play(ruled(Policy("round_robin")))
    play.ready("a302", "a304")
    assert served(play, 3) == ["a302", "a304", "a302"]


def test_even_count_gives_to_who_had_fewest_today() -> None:
    play = Play(ruled(Policy("even_count")))
    play.ready("a301")
    served(play, 3)
    play.ready("a302")
    assert served(play, 3) == ["a302"] * 3
    assert set(served(play, 2)) == {"a301", "a302"}


def test_even_talk_gives_to_who_talked_least_today() -> None:
    play = Play(ruled(Policy("even_talk")))
    play.ready("a301")
    play.talk("+79000000001", 300.0)
    play.try_tell(events.WrapUpFinished(play.now, "a301"))
    play.ready("a302")
    assert served(play, 10) == ["a302"] * 10


def test_the_day_begins_anew_for_those_too_who_were_ready_at_midnight() -> None:
    play = Play(ruled(Policy("even_count")))
    play.ready("a301")
    served(play, 3)
    play.pass_time(86_400.0)
    play.ready("a302")
    served(play, 2)
    assert Counter(asked(play)[3:]) == Counter({"a301": 1, "a302": 1})


def test_most_skilled_first() -> None:
    play = Play(ruled(Policy("most_skilled", skill="sales")))
    play.ready("a303", "a301", "a302")
    assert served(play, 2) == ["a302", "a302"]


def test_training_goes_to_the_least_skilled_within_its_share() -> None:
    play = Play(ruled(Policy("least_skilled", skill="sales", share=0.25, agents=("a301", "a304"), then="most_skilled")))
    play.ready(*ALL)
    served(play, 40)
    assert Counter(asked(play)) == {"a302": 30, "a304": 10}
    assert rules(play).count("training") == 10


def test_nobody_is_trained_with_a_share_of_nothing() -> None:
    play = Play(ruled(Policy("least_skilled", share=0.0)))
    play.ready("a301", "a304")
    served(play, 4)
    assert "training" not in rules(play)


def test_best_performer_first_by_product() -> None:
    sold = {"a301": {"conversion": {"doors": 0.1}}, "a304": {"conversion": {"doors": 0.37, "windows": 0.0}}}
    play = Play(ruled(Policy("best_performer", product="doors"), agents=sold))
    play.ready("a303", "a301", "a304")
    assert served(play, 2) == ["a304", "a304"]


def test_sequential_asks_in_its_fixed_order_and_the_next_when_one_does_not_answer() -> None:
    play = Play(ruled(Policy("sequential", agents=("a304", "a302"))))
    play.ready("a301", "a302", "a304")
    play.arrive("+79000000001")
    play.pass_time(12.0)
    play.pass_time(12.0)
    assert asked(play) == ["a304", "a302", "a301"]


def test_ring_all_rings_everybody_and_the_first_to_answer_gets_it() -> None:
    play = Play(ruled(Policy("ring_all")))
    play.ready("a301", "a302", "a303")
    contact = play.arrive("+79000000001")
    assert ringing(play) == {"a301", "a302", "a303"}
    legs = {one.agent: one.leg for one in play.core.state.contacts[contact].offers.values()}
    play.ordered.clear()
    play.tell(events.LegAnswered(play.now, contact, legs["a302"]))
    hung_up = {(one.leg, one.cause) for one in play.ordered if isinstance(one, commands.HangUpLeg)}
    assert hung_up == {(legs["a301"], 26), (legs["a303"], 26)}
    play.tell(events.LegAnswered(play.now, contact, legs["a303"]))  # picked up in the same moment
    play.settle()
    assert play.core.state.contacts[contact].agent == "a302"
    assert {name for name, one in play.core.state.agents.items() if one.state == "ready"} == {"a301", "a303"}


def test_who_becomes_ready_joins_the_ringing_unless_somebody_else_waits() -> None:
    play = Play(ruled(Policy("ring_all")))
    play.ready("a301")
    first = play.arrive("+79000000001")
    second = play.arrive("+79000000002")
    play.ready("a302")
    assert play.core.state.agents["a302"].contact == second
    play.ready("a303")
    assert play.core.state.agents["a303"].contact == first


def test_ring_all_keeps_to_its_limit() -> None:
    play = Play(ruled(Policy("ring_all", limit=2)))
    play.ready(*ALL)
    play.arrive("+79000000001")
    assert len(ringing(play)) == 2


def test_the_agent_who_knows_the_customer_is_waited_for_and_then_others_are_asked() -> None:
    play = Play(ruled(Policy("last_agent", seconds=20.0)))
    play.ready("a301")
    play.talk("+79000000001")
    play.ready("a302", "a301")
    play.tell(events.AgentPaused(play.now, "a302", "tea"))
    busy = play.arrive("+79000000002")  # a301 rings for somebody else
    play.settle()
    play.ready("a302")
    known = play.arrive("+79000000001")
    assert not play.core.state.contacts[known].offers, "a302 is ready and not asked yet"
    play.pass_time(19.0)
    assert not play.core.state.contacts[known].offers
    play.pass_time(1.0)
    assert [one.agent for one in play.core.state.contacts[known].offers.values()] == ["a302"]
    assert play.core.state.contacts[busy].agent == "a301"


def test_the_agent_who_knows_the_customer_takes_him_when_free_in_time() -> None:
    play = Play(ruled(Policy("last_agent", seconds=20.0)))
    play.ready("a301")
    play.talk("+79000000001")
    play.ready("a301", "a302")
    play.pass_time(1.0)
    play.arrive("+79000000001")
    assert asked(play)[-1] == "a301"
    assert rules(play)[-1] == "last_agent"


def test_nobody_is_waited_for_who_leaves() -> None:
    play = Play(ruled(Policy("last_agent", seconds=600.0)))
    play.ready("a301")
    play.talk("+79000000001")
    play.ready("a302")
    known = play.arrive("+79000000001")  # a301 is in wrap-up
    assert not play.core.state.contacts[known].offers
    play.tell(events.AgentSignedOut(play.now, "a301"))
    assert asked(play)[-1] == "a302"


def test_the_secretary_comes_first_and_the_others_when_she_takes_long() -> None:
    play = Play(ruled(Policy("secretary_first", seconds=10.0, agents=("a304",), then="most_skilled", skill="sales")))
    play.ready("a301", "a302", "a304")
    play.arrive("+79000000001")
    assert asked(play) == ["a304"]
    play.arrive("+79000000002")
    assert asked(play) == ["a304"]
    play.pass_time(10.0)
    assert asked(play) == ["a304", "a302"]


def test_without_a_secretary_on_duty_nobody_waits() -> None:
    play = Play(ruled(Policy("secretary_first", agents=("a304",))))
    play.ready("a301")
    play.arrive("+79000000001")
    assert asked(play) == ["a301"]


def test_preferred_skills_come_first_and_are_not_required() -> None:
    play = Play(ruled(prefers={"service": 3}))
    play.ready("a301", "a303")
    play.arrive("+79000000001")
    play.arrive("+79000000002")
    assert asked(play) == ["a303", "a301"]


@pytest.mark.parametrize(("order", "first"), [(("sales",), "direct"), (("service",), "served"), ((), "served")])
def test_an_agents_own_order_decides_at_equal_priority(order: tuple[str, ...], first: str) -> None:
    whole = ruled(agents={"a302": {"queues": order}})
    play = Play(whole)
    play.arrive("+79000000001", "+74950000101", contact="served")
    play.settle()
    play.tell(events.DigitPressed(play.now, "served", "served", "2"))
    assert play.core.state.contacts["served"].queue == "service"
    play.pass_time(5.0)
    play.arrive("+79000000002", contact="direct")
    play.ready("a302")
    assert play.core.state.agents["a302"].contact == first
