"""The one bridge of each contact: made for two, and after a transfer made anew as one that mixes.

Why anew: builds of the switch that carry the patch for packet loss concealment by codecs (Debian's do) drop what comes
into a translation with a packet number that looks late. The recording on a person's leg translates whatever he hears,
in one translation for the whole call; a second talker's numbers look late half of the time, and the recording is silent
where he speaks, for up to eleven minutes. A bridge that always mixes hands over sound without numbers. Mixing costs the
switch about as much as recording does, so a plain talk of two is spared it (decision 32, also about what stays).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.mirror import Mirror

PLAIN = "mixing"
"""two parties are connected directly; the switch mixes only while there are more"""
ALWAYS_MIXED = "mixing,video_sfu"
"""the switch mixes two parties too; no picture is sent, as no telephone of ours has one"""

Asked = asyncio.Future[Reply]


class Bridges:
    """Knows which bridges it made, and which contacts have had a second talker.

    What is asked is returned in order; only the last reply says whether it was done. All is asked in one go: the switch
    carries requests about a contact out in the order in which they come.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: set[str] = set()
        self._mixed: set[str] = set()

    def adopt(self, mirror: Mirror) -> None:
        self._made = set(mirror.bridges)
        self._mixed &= self._made

    def join(self, contact: str, legs: Sequence[str]) -> list[Asked]:
        asked = []
        if contact not in self._made:
            self._made.add(contact)
            kind = ALWAYS_MIXED if contact in self._mixed else PLAIN
            asked.append(self._ask("POST", contact, "", {"type": kind}))
        return [*asked, self._ask("POST", contact, "/addChannel", {"channel": ",".join(legs)})]

    def take_out(self, contact: str, leg: str) -> list[Asked]:
        """Who is taken out will hear another one when he comes back."""
        asked = [self._ask("POST", contact, "/removeChannel", {"channel": leg})]
        if contact in self._made and contact not in self._mixed:
            self._made.discard(contact)
            asked.append(self._ask("DELETE", contact))
        self._mixed.add(contact)
        return asked

    def close(self, contact: str) -> list[Asked]:
        self._mixed.discard(contact)
        if contact not in self._made:
            return []
        self._made.discard(contact)
        return [self._ask("DELETE", contact)]

    def _ask(self, method: str, contact: str, path: str = "", query: dict[str, str] | None = None) -> Asked:
        return self._connection.send(contact, method, f"bridges/{quote(contact, safe='')}{path}", query)
