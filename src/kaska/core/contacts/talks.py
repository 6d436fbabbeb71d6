"""The end of one agent's part of a conversation, and what he does next."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import MixParties
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.turn import Desk

WRAP_UP_DEFAULT_SECONDS = 30.0


def of(desk: Desk, agent: str, subject: str) -> Contact:
    """The contact in which the agent talks with the person. Raises Refused."""
    contact = desk.state.contacts.get(subject)
    if contact is None or contact.phase is not Phase.TALKING or contact.agent != agent:
        raise Refused("no_such_call")
    return contact


def mix(desk: Desk, contact: Contact) -> None:
    """Others are about to be heard by those who talk: asked while there are two, so that nobody is added meanwhile."""
    asked = [one.leg for one in contact.consults.values() if one.answered_at]
    desk.order(MixParties(contact.id, (contact.customer_leg, contact.agent_leg, *asked)))


def heard_late(desk: Desk, contact: Contact, at: float) -> float:
    """When it happened that we hear of now: ``at`` when that can be, 0.0 = just now."""
    earliest = max(contact.opened_at, contact.connected_at)
    return min(max(at, earliest), desk.at) if at else desk.at


def over(desk: Desk, contact: Contact, ended_at: float = 0.0, *, parting: bool = False) -> None:
    """``ended_at``: when it ended, if we hear of it only now.

    ``parting``: the agent's leg is still to be hung up; until it is gone he is busy (``ending.free_agent_of``).
    """
    agent = contact.agent
    at = heard_late(desk, contact, ended_at)
    held = contact.held_seconds + (max(at - contact.held_since, 0.0) if contact.held_since else 0.0)
    seconds = max(at - contact.connected_at, 0.0)
    desk.write(facts.TalkOver(at, contact.id, contact.agent_leg, agent, seconds, min(held, seconds)))
    if agent and not parting:  # somebody outside has nothing to write down
        write_down(desk, contact, agent)


def write_down(desk: Desk, contact: Contact, agent: str) -> None:
    """The time the agent has for it, by the contact's queue."""
    queue = desk.state.configuration.queues.get(contact.queue)
    presence.wrap_up(desk, agent, queue.wrap_up_seconds if queue else WRAP_UP_DEFAULT_SECONDS, contact.id)
