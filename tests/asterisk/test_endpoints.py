"""A far end is asked by SIP: who answers anything is there, who is silent or closed is not."""

from __future__ import annotations

import socket

from kaska.asterisk.endpoints import answers
from phones.phone import Phone


async def test_a_telephone_answers() -> None:
    async with Phone(local_ip="127.0.0.1") as phone:
        assert await answers("127.0.0.1", phone.port)


async def test_a_closed_port_and_a_deaf_one_do_not() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        assert not await answers("127.0.0.1", port, seconds=0.2)
    assert not await answers("127.0.0.1", port, seconds=1.0)
