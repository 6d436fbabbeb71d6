"""Alerts: no flapping, whatever the figure does; and the figures themselves."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kaska.core import events
from kaska.core.alerting.figures import FIGURES
from kaska.core.alerting.judge import CLEARED, NOTHING, RAISED, Rule, Standing, step
from kaska.ledger.codec import decode_state, encode_state
from support.company import company
from support.play import Play

values = st.lists(st.none() | st.floats(-10, 10), max_size=60)
rules = st.builds(
    Rule,
    id=st.just("r"),
    figure=st.just("waiting"),
    above=st.booleans(),
    limit=st.floats(-5, 5),
    margin=st.floats(0, 3),
    hold=st.sampled_from([0.0, 5.0, 12.0]),
)


def played(rule: Rule, seen: list[float | None], every: float = 2.0) -> list[tuple[float, str, Standing]]:
    standing, told = Standing(), []
    for number, value in enumerate(seen, start=1):
        standing, change = step(rule, standing, value, number * every)
        told.append((number * every, change, standing))
    return told


@given(rules, values)
def test_raising_and_clearing_take_turns(rule: Rule, seen: list[float | None]) -> None:
    changes = [change for _, change, _ in played(rule, seen) if change is not NOTHING]
    assert changes == [RAISED, CLEARED] * (len(changes) // 2) + [RAISED] * (len(changes) % 2)


@given(rules, values)
def test_a_situation_lasts_and_calm_lasts_at_least_as_long_as_the_rule_holds(
    rule: Rule, seen: list[float | None]
) -> None:
    moments = [at for at, change, _ in played(rule, seen) if change is not NOTHING]
    assert all(later - earlier >= rule.hold for earlier, later in pairwise(moments))


@given(rules, st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_what_trembles_between_the_limit_and_the_margin_changes_nothing(rule: Rule, parts: list[float]) -> None:
    sign = -1 if rule.above else 1
    band = [rule.limit + sign * part * rule.margin * 0.999 for part in parts if part > 0 or rule.margin > 0]
    raised = Standing(raised=True, since=1.0, worst=rule.limit)
    for start in (Standing(), raised):
        standing = start
        for number, value in enumerate(band, start=1):
            if not rule.is_back(value) and not rule.is_out(value):
                standing, change = step(rule, standing, value, number * 2.0)
                assert change is NOTHING
        assert standing.raised is start.raised


@given(rules, values)
def test_it_is_raised_only_by_what_was_out_all_the_time(rule: Rule, seen: list[float | None]) -> None:
    told = played(rule, seen)
    for number, (at, change, standing) in enumerate(told):
        if change is RAISED:
            so_far = zip(told[: number + 1], seen, strict=False)
            held = [value for (when, _, _), value in so_far if when >= at - rule.hold]
            assert all(value is not None and rule.is_out(value) for value in held)
            assert standing.since <= at - rule.hold


def test_quiet_hours_go_over_midnight() -> None:
    rule = Rule("r", "waiting", quiet=((22 * 60, 7 * 60), (13 * 60, 14 * 60)))
    assert [rule.is_quiet(hour * 60) for hour in (0, 6, 7, 12, 13, 14, 21, 22, 23)] == [
        True, True, False, False, True, False, False, True, True,
    ]  # fmt: skip


# --- the figures ---------------------------------------------------------------------------------------------------


def figure(play: Play, name: str, window: float = 3600.0, project: str = "windows") -> float | None:
    return FIGURES[name](play.core.state, project, window, play.now)


def test_who_waits_and_how_long() -> None:
    play = Play(company(reserve_after=900.0))
    play.arrive("+79000000830")
    play.settle()
    play.pass_time(11)
    play.arrive("+79000000831")
    play.settle()
    assert (figure(play, "waiting"), figure(play, "waiting_time")) == (2.0, 11.0)
    assert (figure(play, "waiting", project="other"), figure(play, "waiting_time", project="other")) == (0.0, 0.0)


def test_lost_answered_and_talked_of_the_last_hour() -> None:
    play = Play(company(reserve_after=900.0))
    assert figure(play, "lost_share") is None
    play.lose("+79000000830", wait=30)
    play.lose("+79000000831", wait=2)  # at once: neither lost nor offered
    play.ready("a301")
    for _ in range(3):
        play.talk("+79000000832", seconds=40)
        play.pass_time(11)
    assert (figure(play, "lost"), figure(play, "lost_share")) == (1.0, 25.0)
    assert (figure(play, "answer_delay"), figure(play, "talk_in")) == (0.0, 40.0)
    assert figure(play, "talk_out") is None
    assert figure(play, "lost", window=60.0) == 0.0
    play.pass_time(3700)
    assert (figure(play, "lost"), figure(play, "lost_share")) == (0.0, None)


def test_free_agents_and_occupancy() -> None:
    play = Play()
    assert (figure(play, "free_agents"), figure(play, "occupancy")) == (None, None)
    play.ready("a301", "a302")
    play.pass_time(100)
    assert (figure(play, "free_agents"), figure(play, "occupancy")) == (2.0, 0.0)
    play.talk("+79000000830", seconds=90)
    play.pass_time(10)  # wrap-up
    play.tell(events.AgentPaused(play.now, "a302", "lunch"))
    assert figure(play, "free_agents") == 1.0
    assert figure(play, "occupancy") == 25.0, "100 busy of 400 at work"
    play.pass_time(100)
    assert figure(play, "occupancy") == 20.0, "a break is no work"


def test_what_is_counted_survives_a_restart() -> None:
    play = Play(company(reserve_after=900.0))
    play.lose("+79000000830", wait=30)
    play.ready("a301")
    play.talk("+79000000831", seconds=40)
    state = play.core.state
    assert decode_state(encode_state(state, type(state)), type(state)).lately == state.lately
