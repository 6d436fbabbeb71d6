"""A machine sends a fax to a real Asterisk: what the application is told, and what is in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from tests.asterisk.conftest import Rig, Switch, free_port, write_prompt
from tests.asterisk.conftest import _trees as trees

from kaska.core import commands, events
from phones import Phone
from support.fax_machine import STATION, FaxMachine, fax_machine, long_page, page

pytestmark = pytest.mark.telephony
CALLER = "+74950000009"


def connected(asterisk: Switch, home: Path, pages: list[Image.Image]) -> object:
    tree = next(tree for tree in trees() if tree.exists())
    home.mkdir()
    rtp = asterisk.settings.rtp_start + 1000
    return fax_machine(home, tree, asterisk.sip, "127.0.0.2", (free_port(), rtp), pages)


async def begin(rig: Rig, machine: FaxMachine, hang_up_after: int = 0) -> str:
    machine.send("74950000100", CALLER, hang_up_after)
    contact = await rig.arrival()
    rig.do(commands.AnswerCall(contact, contact), commands.ReceiveFax(contact, contact, contact))
    return contact


async def test_two_pages_arrive_and_the_line_comes_back_or_ends(asterisk: Switch, rig: Rig, tmp_path: Path) -> None:
    async with connected(asterisk, tmp_path / "machine", [page("one"), page("two")]) as machine:  # type: ignore[attr-defined]
        contact = await begin(rig, machine)
        assert await machine.told(90) == "SUCCESS"
        await rig.hears(events.LegEnded, leg=contact)
        rig.do(commands.CollectFax(contact, contact))
        came = await rig.hears(events.FaxReceived)
    assert (came.pages, came.problem) == (2, "")
    assert came.station == STATION
    assert [type(event).__name__ for event in rig.heard].count("LegEnded") == 1
    with Image.open(asterisk.settings.faxes_dir / f"{contact}.tif") as sheets:
        assert sheets.n_frames == 2  # type: ignore[attr-defined]


async def test_who_hangs_up_midway_leaves_what_came(asterisk: Switch, rig: Rig, tmp_path: Path) -> None:
    async with connected(asterisk, tmp_path / "machine", [page("one"), long_page()]) as machine:  # type: ignore[attr-defined]
        contact = await begin(rig, machine, hang_up_after=30)
        await rig.hears(events.LegEnded, 60, leg=contact)
        rig.do(commands.CollectFax(contact, contact))
        came = await rig.hears(events.FaxReceived)
    assert came.pages == 1
    assert came.problem
    assert came.station == STATION


async def test_a_machine_is_heard_while_a_prompt_is_played(asterisk: Switch, rig: Rig, tmp_path: Path) -> None:
    """It goes to where faxes are received; who hangs up while listened for has ended, once."""
    write_prompt(asterisk.settings, "ru/hello", 533, 30.0)
    async with connected(asterisk, tmp_path / "machine", [page("one")]) as machine:  # type: ignore[attr-defined]
        machine.send("74950000100", CALLER)
        contact = await rig.arrival()
        rig.do(
            commands.AnswerCall(contact, contact),
            commands.ListenForFax(contact, contact, on=True),
            commands.PlayPrompts(contact, contact, f"{contact}-p1", ("ru/hello",)),
        )
        await rig.hears(events.FaxToneHeard, 20, leg=contact)
        rig.do(commands.ReceiveFax(contact, contact, contact))
        assert await machine.told(90) == "SUCCESS"
        await rig.hears(events.LegEnded, leg=contact)
        rig.do(commands.CollectFax(contact, contact))
        assert (await rig.hears(events.FaxReceived)).pages == 1
        assert [type(event).__name__ for event in rig.heard].count("LegEnded") == 1
    rig.heard.clear()
    async with Phone(local_ip="127.0.0.2") as person:
        call = await person.dial(f"sip:100@{asterisk.sip}", caller=CALLER)
        contact = await rig.arrival()
        rig.do(commands.AnswerCall(contact, contact), commands.ListenForFax(contact, contact, on=True))
        await call.answered()
        rig.do(commands.ListenForFax(contact, contact, on=False))
        await call.hang_up()
        await rig.hears(events.LegEnded, leg=contact)
    assert [type(event).__name__ for event in rig.heard].count("LegEnded") == 1
