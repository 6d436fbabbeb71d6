"""Runs SIPp. Every call carries its own caller number, so that each can be found in the ledger.

async with agents(port=22100, folder=tmp / "agents") as answering:
    await (await register(people, "127.0.0.1:5060", agents_port=22100, folder=tmp / "register").start()).wait(30)
    load = customers("127.0.0.1:5060", "+74950000101", calls=600, rate=60, stay_ms=1500, folder=tmp / "load")
    statistics = await (await load.start()).wait(60)
    assert statistics.failed == 0
    statistics.percentile(95)  # INVITE → 200, milliseconds
"""

from __future__ import annotations

import asyncio
import csv
import math
import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from phones.sound import tone

SCENARIOS = Path(__file__).parent / "scenarios"
CUSTOMER_KINDS = ("customer", "customer_stays", "customer_vanishes", "customer_cancels")


def caller(index: int) -> str:
    """The number of call ``index`` of a load: invented, distinct up to a million.

    +7 900 000-xx-xx, then +7 901 000-xx-xx and so on: no exchange begins with 000. Beyond: +7 000, a code nobody has.
    """
    if index < 1_000_000:
        return f"+7{900 + index // 10_000}000{index % 10_000:04}"
    return f"+7000{index:07}"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What SIPp counted. ``sent`` are calls started (or received, for agents)."""

    sent: int
    successful: int
    failed: int
    retransmissions: int
    unexpected: int
    current: int
    response_ms: tuple[float, ...] = field(repr=False, default=())
    """INVITE → 200 of every answered call"""

    def percentile(self, percent: float) -> float:
        """Nearest rank; NaN when no call was answered."""
        if not self.response_ms:
            return math.nan
        ordered = sorted(self.response_ms)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


class SippError(Exception):
    """SIPp did not run."""


class Sipp:
    """One run of one scenario. Its files go to ``folder`` (made when missing; one run, one folder)."""

    def __init__(
        self,
        scenario: str,
        folder: Path,
        *,
        target: str = "",
        address: str = "127.0.0.1",
        port: int = 0,
        users: Sequence[Sequence[str]] = (),
        options: Iterable[str | int | float] = (),
        media: bool = False,
        frequency: int = 440,
        ring_ms: int = 0,
    ) -> None:
        """``users``: rows of the injected file. ``media``: speak a tone of ``frequency``; nothing is said without."""
        self.folder = folder
        self._process: asyncio.subprocess.Process | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scenario.xml").write_text(self._rendered(scenario, frequency if media else 0, ring_ms))
        command: list[str | int | float] = ["sipp", *([target] if target else []), "-sf", "scenario.xml", "-nostdin"]
        command += ["-i", address, "-mi", address, "-trace_stat", "-stf", "statistics.csv", "-fd", 1]
        command += ["-trace_rtt", "-rtt_freq", 1, "-trace_err", "-error_file", "errors.log"]
        if port:
            command += ["-p", port]
        if users:
            rows = "".join(";".join(row) + "\n" for row in users)
            (folder / "users.csv").write_text("SEQUENTIAL\n" + rows)
            command += ["-inf", "users.csv"]
        self.command = [str(word) for word in [*command, *options]]

    def _rendered(self, scenario: str, frequency: int, ring_ms: int) -> str:
        """The scenario with its places filled: what to say, how long to ring."""
        text = (SCENARIOS / f"{scenario}.xml").read_text()
        if frequency:
            (self.folder / "tone.alaw").write_bytes(b"".join(tone(frequency).frames("PCMA")))
            action = '<exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/>'
        else:
            action = '<log message="says nothing"/>'
        ring = f'<pause distribution="uniform" min="0" max="{ring_ms}"/>' if ring_ms else '<pause milliseconds="0"/>'
        return text.replace('<exec rtp_stream="@MEDIA@"/>', action).replace("@RING@", ring)

    async def start(self) -> Sipp:
        with (self.folder / "screen.txt").open("wb") as screen:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.folder, stdin=asyncio.subprocess.DEVNULL, stdout=screen, stderr=screen
            )
        return self

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    async def wait(self, within: float) -> Statistics:
        """Until all calls are done. Raises SippError when SIPp broke, TimeoutError (and stops it) after ``within``."""
        assert self._process
        try:
            async with asyncio.timeout(within):
                code = await self._process.wait()
        except TimeoutError:
            await self.stop()
            raise
        if code not in (0, 1, 97, 99):
            screen = (self.folder / "screen.txt").read_text(errors="replace")
            raise SippError(f"exit code {code}: {screen[-1500:]}")
        return self.statistics()

    async def stop(self, grace: float = 3.0) -> Statistics:
        """No new calls; after ``grace`` seconds the present ones are left alone too."""
        if self._process and self._process.returncode is None:
            for how in (signal.SIGUSR1, signal.SIGTERM, signal.SIGKILL):
                self._process.send_signal(how)
                try:
                    async with asyncio.timeout(grace):
                        await self._process.wait()
                        break
                except TimeoutError:
                    continue
        return self.statistics()

    async def __aenter__(self) -> Sipp:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def statistics(self) -> Statistics:
        """As of the newest line (written each second and at the end)."""
        path = self.folder / "statistics.csv"
        if not path.exists():
            raise SippError((self.folder / "screen.txt").read_text(errors="replace")[-1500:])
        with path.open(newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=";") if row]
        if len(rows) < 2:
            raise SippError(f"{path} is empty")
        now = dict(zip(rows[0], rows[-1], strict=False))
        return Statistics(
            sent=int(now["TotalCallCreated"]),
            successful=int(now["SuccessfulCall(C)"]),
            failed=int(now["FailedCall(C)"]),
            retransmissions=int(now["Retransmissions(C)"]),
            unexpected=int(now["FailedUnexpectedMessage(C)"]),
            current=int(now["CurrentCall"]),
            response_ms=tuple(self._response_times()),
        )

    def _response_times(self) -> list[float]:
        times: list[float] = []
        for path in self.folder.glob("*_rtt.csv"):
            for line in path.read_text().splitlines()[1:]:
                parts = line.split(";")
                if len(parts) >= 2:
                    times.append(float(parts[1]))
        return times


def customers(
    target: str,
    number: str,
    folder: Path,
    *,
    calls: int,
    rate: float,
    kind: str = "customer",
    stay_ms: int = 1500,
    first: int = 0,
    address: str = "127.0.0.2",
    port: int = 0,
    media: bool = False,
    frequency: int = 440,
    at_once: int = 3000,
) -> Sipp:
    """``calls`` calls to ``number`` at ``target`` ("host:port"), ``rate`` each second, from ``address`` (the trunk).

    Callers are ``caller(first)``, ``caller(first + 1)`` … ``kind`` is one of CUSTOMER_KINDS.
    """
    if kind not in CUSTOMER_KINDS:
        raise ValueError(f"{kind}: one of {', '.join(CUSTOMER_KINDS)}")
    rows = [(caller(first + n), f"load {first + n}") for n in range(calls)]
    options: list[str | int | float] = ["-s", number, "-m", calls, "-r", rate, "-l", at_once, "-d", stay_ms, "-aa"]
    return Sipp(
        kind,
        folder,
        target=target,
        address=address,
        port=port,
        users=rows,
        options=options,
        media=media,
        frequency=frequency,
    )


def register(
    people: Sequence[tuple[str, str]],
    registrar: str,
    folder: Path,
    *,
    agents_port: int,
    address: str = "127.0.0.1",
    rate: int = 100,
) -> Sipp:
    """Registers (user, password) each at ``address:agents_port``, where ``agents`` listens."""
    rows = [(user, f"[authentication username={user} password={password}]") for user, password in people]
    options: list[str | int | float] = ["-m", len(rows), "-r", rate, "-key", "agents_port", agents_port]
    return Sipp("register", folder, target=registrar, address=address, users=rows, options=options)


def agents(
    folder: Path,
    *,
    port: int,
    address: str = "127.0.0.1",
    ring_ms: int = 0,
    media: bool = False,
    frequency: int = 650,
) -> Sipp:
    """Everybody who is registered at ``address:port``: answers after 0 to ``ring_ms``, stays until hung up."""
    return Sipp(
        "agent",
        folder,
        address=address,
        port=port,
        options=["-aa", "-rtp_echo"] if not media else ["-aa"],
        media=media,
        frequency=frequency,
        ring_ms=ring_ms,
    )
