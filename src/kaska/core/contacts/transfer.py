"""Sending a person on: to a queue, to a colleague, to a number outside; and what happens when nobody takes it.

The law: who was sent on is waited for, is rung for, or is asked for a message, until somebody talks with him again or
he leaves; then there is a debt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaska.core import events, facts
from kaska.core.commands import AnswerTransfer, HangUpLeg, HoldParty, PlayPrompts, SetApart
from kaska.core.contacts import talks
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.outgoing import dialling as outgoing
from kaska.core.outgoing.choice import NO_TRUNK, Way
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing import waiting as queue_rules
from kaska.core.routing.distribution import candidate_in_queue, device_of, offer, offer_outside
from kaska.core.scenarios import speech
from kaska.core.scenarios.steps import LOST, enter, language_of
from kaska.core.turn import Desk

TO_QUEUE, TO_AGENT, TO_NUMBER = "queue", "agent", "number"
BY_TRANSFER = "transfer"
"""rule of an offer to whom the person was sent"""
CAME_BACK = "returned"
"""rule of an offer to who had sent him"""
OUTSIDE_RING_SECONDS = 30.0
NUMBER = re.compile(r"\+?\d{2,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """Exactly one of ``agent``, ``number``; or only the ``queue`` where the person shall wait."""

    agent: str = ""
    number: str = ""
    queue: str = ""
    way: Way | None = None
    """how the number may be called, or why it may not"""

    @property
    def refused(self) -> str:
        """Why the number may not be called; "" = it may, or it is no number."""
        return self.way.refused if self.way is not None else ""


def target_of(desk: Desk, contact: Contact, to: str, target: str) -> Target:
    """Whom the words mean. Raises Refused when it cannot be done; nothing has changed then."""
    if to == TO_QUEUE:
        if target not in desk.state.configuration.queues:
            raise Refused("no_such_queue")
        return Target(queue=target)
    if to == TO_AGENT:
        if target not in desk.state.configuration.agents:
            raise Refused("no_such_colleague")
        if desk.state.agents[target].state is not AgentState.READY or device_of(desk, target) is None:
            raise Refused("colleague_not_free")
        return Target(agent=target)
    if to == TO_NUMBER:
        if not NUMBER.fullmatch(target):
            raise Refused("wrong_number")
        way = outgoing.may_call(desk, contact, target, contact.agent)
        if way.refused == NO_TRUNK:
            raise Refused(NO_TRUNK)
        return Target(number=target, way=way)
    raise Refused("wrong_state")


def free_agent_in(desk: Desk, queue: str) -> str:
    """Whom the queue would ask now. Raises Refused when nobody is free."""
    agent = candidate_in_queue(desk, desk.state.configuration.queues[queue])
    if agent is None or device_of(desk, agent) is None:
        raise Refused("nobody_free")
    return agent


def requested(desk: Desk, event: events.TransferRequested) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    if contact.consults:
        raise Refused("consulting")
    target = target_of(desk, contact, event.to, event.target)
    if not closed(desk, contact, target):
        _send(desk, contact, event.to, event.target, target)


def closed(desk: Desk, contact: Contact, target: Target) -> bool:
    """The number may not be called: that is written down, and nothing else has changed."""
    if target.way is None or not target.way.refused:
        return False
    outgoing.refuse(desk, contact, target.number, contact.agent, target.way)
    return True


def by_phone(desk: Desk, event: events.PhoneTransferred) -> None:
    """As ``requested``; when it cannot be done the telephone is told so, and the talk goes on."""
    contact = desk.state.contacts.get(event.contact)
    talks_there = contact is not None and contact.phase is Phase.TALKING and event.leg == contact.agent_leg
    if contact is None or not talks_there or not contact.agent or contact.consults:
        desk.order(AnswerTransfer(event.contact, event.leg, False))
        return
    to, named = dialled(desk, event.dialled)
    try:
        target = target_of(desk, contact, to, named)
    except Refused:
        desk.order(AnswerTransfer(contact.id, event.leg, False))
        return
    if closed(desk, contact, target):
        desk.order(AnswerTransfer(contact.id, event.leg, False))
        told = speech.phrase("outgoing-refused", language_of(contact))
        desk.order(PlayPrompts(contact.id, event.leg, f"{event.leg}-refused-{len(desk.facts)}-{desk.at:.0f}", (told,)))
        return
    desk.order(AnswerTransfer(contact.id, event.leg, True))
    _send(desk, contact, to, named, target)


def dialled(desk: Desk, dialled: str) -> tuple[str, str]:
    """What a telephone's user means: a colleague by extension, a queue by its identifier, else a number outside."""
    configuration = desk.state.configuration
    colleague = next((one.id for one in configuration.agents.values() if one.extension == dialled), "")
    if colleague:
        return TO_AGENT, colleague
    return (TO_QUEUE if dialled in configuration.queues else TO_NUMBER), dialled


def part(desk: Desk, contact: Contact) -> None:
    """The agent leaves the talk, and the person hears music."""
    leg, held = contact.agent_leg, contact.held_since > 0.0
    talks.over(desk, contact, parting=True)
    desk.order(HangUpLeg(contact.id, leg))
    if held:
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    desk.order(SetApart(contact.id, contact.customer_leg))


def cut_off(desk: Desk, contact: Contact, ended_at: float) -> None:
    """The agent's telephone vanished out of the talk: as if he had parked the person and nobody had come."""
    agent, held = contact.agent, contact.held_since > 0.0
    talks.over(desk, contact, ended_at)
    if held:
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    desk.write(facts.CutOff(desk.at, contact.id, agent, desk.at))
    unanswered(desk, contact)


def _send(desk: Desk, contact: Contact, to: str, named: str, target: Target) -> None:
    sender = contact.agent
    part(desk, contact)
    desk.write(facts.Transferred(desk.at, contact.id, sender, to, named))
    if target.agent:
        offer(desk, contact, target.agent, "", BY_TRANSFER)
    elif target.way is not None:
        offer_outside(desk, contact, target.number, OUTSIDE_RING_SECONDS, BY_TRANSFER, target.way, sender)
    else:
        _line_up(desk, contact, target.queue)


def unanswered(desk: Desk, contact: Contact) -> None:
    """Nobody took it: back to who sent the person, once; then to the queue's line; without one, to a message."""
    desk.order(SetApart(contact.id, contact.customer_leg))
    sender = contact.transferred_by
    if not contact.recalled and _may_have_it_back(desk, contact, sender):
        desk.write(facts.TransferReturned(desk.at, contact.id, TO_AGENT, sender))
        offer(desk, contact, sender, "", CAME_BACK)
    elif contact.queue in desk.state.configuration.queues:
        desk.write(facts.TransferReturned(desk.at, contact.id, TO_QUEUE, contact.queue))
        _line_up(desk, contact, contact.queue)
    else:
        desk.write(facts.TransferReturned(desk.at, contact.id, "message", ""))
        enter(desk, contact, LOST)


def _may_have_it_back(desk: Desk, contact: Contact, name: str) -> bool:
    agent = desk.state.agents.get(name)
    if agent is None or name not in desk.state.configuration.agents or device_of(desk, name) is None:
        return False
    writes_down = agent.state is AgentState.WRAP_UP and agent.contact == contact.id
    return agent.state is AgentState.READY or writes_down


def _line_up(desk: Desk, contact: Contact, queue: str) -> None:
    """The place counts from the first waiting, and the priority is not less than it was."""
    priority = max(contact.priority, contact.urgency + queue_rules.standing(desk, contact))
    desk.write(facts.Queued(desk.at, contact.id, queue, priority, contact.since or contact.opened_at))
    queue_rules.began(desk, contact)
    desk.unattended.append(contact.id)
