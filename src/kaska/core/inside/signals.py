"""What the switch tells and people ask: of a call among ourselves, or of a contact."""

from __future__ import annotations

from kaska.core import events
from kaska.core.contacts import arrivals, consult, legs, own_calls, screening, transfer
from kaska.core.inside import calling, dictating, parties
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
    if not dictating.pressed(desk, event) and not screening.pressed(desk, event):
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


def hang_up_requested(desk: Desk, event: events.HangUpRequested) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        legs.hang_up_requested(desk, event)
    else:
        calling.hang_up(desk, talk, event.agent)


def offer_rejected(desk: Desk, event: events.OfferRejected) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        legs.offer_rejected(desk, event)
    else:
        calling.hang_up(desk, talk, event.agent)


def hold_requested(desk: Desk, event: events.HoldRequested) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        legs.hold_requested(desk, event)
    else:
        parties.hold_requested(desk, talk, event)


def consult_requested(desk: Desk, event: events.ConsultRequested) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        consult.requested(desk, event)
    else:
        parties.consult_requested(desk, talk, event)


def consult_steered(desk: Desk, event: events.ConsultSteered) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        consult.steered(desk, event)
    else:
        parties.steered(desk, talk, event)


def transfer_requested(desk: Desk, event: events.TransferRequested) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        transfer.requested(desk, event)
    else:
        parties.transfer_requested(desk, talk, event)


def phone_transferred(desk: Desk, event: events.PhoneTransferred) -> None:
    talk = desk.state.inside.get(event.contact)
    if talk is None:
        own_calls.transferred(desk, event)
    else:
        parties.transferred_by_phone(desk, talk, event)
