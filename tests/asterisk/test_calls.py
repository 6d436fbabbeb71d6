"""Commands and events against a real Asterisk, with phones that say and hear tones."""

from __future__ import annotations

import asyncio
import wave

import pytest
from tests.asterisk.conftest import PASSWORDS, Rig, Switch, configuration, write_prompt

from kaska.asterisk import provisioning
from kaska.core import commands, events
from phones import Phone

pytestmark = pytest.mark.telephony
CUSTOMER, AGENT = 440, 650


async def test_the_whole_way_of_a_call(asterisk: Switch, rig: Rig) -> None:
    """Arrive, prompts, key, music, ring, join, both ways, hold, hang up, recording: in that order, each told once."""
    settings = asterisk.settings
    write_prompt(settings, "ru/hello", 533)
    write_prompt(settings, "ru/n/1", 533)
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as customer, Phone(tone=AGENT) as agent:
        await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
        await rig.reachable("demo-101")
        call = await customer.dial(f"sip:74950000100@{asterisk.sip}", caller="+74950000777", name='Анна "А"')
        contact = await rig.arrival()
        born = rig.heard[-1]
        assert isinstance(born, events.ContactArrived)
        assert (born.number, born.customer, born.trunk) == ("74950000100", "+74950000777", "main")

        play = f"{contact}-p1"
        rig.do(
            commands.AnswerCall(contact, contact),
            commands.PlayPrompts(contact, contact, play, ("ru/hello", "nowhere", "ru/n/1")),
        )
        await call.answered()
        await call.hears(533)
        ended = await rig.hears(events.PromptsEnded, play=play)
        assert ended.ok
        call.press("5")
        await rig.hears(events.DigitPressed, digit="5")
        rig.do(commands.StartMusic(contact, contact))
        await call.hears_music()

        leg = f"{contact}-a1"
        rig.do(commands.RingAgent(contact, leg, "agent-101", "demo-101", "+74950000777", 'Анна "А" <1>', 15.0))
        offered = await agent.incoming()
        assert offered.caller == "+74950000777"
        assert offered.invite.headers.get("X-Kaska-Contact") == contact
        await offered.answer()
        await rig.hears(events.LegAnswered, leg=leg)
        rig.do(commands.JoinParties(contact, contact, leg))
        await rig.hears(events.PartiesJoined, leg=leg)
        await call.hears(AGENT)
        await offered.hears(CUSTOMER)

        rig.do(commands.HoldParty(contact, contact, held=True))
        await call.hears_music()
        await offered.hears_no(CUSTOMER)
        rig.do(commands.HoldParty(contact, contact, held=False))
        await call.hears(AGENT)
        await offered.hears(CUSTOMER)

        await offered.hold()
        await rig.hears(events.LegHeld, leg=leg, held=True)
        await offered.resume()
        await rig.hears(events.LegHeld, leg=leg, held=False)

        await offered.hang_up()
        await rig.hears(events.LegEnded, leg=leg, cause=16)
        rig.do(commands.HangUpLeg(contact, contact))
        assert (await call.ended()).q850 == 16
        await rig.hears(events.LegEnded, leg=contact)
        rig.do(commands.CloseContact(contact, recorded=True))
        stored = await rig.hears(events.RecordingStored, contact=contact)
        assert stored.problem == ""
        with wave.open(str(settings.recordings_dir / stored.name)) as sound:
            assert sound.getnchannels() == 2
        assert [type(e).__name__ for e in rig.heard].count("LegEnded") == 2
        assert not list(settings.unfinished_dir.glob("*.in.wav"))


async def test_message_is_recorded(asterisk: Switch, rig: Rig) -> None:
    """What is said is kept; a caller who hangs up while speaking has left a message; one who is silent has not."""
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as customer:
        call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+74950000777")
        contact = await rig.arrival()
        rig.do(commands.AnswerCall(contact, contact), commands.RecordMessage(contact, contact, contact, 30))
        await call.answered()
        await asyncio.sleep(2.0)  # speaking takes time
        await call.hang_up()
        message = await rig.hears(events.MessageRecorded)
        assert (message.contact, message.name) == (contact, contact)
        assert message.seconds >= 1
        kinds = [type(e).__name__ for e in rig.heard]
        await rig.hears(events.LegEnded, leg=contact)
        assert kinds.index("MessageRecorded") <= len(kinds)
        with wave.open(str(asterisk.settings.messages_dir / f"{message.name}.wav")) as sound:
            assert sound.getnframes() > 8000
    rig.heard.clear()
    async with Phone(local_ip="127.0.0.2") as silent:
        call = await silent.dial(f"sip:100@{asterisk.sip}", caller="")
        contact = await rig.arrival()
        rig.do(commands.AnswerCall(contact, contact), commands.RecordMessage(contact, contact, contact, 30))
        assert (await rig.hears(events.MessageRecorded)).seconds == 0.0


async def test_ringing_that_comes_to_nothing(asterisk: Switch, rig: Rig) -> None:
    """Busy, withdrawn, unregistered, unknown: every leg ends exactly once or its command fails."""
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as customer, Phone(tone=AGENT) as agent:
        await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
        await rig.reachable("demo-101")
        await customer.dial(f"sip:100@{asterisk.sip}", caller="+74950000777")
        contact = await rig.arrival()

        def ring(number: int, endpoint: str) -> str:
            leg = f"{contact}-a{number}"
            rig.do(commands.RingAgent(contact, leg, "x", endpoint, "+74950000777", "", 5.0))
            return leg

        leg = ring(1, "demo-101")
        (await agent.incoming()).reject(486)
        assert (await rig.hears(events.LegEnded, leg=leg)).cause == 17
        leg = ring(2, "demo-101")
        offered = await agent.incoming()
        await rig.is_ringing(leg)  # the switch names no reason to a phone of which it has heard nothing yet
        rig.do(commands.HangUpLeg(contact, leg, 26))
        assert (await offered.ended()).q850 == 26
        await rig.hears(events.LegEnded, leg=leg)
        for number, endpoint in ((3, "demo-101-web"), (4, "demo-999"), (5, "101&PJSIP/demo-101")):
            leg = ring(number, endpoint)
            await rig.hears(events.CommandFailed, leg=leg, command="RingAgent")
        rig.do(commands.JoinParties(contact, contact, f"{contact}-a9"))
        await rig.hears(events.CommandFailed, command="JoinParties")
        rig.do(commands.DialOut(contact, f"{contact}-c1", "main", "1&PJSIP/demo-101", "+74950000100", 5.0))
        await rig.hears(events.CommandFailed, command="DialOut")
        ended = [e.leg for e in rig.heard if isinstance(e, events.LegEnded)]
        assert len(ended) == len(set(ended)) == 2


async def test_callback(asterisk: Switch, rig: Rig) -> None:
    """The agent's phone first, then the person through the trunk; both hear each other and both sides are recorded."""
    async with Phone(local_ip="127.0.0.2", tone=CUSTOMER) as person, Phone(tone=AGENT) as agent:
        who = rig.configuration.agents["agent-101"]
        new = configuration(who, contact_uri=f"sip:127.0.0.2:{person.port}")
        await provisioning.push(rig.connection, new, PASSWORDS)
        await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
        await rig.reachable("demo-101")
        contact, mine, his = "cb-1", "cb-1-a1", "cb-1-c1"
        rig.do(commands.RingAgent(contact, mine, "x", "demo-101", "+74950000777", "", 15.0))
        offered = await agent.incoming()
        await offered.answer()
        await rig.hears(events.LegAnswered, leg=mine)
        rig.do(
            commands.DialOut(contact, his, "main", "+74950000777", "+74950000100", 15.0, record=True),
            commands.StartMusic(contact, mine),
        )
        ringing = await person.incoming()
        assert ringing.caller == "+74950000100"
        await offered.hears_music()
        await ringing.answer()
        await rig.hears(events.LegAnswered, leg=his)
        rig.do(commands.JoinParties(contact, his, mine))
        await rig.hears(events.PartiesJoined, contact=contact)
        await offered.hears(CUSTOMER)
        await ringing.hears(AGENT)
        await ringing.hang_up()
        await rig.hears(events.LegEnded, leg=his)
        rig.do(commands.HangUpLeg(contact, mine))
        await rig.hears(events.LegEnded, leg=mine)
        rig.do(commands.CloseContact(contact, recorded=True))
        stored = await rig.hears(events.RecordingStored)
        assert stored.problem == ""
        left, right = _channels(asterisk.settings.recordings_dir / stored.name)
        assert _power(left, AGENT) > 20 * _power(left, CUSTOMER)
        assert _power(right, CUSTOMER) > 20 * _power(right, AGENT)


async def test_hostile_arrivals(asterisk: Switch, rig: Rig) -> None:
    """Whatever the line says is data: every call arrives, untouched, and nobody is dialled by it."""
    hostile = ["1&PJSIP/demo-101", "h", "s", "';DROP TABLE x--", "<b>a,b</b>", '"${SHELL(id)}"', "a" * 70]
    async with Phone(local_ip="127.0.0.2") as customer, Phone() as agent:
        await agent.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)
        for said in hostile:
            rig.heard.clear()
            quoted = "".join(f"%{ord(letter):02x}" for letter in said)
            call = await customer.dial(f"sip:{quoted}@{asterisk.sip}", from_header=f"<sip:{quoted}@127.0.0.2>")
            contact = await rig.arrival()
            born = await rig.hears(events.ContactArrived)
            assert born.number == ("" if said == "s" else said)
            assert born.caller == said.split(";")[0]  # what follows is a parameter of the address
            assert (born.customer, born.trunk) == ("", "main")
            rig.do(commands.HangUpLeg(contact, contact))
            await rig.hears(events.LegEnded, leg=contact)
            await call.ended()
        assert not agent.calls


def _channels(file: object) -> tuple[list[int], list[int]]:
    import array

    with wave.open(str(file)) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
    return list(samples[0::2]), list(samples[1::2])


def _power(samples: list[int], frequency: int) -> float:
    """How much of a tone there is (Goertzel)."""
    import cmath

    turn = cmath.exp(-2j * cmath.pi * frequency / 8000)
    total, phase = 0j, 1 + 0j
    for sample in samples:
        total += sample * phase
        phase *= turn
    return abs(total) / max(len(samples), 1)
