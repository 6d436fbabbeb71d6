"""The call detail records: written by hand (growth, several rows of a call, hostile text), and by a real switch."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import pytest
from tests.asterisk.conftest import Rig, Switch, agent, configuration

from kaska.asterisk.cdr import CdrCall, CdrWitness, as_record
from kaska.asterisk.places import Places
from kaska.asterisk.witness import SwitchRecord, Witness, as_contact_witnessed
from kaska.asterisk.witness_fields import CDR_COLUMNS
from kaska.kit.config import Settings
from phones.phone import Phone


def row(uniqueid: str, linkedid: str = "", **fields: object) -> str:
    values = {
        "uniqueid": uniqueid,
        "linkedid": linkedid or uniqueid,
        "channel": "PJSIP/trunk-main-00000001",
        "context": "from-trunk",
        "exten": "100",
        "caller_number": "+74950000777",
        "start": 1000.0,
        "answer": 1001.0,
        "end": 1010.0,
        "duration": 10,
        "billsec": 9,
        "disposition": "ANSWERED",
        "app": "Stasis",
    } | fields
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(values.get(name, "") for name in CDR_COLUMNS)
    return out.getvalue()


def place(tmp_path: Path) -> tuple[CdrWitness, Path]:
    settings = Settings(state=tmp_path)
    file = Places.of(settings).cdr
    file.parent.mkdir(parents=True)
    return CdrWitness(settings), file


LEG = {"channel": "PJSIP/demo-101-00000002", "context": "from-agents", "exten": "s"}
TALKED = {"dst_channel": "PJSIP/demo-101-00000002"}


def test_rows_are_not_calls(tmp_path: Path) -> None:
    witness, file = place(tmp_path)
    file.write_text(
        row("kaska-1.1-a1", **LEG, disposition="NO ANSWER", answer="")  # type: ignore[arg-type]
        + row("kaska-1.1-a2", "kaska-1.1", **LEG)  # type: ignore[arg-type]
        + row("kaska-1.1", **TALKED)
        + row("c-1-c1", channel="PJSIP/trunk-main-00000003")  # we called this one
        + row("kaska-1.4", **LEG)  # type: ignore[arg-type]
    )
    (call,) = witness.read()
    assert (call.contact, call.number, call.caller, call.trunk) == ("kaska-1.1", "100", "+74950000777", "main")
    assert (call.started_at, call.answered_at, call.ended_at, call.billsec) == (1000, 1001, 1010, 9)
    assert (call.disposition, call.talked, call.agent_endpoint) == ("ANSWERED", True, "demo-101")
    assert (call.rows, call.legs) == (1, 2)
    assert witness.read() == []


def test_the_dialplan_rang_three_telephones(tmp_path: Path) -> None:
    witness, file = place(tmp_path)
    rang = {"context": "fallback", "exten": "s", "app": "Dial", "disposition": "NO ANSWER", "answer": "", "billsec": 0}
    busy = rang | {"disposition": "BUSY", "dst_channel": "PJSIP/demo-102-00000005"}
    rung = row("kaska-1.1", **rang, dst_channel="PJSIP/demo-101-00000004") + row("kaska-1.1", **busy)
    file.write_text(rung)
    (call,) = witness.read()
    assert (call.disposition, call.talked, call.rows, call.number) == ("BUSY", False, 2, "")
    with file.open("a") as more:  # the rest of its rows, a moment later
        more.write(row("kaska-1.1", context="fallback", exten="s", app="Dial", **TALKED))
    (call,) = witness.read()
    assert (call.disposition, call.talked, call.rows, call.agent_endpoint) == ("ANSWERED", True, 3, "demo-101")
    assert as_contact_witnessed(as_record(Settings(state=tmp_path), call), 2000.0).outcome == "answered"


def test_half_lines_rotation_and_restart(tmp_path: Path) -> None:
    witness, file = place(tmp_path)
    assert witness.read() == []
    text = row("kaska-1.1")
    told = []
    for end in range(0, len(text), 17):
        file.write_text(text[:end])
        told += witness.read()
    file.write_text(text)
    told += witness.read()
    assert [call.contact for call in told] == ["kaska-1.1"]
    with file.open("a") as more:
        more.write(row("kaska-1.2"))
    file.rename(file.with_name("cdr.csv.1"))
    file.write_text(row("kaska-1.3"))
    assert [call.contact for call in witness.read()] == ["kaska-1.2", "kaska-1.3"]
    again = CdrWitness(Settings(state=tmp_path), witness.position).read()
    assert [call.contact for call in again] == ["kaska-1.1", "kaska-1.2", "kaska-1.3"]  # twice rather than by half


def test_hostile_text_and_broken_lines(tmp_path: Path) -> None:
    witness, file = place(tmp_path)
    said = '";\n"x",' + "\x00<b>'; DROP TABLE x --"
    file.write_text('"a","b"\n\n' + row("kaska-1.0", start="yesterday") + row("kaska-1.1", caller_number=said))
    (call,) = witness.read()
    assert (call.contact, call.caller) == ("kaska-1.1", said)


# --- a real switch ------------------------------------------------------------------------------------------------


async def both(settings: Settings, contacts: int) -> tuple[dict[str, SwitchRecord], dict[str, CdrCall]]:
    """What CEL and CDR tell, once both tell of so many calls."""
    cel: dict[str, SwitchRecord] = {}
    cdr: dict[str, CdrCall] = {}
    events, details = Witness(settings), CdrWitness(settings)
    async with asyncio.timeout(10):
        while len(cel) < contacts or len(cdr) < contacts:
            cel |= {call.contact: call for call in events.read()}
            cdr |= {call.contact: call for call in details.read()}
            await asyncio.sleep(0.05)
    return cel, cdr


@pytest.mark.telephony
async def test_what_the_switch_writes_without_us(asterisk: Switch) -> None:
    """The dialplan alone: a call that a telephone of the fallback group takes, and one that is given up ringing."""
    async with Rig(asterisk.settings, configuration=configuration(agent("101", "phone"), agent("102", "phone"))):
        pass  # pushed
    async with Phone(local_ip="127.0.0.2", tone=440) as customer, Phone(local_ip="127.0.0.1", tone=650) as desk:
        await desk.register("demo-101", "one two;three", asterisk.sip)
        call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+79000000001")
        offer = await desk.incoming(10)
        await offer.answer()
        await call.hears(650)
        await call.hang_up()
        await offer.ended(5)
        call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+79000000002")
        offer = await desk.incoming(10)
        await call.hang_up()
        await offer.ended(5)
        cel, cdr = await both(asterisk.settings, 2)
    assert cel.keys() == cdr.keys()
    told = sorted((cdr[contact].caller, cdr[contact].talked, cel[contact].talk_seconds > 0) for contact in cel)
    assert told == [("+79000000001", True, True), ("+79000000002", False, False)]
    for contact, call_ in cdr.items():
        record = as_record(asterisk.settings, call_)
        assert record.trunk == cel[contact].trunk == "main"
        assert abs(record.arrived_at - cel[contact].arrived_at) < 0.5
        assert as_contact_witnessed(record, 0.0).outcome == as_contact_witnessed(cel[contact], 0.0).outcome
