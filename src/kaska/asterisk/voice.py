"""The voice channel: connection, translation, execution and reconciliation put together.

``VoiceChannel`` is all that the process which runs the engine needs to know of Asterisk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Protocol

import structlog
from prometheus_client import Gauge

from kaska.asterisk import aftermath, provisioning, reconcile
from kaska.asterisk import mirror as mirrors
from kaska.asterisk.connection import Connection, Line
from kaska.asterisk.execute import Executor
from kaska.asterisk.hearing import Recogniser
from kaska.asterisk.recordings import message_seconds
from kaska.asterisk.signals import AnySignal
from kaska.asterisk.translate import Translator
from kaska.core.commands import Command, HangUpLeg
from kaska.core.configuration import Configuration
from kaska.core.events import Event, LegAnswered, LegEnded, SwitchResynced
from kaska.kit.config import Settings

log = structlog.get_logger(__name__)

_connected = Gauge("kaska_switch_connected", "1 while the connection to the switch is up")


class Believer(Protocol):
    """Who acts on what the switch tells: the engine."""

    def now(self) -> float: ...
    def tell(self, event: Event) -> bool: ...
    def resynced(self, event: SwitchResynced) -> None: ...
    def living_legs(self) -> Mapping[str, str]: ...
    def answered_legs(self) -> Collection[str]: ...
    def joined_contacts(self) -> Collection[str]: ...
    def known_contacts(self) -> Collection[str]: ...
    def devices(self) -> Mapping[str, bool]: ...
    def configurations(self) -> Sequence[Configuration]: ...
    def recall_switch(self) -> str:
        """Start time of the switch when it was last heard; "" when never."""
        ...

    def remember_switch(self, startup_time: str) -> None: ...


class VoiceChannel:
    """``device_secrets`` gives endpoint → password of every device that people may register."""

    def __init__(
        self, settings: Settings, believer: Believer, device_secrets: Callable[[], Awaitable[Mapping[str, str]]]
    ) -> None:
        self._settings = settings
        self._believer = believer
        self._device_secrets = device_secrets
        self._translator = Translator(spoken=message_seconds(settings))
        self._missing: set[str] = set()
        self._telling = asyncio.Lock()
        self.connection = Connection(
            settings,
            on_signal=self._heard,
            on_connected=self._connected,
            on_disconnected=lambda: _connected.set(0),
            knows=lambda channel: channel in believer.known_contacts(),  # of a call that came, the contact's name
        )
        self._executor = Executor(settings, self.connection, self._translator, self._tell, clock=believer.now)

    def listen_with(self, recogniser: Recogniser) -> None:
        """From now on callers may speak in menus; what comes of it is told to ``heard`` and ``deaf``."""
        self._executor.hearing.recogniser = recogniser

    def heard(self, ear: str, text: str) -> None:
        self._executor.heard(ear, text)

    def deaf(self, ear: str, reason: str) -> None:
        """The recogniser hears this caller no longer."""
        self._executor.hearing.give_up(ear, reason)

    async def run(self) -> None:
        """Stay connected until cancelled."""
        await self.connection.run()

    def carry_out(self, command: Command) -> None:
        self._executor.submit(command)

    async def stop(self) -> None:
        """Let what was begun be finished; calls live on in the switch."""
        await self._executor.settle(2.0)

    @property
    def is_connected(self) -> bool:
        return self.connection.state is Line.CONNECTED

    # --- from the switch -------------------------------------------------------------------------------------------

    def _heard(self, signal: AnySignal) -> None:
        for event in self._translator.translate(signal):
            self._tell(event)

    def _tell(self, event: Event) -> None:
        if not self._believer.tell(event) and isinstance(event, LegAnswered):
            # a phone was picked up for a contact that nobody knows any more: nobody would ever hang it up
            self._executor.submit(HangUpLeg(event.contact, event.leg))

    # --- after a loss ----------------------------------------------------------------------------------------------

    async def _connected(self) -> None:
        """Tell the switch who the people are, then make our belief agree with what it holds."""
        seen = await mirrors.take(self.connection)
        await self.provision()
        contacts = frozenset(self._believer.living_legs().values())
        self.adopt(seen, await asyncio.to_thread(aftermath.read, self._settings, contacts))
        _connected.set(1)
        log.info("connected to the switch")

    def adopt(self, seen: mirrors.Mirror, told: aftermath.Aftermath | None = None) -> None:
        believer = self._believer
        alive = believer.living_legs()
        self._translator.reconnected()
        self._translator.adopt(alive)
        found = reconcile.compare(
            seen,
            alive,
            believer.now(),
            startup_time=believer.recall_switch(),
            answered=believer.answered_legs(),
            joined=believer.joined_contacts(),
            known=believer.known_contacts(),
            devices=believer.devices(),
            aftermath=told,
        )
        if found.events or found.orphans:
            log.info("reconciled with the switch", events=len(found.events), orphans=len(found.orphans))
        ended = [event for event in found.events if isinstance(event, LegEnded)]
        self._translator.forget(event.leg for event in ended)
        self._executor.adopt(seen)
        believer.remember_switch(seen.startup_time)
        for event in found.events:
            self._tell(event)
        for event in ended:
            if (
                event.leg != event.contact
            ):  # its dialling may still stand in the executor's line: not to ring for nothing
                self._executor.submit(HangUpLeg(event.contact, event.leg))
        for orphan in found.orphans:
            self._executor.hang_up_orphan(orphan)
        believer.resynced(SwitchResynced(believer.now()))

    async def provision(self) -> None:
        """Make the switch know the people and trunks of the configurations in force."""
        async with self._telling:  # a connect and a publishing may come at once, and one is enough
            secrets = await self._device_secrets()
            if not secrets:
                return  # not known yet; whom the switch knows already, it keeps
            for configuration in self._believer.configurations():
                await provisioning.push(self.connection, configuration, secrets)

    async def provision_again(self) -> None:
        """After a publishing; a switch that is away is told when it comes back."""
        if self.is_connected:
            await self.provision()

    async def compare_now(self) -> None:
        """Look for legs that ended unheard, while connected: once a minute, so that nothing hangs for ever.

        A leg counts as gone when two looks in a row miss it: one that is being dialled just now is not there yet.
        """
        if not self.is_connected:
            return
        seen = await mirrors.take(self.connection)
        alive = self._believer.living_legs()
        missing = {leg for leg in alive if leg not in seen.channels}
        gone = {leg: alive[leg] for leg in missing & self._missing}
        self._missing = missing
        for event in reconcile.compare(seen, gone, self._believer.now(), devices={}).events:
            if isinstance(event, LegEnded) and event.leg in gone:
                self._translator.forget([event.leg])
                self._tell(event)
