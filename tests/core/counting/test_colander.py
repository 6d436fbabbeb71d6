"""Holes, the colander's sums, and what would close them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.counting.closing import RULES, Evidence, Rings, closings
from kaska.core.counting.colander import Colander, Leak, Worth, price_of
from kaska.core.counting.hole_words import CLOSING, HOLES, PLACES
from kaska.core.counting.holes import OF_LOST, PLACE_OF, Hole, Place, hole_of
from kaska.core.counting.picture import document
from kaska.core.counting.week import Week


def test_everything_has_words_and_a_place() -> None:
    assert set(HOLES) == set(CLOSING) == set(PLACE_OF) == set(Hole)
    assert set(PLACES) == set(Place) == set(PLACE_OF.values())
    for texts in (*HOLES.values(), *CLOSING.values(), *PLACES.values()):
        assert len(texts) == 2
        assert all(texts)


def test_holes_stand_in_the_order_of_their_places() -> None:
    order = list(Place)
    places = [order.index(PLACE_OF[hole]) for hole in Hole]
    assert places == sorted(places)


@given(st.sampled_from(Outcome), st.sampled_from(EndCause))
def test_whoever_is_owed_has_leaked_somewhere(outcome: Outcome, cause: EndCause) -> None:
    """The same as the law by which the core opens debts."""
    if outcome is not Outcome.NOT_REACHED:  # outbound
        assert (hole_of(outcome, cause) is not None) == (outcome not in SERVED or cause is EndCause.SWITCH_FAILURE)


def test_where_a_contact_ends_tells_the_hole() -> None:
    assert OF_LOST[EndCause.RINGING] is OF_LOST[EndCause.NO_ANSWER] is Hole.NO_ANSWER
    assert hole_of(Outcome.LOST, EndCause.CLOSED_HOURS) is Hole.CLOSED_HOURS
    assert hole_of(Outcome.SHORT_ABANDONED, EndCause.WAITING) is Hole.SHORT
    assert hole_of(Outcome.MESSAGE_TAKEN, EndCause.CLOSED_HOURS) is Hole.MESSAGE


LEAKS = st.builds(
    Leak, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.none() | st.floats(0, 1e6, allow_nan=False)
)


@given(st.lists(st.tuples(st.sampled_from(Hole), LEAKS)), st.integers(0, 99))
def test_places_and_holes_add_up(told: list[tuple[Hole, Leak]], reached: int) -> None:
    found = Colander(reached=reached)
    for hole, leak in told:
        found.leak(hole, leak)
    assert found.arrived == reached + sum(leak.contacts for _, leak in told)
    assert sum(leak.contacts for leak in found.places().values()) == found.leaked == found.whole.contacts
    assert list(found.places()) == list(Place)
    money = [leak.money for _, leak in told if leak.money is not None]
    assert found.whole.money == (pytest.approx(sum(money)) if money else None)


def test_the_most_particular_price_counts() -> None:
    worths = [
        Worth(per_lost=100.0),
        Worth(project="shop", conversion=0.37, margin=4000.0),
        Worth(number="+74950000001", per_lost=900.0),
        Worth(project="shop", number="+74950000002", per_lost=50.0),
    ]
    assert price_of(worths, "clinic", "+74950000009") == 100.0
    assert price_of(worths, "shop", "+74950000009") == pytest.approx(1480.0)
    assert price_of(worths, "shop", "+74950000001") == 900.0
    assert price_of(worths, "shop", "+74950000002") == 50.0
    assert price_of([], "shop", "") is None
    assert price_of([Worth(conversion=0.5)], "", "") is None


def week() -> Week:
    """Four Mondays; at 18:00 thirty callers a half-hour, and one person at work."""
    found = Week()
    cell = found.cell(0, 36)
    cell.offered, cell.lost = 120, 70
    for monday in (1, 8, 15, 22):
        found.see(monday, 36, 1)
    found.spread(1, 28)
    found.reckon(180.0, 60.0, 20.0)
    return found


def test_a_half_hour_with_too_few_people_is_told_with_how_many_more() -> None:
    (cell,) = week().gaps(3)
    assert (cell.days, cell.people, cell.a_day) == (4, 1.0, 30.0)
    assert cell.needed > 3
    assert 0 < cell.saved <= cell.lost
    (advice,) = [one for one in closings(Evidence(500, {Hole.WAITING: 70}, week())) if one.rule == "people_short"]
    assert advice.saves == cell.saved
    assert advice.text("ru").startswith(f"пн 18:00–18:30: не хватает людей, +{cell.gap} (работает 1, нужно")
    assert advice.text("en").startswith("Mon 18:00–18:30: people are too few")


def rules_of(evidence: Evidence) -> list[str]:
    return [one.rule for one in closings(evidence)]


def test_rules_keep_silent_without_evidence() -> None:
    assert rules_of(Evidence(1000, {})) == []
    assert rules_of(Evidence(0, {}, Week(), (), None, None)) == []
    assert rules_of(Evidence(1000, {Hole.BUSY: 2})) == []  # chance


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        (Evidence(100, {}, steps=[("menu1", 9), ("menu2", 1)]), "menu_step"),
        (Evidence(100, {}, to_line_s=24.0), "long_greeting"),
        (Evidence(100, {}, rings=Rings(12, 6.0, 5.0)), "short_ring"),
        (Evidence(100, {}, rings=Rings(12, 12.0, 14.0)), "short_ring"),
        (Evidence(100, {}, rings=Rings(12, 25.0, 8.0)), "long_ring"),
        (Evidence(100, {}, closed={(4, 38): 5}), "closed_demand"),
        (Evidence(100, {}, owed={Hole.CALLBACK: 2}), "late_callbacks"),
        (Evidence(100, {}, owed={Hole.MESSAGE: 1}), "unanswered_messages"),
        (Evidence(100, {Hole.BUSY: 30}), "usual_busy"),
    ],
)
def test_each_rule_finds_its_hole(evidence: Evidence, rule: str) -> None:
    (advice,) = closings(evidence)
    assert advice.rule == rule
    for language in ("ru", "en"):
        assert advice.text(language)
        assert "{" not in advice.text(language)


def test_every_rule_is_tried_above() -> None:
    assert {rule.name for rule in RULES} == {
        "people_short", "menu_step", "long_greeting", "closed_demand", "short_ring", "long_ring", "late_callbacks",
        "unanswered_messages",
    }  # fmt: skip


def test_neighbouring_closed_half_hours_are_one_stretch() -> None:
    closed = {(4, 38): 5, (4, 39): 4, (4, 41): 3, (5, 20): 1}
    told = [one.text("ru") for one in closings(Evidence(100, {}, closed=closed))]
    assert [line.partition(": ")[0] for line in told] == ["пт 19:00–20:00", "пт 20:30–21:00"]
    assert "— 9." in told[0]


@given(st.integers(3, 500), st.integers(0, 500), st.lists(st.integers(3, 200), max_size=3), st.floats(1, 1000))
def test_advice_never_promises_more_money_than_its_place_costs(
    left: int, recovered: int, steps: list[int], price: float
) -> None:
    left = max(left, sum(steps))
    recovered = min(recovered, left)
    found = Colander(reached=10)
    found.leak(Hole.ANNOUNCEMENT, Leak(left, recovered, 0, (left - recovered) * price))
    advice = closings(Evidence(found.arrived, {Hole.ANNOUNCEMENT: left}, steps=[(f"s{n}", n) for n in steps]))
    drawn = document(found, advice, currency="RUB")
    menu = next(one for one in drawn["places"] if one["place"] == "menu")
    assert sum(one["money"] or 0.0 for one in drawn["advice"]) <= menu["money"] + 0.05
