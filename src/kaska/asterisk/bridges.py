"""The bridge of each contact: a plain one for two, another one that always mixes as soon as others are heard too.

Why: builds of the switch that carry the patch for packet loss concealment by codecs (Debian's do) drop what comes
into a translation with a packet number that looks late. The recording on a person's leg translates whatever he hears,
in one translation for the whole call; a second talker's numbers look late half of the time, and the recording is silent
where he speaks, for up to eleven minutes. A bridge that always mixes hands over sound without numbers. Mixing costs the
switch about as much as recording does, so a plain talk of two is spared it (decision 32, also about what stays).

The two have names of their own (decision 37): a bridge that was told to go away is there for a moment still, and one
that is asked for meanwhile under the same name is taken for it, and goes away too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.places import contact_of_bridge, mixed_bridge

PLAIN = "mixing"
"""two parties are connected directly; the switch mixes only while there are more"""
TELLS_KEYS = "mixing,dtmf_events"
"""the same, and the switch hears the keys that the two press: otherwise their packets may pass it by unread"""
ALWAYS_MIXED = "mixing,video_sfu"
"""the switch mixes two parties too; no picture is sent, as no telephone of ours has one"""
_NOTHING_TO_DO = Reply(204, "", "")

Asked = asyncio.Future[Reply]


class Bridges:
    """Knows which bridges are there. A contact that has one which mixes talks in that one.

    What belongs together is asked in one go: the switch carries requests about a contact out in the order in which they
    come. Each method gives the answer that says whether it was done.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: set[str] = set()
        self._mixed: set[str] = set()
        """contacts"""

    def adopt(self, mirror: Mirror) -> None:
        self._made = set(mirror.bridges)
        self._mixed = {contact_of_bridge(one) for one in self._made if one == mixed_bridge(contact_of_bridge(one))}

    def name_of(self, contact: str) -> str:
        """The bridge in which the contact talks."""
        return mixed_bridge(contact) if contact in self._mixed else contact

    async def join(self, contact: str, legs: Sequence[str], *, mixed: bool = False, keys: bool = False) -> Reply:
        """``keys``: what they press is told. ``mixed``: in the bridge that mixes; who is in the plain one yet is moved,
        and it is closed."""
        if mixed:
            self._mixed.add(contact)
        bridge = self.name_of(contact)
        made = () if bridge in self._made else (self._make(bridge, contact, keys=keys),)
        added = self._add(bridge, contact, legs)
        closed = (self._delete(contact, contact),) if mixed and contact in self._made else ()
        await asyncio.gather(*made, added, *closed)
        return added.result()

    async def mix(self, contact: str, legs: Sequence[str]) -> Reply:
        """Move those who talk into the bridge that mixes. The switch moves one after another, or nobody when one of
        them is gone; so the old bridge is closed only when that is known."""
        if contact in self._mixed:
            return _NOTHING_TO_DO
        bridge = mixed_bridge(contact)
        *_, moved = await asyncio.gather(self._make(bridge, contact), self._add(bridge, contact, legs))
        if moved.ok:
            self._mixed.add(contact)
        left = contact if moved.ok else bridge
        if left in self._made:
            await self._delete(left, contact)
        return moved

    def take_out(self, contact: str, leg: str) -> Asked:
        return self._ask("POST", self.name_of(contact), contact, "/removeChannel", {"channel": leg})

    def close(self, contact: str) -> list[Asked]:
        self._mixed.discard(contact)
        return [self._delete(one, contact) for one in (contact, mixed_bridge(contact)) if one in self._made]

    def _make(self, bridge: str, contact: str, *, keys: bool = False) -> Asked:
        self._made.add(bridge)
        plain = TELLS_KEYS if keys else PLAIN
        return self._ask("POST", bridge, contact, "", {"type": plain if bridge == contact else ALWAYS_MIXED})

    def _add(self, bridge: str, contact: str, legs: Sequence[str]) -> Asked:
        return self._ask("POST", bridge, contact, "/addChannel", {"channel": ",".join(legs)})

    def _delete(self, bridge: str, contact: str) -> Asked:
        self._made.discard(bridge)
        return self._ask("DELETE", bridge, contact)

    def _ask(
        self, method: str, bridge: str, contact: str, path: str = "", query: dict[str, str] | None = None
    ) -> Asked:
        return self._connection.send(contact, method, f"bridges/{quote(bridge, safe='')}{path}", query)
