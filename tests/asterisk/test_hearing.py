"""A caller's voice reaches a recogniser by the switch, he hears nothing of it, and nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.asterisk.conftest import Rig, Switch

from kaska.asterisk import mirror
from kaska.core import commands
from kaska.core.events import CommandFailed, LegEnded, SpeechHeard
from kaska.speech.link import SpeechLink
from kaska.speech.process import Ears
from kaska.speech.recognisers import make
from phones import Phone

pytestmark = pytest.mark.telephony

CALLER = 650
LISTEN = ("ru", ("продажи",))


@asynccontextmanager
async def recogniser(rig: Rig) -> AsyncIterator[None]:
    """The process, in this one."""
    path = rig.settings.root / "speech.sock"
    link = SpeechLink(path, rig.executor.heard, rig.executor.hearing.give_up)
    rig.executor.hearing.recogniser = link
    work = [
        asyncio.create_task(Ears(make(f"tones:{CALLER}=продажи"), path).run()),
        asyncio.create_task(link.run()),
    ]
    try:
        async with asyncio.timeout(10):
            while not link.is_there:  # noqa: ASYNC110 — nobody is told of it
                await asyncio.sleep(0.01)
        yield
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


async def gone(rig: Rig, contact: str) -> None:
    """Nothing that was made for an ear is in the switch."""
    async with asyncio.timeout(5):
        while True:
            bodies = [(await rig.connection.ask("GET", uri)).body for uri in ("channels", "bridges")]
            if not any(f"{contact}-e" in body for body in bodies):
                return
            await asyncio.sleep(0.05)


async def test_what_a_caller_says_is_heard_and_the_ear_goes(asterisk: Switch, rig: Rig) -> None:
    async with recogniser(rig), Phone(local_ip="127.0.0.2", tone=CALLER) as customer:
        call = await customer.dial(f"sip:74950000101@{asterisk.sip}")
        contact = await rig.arrival()
        ear = f"{contact}-e1"
        rig.do(commands.AnswerCall(contact, contact), commands.Listen(contact, contact, ear, *LISTEN))
        assert (await rig.hears(SpeechHeard)).text == "продажи"
        seen = await mirror.take(rig.connection)
        assert set(seen.channels) == {contact}, "neither ear nor sound is anybody's leg"
        assert not seen.snoops, "nor a supervisor's ear"
        rig.do(commands.StopListening(contact, contact, ear))
        await gone(rig, contact)
        await call.hang_up()
        await rig.hears(LegEnded)


async def test_a_caller_who_hangs_up_leaves_nothing_behind(asterisk: Switch, rig: Rig) -> None:
    async with recogniser(rig), Phone(local_ip="127.0.0.2", tone=CALLER) as customer:
        call = await customer.dial(f"sip:74950000101@{asterisk.sip}")
        contact = await rig.arrival()
        ear = f"{contact}-e1"
        rig.do(commands.AnswerCall(contact, contact), commands.Listen(contact, contact, ear, *LISTEN))
        await rig.hears(SpeechHeard)
        await call.hang_up()
        await rig.hears(LegEnded)
        rig.do(commands.StopListening(contact, contact, ear))
        await gone(rig, contact)


async def test_without_a_recogniser_the_order_fails_at_once(asterisk: Switch, rig: Rig) -> None:
    async with Phone(local_ip="127.0.0.2", tone=CALLER) as customer:
        call = await customer.dial(f"sip:74950000101@{asterisk.sip}")
        contact = await rig.arrival()
        rig.do(commands.Listen(contact, contact, f"{contact}-e1", *LISTEN))
        assert (await rig.hears(CommandFailed, command="Listen")).reason == "there is no recogniser"
        await gone(rig, contact)
        await call.hang_up()
