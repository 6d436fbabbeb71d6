"""A real Asterisk configured by kaska in a directory of its own, and a rig that talks to it as the application does.

Others may reuse it: ``asterisk`` is a running switch (``settings``, ``sip``, ``kill()``, ``start()``); ``rig`` is the
application's side of it with a demo configuration pushed. Trunk callers come from 127.0.0.2.
"""

from __future__ import annotations

import asyncio
import os
import socket
import warnings
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from kaska.asterisk import provisioning, runtime
from kaska.asterisk.connection import Connection, Line
from kaska.asterisk.execute import Executor
from kaska.asterisk.mirror import Mirror, take
from kaska.asterisk.recordings import message_seconds
from kaska.asterisk.signals import AnySignal
from kaska.asterisk.translate import Translator
from kaska.core.commands import Command
from kaska.core.configuration import AgentProfile, Configuration, Device, Trunk
from kaska.core.events import ContactArrived, DeviceReached, Event
from kaska.kit.config import Settings

PASSWORDS = {"demo-101": "one two;three", "demo-102": "pass-102", "demo-101-web": "pass-web"}
E = TypeVar("E", bound=Event)


def free_port() -> int:
    """A port of loopback that is free for UDP and TCP."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
    ):
        udp.bind(("127.0.0.1", 0))
        port = int(udp.getsockname()[1])
        try:
            tcp.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
        return port


def agent(extension: str, *kinds: str) -> AgentProfile:
    ending = {"phone": "", "web": "-web"}
    devices = tuple(Device(f"{extension}-{kind}", kind, f"demo-{extension}{ending[kind]}") for kind in kinds)
    return AgentProfile(
        id=f"agent-{extension}", name=f'Анна "{extension}"; Орлова', extension=extension, devices=devices
    )


def configuration(*agents: AgentProfile, contact_uri: str = "") -> Configuration:
    return Configuration(
        tenant="demo",
        version=1,
        default_scenario="",
        agents={one.id: one for one in agents},
        trunks={"main": Trunk("main", "trunk-main", ("127.0.0.2",), contact_uri)},
    )


@dataclass
class Switch:
    settings: Settings
    process: asyncio.subprocess.Process | None = None

    @property
    def sip(self) -> str:
        return f"127.0.0.1:{self.settings.sip_port}"

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *runtime.command_line(self.settings),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        await runtime.await_ready(self.settings)

    async def kill(self) -> None:
        """One that has died by itself is told in the summary, and fails nobody who has got all that he asked for:
        Asterisk has a race of its own when a call's subscriptions end (see the known limits)."""
        if self.process is None:
            return
        died = self.process.returncode
        if died is not None:
            warnings.warn(f"Asterisk had ended by itself: {died}", stacklevel=2)
        else:
            self.process.kill()
            await self.process.wait()
        self.process = None


@pytest.fixture
async def asterisk(tmp_path: Path) -> AsyncIterator[Switch]:
    tree = next((tree for tree in _trees() if (tree / "usr/sbin/asterisk").exists()), None)
    if tree is None:
        pytest.fail("no Asterisk tree under the state directory: `make setup` makes one")
    state = tmp_path / "state"
    state.mkdir()
    (state / "asterisk").symlink_to(tree.resolve())
    rtp = 30000 + (free_port() % 20) * 1000
    settings = Settings(
        state=state, sip_port=free_port(), asterisk_http_port=free_port(), rtp_start=rtp, rtp_end=rtp + 998
    )
    runtime.prepare(settings)
    switch = Switch(settings)
    await switch.start()
    try:
        yield switch
    finally:
        await switch.kill()


def _trees() -> tuple[Path, ...]:
    return Path(os.environ.get("KASKA_STATE", ".state")) / "asterisk", Path(".state/asterisk")


@dataclass
class Rig:
    """The application's side: connection, translation, execution; everything told is in ``heard``."""

    settings: Settings
    heard: list[Event] = field(default_factory=list)
    mirrors: list[Mirror] = field(default_factory=list)
    configuration: Configuration = field(default_factory=lambda: configuration(agent("101", "phone", "web")))
    passwords: dict[str, str] = field(default_factory=lambda: dict(PASSWORDS))
    on_signal: Callable[[AnySignal], None] = lambda _: None

    def __post_init__(self) -> None:
        self._news = asyncio.Condition()
        self.translator = Translator(spoken=message_seconds(self.settings))
        self.connection = Connection(
            self.settings, on_signal=self._signal, on_connected=self._connected, knows=self._knows
        )
        self.executor = Executor(self.settings, self.connection, self.translator, self._tell)
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Rig:
        self._running = asyncio.create_task(self.connection.run())
        await self.connection.wait_for(Line.CONNECTED, 10)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.executor.settle(1.0)
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])

    async def _connected(self) -> None:
        await provisioning.push(self.connection, self.configuration, self.passwords)
        self.mirrors.append(await take(self.connection))

    def _knows(self, channel: str) -> bool:
        return any(isinstance(event, ContactArrived) and event.leg == channel for event in self.heard)

    def _signal(self, signal: AnySignal) -> None:
        self.on_signal(signal)
        for event in self.translator.translate(signal):
            self._tell(event)

    def _tell(self, event: Event) -> None:
        self.heard.append(event)
        asyncio.get_running_loop().create_task(self._announce())

    async def _announce(self) -> None:
        async with self._news:
            self._news.notify_all()

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.executor.submit(command)

    async def hears(self, kind: type[E], within: float = 10.0, **expected: object) -> E:
        """The first event of this kind with these fields, as soon as it was told."""

        def found() -> E | None:
            for event in self.heard:
                if isinstance(event, kind) and all(getattr(event, name) == value for name, value in expected.items()):
                    return event
            return None

        try:
            async with asyncio.timeout(within), self._news:
                await self._news.wait_for(lambda: found() is not None)
        except TimeoutError:
            raise AssertionError(f"not told: {kind.__name__} {expected}; told: {self.heard}") from None
        event = found()
        assert event is not None
        return event

    async def is_ringing(self, leg: str, within: float = 10.0) -> None:
        """Return when the phone has told the switch that it rings."""
        async with asyncio.timeout(within):
            while await self._state_of(leg) != "Ringing":  # noqa: ASYNC110 — the switch tells nobody
                await asyncio.sleep(0.02)

    async def _state_of(self, channel: str) -> str:
        return str((await self.connection.ask("GET", f"channels/{channel}")).json()["state"])

    async def arrival(self) -> str:
        return (await self.hears(ContactArrived)).contact

    async def reachable(self, endpoint: str) -> None:
        await self.hears(DeviceReached, endpoint=endpoint, reachable=True)


@pytest.fixture
async def rig(asterisk: Switch) -> AsyncIterator[Rig]:
    async with Rig(asterisk.settings) as rig:
        yield rig


def write_prompt(settings: Settings, name: str, frequency: int, seconds: float = 0.6) -> None:
    """A tone as a prompt."""
    import math
    import struct

    file = settings.root / "prompts" / f"{name}.wav"
    file.parent.mkdir(parents=True, exist_ok=True)
    samples = [int(9000 * math.sin(2 * math.pi * frequency * n / 8000)) for n in range(int(8000 * seconds))]
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
