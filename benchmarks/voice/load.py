"""One run of traffic against one side: what the callers saw, what was bridged, what it cost."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kaska.host.processes import put_first
from kaska.kit.config import Settings
from sipp.driver import Sipp, customers
from voice import cpu
from voice.company import CITY, NUMBER
from voice.installed import TRAFFIC_PRIORITY, free_ports

STAY_MS = 1500
_runs = itertools.count(1)
_callers: Iterator[int] = itertools.count(0, 20_000)


class Side(Protocol):
    name: str
    settings: Settings
    cel: Path
    telephones: Sipp

    def pids(self) -> dict[str, list[int]]: ...
    async def settled(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """``cpu_ms`` per call: "asterisk", "python", "postgres", "agents", "customers"."""

    rate: float
    calls: int
    answered: int
    bridged: int
    failed: int
    retransmissions: int
    p50: float
    p95: float
    cpu_ms: dict[str, float]
    machine: float
    """busy share of all cores while the calls came, whoever kept them busy"""
    pace: float
    """calls per second that SIPp managed to start"""

    @property
    def cost(self) -> float:
        """What the side spends on a call: the switch and, when there is one, the application."""
        return self.cpu_ms["asterisk"] + self.cpu_ms.get("python", 0.0)

    @property
    def clean(self) -> bool:
        return not self.failed and not self.retransmissions and self.bridged == self.calls == self.answered

    @property
    def starved(self) -> bool:
        """SIPp itself did not get the machine often enough to call in time: the run says nothing."""
        return self.pace < 0.95 * self.rate

    def line(self) -> str:
        shares = " ".join(f"{name} {spent:.2f}" for name, spent in self.cpu_ms.items())
        trouble = "" if self.clean else f"  FAILED {self.failed} RETRANSMITTED {self.retransmissions}"
        return (
            f"{self.rate:>5.0f}/s  p50 {self.p50:7.1f} ms  p95 {self.p95:7.1f} ms  bridged {self.bridged}/{self.calls}"
            f"  ms CPU a call: {self.cost:.2f} ({shares})  machine {self.machine:.0%}{trouble}"
        )


async def call(side: Side, rate: float, seconds: float) -> Seen:
    """``rate`` calls a second for ``seconds``; returns when all is over and written down."""
    calls = round(rate * seconds)
    folder = side.settings.root / "sipp" / f"run{next(_runs)}"
    load = customers(
        f"127.0.0.1:{side.settings.sip_port}",
        NUMBER,
        folder,
        calls=calls,
        rate=rate,
        stay_ms=STAY_MS,
        first=next(_callers),
        address=CITY,
        port=next(free_ports),
    )
    agents_before = side.telephones.statistics()
    cel_at = side.cel.stat().st_size if side.cel.exists() else 0
    before = {name: cpu.seconds(pids) for name, pids in side.pids().items()}
    machine_before = cpu.busy()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await load.start()
    customers_pid = load.pid
    put_first(customers_pid, TRAFFIC_PRIORITY)
    spent_by_callers = asyncio.create_task(_watch(customers_pid))
    statistics = await load.wait(seconds + 60)
    took = loop.time() - began - STAY_MS / 1000
    machine_after = cpu.busy()
    await side.settled()
    after = {name: cpu.seconds(pids) for name, pids in side.pids().items()}
    await asyncio.sleep(1.1)  # SIPp writes its statistics once a second
    agents_after = side.telephones.statistics()
    spent = {name: after[name] - before[name] for name in after} | {"customers": await spent_by_callers}
    bridged = _bridged(side.cel, cel_at)
    shutil.rmtree(folder, ignore_errors=True)
    return Seen(
        rate=rate,
        calls=calls,
        answered=statistics.successful,
        bridged=bridged,
        failed=statistics.failed + agents_after.failed - agents_before.failed,
        retransmissions=statistics.retransmissions + agents_after.retransmissions - agents_before.retransmissions,
        p50=statistics.percentile(50),
        p95=statistics.percentile(95),
        cpu_ms={name: 1000 * value / calls for name, value in spent.items()},
        machine=(machine_after[0] - machine_before[0]) / (machine_after[1] - machine_before[1]),
        pace=calls / max(took, 0.001),
    )


async def _watch(pid: int) -> float:
    """CPU of a process that ends: the last that was seen of it."""
    seen = 0.0
    while (now := cpu.seconds([pid])) >= seen:
        seen = now
        await asyncio.sleep(0.2)
    return seen


def _bridged(cel: Path, since: int) -> int:
    """Calls in which two channels entered a bridge, by the switch's own record; one may enter more than once."""
    entered: dict[bytes, set[bytes]] = {}
    with cel.open("rb") as file:
        file.seek(since)
        for line in file:
            if line.startswith(b'"BRIDGE_ENTER"'):
                _, _, channel, call, *_ = line.split(b'","')
                entered.setdefault(call, set()).add(channel)
    return sum(len(channels) > 1 for channels in entered.values())
