"""The line to the switch breaks in every way; what was missed is found; people are known all the time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field

import pytest
from tests.asterisk.conftest import PASSWORDS, Rig, Switch, agent, configuration, free_port

from kaska.asterisk import provisioning
from kaska.asterisk.connection import Line, SwitchAwayError
from kaska.asterisk.reconcile import compare
from kaska.core import commands, events
from kaska.kit.config import Settings
from phones import Phone, RegistrationError

pytestmark = pytest.mark.telephony


@dataclass
class Wire:
    """Between application and switch: can be cut (both see it) or made dumb (neither sees anything)."""

    target: int
    port: int = field(default_factory=free_port)
    dumb: bool = False

    async def __aenter__(self) -> Wire:
        self._writers: set[asyncio.StreamWriter] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()

    def cut(self) -> None:
        for writer in self._writers:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers |= {writer, back}
        with contextlib.suppress(OSError):
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            if not self.dumb:
                target.write(data)
        target.close()


async def test_a_cut_line_heals_and_nothing_is_missed(asterisk: Switch) -> None:
    """Requests fail at once, the core's commands wait; a call that ended meanwhile is found by the snapshot."""
    async with Wire(asterisk.settings.asterisk_http_port) as wire:
        settings = asterisk.settings.model_copy(update={"asterisk_http_port": wire.port})
        async with Rig(settings) as rig, Phone(local_ip="127.0.0.2", tone=440) as customer:
            number = f"sip:100@{asterisk.sip}"
            staying = await customer.dial(number, caller="+74950000777")
            contact = await rig.arrival()
            rig.do(commands.AnswerCall(contact, contact))
            await staying.answered()
            rig.heard.clear()
            leaving = await customer.dial(number, caller="+74950000778")
            other = await rig.arrival()

            pending = asyncio.create_task(rig.connection.request("GET", "asterisk/info"))
            await asyncio.sleep(0)
            wire.cut()
            with contextlib.suppress(SwitchAwayError):
                await pending
            await rig.connection.wait_for(Line.WAITING)
            await leaving.hang_up()
            rig.do(commands.StartMusic(contact, contact), commands.HoldParty(contact, contact, held=True))
            await rig.connection.wait_for(Line.CONNECTED)
            found = compare(rig.mirrors[-1], {contact: contact, other: other}, 1.0)
            assert [e for e in found.events if not isinstance(e, events.DeviceReached)] == [
                events.LegEnded(1.0, other, other, 16, events.RECONCILE)
            ]
            assert rig.mirrors[0].startup_time == rig.mirrors[-1].startup_time
            await staying.hears_music()  # the hold waited for the line
            rig.do(commands.HangUpLeg(contact, contact))
            await staying.ended()
            await rig.hears(events.LegEnded, leg=contact)
            assert not [e for e in rig.heard if isinstance(e, events.CommandFailed)]


async def test_a_dumb_line_is_noticed(asterisk: Switch) -> None:
    async with Wire(asterisk.settings.asterisk_http_port) as wire:
        settings = asterisk.settings.model_copy(update={"asterisk_http_port": wire.port})
        async with Rig(settings) as rig:
            wire.dumb = True
            began = time.monotonic()
            while rig.connection.state is Line.CONNECTED:  # noqa: ASYNC110 — until it is noticed
                await asyncio.sleep(0.05)
            assert time.monotonic() - began < 5
            wire.dumb = False
            await rig.connection.wait_for(Line.CONNECTED, 6)


async def test_a_second_application_waits(asterisk: Switch) -> None:
    """A second one of this installation gets the switch when the first is gone; one of another makes us step back."""
    async with Rig(asterisk.settings) as first:
        second = asyncio.create_task(Rig(asterisk.settings).__aenter__())
        await asyncio.sleep(1.0)  # it has had every chance
        assert not second.done()
        assert first.connection.state is Line.CONNECTED
    heir = await second
    elsewhere = asterisk.settings.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secrets").symlink_to(asterisk.settings.secrets_dir)
    foreign = Rig(Settings(state=elsewhere, asterisk_http_port=asterisk.settings.asterisk_http_port))
    foreign.configuration = configuration()
    (elsewhere / "run/asterisk/etc/people").mkdir(parents=True)
    async with foreign:
        await heir.connection.wait_for(Line.REPLACED)
        async with Phone(local_ip="127.0.0.2") as customer:
            await customer.dial(f"sip:100@{asterisk.sip}", caller="+74950000777")
            await foreign.arrival()
        assert not [e for e in heir.heard if isinstance(e, events.ContactArrived)]
    await heir.__aexit__()


async def test_people_come_and_go(asterisk: Switch, rig: Rig) -> None:
    """Only differences travel; removed people cannot register; a restarted switch knows everybody without us."""
    both = configuration(agent("101", "phone"), agent("102", "phone"))
    assert await provisioning.push(rig.connection, both, PASSWORDS) == 6  # 102 comes, 101's browser goes
    assert await provisioning.push(rig.connection, both, PASSWORDS) == 0
    changed = PASSWORDS | {"demo-102": "another"}
    assert await provisioning.push(rig.connection, both, changed) == 1
    async with Phone() as phone:
        with pytest.raises(RegistrationError):
            await phone.register("demo-102", PASSWORDS["demo-102"], asterisk.sip)
        await phone.register("demo-102", "another", asterisk.sip)

    rig.configuration, rig.passwords = both, changed
    await asterisk.kill()
    await asterisk.start()
    async with Phone() as phone:
        await phone.register("demo-102", "another", asterisk.sip)
    await rig.connection.wait_for(Line.CONNECTED)
    assert await provisioning.push(rig.connection, both, changed | {"demo-101": "third"}) == 1
    assert await provisioning.push(rig.connection, configuration(agent("101", "phone")), PASSWORDS) == 4
    async with Phone() as phone:
        with pytest.raises(RegistrationError):
            await phone.register("demo-102", "another", asterisk.sip)
        await phone.register("demo-101", PASSWORDS["demo-101"], asterisk.sip)


async def test_a_changed_trunk(asterisk: Switch, rig: Rig) -> None:
    """Still tells who calls, and is called at its new address only."""
    async with Phone(local_ip="127.0.0.2") as old, Phone(local_ip="127.0.0.2") as customer:
        for uri in (old.contact, "", customer.contact):
            uri = uri.replace("phone@", "")
            await provisioning.push(rig.connection, configuration(agent("101", "phone"), contact_uri=uri), PASSWORDS)
        rig.do(commands.DialOut("c1", "c1-c1", "main", "+74950000777", "+74950000100", 5.0))
        assert (await customer.incoming()).callee == "+74950000777"
        assert not old.calls
        await customer.dial(f"sip:100@{asterisk.sip}", caller="+74950000777", name="Анна")
        arrived = await rig.hears(events.ContactArrived)
    assert (arrived.caller, arrived.caller_name) == ("+74950000777", "Анна")


async def test_three_hundred_people(asterisk: Switch, rig: Rig) -> None:
    crowd = configuration(*(agent(str(n), "phone", "web") for n in range(1000, 1300)))
    passwords = {device.endpoint: "x" for one in crowd.agents.values() for device in one.devices}
    began = time.monotonic()
    assert await provisioning.push(rig.connection, crowd, passwords) == 1800 + 6
    took = time.monotonic() - began
    began = time.monotonic()
    assert await provisioning.push(rig.connection, crowd, passwords) == 0
    again = time.monotonic() - began
    assert took < 20
    assert again < 1
