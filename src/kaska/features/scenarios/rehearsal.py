"""A dry walk: the same core as in a call, with an imagined caller. Pure: no call, no switch, nothing is written down.

What the caller did is a list of acts. With one act more the whole walk is made again, so that a page needs no memory
on the server, and the same acts always give the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kaska.core import events, facts
from kaska.core.commands import DialOut, JoinParties, RingAgent
from kaska.core.configuration import Configuration, Number
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.core import Core
from kaska.core.scenarios.graph import Inform, Scenario

Does = Literal["keys", "silence", "speak", "found", "missing", "failed", "no_answer", "answer", "wait", "hang_up"]
Awaits = Literal["keys", "listening", "message", "lookup", "rings", "queue", "talk", "over"]

NAME = "rehearsal"
"""of the contact, its leg, and the number it dials when no other is given"""
MESSAGE_SECONDS = 12.0
MOST_TURNS = 3000
"""events of one walk: a scenario that never ends must not hold the server"""

TOLD = (
    facts.StepEntered,
    facts.PromptsStarted,
    facts.DigitTaken,
    facts.ScenarioEntered,
    facts.ScenarioLeft,
    facts.VariablesSet,
    facts.AnswerTaken,
    facts.QuestionAnswered,
    facts.SurveyOver,
    facts.LookupStarted,
    facts.LookupOver,
    facts.OwnerNamed,
    facts.Informed,
    facts.RecordingChosen,
    facts.Queued,
    facts.QueueFull,
    facts.Overflowed,
    facts.Relaxed,
    facts.Dequeued,
    facts.Offered,
    facts.OfferOver,
    facts.Connected,
    facts.MessageAsked,
    facts.MessageTaken,
    facts.CallbackPromised,
    facts.DebtOpened,
    facts.ContactOver,
)
"""what is worth a line"""


@dataclass(frozen=True, slots=True)
class Act:
    """``keys``: digits one after another. ``values``: what a source answered."""

    do: Does
    keys: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened ``at`` seconds after the call came, at ``node`` of ``scenario``."""

    at: float
    scenario: str
    node: str
    fact: facts.Fact


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """``taken`` acts were used; further ones did not fit what was awaited. ``subject``: the source, queue or agents."""

    lines: list[Line]
    awaits: Awaits
    subject: str
    taken: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Imagined:
    """Who calls, when (seconds since the epoch) and what it meets. ``staffed``: everybody's phone is free and ready.

    ``mode`` of the project set by hand, "" = by the clock.
    """

    scenario: str
    at: float
    caller: str = ""
    number: str = ""
    project: str = ""
    mode: str = ""
    staffed: bool = False


def rehearse(
    configuration: Configuration,
    imagined: Imagined,
    acts: Iterable[Act],
    seconds_of: Callable[[str], float] = lambda prompt: 2.0,
) -> Rehearsed:
    """The walk so far. ``seconds_of``: how long a recording is."""
    walk = _Walk(configuration, imagined, seconds_of)
    taken = 0
    awaits = walk.awaits()
    for act in acts:
        if awaits == "over" or not walk.act(act, awaits):
            break
        taken += 1
        awaits = walk.awaits()
    return Rehearsed(walk.lines, awaits, walk.subject(awaits), taken, walk.at - imagined.at)


class _Walk:
    def __init__(self, configuration: Configuration, imagined: Imagined, seconds_of: Callable[[str], float]) -> None:
        number = imagined.number or NAME
        project = imagined.project or next(iter(configuration.projects), "")
        numbers = {**configuration.numbers, number: Number(number, project, imagined.scenario)}
        self.began = self.at = imagined.at
        self.lines: list[Line] = []
        self._seconds_of = seconds_of
        self._turns = 0
        self._scenario, self._node = imagined.scenario, ""
        self._joining: JoinParties | None = None
        self.core = Core.fresh(replace(configuration, numbers=numbers), self.at)
        if imagined.mode:
            self.core.handle(events.ModeSwitched(self.at, project, imagined.mode, 0.0, NAME))
        if imagined.staffed:
            self._staff(configuration)
        self._tell(
            events.ContactArrived(self.at, NAME, NAME, "voice", number, imagined.caller, imagined.caller, trunk="")
        )

    def _staff(self, configuration: Configuration) -> None:
        for profile in configuration.agents.values():
            for device in profile.devices:
                self.core.handle(events.DeviceReached(self.at, device.endpoint, True))
            self.core.handle(events.AgentSignedIn(self.at, profile.id))
            kind = profile.devices[0].kind if profile.devices else ""
            self.core.handle(events.AgentReadied(self.at, profile.id, kind))

    @property
    def contact(self) -> Contact | None:
        return self.core.state.contacts.get(NAME)

    # --- what is awaited ---------------------------------------------------------------------------------------------

    def awaits(self) -> Awaits:
        """Lets everything happen that needs nobody, until somebody has to do something."""
        while self._turns < MOST_TURNS:
            contact = self.contact
            if contact is None or contact.phase is Phase.ENDING or not contact.person_present:
                self._end()
                return "over"
            found = self._needs(contact)
            if found is not None:
                return found
            self._let_pass(contact)
        return "over"

    def _needs(self, contact: Contact) -> Awaits | None:
        if contact.phase is Phase.TALKING:
            return "talk"
        if contact.offers:
            return "rings"
        if contact.recording_message:
            return "message"
        if contact.lookup:
            return "lookup"
        if contact.phase is Phase.WAITING and not contact.play:
            return "queue"
        if contact.play:
            informs = isinstance(self._node_of(contact), Inform)
            return "listening" if informs and contact.phase is Phase.WALKING else None
        return "keys" if contact.digits_until and not contact.digits else None

    def subject(self, awaits: Awaits) -> str:
        contact = self.contact
        if contact is None:
            return ""
        if awaits == "lookup":
            return str(getattr(self._node_of(contact), "source", ""))
        if awaits == "queue":
            return contact.queue
        if awaits == "rings":
            rung = [offer.agent or contact.legs[offer.leg].endpoint for offer in contact.offers.values()]
            return ",".join(rung)
        return contact.agent if awaits == "talk" else ""

    def _node_of(self, contact: Contact) -> Any:
        scenario: Scenario | None = self.core.state.scenarios_of(contact).get(contact.scenario)
        return scenario.nodes.get(contact.node) if scenario is not None else None

    def _let_pass(self, contact: Contact) -> None:
        if contact.play:
            self._said(contact)
        elif self._joining is not None:
            joined, self._joining = self._joining, None
            self._tell(events.PartiesJoined(self.at, NAME, joined.agent_leg))
        elif not self._time():
            self._hang_up()

    # --- what the caller, or somebody for him, does ------------------------------------------------------------------

    def act(self, act: Act, awaits: Awaits) -> bool:
        """False when it does not fit."""
        if act.do == "hang_up":
            self._hang_up()
            return True
        done = {
            "keys": self._at_keys,
            "listening": self._at_keys,
            "queue": self._in_queue,
            "message": self._at_message,
            "lookup": self._at_lookup,
            "rings": self._at_ringing,
        }.get(awaits)
        return done is not None and done(act)

    def _at_keys(self, act: Act) -> bool:
        contact = self.contact
        if contact is None:
            return False
        if act.do == "keys" and act.keys:
            self._press(act.keys)
            return True
        if act.do != "silence":
            return False
        if contact.play:
            self._said(contact)
        else:
            self._time()
        return True

    def _press(self, keys: str) -> None:
        for key in keys:
            contact = self.contact
            if contact is not None and contact.person_present:
                self.at += 0.3
                self._tell(events.DigitPressed(self.at, NAME, NAME, key))
        contact = self.contact
        if contact is not None and contact.digits and contact.digits_until and not contact.play:
            self._time()  # nothing more comes: what was keyed in counts

    def _in_queue(self, act: Act) -> bool:
        if act.do == "keys" and act.keys:
            self._press(act.keys)
            return True
        if act.do != "wait":
            return False
        before = len(self.lines)
        while self._turns < MOST_TURNS:
            contact = self.contact
            if contact is None or contact.phase is not Phase.WAITING or contact.offers:
                break
            if any(not isinstance(line.fact, facts.PromptsStarted) for line in self.lines[before:]):
                break
            if contact.play:
                self._said(contact)
            elif not self._time():
                break
        return True

    def _at_message(self, act: Act) -> bool:
        spoken = {"speak": MESSAGE_SECONDS, "silence": 0.0}.get(act.do)
        if spoken is None:
            return False
        self.at += spoken or 5.0
        self._tell(events.MessageRecorded(self.at, NAME, NAME, NAME, spoken))
        return True

    def _at_lookup(self, act: Act) -> bool:
        contact = self.contact
        if contact is None or act.do not in ("found", "missing", "failed"):
            return False
        values = act.values if act.do == "found" else {}
        self._tell(events.LookedUp(self.at, NAME, contact.lookup, values, ok=act.do != "failed"))
        return True

    def _at_ringing(self, act: Act) -> bool:
        contact = self.contact
        if contact is None or act.do not in ("no_answer", "answer"):
            return False
        rung = list(contact.offers)
        self.at += 4.0
        if act.do == "answer":
            self._tell(events.LegAnswered(self.at, NAME, rung[0]))
            return True
        for leg in rung:
            self._tell(events.LegEnded(self.at, NAME, leg, 19))
        return True

    def _hang_up(self) -> None:
        self._tell(events.LegEnded(self.at, NAME, NAME))

    # --- telling the core ----------------------------------------------------------------------------------------

    def _said(self, contact: Contact) -> None:
        said = next((line.fact for line in reversed(self.lines) if isinstance(line.fact, facts.PromptsStarted)), None)
        self.at += sum(self._seconds_of(prompt) for prompt in said.prompts) if said is not None else 0.0
        self._tell(events.PromptsEnded(self.at, NAME, NAME, contact.play))

    def _time(self) -> bool:
        """On to the next deadline; False when there is none."""
        due = self.core.next_deadline()
        if due is None:
            return False
        self.at = max(self.at, due)
        self._tell(events.TimePassed(self.at))
        return True

    def _end(self) -> None:
        """Everybody hangs up, so that the outcome is told."""
        contact = self.contact
        for leg in list(contact.legs.values()) if contact is not None else ():
            if not leg.over:
                self._tell(events.LegEnded(self.at, NAME, leg.id))

    def _tell(self, event: events.Event) -> None:
        self._turns += 1
        outcomes = self.core.handle(event)
        for fact in outcomes.facts:
            self._note(fact)
        for command in outcomes.commands:
            if isinstance(command, JoinParties):
                self._joining = command
            elif isinstance(command, RingAgent | DialOut):
                self._joining = None

    def _note(self, fact: facts.Fact) -> None:
        if getattr(fact, "contact", "") != NAME or not isinstance(fact, TOLD):
            return
        if isinstance(fact, facts.StepEntered):
            self._node = fact.node
        elif isinstance(fact, facts.ScenarioEntered):
            self.lines.append(Line(fact.at - self.began, self._scenario, self._node, fact))
            self._scenario = fact.scenario
            return
        elif isinstance(fact, facts.ScenarioLeft):
            contact = self.contact
            self._scenario = contact.scenario if contact is not None else self._scenario
        elif (isinstance(fact, facts.DigitTaken) and not fact.digits) or (
            isinstance(fact, facts.PromptsStarted) and not fact.prompts
        ):
            return
        self.lines.append(Line(fact.at - self.began, self._scenario, self._node, fact))
