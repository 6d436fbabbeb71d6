"""Who claims the same network address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping


def contested(claims: Mapping[str, Iterable[str]]) -> list[tuple[str, str, str]]:
    """(one, other, address) of all whose addresses or networks overlap, each pair once; what is no address claims
    nothing. ``claims``: name → addresses."""
    networks = [(name, network) for name, given in claims.items() for text in given if (network := _network(text))]
    found: dict[tuple[str, str], str] = {}
    for index, (other, theirs) in enumerate(networks):
        for one, network in networks[:index]:
            if one != other and network.version == theirs.version and network.overlaps(theirs):
                narrower = max(network, theirs, key=lambda each: each.prefixlen)
                address = narrower.network_address if narrower.num_addresses == 1 else narrower
                found.setdefault((one, other), str(address))
    return [(one, other, address) for (one, other), address in found.items()]


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
