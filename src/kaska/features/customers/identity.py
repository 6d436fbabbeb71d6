"""What a customer is recognised by, in one writing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaska.features.customers.errors import WrongIdentity
from kaska.kit.phone import normalise

PHONE = "phone"
EMAIL = "email"
KINDS = (PHONE, EMAIL, "telegram", "whatsapp", "vk", "max", "xmpp")

LONGEST = 254
_MAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """``value`` is E.164 for a phone, lower case for an e-mail, as it is for a messenger."""

    kind: str
    value: str


def identity(kind: str, written: str) -> Identity:
    """:raises WrongIdentity: when it is no number, no address, or empty."""
    text = written.strip()
    if kind == PHONE:
        value = normalise(text)
    elif kind == EMAIL:
        value = text.casefold() if len(text) <= LONGEST and _MAIL.fullmatch(text) else ""
    else:
        value = text if text.isprintable() and len(text) <= LONGEST else ""
    if not value:
        raise WrongIdentity(value=text[:LONGEST], fields={"value": "wrong"})
    return Identity(kind, value)


def of_contact(channel: str, customer: str) -> Identity | None:
    """Who made a contact, by what its channel knows of the person; None when that is hidden."""
    if not customer:
        return None
    if customer.startswith("+"):
        return Identity(PHONE, customer)
    if channel == EMAIL:
        return Identity(EMAIL, customer.casefold())
    return Identity(channel, customer) if channel in KINDS else None
