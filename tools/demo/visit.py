"""One call of one customer, with what a customer can do in it."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any

from demo.people import Person
from phones import Call, CallError

if TYPE_CHECKING:
    from demo.town import Town

QUEUED = ("waiting", "ringing", "talking")
LONGEST_TALK = 40.0


class GoneError(Exception):
    """The call is over: the story ends here."""


class Visit:
    """Made by ``Visit.begin``; the story hangs up at its end in any case (the town sees to it)."""

    def __init__(self, town: Town, person: Person, call: Call) -> None:
        self.town, self.person, self.call = town, person, call
        self.served = False
        """talked with an operator"""

    @classmethod
    async def begin(cls, town: Town, person: Person, number: str) -> Visit:
        """Call ``number`` and wait until somebody or something answers. Raises CallError."""
        uri = f"sip:{number}@{town.options.sip}"
        call = await town.trunk.dial(uri, caller=person.number, name=person.name)
        visit = cls(town, person, call)
        try:
            await call.answered(within=30)
        except (CallError, TimeoutError):
            await call.hang_up()
            raise
        return visit

    @property
    def row(self) -> dict[str, Any] | None:
        """What the operators' page shows of this call; None when it cannot be told apart from others."""
        return None if self.person.hidden else self.town.live.call_of(self.person.number)

    @property
    def phase(self) -> str:
        row = self.row
        return row["phase"] if row else ""

    async def listens(self, least: float, most: float) -> None:
        """Some seconds, doing nothing. Raises GoneError when the call is over."""
        await self.reaches((), random.uniform(least, most))

    async def reaches(self, phases: tuple[str, ...], within: float) -> bool:
        """Wait for one of ``phases``; False when it does not come. Raises GoneError when the call is over."""
        found = await self.town.live.until(lambda: self.call.state == "over" or self.phase in phases, within)
        if self.call.state == "over":
            raise GoneError
        return found

    async def hears_the_menu(self) -> None:
        """Until the menu is being said (or long enough, when we cannot see that)."""
        await self.town.live.until(
            lambda: self.call.state == "over" or "Меню" in (self.row or {}).get("node", ""),
            within=25.0 if not self.person.hidden else 9.0,
        )
        await self.listens(1.0, 4.0)

    async def presses(self, keys: str) -> None:
        if self.call.state == "over":
            raise GoneError
        await self.call.press(keys)

    async def chooses(self, keys: str) -> bool:
        """Press ``keys`` in the menu, again when nothing came of it; True when a queue was reached."""
        await self.hears_the_menu()
        for _ in range(3):
            await self.presses(keys)
            if self.person.hidden or await self.reaches(QUEUED, 6.0):
                return True
        return False

    async def waits_and_talks(self, patience: float) -> None:
        """Wait for an operator at most ``patience`` seconds, talk, hang up (either side)."""
        if await self.reaches(("talking",), patience):
            self.served = True
            await self.talks()
        elif self.person.hidden:
            await self.talks()

    async def talks(self) -> None:
        """Until they hang up, or we have nothing more to say."""
        self.served = True
        ours = random.uniform(8, 25) if random.random() < 0.5 else LONGEST_TALK
        chat = asyncio.create_task(self.town.speech.chat(self.call, "customer"))
        try:
            await self.call.ended(within=ours)
        except TimeoutError:
            await self.call.hang_up()
        finally:
            chat.cancel()

    async def leaves_a_message(self) -> None:
        """Listen to the question, speak after it, then # or simply hang up."""
        await self.listens_out(most=25.0)
        await self.town.speech.dictate(self.call)
        if random.random() < 0.5:
            await self.presses("#")
            await self.listens(4.0, 8.0)

    async def listens_out(self, most: float) -> None:
        """Until what is being said has been over for a second and a half."""
        end = time.monotonic() + most
        await self.listens(1.5, 2.0)
        quiet = 0
        while quiet < 5 and time.monotonic() < end:
            quiet = 0 if self.call.ear.loudness(0.3) > 0.004 else quiet + 1
            await self.listens(0.3, 0.3)
