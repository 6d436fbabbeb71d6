"""Who gets which message by mail. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """``owner``: "agent:ID", "queue:ID" or "project:ID". ``addresses``: e-mail → since when it gets messages."""

    id: str
    owner: str
    addresses: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Left:
    """A message that stands in the debt book. ``owner``: who owes the answer now."""

    contact: str
    owner: str
    project: str
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    contact: str
    email: str
    rule: str
    owner: str


def wanted(rules: Sequence[Rule], messages: Iterable[Left], made: Iterable[tuple[str, str]]) -> list[Wanted]:
    """What is still to be sent: each message once to each address, by the first rule that is about it.

    ``made``: (contact, e-mail) of what was sent or is under way.
    """
    known = {(contact, email.lower()) for contact, email in made}
    found = []
    for message in messages:
        for rule in rules:
            if rule.owner not in (message.owner, f"project:{message.project}"):
                continue
            for email, since in rule.addresses.items():
                key = (message.contact, email.lower())
                if message.ended_at >= since and key not in known:
                    known.add(key)
                    found.append(Wanted(message.contact, email, rule.id, message.owner))
    return found


def addresses_since(before: Mapping[str, datetime], given: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Addresses as saved: who was there stays without a gap, who is new gets nothing of the past.

    ``before``: {} when the rule was not there, was off, or was about somebody else.
    """
    known = {email.lower(): since for email, since in before.items()}
    found: dict[str, datetime] = {}
    for email in given:
        if email.lower() not in {one.lower() for one in found}:
            found[email] = known.get(email.lower(), now)
    return found
