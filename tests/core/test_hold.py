"""Holding: the agent is reminded of whom he holds, again and again, and never of whom he does not."""

from __future__ import annotations

import pytest
from tests.core.test_transfer import FIRST, SECOND, Call

from kaska.core import commands, events, facts


def hold(call: Call, *, held: bool) -> None:
    call.tell(events.HoldRequested(call.now, FIRST, call.contact, held))


def reminders(call: Call) -> list[float]:
    return [one.at for one in call.written if isinstance(one, facts.HoldReminded)]


@pytest.mark.parametrize("by_phone", [False, True])
def test_who_holds_for_long_is_reminded_until_he_goes_on(by_phone: bool) -> None:
    call = Call(hold_reminder=20.0)
    began, leg = call.now, f"{call.contact}-a1"
    if by_phone:
        call.tell(events.LegHeld(call.now, call.contact, leg, True))
    else:
        hold(call, held=True)
    call.pass_time(45)
    assert reminders(call) == [began + 20.0, began + 40.0]
    assert call.ordered.count(commands.RemindOfHold(call.contact, leg)) == 2
    assert call.core.state.contacts[call.contact].reminded
    hold(call, held=False)
    assert not call.core.state.contacts[call.contact].reminded
    call.pass_time(60)
    assert len(reminders(call)) == 2


def test_nobody_is_reminded_where_the_queue_does_not_want_it_or_the_talk_is_over() -> None:
    quiet = Call(hold_reminder=0.0)
    hold(quiet, held=True)
    quiet.pass_time(500)
    assert reminders(quiet) == []
    call = Call(hold_reminder=20.0)
    call.consult("agent")
    call.pass_time(25)
    call.steer("complete")
    assert call.talking == SECOND
    call.pass_time(60)
    assert len(reminders(call)) == 1
