"""Asking outside sources. Whoever carries the question may be slow or silent: the deadline is the core's own."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import LookUp
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios.crossroads import LONGEST_VALUE, fields, fill
from kaska.core.scenarios.graph import Lookup
from kaska.core.scenarios.steps import LOST, Coming, Kind, go_on, node_of
from kaska.core.turn import Desk

MOST_VALUES = 50
"""fields that are kept of an answer"""


class LookupKind(Kind[Lookup]):
    def stand(self, desk: Desk, contact: Contact, node: Lookup, detail: str, coming: Coming) -> str | None:
        if node.source not in desk.state.configuration.sources:
            return node.failed
        look = fields(desk, contact)
        question = {name: fill(value, look) for name, value in node.question.items()}
        lookup = f"{contact.id}-l{contact.lookups + 1}"
        until = desk.at + node.seconds
        desk.write(facts.LookupStarted(desk.at, contact.id, lookup, node.source, until))
        desk.order(LookUp(contact.id, lookup, node.source, question, node.seconds))
        return None


def looked_up(desk: Desk, event: events.LookedUp) -> None:
    """An answer that comes too late, or twice, is nobody's any more."""
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.lookup or contact.lookup != event.lookup or not contact.person_present:
        return
    result = "failed" if not event.ok else "found" if event.values else "missing"
    _over(desk, contact, result, event.values if event.ok else {})


def too_late(desk: Desk, contact: Contact) -> None:
    _over(desk, contact, "late", {})


def not_carried(desk: Desk, contact: Contact) -> None:
    """The question could not even be put."""
    if contact.lookup and contact.person_present:
        _over(desk, contact, "failed", {})


def _over(desk: Desk, contact: Contact, result: str, values: dict[str, str]) -> None:
    lookup, node = contact.lookup, node_of(desk, contact, contact.node)
    source = node.source if isinstance(node, Lookup) else ""
    kept = {f"{source}.{name}": value[:LONGEST_VALUE] for name, value in list(values.items())[:MOST_VALUES]}
    desk.write(facts.LookupOver(desk.at, contact.id, lookup, result, kept))
    if not isinstance(node, Lookup):
        go_on(desk, contact, LOST)
    elif result == "found":
        go_on(desk, contact, node.next)
    else:
        go_on(desk, contact, node.missing if result == "missing" else node.failed)
