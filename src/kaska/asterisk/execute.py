"""Carries out the core's commands on the switch. Every outcome comes back as an event; every failure as CommandFailed.

Commands of one contact are carried out strictly in order, contacts side by side. While the switch cannot be reached,
commands that may be repeated wait for it; what is only heard (prompts, music) is dropped, because the core starts the
step of every walking contact again after a resynchronisation.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from kaska.asterisk import faxes, recordings
from kaska.asterisk.connection import Connection, Line, SwitchAwayError
from kaska.asterisk.hearing import Hearing
from kaska.asterisk.legwork import REJECTED, Legwork, RefusedError
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.pausing import Pausing
from kaska.asterisk.places import Places, is_dialled
from kaska.asterisk.snooping import Snooping
from kaska.asterisk.translate import NORMAL_CLEARING, Translator
from kaska.core import commands, events
from kaska.core.commands import Command
from kaska.core.events import Event
from kaska.kit.config import Settings

log = structlog.get_logger(__name__)

PATIENCE = 8.0
"""seconds that a command waits for the switch to come back"""
LONG_PATIENCE = 3600.0
"""the same for what must happen in the end: a call not hung up, a bridge not closed is a leak"""

HEARD_ONLY = (
    commands.PlayPrompts,
    commands.SayAndHangUp,
    commands.StopPrompts,
    commands.StartMusic,
    commands.RemindOfHold,
    commands.RecordMessage,
    commands.PlayMessage,
)
MUST_HAPPEN = (commands.HangUpLeg, commands.CloseContact, commands.StopObserving, commands.StopListening)


class Executor:
    """``submit`` takes a command and returns at once; ``emit`` is called with what came of it."""

    def __init__(
        self,
        settings: Settings,
        connection: Connection,
        translator: Translator,
        emit: Callable[[Event], None],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._connection = connection
        self._translator = translator
        self._emit = emit
        self._clock = clock
        self._places = Places.of(settings)
        self._work = Legwork(settings, connection)
        self._snooping = Snooping(connection)
        self._pausing = Pausing(settings, connection)
        self.hearing = Hearing(settings, connection, self._failed)
        self._queues: dict[str, deque[Command]] = {}
        self._finishing = recordings.Finishing(settings, self._recorded)
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, command: Command) -> None:
        if isinstance(command, commands.AdoptLeg):  # at once: its next signal is the contact's already
            self._translator.adopt({command.leg: command.contact})
        queue = self._queues.get(command.contact)
        if queue is not None:
            queue.append(command)
            return
        self._queues[command.contact] = deque((command,))
        self._spawn(self._drain(command.contact))

    def adopt(self, mirror: Mirror) -> None:
        """Take over what the switch holds after a reconnect: bridges to be closed one day, legs that may hear music."""
        self._work.adopt(mirror)
        self._snooping.adopt(mirror)
        self._translator.watch(mirror.ours)

    def heard(self, ear: str, text: str) -> None:
        """A recogniser understood something; too late for a caller who has gone on is too late."""
        contact = self.hearing.contact_of(ear)
        if contact:
            self._emit(events.SpeechHeard(self._clock(), contact, ear, text))

    def hang_up_orphan(self, channel: str) -> None:
        """A channel that belongs to nobody."""
        self.submit(commands.HangUpLeg(channel, channel))

    async def settle(self, seconds: float = 5.0) -> None:
        """Let what was submitted be carried out; used at the application's end. Nothing is hung up."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in self._tasks:
            task.cancel()
        self._finishing.stop()

    # --- one contact's commands, one after another ------------------------------------------------------------

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, contact: str) -> None:
        queue = self._queues[contact]
        try:
            while queue:
                await self._carry_out(queue.popleft())
        finally:
            del self._queues[contact]

    async def _carry_out(self, command: Command) -> None:
        try:
            await self._persist(command)
        except RefusedError as refusal:
            self._failed(command, str(refusal))
        except SwitchAwayError as problem:
            if isinstance(command, HEARD_ONLY) and self._connection.state is not Line.CONNECTED:
                return
            self._failed(command, str(problem))
        except Exception as problem:
            log.exception("a command was not carried out", command=type(command).__name__, contact=command.contact)
            self._failed(command, type(problem).__name__)

    async def _persist(self, command: Command) -> None:
        """Carry it out; across a loss of the connection when it is of the kind that may be repeated."""
        patience = LONG_PATIENCE if isinstance(command, MUST_HAPPEN) else PATIENCE
        give_up_at = time.monotonic() + patience
        while True:
            losses = self._connection.losses
            try:
                if self._connection.state is not Line.CONNECTED and not isinstance(command, commands.CollectFax):
                    raise SwitchAwayError("there is no connection to the switch")
                await self._do(command)
                return
            except SwitchAwayError as problem:
                lost = self._connection.state is not Line.CONNECTED or self._connection.losses != losses
                left = give_up_at - time.monotonic()
                if not lost or isinstance(command, HEARD_ONLY) or left <= 0:
                    raise
                try:
                    await self._connection.wait_for(Line.CONNECTED, left)
                except TimeoutError:
                    raise problem from None

    def _failed(self, command: Command, reason: str) -> None:
        name = type(command).__name__
        leg = _leg_of(command)
        if isinstance(command, commands.RingAgent | commands.DialOut):
            self._translator.forget([leg])
        log.info("command failed", command=name, contact=command.contact, leg=leg, reason=reason)
        self._emit(events.CommandFailed(self._clock(), command.contact, leg, name, reason))

    # --- each kind ----------------------------------------------------------------------------------------------

    async def _do(self, command: Command) -> None:
        match command:
            case commands.AnswerCall():
                await self._work.answer(command.contact, command.leg)
            case commands.PlayPrompts():
                await self._play(command)
            case commands.SayAndHangUp():
                await self._say_and_hang_up(command)
            case commands.StopPrompts():
                await self._work.stop_playing(command.contact, command.play)
            case commands.StartMusic():
                await self._work.start_music(command.contact, command.leg)
            case commands.RingAgent():
                self._translator.watch([command.leg])
                caller = command.contact if command.contact in self._translator.legs else ""
                await self._work.ring_agent(command, caller)
            case commands.DialOut():
                self._translator.watch([command.leg])
                await self._work.dial_out(command)
            case commands.JoinParties():
                await self._work.join(command)
                self._emit(events.PartiesJoined(self._clock(), command.contact, command.agent_leg))
            case commands.MixParties():
                await self._work.mix(command)
            case commands.AddParty():
                await self._work.add(command.contact, command.leg, muted=command.muted)
            case commands.AdoptLeg():
                await self._work.ring(command.contact, command.leg)
            case commands.SendDigits():
                await self._work.send_digits(command.contact, command.leg, command.digits)
            case commands.TalkAside():
                await self._work.talk_aside(command)
            case commands.SetApart():
                await self._work.set_apart(command.contact, command.leg)
            case commands.AnswerTransfer():
                await self._work.answer_transfer(command.contact, command.leg, accepted=command.accepted)
            case commands.HoldParty():
                await self._work.hold(command.contact, command.leg, held=command.held)
            case commands.RemindOfHold():
                await self._work.remind(command.contact, command.leg)
            case commands.PlayMessage():
                await self._work.play_message(command)
            case commands.RecordMessage():
                await self._work.record(command)
            case commands.ListenForFax():
                await self._listen_for_fax(command)
            case commands.ReceiveFax():
                await self._receive_fax(command)
            case commands.CollectFax():
                await self._collect_fax(command)
            case commands.PauseRecording():
                await self._pausing.pause(command)
            case commands.ResumeRecording():
                await self._pausing.resume(command)
            case commands.HangUpLeg():
                await self._hang_up(command)
            case commands.CloseContact():
                await self._close(command)
            case commands.Observe():
                await self._snooping.observe(command, self._work.bridge_of(command.contact))
            case commands.Listen():
                self.hearing.listen(command)
            case commands.StopListening():
                await self.hearing.stop(command)
            case commands.StopObserving():
                await self._snooping.stop(command.contact, command.leg)

    async def _play(self, command: commands.PlayPrompts) -> None:
        playable, missing = recordings.prompts_there(self._settings, command.prompts)
        if missing:
            log.error("prompts are missing", prompts=missing, contact=command.contact)
        if not playable:
            self._emit(events.PromptsEnded(self._clock(), command.contact, command.leg, command.play, ok=False))
            return
        await self._work.play(command.contact, command.leg, command.play, playable)

    async def _say_and_hang_up(self, command: commands.SayAndHangUp) -> None:
        self._translator.forget([command.leg])  # nobody waits for its end
        playable, missing = recordings.prompts_there(self._settings, command.prompts)
        if missing:
            log.error("prompts are missing", prompts=missing, leg=command.leg)
        if playable:
            await self._work.say_and_hang_up(command.leg, playable)
        else:
            await self._work.hang_up(command.leg, command.leg, REJECTED)

    async def _receive_fax(self, command: commands.ReceiveFax) -> None:
        if await asyncio.to_thread(faxes.told, self._places, command.name) is not None:  # while nobody listened
            await self._collect_fax(commands.CollectFax(command.contact, command.name))
            return
        self._translator.follow([command.leg])
        if not await self._work.receive_fax(command):
            self._gone(command.contact, command.leg)

    async def _listen_for_fax(self, command: commands.ListenForFax) -> None:
        """Whoever is heard leaves our hands for a moment, and comes back with FAX_TONE."""
        if command.on:
            self._translator.follow([command.leg])
        if not await self._work.listen_for_fax(command) and command.on:
            self._gone(command.contact, command.leg)

    def _gone(self, contact: str, leg: str) -> None:
        """It went before we asked to be told of its end."""
        if leg in self._translator.legs:
            self._translator.forget([leg])
            self._emit(events.LegEnded(self._clock(), contact, leg, NORMAL_CLEARING))

    async def _collect_fax(self, command: commands.CollectFax) -> None:
        came = await faxes.collect(self._places, command.name)
        at, name = self._clock(), command.name
        self._emit(events.FaxReceived(at, command.contact, name, came.pages, came.station, came.problem))

    async def _hang_up(self, command: commands.HangUpLeg) -> None:
        there = await self._work.hang_up(command.contact, command.leg, command.cause)
        if not there and command.leg in self._translator.legs and is_dialled(command.leg):
            # the switch never had it or lost it unheard; an end that is on its way to us will find it told
            self._translator.forget([command.leg])
            self._emit(events.LegEnded(self._clock(), command.contact, command.leg, command.cause))

    async def _close(self, command: commands.CloseContact) -> None:
        await self._work.close(command.contact)
        if command.recorded:
            self._finishing.add(command.contact)
        else:
            recordings.discard(self._settings, command.contact, sound_too=command.unwanted)

    def _recorded(self, contact: str, finished: recordings.Finished) -> None:
        self._emit(finished.stored(self._clock(), contact))


def _leg_of(command: Command) -> str:
    if isinstance(command, commands.JoinParties):
        return command.agent_leg
    if isinstance(command, commands.CloseContact | commands.LookUp | commands.MixParties | commands.CollectFax):
        return ""
    return command.leg
