"""The SIPp scenarios, against each other, a virtual phone and a real Asterisk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.phones.conftest import TinyAsterisk, free_port

from phones import Phone
from sipp import agents, caller, customers, register

pytestmark = [pytest.mark.telephony, pytest.mark.skipif(not shutil.which("sipp"), reason="SIPp is not installed")]


def test_callers_are_distinct() -> None:
    assert len({caller(n) for n in range(30_000)}) == 30_000
    assert (caller(7), caller(10_007)) == ("+79000000007", "+79010000007")


@pytest.mark.parametrize("kind", ["customer", "customer_cancels"])
async def test_every_call_ends_well(kind: str, tmp_path: Path) -> None:
    port = free_port()
    async with agents(tmp_path / "agents", port=port, ring_ms=300):
        load = await customers(
            f"127.0.0.1:{port}", "+74950000101", tmp_path / "load", calls=40, rate=40, kind=kind, stay_ms=200
        ).start()
        statistics = await load.wait(20)
    assert (statistics.sent, statistics.successful, statistics.failed) == (40, 40, 0)
    assert 0 <= statistics.percentile(50) <= statistics.percentile(95) < 1000


async def test_callers_and_audio_reach_a_phone(tmp_path: Path) -> None:
    async with Phone(tone=650) as agent:
        agent.auto_answer = True
        load = await customers(
            f"127.0.0.1:{agent.port}", "201", tmp_path, calls=3, rate=20, stay_ms=1500, first=5, media=True
        ).start()
        calls = [await agent.incoming() for _ in range(3)]
        assert {call.caller for call in calls} == {caller(5), caller(6), caller(7)}
        for call in calls:
            await call.hears(440)
        assert (await load.wait(10)).failed == 0


async def test_registered_agents_answer_through_the_switch(switch: TinyAsterisk, tmp_path: Path) -> None:
    port = free_port()
    people = [("201", "one-two-three")]
    async with agents(tmp_path / "agents", port=port) as answering:
        registering = register(people, switch.address, tmp_path / "register", agents_port=port)
        assert (await (await registering.start()).wait(10)).failed == 0
        load = customers(switch.address, "201", tmp_path / "load", calls=10, rate=10, stay_ms=300)
        assert (await (await load.start()).wait(10)).successful == 10
        assert (await answering.stop()).sent == 10
