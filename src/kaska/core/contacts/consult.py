"""Asking somebody into a call: aside while the person hears music, or to all; and handing the person over to him.

All are in one bridge. Who shall not hear the others is held: music to him, nothing from him. So whoever leaves, the
others stay together, and the recording on the person's leg goes on.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import (
    AddParty,
    AdoptLeg,
    AnswerCall,
    AnswerTransfer,
    HangUpLeg,
    HoldParty,
    MixParties,
    RingAgent,
    SetApart,
    StopObserving,
    TalkAside,
)
from kaska.core.contacts import talks, transfer
from kaska.core.contacts.contact import Consult, Contact
from kaska.core.outgoing import dialling as outgoing
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.recording import course
from kaska.core.routing.distribution import RING_DEFAULT_SECONDS, device_of
from kaska.core.turn import Desk

CONSULT = "consult"
"""reason of the state of an agent who is asked into a call"""
SECOND = "second"
"""party of a leg: a second call that an agent's telephone made by itself"""


def requested(desk: Desk, event: events.ConsultRequested) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    if contact.aside is not None:
        raise Refused("consulting")
    target = transfer.target_of(desk, contact, event.to, event.target)
    if transfer.closed(desk, contact, target):
        return
    agent = transfer.free_agent_in(desk, target.queue) if target.queue else target.agent
    talks.mix(desk, contact)
    _hold_all(desk, contact)
    _ask(desk, contact, target, agent)


def by_phone(desk: Desk, contact: Contact, event: events.PhoneDialled) -> None:
    """Who talks calls somebody by a second call of his telephone, as desk phones do before they transfer.

    Raises Refused. The telephone holds the person by itself, and goes on with him by itself.
    """
    if contact.aside is not None:
        raise Refused("consulting")
    to, named = transfer.dialled(desk, event.dialled)
    target = transfer.target_of(desk, contact, to, named)
    if transfer.closed(desk, contact, target):
        raise Refused(target.refused)
    agent = transfer.free_agent_in(desk, target.queue) if target.queue else target.agent
    desk.write(facts.LegStarted(desk.at, contact.id, event.leg, SECOND, contact.agent, event.endpoint))
    desk.order(AdoptLeg(contact.id, event.leg))
    _ask(desk, contact, target, agent, event.leg)


def _ask(desk: Desk, contact: Contact, target: transfer.Target, agent: str, own_leg: str = "") -> None:
    by = contact.agent
    seconds = transfer.OUTSIDE_RING_SECONDS if target.number else RING_DEFAULT_SECONDS
    leg = f"{contact.id}-a{contact.dialled + 1}"
    device = device_of(desk, agent) if agent else None
    endpoint = device.endpoint if device is not None else target.number
    desk.write(facts.LegStarted(desk.at, contact.id, leg, "agent", agent, endpoint))
    until = desk.at + seconds
    started = facts.ConsultStarted(desk.at, contact.id, leg, by, agent, target.number, target.queue, until, own_leg)
    desk.write(started)
    if agent:
        presence.set_state(desk, agent, AgentState.RINGING, CONSULT, contact=contact.id)
        asker = desk.state.configuration.agents.get(by)  # a talk goes on when its agent is unpublished
        shown, name = (asker.extension, asker.name) if asker is not None else ("", "")
        desk.order(RingAgent(contact.id, leg, agent, endpoint, shown, name, seconds + 2.0, inside=True))
    elif target.way is not None:
        outgoing.dial(desk, contact, leg, target.number, seconds + 2.0, target.way, by)


def answered(desk: Desk, contact: Contact, consult: Consult) -> None:
    desk.write(facts.LegUp(desk.at, contact.id, consult.leg))
    desk.write(facts.ConsultAnswered(desk.at, contact.id, consult.leg, consult.agent))
    if consult.agent:
        presence.set_state(desk, consult.agent, AgentState.TALKING, CONSULT, contact=contact.id)
    if consult.own_leg:
        desk.write(facts.LegUp(desk.at, contact.id, consult.own_leg))
        desk.order(AnswerCall(contact.id, consult.own_leg))
        desk.order(TalkAside(contact.id, consult.own_leg, consult.leg))
    else:
        desk.order(AddParty(contact.id, consult.leg))


def own_call_ended(desk: Desk, contact: Contact, leg: str) -> None:
    """The telephone that asked hung its second call up: whom it asked is not needed any more."""
    consult = contact.consult_by(leg)
    if consult is not None:
        _dismiss(desk, contact, consult, "cancelled")


def completed_by_phone(desk: Desk, contact: Contact, leg: str, replaces: str) -> bool:
    """The telephone puts both of its calls together; it names them in either order. False when that cannot be."""
    own = replaces if leg == contact.agent_leg else leg
    consult = contact.consult_by(own)
    if consult is None or contact.agent_leg not in (leg, replaces) or contact.aside is not consult:
        return False
    desk.order(AnswerTransfer(contact.id, leg, True))
    return hand_over(desk, contact, heir=consult)


def ended(desk: Desk, contact: Contact, consult: Consult, result: str, *, blame: bool = True) -> None:
    """His leg is gone, or may not ring any longer; the agent is with the person again.

    ``blame``: it is his fault that he did not answer, not the switch's.
    """
    agent = consult.agent
    _over(desk, contact, consult, result)
    if agent:
        missed = result != "left" and blame and desk.state.agents[agent].intent == "ready"
        if missed:
            reason = {"failed": "device_unreachable", "rejected": "rejected"}.get(result, "no_answer")
            presence.set_state(desk, agent, AgentState.NOT_ANSWERING, reason)
        else:
            presence.release(desk, agent)
    if not consult.shared and not consult.own_leg:
        _unhold_all(desk, contact)


def expired(desk: Desk, contact: Contact, consult: Consult) -> None:
    ended(desk, contact, consult, "timed_out")
    desk.order(HangUpLeg(contact.id, consult.leg, 19))


def steered(desk: Desk, event: events.ConsultSteered) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    consult = contact.aside
    if event.wish == "complete":
        if not hand_over(desk, contact):
            raise Refused("no_consult")
    elif consult is None:
        raise Refused("no_consult")
    elif event.wish == "cancel":
        _dismiss(desk, contact, consult, "cancelled")
        if not consult.own_leg:
            _unhold_all(desk, contact)
    elif consult.expires_at:
        raise Refused("not_answered_yet")
    elif event.wish == "swap" and not consult.own_leg:
        _swap(desk, contact, consult)
    elif event.wish == "join":
        if consult.own_leg:
            talks.mix(desk, contact)
            desk.order(AddParty(contact.id, consult.leg))
            _end_own_call(desk, contact, consult)
        desk.write(facts.ConsultShared(desk.at, contact.id, consult.leg))
        desk.order(HoldParty(contact.id, consult.leg, False))
        _unhold_all(desk, contact)
    else:
        raise Refused("wrong_state")


def hand_over(desk: Desk, contact: Contact, ended_at: float = 0.0, heir: Consult | None = None) -> bool:
    """The agent leaves the call to whom he asked, to ``heir`` if it is given; False when there is nobody.

    Who has answered serves the person from now on, a colleague rather than somebody outside; else the person is sent
    on to him whose phone rings.
    """
    heir = heir or next(
        (one for wants_agent in (True, False) for one in contact.consults.values()
         if one.answered_at and bool(one.agent) is wants_agent),
        None,
    )  # fmt: skip
    heir = heir or contact.aside
    if heir is None:
        return False
    leg, sender = contact.agent_leg, contact.agent
    present = contact.leg_alive(leg)
    if heir.own_leg and heir.answered_at:
        desk.order(MixParties(contact.id, (contact.customer_leg, heir.leg)))
        desk.order(AddParty(contact.id, heir.leg))
    customer_held = contact.held_since > 0.0
    _over(desk, contact, heir, "took_over" if heir.answered_at else "sent_on")
    talks.over(desk, contact, ended_at, parting=present)
    if present:
        desk.order(HangUpLeg(contact.id, leg))
    if customer_held:
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    if heir.answered_at:
        desk.write(facts.Connected(desk.at, contact.id, heir.leg, heir.agent))
        course.talk_began(desk, contact)
        desk.order(HoldParty(contact.id, heir.leg, False))
        for other in list(contact.consults.values()):
            if not other.shared:
                _dismiss(desk, contact, other, "cancelled")
        _unhold_all(desk, contact)
        return True
    to = transfer.TO_AGENT if heir.agent else transfer.TO_NUMBER
    desk.order(SetApart(contact.id, contact.customer_leg))
    desk.write(facts.Transferred(desk.at, contact.id, sender, to, heir.agent or heir.number))
    desk.write(facts.Offered(desk.at, contact.id, heir.leg, heir.agent, "", heir.expires_at, transfer.BY_TRANSFER))
    return True


def dismiss_all(desk: Desk, contact: Contact, result: str) -> None:
    """The call is over: whoever was asked into it is hung up."""
    for consult in list(contact.consults.values()):
        _dismiss(desk, contact, consult, result)


def _swap(desk: Desk, contact: Contact, consult: Consult) -> None:
    with_person = consult.held
    desk.write(facts.ConsultHeld(desk.at, contact.id, consult.leg, not with_person))
    if with_person:
        desk.order(HoldParty(contact.id, consult.leg, False))
        _hold_all(desk, contact, but=consult)
    else:
        desk.order(HoldParty(contact.id, consult.leg, True))
        _unhold_all(desk, contact)


def _hold_all(desk: Desk, contact: Contact, but: Consult | None = None) -> None:
    """The person and a conference's other parties hear music."""
    if not contact.held_since:
        desk.write(facts.Held(desk.at, contact.id, contact.customer_leg, True))
        desk.order(HoldParty(contact.id, contact.customer_leg, True))
    for other in contact.consults.values():
        if other is not but and not other.held:
            desk.write(facts.ConsultHeld(desk.at, contact.id, other.leg, True))
            desk.order(HoldParty(contact.id, other.leg, True))


def _unhold_all(desk: Desk, contact: Contact) -> None:
    """The person and a conference's other parties are talked with again."""
    if contact.held_since:
        desk.write(facts.Held(desk.at, contact.id, contact.customer_leg, False))
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    for other in contact.consults.values():
        if other.shared and other.held:
            desk.write(facts.ConsultHeld(desk.at, contact.id, other.leg, False))
            desk.order(HoldParty(contact.id, other.leg, False))


def _dismiss(desk: Desk, contact: Contact, consult: Consult, result: str) -> None:
    """An agent is free when his leg is really gone (``ending.free_agent_of``)."""
    _over(desk, contact, consult, result)
    if contact.leg_alive(consult.leg):
        desk.order(HangUpLeg(contact.id, consult.leg, 16 if consult.answered_at else 26))
    elif consult.agent:
        presence.release(desk, consult.agent)


def _over(desk: Desk, contact: Contact, consult: Consult, result: str) -> None:
    seconds = max(desk.at - consult.answered_at, 0.0) if consult.answered_at else 0.0
    _end_own_call(desk, contact, consult)
    desk.write(facts.ConsultOver(desk.at, contact.id, consult.leg, consult.agent, result, seconds))


def _end_own_call(desk: Desk, contact: Contact, consult: Consult) -> None:
    """The telephone's second call is not needed any more."""
    if not consult.own_leg:
        return
    if contact.leg_alive(consult.own_leg):
        desk.order(HangUpLeg(contact.id, consult.own_leg))
    desk.order(StopObserving(contact.id, consult.own_leg))
