"""Came back and was served: whichever channel the same person comes by, what is owed to him is settled."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import events, facts
from kaska.core.debts.book import CAME_BACK
from support.company import DIRECT
from support.play import Play

CHANNELS = st.sampled_from(["voice", "email", "webchat", "telegram", "sms", "form", "a channel of tomorrow"])
PERSON, OTHER = "+79000000001", "+79000000002"


def comes(play: Play, channel: str, person: str, contact: str) -> None:
    play.tell(events.ContactArrived(play.now, contact, contact, channel, DIRECT, person, person, "", "city"))
    play.settle()


def witnessed(play: Play, channel: str, person: str, contact: str) -> None:
    """Served while the application was away."""
    at = play.now
    play.tell(
        events.ContactWitnessed(
            at, contact, channel, DIRECT, person, person, "city", at - 20.0, at - 1.0, "answered", "talked",
            answered_at=at - 10.0,
        )
    )  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(CHANNELS, min_size=1, max_size=4), CHANNELS, st.booleans())
def test_a_debt_of_any_channel_is_settled_by_any_other(lost_by: list[str], served_by: str, away: bool) -> None:
    play = Play()
    for number, channel in enumerate(lost_by):
        comes(play, channel, PERSON, f"lost-{number}")
        play.pass_time(20.0)
        play.hang_up(f"lost-{number}")
    comes(play, lost_by[0], OTHER, "other")
    play.pass_time(20.0)
    play.hang_up("other")
    owed = {debt.id for debt in play.core.state.debts.values() if debt.customer == PERSON}
    assert owed, "who was lost is owed something"
    if away:
        witnessed(play, served_by, PERSON, "served")
    else:
        play.ready("a301")
        comes(play, served_by, PERSON, "served")
    closed = {one.debt: one for one in play.written if isinstance(one, facts.DebtClosed)}
    assert set(closed) == owed, "all that was owed to this person, and to nobody else"
    assert {(one.how, one.contact) for one in closed.values()} == {(CAME_BACK, "served")}
