"""The one bridge of each contact: made for two, and made anew as a mixing one when more than two are heard in it.

Why anew: builds of the switch that carry the patch for packet loss concealment by codecs (Debian's do) drop what comes
into a translation with a packet number that looks late. The recording on a person's leg translates whatever he hears,
in one translation for the whole call; a second talker's numbers look late half of the time, and the recording is silent
where he speaks, for up to eleven minutes. A bridge that always mixes hands over sound without numbers. Mixing costs the
switch about as much as recording does, so a plain talk of two is spared it (decision 32).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote

from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.mirror import Mirror

PLAIN = "mixing"
"""two parties are connected directly; the switch mixes only while there are more"""
ALWAYS_MIXED = "mixing,video_sfu"
"""the switch mixes two parties too; no picture is sent, as no telephone of ours has one"""
LONG_HOLD_SECONDS = 300.0
"""numbers that ran on for eleven minutes look late as well"""

Asked = asyncio.Future[Reply]


class Bridges:
    """Knows which bridges it made, who is in them and which of them mix for good.

    What is asked is returned in order; only the last reply says whether it was done. All is asked in one go: the switch
    carries requests about a contact out in the order in which they come.
    """

    def __init__(self, connection: Connection, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._clock = clock
        self._members: dict[str, list[str]] = {}
        self._mixed: set[str] = set()
        """contacts with more than two sources; their bridge mixes, or will when it is made"""
        self._held: dict[str, float] = {}
        """legs that are held → since when"""

    def adopt(self, mirror: Mirror) -> None:
        """What an adopted bridge is made of is not known: it is made anew when somebody else joins."""
        self._members = {name: list(bridge.channels) for name, bridge in mirror.bridges.items()}
        self._mixed &= self._members.keys()
        self._held = {}

    def join(self, contact: str, legs: Sequence[str]) -> list[Asked]:
        asked = []
        members = self._members.get(contact)
        if members is None:
            members = self._members[contact] = []
            asked.append(self._make(contact))
        elif not set(legs) <= set(members):
            asked += self.mix(contact)
        members += [leg for leg in legs if leg not in members]
        return [*asked, self._enter(contact, ",".join(legs))]

    def add(self, contact: str, leg: str) -> list[Asked]:
        """One more party among those who talk."""
        asked = self.mix(contact)
        self._members.setdefault(contact, []).append(leg)
        return [*asked, self._enter(contact, leg)]

    def take_out(self, contact: str, leg: str) -> list[Asked]:
        """Who is taken out will hear another one when he comes back."""
        asked = [self._leave(contact, leg)]
        self.left(contact, leg)
        if contact in self._members and contact not in self._mixed:
            asked.append(self._close(contact))
        self._mixed.add(contact)
        return asked

    def mix(self, contact: str) -> list[Asked]:
        """From now on the contact's bridge mixes. Who is in it hears nothing for some hundredths of a second."""
        if contact in self._mixed:
            return []
        if contact not in self._members:
            self._mixed.add(contact)
        # one in which people talk stays as it is: closed and made again at once, the switch may not find it
        return []

    def held(self, contact: str, leg: str, *, held: bool) -> list[Asked]:
        if held:
            self._held.setdefault(leg, self._clock())
        elif self._clock() - self._held.pop(leg, self._clock()) > LONG_HOLD_SECONDS:
            return self.mix(contact)
        return []

    def left(self, contact: str, leg: str) -> None:
        self._held.pop(leg, None)
        members = self._members.get(contact)
        if members is not None and leg in members:
            members.remove(leg)

    def close(self, contact: str) -> list[Asked]:
        self._mixed.discard(contact)
        for leg in self._members.get(contact, ()):
            self._held.pop(leg, None)
        return [self._close(contact)] if contact in self._members else []

    def _close(self, contact: str) -> Asked:
        del self._members[contact]
        return self._ask("DELETE", contact)

    def _make(self, contact: str) -> Asked:
        return self._ask("POST", contact, "", {"type": ALWAYS_MIXED if contact in self._mixed else PLAIN})

    def _enter(self, contact: str, legs: str) -> Asked:
        return self._ask("POST", contact, "/addChannel", {"channel": legs})

    def _leave(self, contact: str, leg: str) -> Asked:
        return self._ask("POST", contact, "/removeChannel", {"channel": leg})

    def _ask(self, method: str, contact: str, path: str = "", query: dict[str, str] | None = None) -> Asked:
        return self._connection.send(contact, method, f"bridges/{quote(contact, safe='')}{path}", query)
