"""Ring all: the phones of all suitable ready agents ring at once; who answers first gets the contact.

Contacts of which nobody is asked yet go first: an agent joins the ringing for another only when none of them waits.
"""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact, Phase


def more_may_ring(queue: Queue | None, contact: Contact) -> bool:
    """Whether further phones may ring for a contact for which some ring already."""
    if queue is None or not queue.rings_all or contact.phase is not Phase.WAITING or contact.awaited:
        return False
    asked = contact.asked
    return asked > 0 and (queue.policy.limit == 0 or asked < queue.policy.limit)
