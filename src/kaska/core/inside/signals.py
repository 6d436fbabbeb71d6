"""What the switch tells and people ask: of a call among ourselves, or of a contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import events
from kaska.core.contacts import arrivals, consult, legs, own_calls, screening, transfer
from kaska.core.inside import calling, dictating, doors, parties
from kaska.core.inside.talk import InsideTalk
from kaska.core.scenarios import speaking, walk
from kaska.core.supervision import listening
from kaska.core.turn import Desk


def _ours(desk: Desk, subject: str) -> bool:
    """Of a call among ourselves, living or over."""
    return subject in desk.state.inside or subject in desk.state.inside_recent


def arrived(desk: Desk, event: events.ContactArrived) -> None:
    if not _ours(desk, event.contact) and not calling.from_site(desk, event):
        arrivals.arrived(desk, event)


def witnessed(desk: Desk, event: events.ContactWitnessed) -> None:
    """The switch's records name every call that came by a line; those among ourselves are no contacts."""
    if not _ours(desk, event.contact):
        arrivals.witnessed(desk, event)


def leg_answered(desk: Desk, event: events.LegAnswered) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is not None:
        calling.answered(desk, talk, event.leg)
    elif not screening.answered(desk, event):
        listening.leg_answered(desk, event)


def digit_pressed(desk: Desk, event: events.DigitPressed) -> None:
    if not dictating.pressed(desk, event) and not doors.keyed(desk, event) and not screening.pressed(desk, event):
        walk.digit_pressed(desk, event)


def leg_ended(desk: Desk, event: events.LegEnded) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        listening.leg_ended(desk, event)
    else:
        calling.leg_ended(desk, talk, event.leg, event.cause)
        dictating.left(desk, talk.id)


def joined(desk: Desk, event: events.PartiesJoined) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        legs.joined(desk, event)
    else:
        calling.joined(desk, talk)


def prompts_ended(desk: Desk, event: events.PromptsEnded) -> None:
    if not dictating.prompts_ended(desk, event):
        walk.prompts_ended(desk, event)


def message_recorded(desk: Desk, event: events.MessageRecorded) -> None:
    if not dictating.recorded(desk, event):
        speaking.message_recorded(desk, event)


def command_failed(desk: Desk, event: events.CommandFailed) -> None:
    if dictating.failed(desk, event):
        return
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        listening.command_failed(desk, event)
    else:
        calling.failed(desk, talk, event)


def _hangs_up(desk: Desk, talk: InsideTalk, event: events.HangUpRequested | events.OfferRejected) -> None:
    calling.hang_up(desk, talk, event.agent)


def _either(
    of_talk: Callable[[Desk, InsideTalk, Any], None], of_contact: Callable[[Desk, Any], None]
) -> Callable[[Desk, Any], None]:
    """Who handles what is asked, by what it is about."""

    def handle(desk: Desk, event: Any) -> None:
        talk = desk.state.inside.get(event.contact)
        if talk is None:
            of_contact(desk, event)
        else:
            of_talk(desk, talk, event)

    return handle


hang_up_requested = _either(_hangs_up, legs.hang_up_requested)
offer_rejected = _either(_hangs_up, legs.offer_rejected)
hold_requested = _either(parties.hold_requested, legs.hold_requested)
consult_requested = _either(parties.consult_requested, consult.requested)
consult_steered = _either(parties.steered, consult.steered)
transfer_requested = _either(parties.transfer_requested, transfer.requested)
phone_transferred = _either(parties.transferred_by_phone, own_calls.transferred)
