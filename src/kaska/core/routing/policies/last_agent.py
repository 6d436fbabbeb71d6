"""Last agent: whoever talked with this customer last is waited for, as long as he is on duty, for a limited time."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact
from kaska.core.state import State


def wanted(queue: Queue, contact: Contact, state: State) -> tuple[str, ...]:
    agent = state.load.known_by.get(contact.customer) if contact.customer else None
    return (agent,) if agent is not None else ()
