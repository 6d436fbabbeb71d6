"""A switch that obeys: carries out the core's commands in virtual time and tells what came of them.

It tells what the live adapters tell, and as they do: a leg's end once, the end of playing with its name, a failure as
CommandFailed. It keeps no recordings and so tells of none. Music, holding and answering have no consequence that the
core is told of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kaska.core import commands, events
from kaska.simulator.clock import Clock

CALLBACK_ANSWERED_AFTER = 6.0
"""seconds until a person whom we call back picks up"""
NO_ANSWER = 19


class People(Protocol):
    """Those at the ends of the lines. Durations are seconds."""

    def answering(self, agent: str) -> float:
        """How long the agent lets his phone ring this time."""
        ...

    def message(self, contact: str) -> float:
        """How long the caller speaks after the beep."""
        ...

    def talk(self, contact: str, leg: str) -> None:
        """The caller on ``leg`` hears an agent from now on."""
        ...

    def closed(self, contact: str) -> None:
        """Nothing more will happen to the contact."""
        ...


class Switch:
    """``tell`` takes events that happen now; they are handled after the present one, in order."""

    def __init__(
        self, clock: Clock, people: People, prompt_seconds: float, tell: Callable[[events.Event], None]
    ) -> None:
        self._clock = clock
        self._people = people
        self._prompt_seconds = prompt_seconds
        self._tell = tell
        self._legs: set[str] = set()
        self._playing: dict[str, str] = {}
        self.obey: dict[type[commands.Command], Callable[[Any], None]] = {
            commands.AnswerCall: _nothing,
            commands.PlayPrompts: self._play,
            commands.SayAndHangUp: _nothing,
            commands.StopPrompts: self._stop,
            commands.StartMusic: _nothing,
            commands.RingAgent: self._ring,
            commands.DialOut: self._dial,
            commands.JoinParties: self._join,
            commands.HoldParty: _nothing,
            commands.RemindOfHold: _nothing,
            commands.AddParty: _nothing,
            commands.AdoptLeg: _nothing,
            commands.SendDigits: _nothing,
            commands.TalkAside: _nothing,
            commands.MixParties: _nothing,
            commands.SetApart: _nothing,
            commands.AnswerTransfer: _nothing,
            commands.RecordMessage: self._record,
            commands.ListenForFax: _nothing,
            commands.ReceiveFax: self._fax,
            commands.CollectFax: self._collect,
            commands.PlayMessage: _nothing,
            commands.Listen: _nothing,
            commands.StopListening: _nothing,
            commands.LookUp: self._look_up,
            commands.HangUpLeg: self._hang_up,
            commands.CloseContact: self._close,
            commands.PauseRecording: _nothing,
            commands.ResumeRecording: _nothing,
            commands.Observe: _nothing,
            commands.StopObserving: _nothing,
        }
        """class of a command → what carries it out"""

    def arrive(self, leg: str) -> None:
        """A line has a call on it."""
        self._legs.add(leg)

    def end(self, contact: str, leg: str, cause: int = 16) -> None:
        """A party hangs up, or is hung up; a leg that is gone already is left alone."""
        if leg in self._legs:
            self._legs.discard(leg)
            self._playing.pop(leg, None)
            self._tell(events.LegEnded(self._clock.now, contact, leg, cause))

    # --- what is heard ---

    def _play(self, command: commands.PlayPrompts) -> None:
        self._playing[command.leg] = command.play
        self._clock.at(self._clock.now + self._prompt_seconds * len(command.prompts), self._played, command)

    def _played(self, command: commands.PlayPrompts) -> None:
        if self._playing.get(command.leg) == command.play:
            del self._playing[command.leg]
            self._tell(events.PromptsEnded(self._clock.now, command.contact, command.leg, command.play))

    def _stop(self, command: commands.StopPrompts) -> None:
        if self._playing.get(command.leg) == command.play:
            del self._playing[command.leg]

    def _record(self, command: commands.RecordMessage) -> None:
        speaks = min(self._people.message(command.contact), float(command.max_seconds))
        self._clock.at(self._clock.now + speaks, self._recorded, (command, speaks))

    def _recorded(self, what: tuple[commands.RecordMessage, float]) -> None:
        command, seconds = what
        self._tell(events.MessageRecorded(self._clock.now, command.contact, command.leg, command.name, seconds))

    def _fax(self, command: commands.ReceiveFax) -> None:
        """Invented callers have no fax machines: nothing comes."""
        self._tell(events.FaxEnded(self._clock.now, command.contact, command.leg))

    def _collect(self, command: commands.CollectFax) -> None:
        self._tell(events.FaxReceived(self._clock.now, command.contact, command.name, 0, problem="no fax"))

    # --- dialling ---

    def _ring(self, command: commands.RingAgent) -> None:
        self._legs.add(command.leg)
        self._rings(command.contact, command.leg, self._people.answering(command.agent), command.timeout)

    def _dial(self, command: commands.DialOut) -> None:
        self._legs.add(command.leg)
        self._rings(command.contact, command.leg, CALLBACK_ANSWERED_AFTER, command.timeout)

    def _rings(self, contact: str, leg: str, seconds: float, timeout: float) -> None:
        if not seconds:
            self._tell(events.LegAnswered(self._clock.now, contact, leg))
        elif seconds < timeout:
            self._clock.at(self._clock.now + seconds, self._picked_up, (contact, leg))
        else:
            self._clock.at(self._clock.now + timeout, self._rang_out, (contact, leg))

    def _picked_up(self, what: tuple[str, str]) -> None:
        contact, leg = what
        if leg in self._legs:
            self._tell(events.LegAnswered(self._clock.now, contact, leg))

    def _rang_out(self, what: tuple[str, str]) -> None:
        self.end(*what, NO_ANSWER)

    # --- together and apart ---

    def _join(self, command: commands.JoinParties) -> None:
        if command.customer_leg in self._legs and command.agent_leg in self._legs:
            self._tell(events.PartiesJoined(self._clock.now, command.contact, command.agent_leg))
            self._people.talk(command.contact, command.customer_leg)
        else:
            failed = events.CommandFailed(
                self._clock.now, command.contact, command.agent_leg, "JoinParties", "a party is gone"
            )
            self._tell(failed)

    def _look_up(self, command: commands.LookUp) -> None:
        """No outside source is asked: nothing is known of invented people."""
        self._tell(events.LookedUp(self._clock.now, command.contact, command.lookup))

    def _hang_up(self, command: commands.HangUpLeg) -> None:
        self.end(command.contact, command.leg, command.cause)

    def _close(self, command: commands.CloseContact) -> None:
        self._people.closed(command.contact)


def _nothing(command: commands.Command) -> None:
    """Heard by people, told to nobody."""
