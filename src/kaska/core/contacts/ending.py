"""How contacts end: one outcome each, and a debt for everybody whom nobody served."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import CloseContact, HangUpLeg
from kaska.core.contacts import talks
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.debts import book
from kaska.core.presence import decide as presence
from kaska.core.turn import Desk


def give_up(desk: Desk, contact: Contact, cause: str) -> None:
    """Try nothing more: whoever is still on a line is hung up, and the contact ends when the last leg has gone."""
    withdraw_offers(desk, contact)
    kept = contact.agent if contact.phase is Phase.DIALLING else ""
    if contact.phase is not Phase.ENDING:
        desk.write(facts.GaveUp(desk.at, contact.id, cause))
    release_kept(desk, contact, kept)
    for leg in contact.legs.values():
        if not leg.over:
            desk.order(HangUpLeg(contact.id, leg.id))
    settle(desk, contact)


def hang_up_the_rest(desk: Desk, contact: Contact) -> None:
    """Legs that nobody needs any more: their hanging up was ordered, and may have died with us or the connection."""
    needed = {contact.customer_leg, contact.agent_leg, *contact.offers, *contact.consults, *desk.state.monitors}
    for leg in contact.legs.values():
        if not leg.over and (contact.phase is Phase.ENDING or leg.id not in needed):
            desk.order(HangUpLeg(contact.id, leg.id))


def withdraw_offers(desk: Desk, contact: Contact, cause: int = 26) -> None:
    """The phones stop ringing; 26 leaves no missed call on their displays.

    An agent is free for the next when the leg is really gone (``free_agent_of``): a phone that still rings answers
    "busy".
    """
    for offer in list(contact.offers.values()):
        desk.write(facts.OfferOver(desk.at, contact.id, offer.leg, offer.agent, "withdrawn"))
        if contact.leg_alive(offer.leg):
            desk.order(HangUpLeg(contact.id, offer.leg, cause))
        elif offer.agent:
            presence.release(desk, offer.agent)


def free_agent_of(desk: Desk, contact: Contact, leg: str) -> None:
    """The agent's leg is gone; when he was still bound by it (withdrawn, hung up at the answer), he is free."""
    name = contact.legs[leg].agent
    agent = desk.state.agents.get(name)
    if agent is None or not agent.bound or agent.contact != contact.id:
        return
    has_him = contact.agent == name and contact.phase in (Phase.DIALLING, Phase.JOINING, Phase.TALKING)
    if not has_him and contact.offer_to(name) is None and contact.consult_of(name) is None:
        if contact.legs[leg].talked:
            talks.write_down(desk, contact, name)
        else:
            presence.release(desk, name)


def release_kept(desk: Desk, contact: Contact, name: str) -> None:
    """The agent was kept free for a person whom we dialled first; he is not needed (any more)."""
    agent = desk.state.agents.get(name)
    if agent is not None and agent.bound and agent.contact == contact.id:
        presence.release(desk, name)


def settle(desk: Desk, contact: Contact) -> None:
    """End the contact when nothing of it is left: no leg, no promise to keep, no message still being written."""
    if contact.id not in desk.state.contacts or contact.any_leg_alive:
        return
    if contact.recording_message or contact.receiving_fax:
        return
    if contact.promised_at and contact.phase in (Phase.WAITING, Phase.DIALLING, Phase.JOINING):
        return
    outcome = outcome_of(contact)
    cause = contact.end_cause or contact.place()
    owes = outcome not in SERVED or (cause == EndCause.SWITCH_FAILURE and not contact.blocked_by)
    if (contact.between or (contact.direction == "inbound" and owes)) and not contact.promised_at:
        book.open_debt(desk, contact, cause)
    kept = contact.talked and contact.keeps_recording
    if contact.talked and not kept:
        desk.write(facts.RecordingReady(desk.at, contact.id, "", 0.0, "not_recorded"))
    desk.order(CloseContact(contact.id, recorded=kept, unwanted=contact.talked and not kept))
    desk.write(facts.ContactOver(desk.at, contact.id, outcome, cause))


def outcome_of(contact: Contact) -> Outcome:
    if contact.direction == "outbound":
        return Outcome.ANSWERED if contact.talked else Outcome.NOT_REACHED
    if contact.talked:
        called_back = contact.callbacks or (contact.promised_at and not contact.between)
        return Outcome.CALLED_BACK if called_back else Outcome.ANSWERED
    if contact.blocked_by:
        return Outcome.BLOCKED
    if contact.message or contact.fax:
        return Outcome.MESSAGE_TAKEN
    if contact.self_served:
        return Outcome.SELF_SERVED
    if contact.short:
        return Outcome.SHORT_ABANDONED
    return Outcome.LOST


def keep_promise(desk: Desk, contact: Contact) -> None:
    """Gone home relying on us: the place in line stays, unless the promise was settled or its line was closed."""
    settled = contact.own_debt not in desk.state.debts
    closed = contact.queue not in desk.state.configuration.queues
    if (settled or closed) and not contact.person_present:
        give_up(desk, contact, EndCause.CALLBACK)


def give_up_where_closed(desk: Desk, contact: Contact) -> None:
    """A person whom we called back waits in a line that was closed meanwhile: nobody would come."""
    closed = contact.queue not in desk.state.configuration.queues
    if closed and contact.promised_at and contact.phase is Phase.WAITING:
        give_up(desk, contact, EndCause.CALLBACK)


def drop_settled_promises(desk: Desk, settled: list[str]) -> None:
    """Promised callbacks whose debt was just settled another way leave the line; nobody goes on calling to repay it."""
    for contact in [desk.state.contacts[c] for c in settled if c in desk.state.contacts]:
        waits = contact.promised_at and not contact.person_present and contact.phase is Phase.WAITING
        if waits or contact.repays_unanswered:
            give_up(desk, contact, EndCause.CALLBACK)
