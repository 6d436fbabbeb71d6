"""Who goes first: priority, ageing, places."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kaska.core import events
from kaska.core.configuration import Configuration
from kaska.core.routing.line import WaitingLine, key_of
from kaska.core.routing.pools import queues_by_agent
from kaska.core.scenarios.graph import Enqueue
from support.company import DIRECT, MAIN, company
from support.play import Play

priorities = st.integers(-10, 10)
moments = st.floats(0, 1e6)
worths = st.sampled_from([1.0, 30.0, 300.0, 3600.0])


@given(old=priorities, new=priorities, since=moments, worth=worths, more=st.floats(0.01, 1e5))
def test_whatever_the_priorities_there_is_a_time_after_which_the_older_goes_first(
    old: int, new: int, since: float, worth: float, more: float
) -> None:
    """The law of ageing: later by more than the difference in points × ``priority_seconds`` is behind, for ever."""
    later = since + max(new - old, 0) * worth + more
    assert key_of(old, since, "old", worth) < key_of(new, later, "new", worth)


@given(priority=priorities, since=moments, worth=worths, more=st.floats(0.01, 0.99))
def test_a_point_of_priority_is_worth_its_seconds(priority: int, since: float, worth: float, more: float) -> None:
    assert key_of(priority + 1, since + worth * more, "new", worth) < key_of(priority, since, "old", worth)


@given(st.lists(st.tuples(priorities, st.integers(0, 10_000)), min_size=1, max_size=40))
def test_nobody_starves_however_many_important_ones_come(arrivals: list[tuple[int, int]]) -> None:
    """One of the lowest priority waits; everybody who comes late enough is behind, so a bounded number goes first."""
    line = WaitingLine()
    line.put(key_of(-10, 0.0, "patient", 300.0), free=True)
    for number, (priority, at) in enumerate(arrivals):
        line.put(key_of(priority, float(at), f"k{number}", 300.0), free=True)
    before = sum(1 for priority, at in arrivals if at <= (priority + 10) * 300.0)
    assert line.place("patient") <= before + 1


def important() -> Configuration:
    whole = company()
    return replace(
        whole,
        projects={"windows": replace(whole.projects["windows"], priorities={"+79000000009": 2})},
        numbers={**whole.numbers, MAIN: replace(whole.numbers[MAIN], priority=1)},
    )


def test_an_important_customer_goes_before_those_who_came_a_little_earlier() -> None:
    play = Play(important())
    play.arrive("+79000000001", contact="usual")
    play.pass_time(100.0)
    play.arrive("+79000000009", contact="important")
    play.ready("a301")
    assert play.core.state.agents["a301"].contact == "important"


def test_but_not_before_those_who_have_waited_ten_minutes_more() -> None:
    play = Play(important())
    play.arrive("+79000000001", contact="usual")
    play.settle()
    play.pass_time(601.0)
    play.arrive("+79000000009", contact="important")
    play.ready("a301")
    assert play.core.state.agents["a301"].contact == "usual"


def test_the_called_number_and_the_customer_add_up() -> None:
    play = Play(important())
    contact = play.arrive("+79000000009", MAIN)
    play.settle()
    play.tell(events.DigitPressed(play.now, contact, contact, "1"))
    assert play.core.state.contacts[contact].priority == 3


@given(
    agents=st.dictionaries(
        st.text("abc", min_size=1, max_size=3), st.dictionaries(st.sampled_from("xyz"), st.integers(1, 5)), max_size=6
    ),
    queues=st.dictionaries(
        st.text("qr", min_size=1, max_size=3), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 5)), max_size=6
    ),
)
def test_who_serves_what_is_who_has_every_required_skill(
    agents: dict[str, dict[str, int]], queues: dict[str, dict[str, int]]
) -> None:
    expected = {
        agent: tuple(q for q, needed in queues.items() if all(known.get(s, 0) >= level for s, level in needed.items()))
        for agent, known in agents.items()
    }
    assert queues_by_agent(agents, queues) == expected


def test_a_place_is_kept_from_one_queue_to_the_next() -> None:
    whole = company(max_wait=60.0)
    direct = whole.scenarios["direct"]
    nodes = {**direct.nodes, "thanks": Enqueue("service", "message")}
    play = Play(replace(whole, scenarios={**whole.scenarios, "direct": replace(direct, nodes=nodes)}))
    began = play.now
    contact = play.arrive("+79000000001", DIRECT)
    for _ in range(10):
        play.settle()
        play.pass_time(10.0)
    waiting = play.core.state.contacts[contact]
    assert (waiting.queue, waiting.since) == ("service", began)
    assert waiting.queued_at > began
