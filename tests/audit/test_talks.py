"""Usual talks come many at once and are counted by columns: the figures must be those of one contact after another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaska.audit.contacts import Talk, Talks
from kaska.audit.figures import Figures
from kaska.audit.people import People

AT = 1_709_269_200
NAMES = st.sampled_from(["101", "102", "Иванова"])
TALK: st.SearchStrategy[Talk] = st.tuples(
    st.integers(AT, AT + 7200), st.sampled_from(["", "+79160000001", "+79160000002"]), st.integers(0, 90), NAMES,
    st.integers(0, 300), st.sampled_from(["sales", "support"]), st.integers(3, 5), st.integers(1, 99),
    st.none() | st.integers(0, 20), st.lists(st.tuples(NAMES, st.sampled_from([1.0, 15.0])), max_size=2).map(tuple),
)  # fmt: skip


def told(figures: Figures) -> tuple[object, ...]:
    """All that was counted; agents by their names, for each has a bit of his own in the order of coming."""
    bits = {agent.bit: name for name, agent in figures.agents.items()}
    slots = {
        number: (slot.answered, slot.lost, {name for bit, name in bits.items() if bit & slot.agents})
        for number, slot in figures.slots.items()
    }
    agents = {name: (one.talks, one.talk_s, one.unanswered_rings) for name, one in figures.agents.items()}
    return figures.rows, figures.waits, figures.rang, figures.talks, figures.vain, figures.queues, slots, agents


def served(people: People) -> list[tuple[float, str]]:
    return sorted(one for piece in people.served.pieces() for one in piece if one[1])


@given(st.lists(TALK, max_size=20).map(Talks))
def test_many_at_once_are_counted_as_one_after_another(talks: Talks) -> None:
    with People() as one, People() as other:
        together, apart = Figures(one), Figures(other)
        together.add([talks])
        apart.add(talks.apart())
        assert served(one) == served(other)
        assert told(together) == told(apart)
