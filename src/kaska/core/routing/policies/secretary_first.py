"""Secretary first: the secretaries are waited for, as long as one of them is on duty, for a limited time."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact
from kaska.core.state import State


def wanted(queue: Queue, contact: Contact, state: State) -> tuple[str, ...]:
    return queue.policy.agents
