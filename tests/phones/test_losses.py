"""What is lost on the way is sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from phones import CallError, Phone

pytestmark = pytest.mark.telephony


def first(count: int, start: bytes) -> Callable[[bytes], bool]:
    """Loses the first ``count`` packets that begin with ``start``."""
    left = [count]

    def lose(packet: bytes) -> bool:
        if packet.startswith(start) and left[0]:
            left[0] -= 1
            return True
        return False

    return lose


@pytest.mark.parametrize("what", [b"INVITE", b"SIP/2.0 200", b"ACK", b"BYE", b"SIP/2.0 180"])
async def test_a_call_lives_through_lost_packets(what: bytes) -> None:
    async with Phone(local_ip="127.0.0.2", tone=440, t1=0.05) as customer, Phone(tone=650, t1=0.05) as agent:
        agent.auto_answer = True
        customer.wire.lose = first(2, what)
        calling = await (await customer.dial(agent.uri)).answered(5)
        called = await agent.incoming()
        await asyncio.gather(calling.hears(650), called.hears(440))
        await calling.hang_up()
        await called.ended(5)


async def test_a_refusal_lives_through_a_lost_ack() -> None:
    async with Phone(local_ip="127.0.0.2", t1=0.05) as customer, Phone(t1=0.05) as agent:
        customer.wire.lose = first(2, b"ACK")
        calling = await customer.dial(agent.uri)
        called = await agent.incoming()
        called.reject(486)
        assert called.server
        await asyncio.wait_for(called.server.acked, 3)
        assert (await calling.ended(1)).status == 486
        assert agent.wire.retransmissions > 0


async def test_cancel_waits_for_the_first_answer() -> None:
    async with Phone(local_ip="127.0.0.2", t1=0.05) as customer, Phone(t1=0.05) as agent:
        customer.wire.lose = first(3, b"INVITE")
        calling = await customer.dial(agent.uri)
        await calling.hang_up()
        called = await agent.incoming()
        assert (await called.ended(1)).by == "them"
        assert (await calling.ended(1)).status == 487


async def test_nobody_there() -> None:
    async with Phone(local_ip="127.0.0.2", t1=0.01) as customer:
        calling = await customer.dial("sip:nobody@127.0.0.3:9")
        with pytest.raises(CallError) as failed:
            await calling.answered(5)
        assert failed.value.cause.status == 408


async def test_no_ack_ends_the_call() -> None:
    async with Phone(local_ip="127.0.0.2", t1=0.01) as customer, Phone(t1=0.01) as agent:
        customer.wire.lose = first(1000, b"ACK")
        await customer.dial(agent.uri)
        called = await agent.incoming()
        with pytest.raises(CallError):
            await called.answer()
        assert called.state == "over"


async def test_rubbish_is_ignored() -> None:
    async with Phone(local_ip="127.0.0.2", t1=0.05) as customer, Phone(t1=0.05) as agent:
        peer = agent.wire.address
        for packet in (
            b"\0" * 40,
            b"INVITE sip:x SIP/2.0\r\n\r\n",
            b"SIP/2.0 abc\r\n\r\n",
            b"\r\n\r\n",
            b"\xff\xfe junk\r\n",
        ):
            customer.wire.send(packet, peer)
        calling = await customer.dial(agent.uri)
        await calling.ringing(2)
        assert agent.wire.unreadable >= 3
