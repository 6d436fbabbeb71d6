"""The application is away: the dialplan serves by itself, and the switch's own records tell it afterwards."""

from __future__ import annotations

import asyncio
import wave

import pytest
from tests.asterisk.conftest import PASSWORDS, Rig, Switch

from kaska.asterisk.connection import Line
from kaska.asterisk.signals import moment
from kaska.asterisk.witness import ANSWERED, LEFT, MESSAGE, SwitchRecord, Witness, as_contact_witnessed
from kaska.core import commands, events
from phones import Phone

pytestmark = pytest.mark.telephony
CUSTOMER, AGENT = 440, 650


async def witnessed(witness: Witness, within: float = 5.0, since: float = 0.0) -> SwitchRecord:
    """The next call that the witness tells of."""
    async with asyncio.timeout(within):
        while not (found := await asyncio.to_thread(witness.read, since)):  # noqa: ASYNC110 — a file tells nobody
            await asyncio.sleep(0.05)
    assert len(found) == 1
    return found[0]


async def test_fallback(asterisk: Switch) -> None:
    """Answered by the static group (either side ends it), message taken, caller left; each is witnessed."""
    witness = Witness(asterisk.settings)
    number = f"sip:74950000100@{asterisk.sip}"
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as customer, Phone(tone=AGENT) as agent:
        async with Rig(asterisk.settings) as rig:
            await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
            await rig.reachable("demo-101")

        for ender in ("agent", "customer"):
            call = await customer.dial(number, caller="+74950000777", name="Анна")
            offered = await agent.incoming()
            await offered.answer()
            await call.hears(AGENT)
            await offered.hears(CUSTOMER)
            await (offered if ender == "agent" else call).hang_up()
            told = await witnessed(witness)
            assert (told.fallback, told.agent_endpoint, told.trunk) == (ANSWERED, "demo-101", "main")
            assert (told.number, told.caller, told.caller_name) == ("74950000100", "+74950000777", "Анна")
            assert 0.3 < told.talk_seconds < 5
            assert told.arrived_at < (told.talked_at or 0) < told.ended_at
            for side in ("in", "out"):
                with wave.open(str(asterisk.settings.unfinished_dir / f"{told.contact}.{side}.wav")) as sound:
                    assert sound.getnframes() > 1000

        call = await customer.dial(number, caller="+74950000777")
        (await agent.incoming()).reject(486)
        await call.answered()
        spooled = asterisk.settings.root / "spool" / "fallback"
        async with asyncio.timeout(30):
            while not any(file.stat().st_size > 20_000 for file in spooled.glob("*.wav")):  # noqa: ASYNC110 — a file tells nobody
                await asyncio.sleep(0.1)
        await call.hang_up()
        told = await witnessed(witness)
        assert (told.fallback, told.message) == (MESSAGE, told.contact)
        assert told.message_seconds > 0.5
        assert (asterisk.settings.messages_dir / f"{told.contact}.wav").exists()

        call = await customer.dial(number, caller="")
        await agent.incoming()
        await call.hang_up()
        told = await witnessed(witness)
        assert (told.fallback, told.message, told.agent_endpoint) == (LEFT, "", "")
        event = as_contact_witnessed(told, told.ended_at)
        assert (event.outcome, event.cause, event.customer) == ("lost", "application_away", "")


async def test_ordinary_calls_are_witnessed_too(asterisk: Switch, rig: Rig) -> None:
    """The witness knows who talked how long; a new one reading from its position tells nothing twice."""
    witness = Witness(asterisk.settings)
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as customer, Phone(tone=AGENT) as agent:
        await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
        await rig.reachable("demo-101")
        call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+74950000777")
        contact = await rig.arrival()
        leg = f"{contact}-a1"
        rig.do(
            commands.AnswerCall(contact, contact),
            commands.RingAgent(contact, leg, "x", "demo-101", "+74950000777", "", 9.0),
        )
        await (await agent.incoming()).answer()
        await rig.hears(events.LegAnswered, leg=leg)
        rig.do(commands.JoinParties(contact, contact, leg))
        await call.hears(AGENT)
        assert witness.read() == []
        before = witness.position
        rig.do(commands.HangUpLeg(contact, leg), commands.HangUpLeg(contact, contact))
        await rig.hears(events.LegEnded, leg=contact)
        told = await witnessed(witness)
        assert (told.contact, told.agent_endpoint, told.fallback) == (contact, "demo-101", "")
        assert told.talk_seconds > 0.3
        assert [one.contact for one in Witness(asterisk.settings, before).read()] == [contact]
        assert Witness(asterisk.settings, witness.position).read() == []

        await customer.dial(f"sip:200@{asterisk.sip}", caller="+74950000777")
        await rig.hears(events.ContactArrived, number="200")
        await asterisk.kill()
        await asterisk.start()
        await rig.connection.wait_for(Line.CONNECTED)
        started = moment(rig.mirrors[-1].startup_time)
        again, told = await asyncio.to_thread(witness.read, started)
        assert (again.contact, again.last_moment, again.crashed) == (contact, True, False)
        assert told.crashed
        assert as_contact_witnessed(told, started).cause == "switch_failure"
