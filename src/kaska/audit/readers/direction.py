"""Whether a call came in, went out or stayed inside, from what a switch writes of its first channel."""

from __future__ import annotations

import re
from enum import StrEnum

from kaska.audit.names import agent_of, caller_of, is_extension

_FROM_OUTSIDE = re.compile(
    r"from-(trunk|pstn|did|zaptel|dahdi|sip-external|digital|analog|outside|external|provider|city)|ext-did|incoming"
    r"|inbound|\bpublic\b|(^|[-_])in($|[-_])",
    re.I,
)
_FROM_INSIDE = re.compile(
    r"from-internal|outrt|dialout|outbound|outgoing|(^|[-_])out($|[-_])|^internal|^default$", re.I
)
_LONG = 6


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


def direction_of(caller: str, called: str, context: str, channel: str, dialled: str = "") -> Direction:
    """``dialled``: what was dialled on a trunk, when ``called`` is only a place in the dialplan.

    The context decides where it says something, then whose channel it is, then the length of the numbers.
    """
    own = is_extension(caller_number(caller))
    endpoint = agent_of(channel)
    if _FROM_OUTSIDE.search(context) and not (own and is_extension(endpoint)):
        return Direction.INBOUND
    inside = own or (is_extension(endpoint) and bool(_FROM_INSIDE.search(context)))
    if not inside:
        return Direction.INBOUND
    return Direction.OUTBOUND if is_public(called) or is_public(dialled) else Direction.INTERNAL


def caller_number(written: str) -> str:
    """The number in ``"Name" <number>``."""
    if "<" in written:
        return written.rpartition("<")[2].partition(">")[0].strip()
    return written.strip()


def is_public(number: str) -> bool:
    """Whether it is a number of the public network (or begins with one, as ``74950000101@provider``)."""
    digits = re.match(r"\+?[\d ()-]*", number)
    return digits is not None and sum(map(str.isdigit, digits[0])) >= _LONG


def customer(number: str) -> str:
    """The key of the customer whom we called."""
    return caller_of(number.partition("@")[0])
