"""A company's day, played through the real core: people call, agents answer, the switch obeys. Gives real facts."""

from __future__ import annotations

import random

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.state import State
from support.company import CLOSED, DIRECT, INFORMER, MAIN, company

START = 1_760_000_000.0
AGENTS = ("a301", "a302", "a303", "a304")
NUMBERS = (MAIN, MAIN, DIRECT, DIRECT, DIRECT, CLOSED, INFORMER, "garbage'\"<b>")
CALLERS = ("", "+79000000001", "+79000000002", "+79000000003")
NAMES = ("", "=cmd|' /C calc'!A0", "Ivan <script>alert(1)</script>", "'; DROP TABLE contacts; --", "a\x00b")


class Play:
    """One tenant's core with a clock and an obedient switch. ``written`` is every fact so far."""

    def __init__(self, configuration: Configuration | None = None, start: float = START) -> None:
        self.configuration = configuration or company()
        self.core = Core(State(self.configuration))
        self.now = start
        self.written: list[facts.Fact] = []
        self.ordered: list[commands.Command] = []
        self.born = 0
        self.tell(events.ConfigurationPublished(self.now, self.configuration))

    def tell(self, event: events.Event) -> tuple[facts.Fact, ...]:
        """:raises Refused:"""
        outcome = self.core.handle(event)
        self.written += outcome.facts
        self.ordered += outcome.commands
        return tuple(outcome.facts)

    def try_tell(self, event: events.Event) -> None:
        try:
            self.tell(event)
        except Refused:
            return

    def pass_time(self, seconds: float) -> None:
        target = self.now + seconds
        while (due := self.core.next_deadline()) is not None and due <= target:
            self.now = max(self.now, due)
            self.tell(events.TimePassed(self.now))
        self.now = target

    def obey(self) -> None:
        """The switch carries out everything it was told so far."""
        pending, self.ordered = self.ordered, []
        for command in pending:
            for event in self._done(command):
                self.try_tell(event)

    def settle(self) -> None:
        """Obey until there is nothing left to do but wait."""
        for _ in range(20):
            if not self.ordered:
                return
            self.obey()

    def _done(self, command: commands.Command) -> list[events.Event]:
        match command:
            case commands.PlayPrompts():
                return [events.PromptsEnded(self.now, command.contact, command.leg, command.play)]
            case commands.RingAgent() | commands.DialOut():
                return [events.LegAnswered(self.now, command.contact, command.leg)]
            case commands.JoinParties():
                return [events.PartiesJoined(self.now, command.contact, command.agent_leg)]
            case commands.HangUpLeg():
                return [events.LegEnded(self.now, command.contact, command.leg, command.cause)]
            case commands.ReceiveFax():
                return [events.FaxEnded(self.now, command.contact, command.leg)]
            case commands.CollectFax():
                return [events.FaxReceived(self.now, command.contact, command.name, 2, "+7 495 000-00-09")]
            case commands.RecordMessage():
                return [events.MessageRecorded(self.now, command.contact, command.leg, command.name, 4.0)]
            case commands.CloseContact() if command.recorded:
                return [events.RecordingStored(self.now, command.contact, f"{command.contact}.wav", 5.0)]
        return []

    # --- what people do ---

    def ready(self, *agents: str) -> None:
        for agent in agents:
            self.tell(events.AgentSignedIn(self.now, agent))
            self.tell(events.DeviceReached(self.now, self.configuration.agents[agent].devices[1].endpoint, True))
            self.tell(events.AgentReadied(self.now, agent, "phone"))

    def leave(self, agent: str) -> None:
        """He goes home."""
        self.tell(events.AgentSignedOut(self.now, agent))

    def arrive(self, caller: str, number: str = DIRECT, name: str = "", contact: str = "") -> str:
        self.born += 1
        contact = contact or f"kaska-{self.born}.0"
        self.tell(events.ContactArrived(self.now, contact, contact, "voice", number, caller, caller, name, "city"))
        return contact

    def hang_up(self, contact: str) -> None:
        """The customer hangs up."""
        self.tell(events.LegEnded(self.now, contact, contact))
        self.settle()

    def talk(self, caller: str, seconds: float = 30.0, name: str = "", contact: str = "") -> str:
        """A conversation from the first ring to the stored recording, with whoever is ready."""
        contact = self.arrive(caller, name=name, contact=contact)
        self.settle()
        self.pass_time(seconds)
        self.hang_up(contact)
        return contact

    def lose(self, caller: str, wait: float = 20.0, name: str = "", contact: str = "") -> str:
        """Somebody waits in vain and hangs up; only when nobody is ready."""
        contact = self.arrive(caller, name=name, contact=contact)
        self.settle()
        self.pass_time(wait)
        self.hang_up(contact)
        return contact


def random_day(seed: int, steps: int) -> list[facts.Fact]:
    """``steps`` of anything that can happen, the same for the same seed."""
    chance = random.Random(seed)
    play = Play()
    for _ in range(steps):
        _anything(play, chance)
    play.settle()
    return play.written


def finished_day(seed: int, steps: int) -> list[facts.Fact]:
    """The same, at the end of which nobody talks any more."""
    chance = random.Random(seed)
    play = Play()
    for _ in range(steps):
        _anything(play, chance)
    for _ in range(5):
        play.settle()
        for contact in list(play.core.state.contacts.values()):
            for leg in list(contact.legs.values()):
                play.try_tell(events.LegEnded(play.now, contact.id, leg.id, 16))
    return play.written


def _anything(play: Play, chance: random.Random) -> None:
    agent = chance.choice(AGENTS)
    contacts = sorted(play.core.state.contacts)
    legs = [(contact.id, leg.id) for contact in play.core.state.contacts.values() for leg in contact.legs.values()]
    debts = sorted(play.core.state.debts)
    match chance.randrange(12):
        case 0 | 1 | 2:
            play.arrive(chance.choice(CALLERS), chance.choice(NUMBERS), chance.choice(NAMES))
        case 3 | 4:
            play.settle()
        case 5:
            play.pass_time(chance.choice((0.2, 1.0, 4.0, 12.0, 31.0, 200.0)))
        case 6:
            play.try_tell(events.AgentReadied(play.now, agent, "phone"))
        case 7 if legs:
            contact, leg = chance.choice(legs)
            play.try_tell(events.LegEnded(play.now, contact, leg, chance.choice((16, 17, 19))))
        case 8 if legs:
            contact, leg = chance.choice(legs)
            play.try_tell(events.DigitPressed(play.now, contact, leg, chance.choice("012345")))
        case 9 if contacts:
            told = events.ContactClassified(play.now, chance.choice(contacts), agent, "sales", "sale", "=1+1")
            play.try_tell(told)
        case 10 if debts:
            play.born += 1
            play.try_tell(events.CallbackRequested(play.now, agent, chance.choice(debts), f"out-{play.born}"))
        case 11 if contacts:
            play.try_tell(events.HoldRequested(play.now, agent, chance.choice(contacts), chance.random() < 0.5))
        case _:
            play.obey()
