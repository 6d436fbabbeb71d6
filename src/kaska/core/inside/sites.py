"""Other sites of ours: which short numbers are reached by which trunk."""

from __future__ import annotations

from kaska.core.configuration import Configuration

Range = tuple[str, str]


def site_for(configuration: Configuration, number: str) -> str:
    """The trunk to the site whose short number this is; "" = none. Our own extensions go before."""
    if not (number.isascii() and number.isdigit()):
        return ""
    trunk = next((trunk.id for trunk in configuration.trunks.values() if within(trunk.site, number)), "")
    ours = trunk and any(agent.extension == number for agent in configuration.agents.values())
    return "" if ours else trunk


def within(ranges: tuple[Range, ...], number: str) -> bool:
    """A range has numbers of its own length only: "4500" to "4599" does not have "45001"."""
    return any(len(first) == len(number) and first <= number <= last for first, last in ranges)


def ranges_of(written: str) -> tuple[Range, ...] | None:
    """ "4500-4599, 4700" as ranges; () for nothing; None when it cannot be read."""
    found = []
    for part in written.replace(";", ",").split(","):
        first, dash, last = (piece.strip() for piece in part.strip().partition("-"))
        if not first and not dash:
            continue
        last = last if dash else first
        plain = all(piece.isascii() and piece.isdigit() for piece in (first, last))
        if not plain or len(first) != len(last) or first > last or len(first) > LONGEST:
            return None
        found.append((first, last))
    return tuple(found)


LONGEST = 6
"""digits of a short number"""
