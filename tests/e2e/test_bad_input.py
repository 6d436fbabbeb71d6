"""Bad input: the call is served all the same, what was sent stays data, whoever can act is told clearly."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest
from tests.e2e.centre import DIRECT, MAIN, Centre, person
from tests.plugins.installation import CITY

from phones.phone import Phone

pytestmark = pytest.mark.telephony

AGENT, OTHER, CUSTOMER, SECOND = 650, 850, 440, 530

HOSTILE_NAMES = ('Robert"); DROP TABLE contacts; --', "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "Ю" * 200)
HOSTILE_NUMBERS = ("1&PJSIP/demo-303", "303", "'--", "%00%0d%0aEvil:1", "x" * 300)


async def test_two_calls_of_one_number_at_once(centre: Centre) -> None:
    """Two contacts, two conversations, nobody hears the other's."""
    caller = person(551)
    async with (
        centre.kaska.at_work("303", tone=AGENT) as one,
        centre.kaska.at_work("304", tone=OTHER) as two,
        centre.customer(CUSTOMER) as first,
        centre.customer(SECOND) as second,
    ):
        calls = [await phone.dial(centre.kaska.number(DIRECT), caller=caller) for phone in (first, second)]
        offers = [await desk.phone.incoming(5) for desk in (one, two)]
        for offer in offers:
            await offer.answer()
        for call in calls:
            await call.answered(3)
        with contextlib.suppress(AssertionError):  # which of the two got whom is not ours to say
            await calls[0].hears(AGENT, within=2)
        tones = (AGENT, OTHER) if calls[0].ear.has_tone(AGENT) else (OTHER, AGENT)
        for call, heard, unheard in zip(calls, tones, reversed(tones), strict=True):
            await call.hears(heard)
            assert not call.ear.has_tone(unheard)
        for call in calls:
            await call.hang_up()
    cards = await centre.cards(caller, ended=2)
    assert {card["outcome"] for card in cards} == {"answered"}
    assert {card["agents"][0]["id"] for card in cards} == {"demo-303", "demo-304"}


async def test_an_agent_signed_in_twice(centre: Centre) -> None:
    """Two windows of one person are one agent with one conversation; both windows work."""
    first, second = person(552), person(553)
    async with (
        centre.kaska.at_work("304", tone=AGENT) as desk,
        centre.kaska.session(desk.agent) as window,
        centre.customer(CUSTOMER) as customer,
    ):
        again = {"state": "ready", "reason": "", "device": "phone"}
        (await window.post("/api/agents/me/state", json=again)).raise_for_status()
        call = await customer.dial(centre.kaska.number(DIRECT), caller=first)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        other = await customer.dial(centre.kaska.number(DIRECT), caller=second)
        await centre.board.calls(second, "waiting")
        (await window.post("/api/agents/me/state", json=again)).raise_for_status()
        contact = centre.board.call(first)["id"]
        (await window.post(f"/api/agents/me/calls/{contact}/hang-up")).raise_for_status()
        await call.ended(5)
        next_one = await desk.phone.incoming(5)
        await next_one.answer()
        await other.hears(AGENT)
        await other.hang_up()
    for caller in (first, second):
        assert (await centre.card(caller))["outcome"] == "answered"


async def test_hostile_arrivals_are_data_only(centre: Centre) -> None:
    before = await centre.kaska.rows("SELECT count(*) AS n FROM ledger.facts WHERE type = 'contact_opened'")
    async with centre.customer(CUSTOMER) as customer:
        dialled = [
            *[(person(560 + n), name, DIRECT) for n, name in enumerate(HOSTILE_NAMES)],
            *[(number, "", DIRECT) for number in HOSTILE_NUMBERS],
            (person(570), "", "+74959999999"),
            (person(571), "", "h"),
            (person(572), "", "1&PJSIP"),
        ]
        calls = [
            await customer.dial(centre.kaska.number(number), caller=caller, name=name)
            for caller, name, number in dialled
        ]
        for call in calls:
            await call.answered(8)
        for call in calls:
            await call.hang_up()
    n = before[0]["n"] + len(calls)
    rows = "SELECT body->>'contact' AS contact FROM ledger.facts WHERE type = 'contact_over' ORDER BY position"
    async with asyncio.timeout(10):
        while True:
            over = await centre.kaska.rows(rows)
            if len(over) >= n:
                break
            await asyncio.sleep(0.1)
    assert len(over) == n
    for index, name in enumerate(HOSTILE_NAMES[:3]):
        assert (await centre.card(person(560 + index)))["caller_name"] == name
    assert (await centre.card(person(570)))["scenario"] == "main"
    async with centre.kaska.session(centre.kaska.company.supervisor) as web:
        sheet = (await web.get("/api/contacts.csv")).text
    assert "=cmd|" in sheet
    assert not any(cell.startswith(("=cmd", '"=cmd')) for line in sheet.splitlines() for cell in line.split(";"))


async def test_malformed_datagrams_harm_nobody(centre: Centre) -> None:
    caller = person(554)
    invite = (
        f"INVITE sip:{MAIN}@{centre.kaska.sip} SIP/2.0\r\nVia: SIP/2.0/UDP {CITY}:5999;branch=z9hG4bKbad\r\n"
        f"From: <sip:1@{CITY}>;tag=1\r\nTo: <sip:{MAIN}@{centre.kaska.sip}>\r\nCall-ID: bad\r\nCSeq: 1 INVITE\r\n"
    ).encode()
    evil = [
        b"\x00" * 400,
        b"\xff\xfe" * 700,
        b"INVITE",
        b"INVITE sip:x SIP/9.9\r\n\r\n",
        invite[: len(invite) // 2],
        invite + b"Content-Length: 99999\r\n\r\nv=0",
        invite + b"Content-Length: -1\r\n\r\n",
        invite.replace(b"1 INVITE", b"99999999999999999999 BYE") + b"\r\n",
        invite.replace(b"From: ", b"From: " + b"(" * 5000) + b"\r\n",
        b"SIP/2.0 200 OK\r\n\r\n",
        b"ACK \r\n\r\n" * 50,
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind((CITY, 0))
        for packet in evil * 3:
            wire.sendto(packet, ("127.0.0.1", centre.kaska.settings.sip_port))
    async with centre.kaska.at_work("303", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(3)
        await offer.answer()
        await call.hears(AGENT)
        await offer.hears(CUSTOMER)
        await call.hang_up()
    assert (await centre.card(caller))["outcome"] == "answered"


async def test_a_stranger_without_a_trunk_is_no_contact(centre: Centre) -> None:
    """Who calls from an address of no trunk is refused, however it calls itself."""
    async with Phone(local_ip="127.0.0.9") as scanner:
        call = await scanner.dial(centre.kaska.number(MAIN), caller="303")
        assert (await call.ended(5)).status in (401, 403)


async def test_a_lost_recording_is_told_clearly(centre: Centre) -> None:
    caller = person(555)
    async with centre.kaska.at_work("304", tone=AGENT) as desk, centre.customer(CUSTOMER) as customer:
        call = await customer.dial(centre.kaska.number(DIRECT), caller=caller)
        offer = await desk.phone.incoming(5)
        await offer.answer()
        await call.hears(AGENT)
        await call.hang_up()
    contact = (await centre.card(caller))["id"]
    card = await centre.until(f"/api/contacts/{contact}", lambda card: card["recording"])
    file = centre.kaska.settings.recordings_dir / card["recording"]
    kept = file.rename(file.with_suffix(".kept"))
    try:
        gone = await centre.supervisor.get(f"/api/contacts/{contact}/recording", headers={"Accept-Language": "ru"})
        assert gone.status_code == 404
        assert gone.json()["code"] == "recording_file_gone"
        assert "нет на диске" in gone.json()["message"]
    finally:
        kept.rename(file)
    assert (await centre.supervisor.get(f"/api/contacts/{contact}/recording")).status_code == 200
