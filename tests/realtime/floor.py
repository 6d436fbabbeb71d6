"""A small company on a real core, and chance that lives in it: customers, agents, devices, publishing."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kaska.core import events
from kaska.core.codes.rules import FeatureCodes
from kaska.core.commands import (
    CollectFax,
    Command,
    DialOut,
    JoinParties,
    Listen,
    ListenForFax,
    LookUp,
    PlayPrompts,
    ReceiveFax,
    RecordMessage,
    RingAgent,
)
from kaska.core.configuration import (
    AgentProfile,
    Calendar,
    Configuration,
    Device,
    Door,
    HttpSource,
    Number,
    Project,
    Queue,
    Trunk,
)
from kaska.core.contacts.contact import Phase
from kaska.core.core import Core
from kaska.core.debts.rules import DebtRules
from kaska.core.facts import Fact
from kaska.core.inside.talk import InsideTalk
from kaska.core.outgoing.rules import Caps, Line, OutgoingRules
from kaska.core.ports import Refused
from kaska.core.recording.rules import RecordingRule, RecordingRules
from kaska.core.routing.rules import OverflowStep, Policy, Relaxation
from kaska.core.scenarios.graph import (
    Ask,
    Assign,
    Enqueue,
    Fax,
    Finish,
    Inform,
    Lookup,
    Menu,
    Play,
    Question,
    Record,
    Return,
    Scenario,
    Schedule,
    Survey,
    TakeMessage,
    ToAgent,
    ToNumber,
    ToScenario,
    Voicemail,
)

TENANT = "demo"
TRIED = ("trial-1", "trial-2")
BLOCKED = ("+74950000011", "+7495*")
MAIN = Scenario(
    "main",
    1,
    "hours",
    {
        "hours": Schedule("always", "menu", "message"),
        "menu": Menu(
            ("ru/menu",),
            {"1": "sales", "9": "info"},
            "sales",
            extensions=True,
            extension_next="sales",
            words={"1": ("продажи",), "9": ("справка",)},
        ),
        "sales": Enqueue("sales", "message", {"1": "message", "2": "callback"}),
        "message": TakeMessage(("ru/message-question",), "info"),
        "info": Finish((), served=True),
    },
)
CLOSED = Scenario(
    "closed", 1, "m", {"m": TakeMessage(("ru/message-question",), "bye", closed_hours=True), "bye": Finish(())}
)

WIDE = Scenario(
    "wide",
    1,
    "start",
    {
        "start": Assign("agent", {"level": "gold"}, ("vip",), 1),
        "record": Record(False, "lookup"),
        "lookup": Lookup("crm", "inner", "mobile", "mobile"),
        "inner": ToScenario("inner", "ask"),
        "ask": Ask(("ru/menu",), "mark", "survey", "mobile"),
        "survey": Survey((Question("mark", ("ru/menu",), "123"),), "inform"),
        "agent": ToAgent("a2", "record"),
        "inform": Inform(("ru/greeting",), "play"),
        "play": Play(("ru/greeting",), "voicemail", "fax"),
        "mobile": ToNumber("+74950000077", "voicemail"),
        "voicemail": Voicemail("agent:a1", ("ru/message-question",), "fax"),
        "fax": Fax("queue:sales", ""),
    },
)
HOURS = (tuple((minute, minute + 1) for minute in range(0, 1440, 2)),) * 7
"""people may be called every other minute"""
REPAYING = DebtRules(tries=3, spacing_minutes=0.3, escalates=True, automatic=True, automatic_minutes=0.5, hours=HOURS)
AFTER = Scenario("after", 1, "s", {"s": Survey((Question("mark", ("ru/menu",)),), "")})
INNER = Scenario("inner", 1, "back", {"back": Return()})


def configuration(version: int = 1, agents: int = 3) -> Configuration:
    return Configuration(
        TENANT,
        version,
        "main",
        projects={"p": Project("p", "Окна", "always", "+74950000001", "city", debt_minutes=2, debts=REPAYING)},
        numbers={
            "+74950000001": Number("+74950000001", "p", "main"),
            "+74950000002": Number("+74950000002", "p", "closed"),
            "+74950000003": Number("+74950000003", "p", "wide"),
        },
        trunks={
            "city": Trunk("city", "trunk-city", ("127.0.0.2",)),
            "spare": Trunk("spare", "trunk-spare", ("127.0.0.3",)),
        },
        outgoing=OutgoingRules(lines=(Line("city"), Line("spare")), each_agent=Caps(minutes=0.2)),
        codes=FeatureCodes(
            supervisors=("a0", "a1", "a2"),
            switchers=("a1",),
            recorders=("a0", "a1", "a2"),
            pagers=("a0", "a1", "a2"),
        ),
        doors={"gate": Door("gate", "Проходная", "demo-door-gate", "700", ("a0", "a1", "a2"), opens="9")},
        recording=RecordingRules((RecordingRule("half", share=50.0, notice=True),), pause_seconds=20.0),
        scenarios={one.id: one for one in (MAIN, CLOSED, WIDE, INNER, AFTER)},
        sources={"crm": HttpSource("crm", "http://127.0.0.1/")},
        queues={
            "sales": Queue(
                "sales",
                "Продажи",
                "p",
                {"sales": 1},
                reserve="reserve",
                reserve_after=15,
                wrap_up_seconds=5,
                after_talk="after",
                policy=Policy("last_agent", then="ring_all"),
                relax=(Relaxation(20, "sales"),),
                chain=(OverflowStep("mobile", 5, trunk="city", number="+74950000199", length=2),),
                size_limit=3,
                full_queue="reserve",
                callback_first="customer",
                callback_tries=3,
                callback_retry_seconds=5,
                breaks="warn",
                breaks_waiting=1,
            ),
            "reserve": Queue("reserve", "Резерв", "p"),
        },
        agents={
            f"a{n}": AgentProfile(
                f"a{n}",
                f"Оператор {n}",
                f"30{n}",
                {"sales": 1} if n % 2 else {},
                (Device("phone", "phone", f"demo-30{n}"), Device("web", "web", f"demo-30{n}-web")),
                screened=n == 2,
            )
            for n in range(agents)
        },
        calendars={"always": Calendar("always", "Europe/Moscow", (((0, 1440),),) * 7)},
    )


class Floor:
    """``step`` lets one thing happen, chosen by chance from what could happen next; returns its facts."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = 1_800_000_000.0
        self.core = Core.fresh(configuration(), self.now)
        self.pending: list[Command] = []
        self.born = 0

    def run(self, steps: int) -> Iterator[list[Fact]]:
        for _ in range(steps):
            yield self.step()

    def step(self) -> list[Fact]:
        self.now += self.chance.expovariate(1.0)
        deadline = self.core.next_deadline()
        if deadline is not None and deadline <= self.now:
            event: events.Event = events.TimePassed(self.now)
        else:
            event = self._something()
        try:
            outcomes = self.core.handle(event)
        except Refused:
            return []
        self.pending += outcomes.commands
        return list(outcomes.facts)

    def _something(self) -> events.Event:
        asked = [contact for contact in self.core.state.contacts.values() if contact.consults]
        if asked and self.chance.random() < 0.3:
            contact = self.chance.choice(asked)
            wish = self.chance.choice(("swap", "join", "complete", "cancel"))
            return events.ConsultSteered(self.now, contact.agent, contact.id, wish)
        kind = self.chance.choices(
            (
                self._customer,
                self._leg,
                self._switch,
                self._agent,
                self._callback,
                self._office,
                self._promise,
                self._supervisor,
                self._colleagues,
            ),
            weights=(4 if len(self.core.state.contacts) < 6 else 0.2, 2, 14, 5, 2, 0.9, 1, 0.6, 0.4),
        )[0]
        return kind() or self._customer()

    def _customer(self) -> events.Event:
        self.born += 1
        contact = f"c{self.born}"
        number = self.chance.choice((*["+74950000001"] * 4, "+74950000002", *["+74950000003"] * 3, "unknown", *TRIED))
        caller = self.chance.choice(("+74950000011", "+74950000012", "+74950000013", ""))
        return events.ContactArrived(self.now, contact, contact, "voice", number, caller, caller, "Имя", "trunk-city")

    def _leg(self) -> events.Event | None:
        alive = [
            (contact.id, leg.id)
            for contact in self.core.state.contacts.values()
            for leg in contact.legs.values()
            if not leg.over
        ]
        if not alive:
            return None
        contact, leg = self.chance.choice(alive)
        if self.chance.random() < 0.5:
            return events.DigitPressed(self.now, contact, leg, self.chance.choice("12390"))
        return events.LegEnded(self.now, contact, leg, self.chance.choice((16, 17, 19)))

    def _switch(self) -> events.Event | None:
        """Carries out one of the commands, well or badly."""
        living = self.core.state.contacts.keys() | self.core.state.inside.keys()
        self.pending = [command for command in self.pending if command.contact in living]
        talks = [c for c in self.pending if isinstance(c, RingAgent | DialOut | JoinParties)]
        people = talks if self.chance.random() < 0.8 else []
        while self.pending:
            command = self.chance.choice(people) if people else self.chance.choice(self.pending)
            self.pending.remove(command)
            people = []
            good = self.chance.random() < (0.6 if isinstance(command, DialOut) else 0.85)
            if isinstance(command, PlayPrompts):
                return events.PromptsEnded(self.now, command.contact, command.leg, command.play, good)
            if isinstance(command, Listen):
                said = self.chance.choice(("продажи", "справка", "мяу"))
                return events.SpeechHeard(self.now, command.contact, command.ear, said)
            if isinstance(command, LookUp):
                return events.LookedUp(self.now, command.contact, command.lookup, {"vip": "yes"}, good)
            if isinstance(command, RecordMessage):
                seconds = 7.0 if good else 0.0
                return events.MessageRecorded(self.now, command.contact, command.leg, command.name, seconds)
            if isinstance(command, ListenForFax) and good and self.chance.random() < 0.3:
                return events.FaxToneHeard(self.now, command.contact, command.leg)
            if isinstance(command, ReceiveFax):
                return events.FaxEnded(self.now, command.contact, command.leg)
            if isinstance(command, CollectFax):
                pages = 2 if good else 0
                return events.FaxReceived(
                    self.now, command.contact, command.name, pages, "FAX", "" if good else "no fax"
                )
            if isinstance(command, RingAgent | DialOut):
                if good:
                    return events.LegAnswered(self.now, command.contact, command.leg)
                return events.LegEnded(self.now, command.contact, command.leg, self.chance.choice((19, 38)))
            if isinstance(command, JoinParties):
                return events.PartiesJoined(self.now, command.contact, command.agent_leg)
        return None

    def _agent(self) -> events.Event:
        agent = f"a{self.chance.randrange(4)}"
        state = self.core.state.agents.get(agent)
        contact = state.contact if state is not None else ""
        everybody = ("", *sorted(self.core.state.contacts))
        return self.chance.choice(
            (
                events.AgentReadied(self.now, agent, self.chance.choice(("", "web", "phone"))),
                *[events.AgentReadied(self.now, agent)] * 5,
                events.AgentPaused(self.now, agent, "обед", self.chance.random() < 0.9),
                events.AgentSignedOut(self.now, agent),
                events.WrapUpFinished(self.now, agent),
                events.OfferRejected(self.now, agent, contact),
                events.HoldRequested(self.now, agent, contact, self.chance.random() < 0.6),
                events.RecordingPauseRequested(self.now, agent, contact, self.chance.random() < 0.6, "card"),
                events.HangUpRequested(self.now, agent, contact),
                events.ParkRequested(self.now, agent, contact),
                events.ReconnectRequested(self.now, agent, contact),
                *[events.PickUpRequested(self.now, agent, self.chance.choice(everybody))] * 4,
                *[self._own_call(agent)] * 2,
                *[events.TransferRequested(self.now, agent, contact, *self._target())] * 2,
                *[events.ConsultRequested(self.now, agent, contact, *self._target())] * 3,
                events.DeviceReached(self.now, f"demo-30{self.chance.randrange(4)}", self.chance.random() < 0.7),
                self._own_call(agent),
            )
        )

    def _own_call(self, agent: str) -> events.Event:
        """By the screen, or on his desk phone: a code, or a number."""
        self.born += 1
        number = f"+7495000{self.chance.randrange(7700, 7720)}"
        if self.chance.random() < 0.4:
            return events.CallRequested(self.now, agent, number, f"out{self.born}")
        codes = ("*8", "*8", "*7", "*41", "*42*", "*551", "*55301", "*57301", "*32", "*39", "300", "*")
        codes += ("*3912", "*381") * 3
        dialled = self.chance.choice((*codes, *[number] * 6))
        return events.PhoneDialled(self.now, f"own-{self.born}", f"demo-30{agent[1:]}", dialled, number)

    def _colleagues(self) -> events.Event | None:
        """Two who are free call each other, ask a third in, or one of them hangs up."""
        camps = list(self.core.state.camps.values())
        if camps and self.chance.random() < 0.3:
            wish = self.chance.choice(camps)
            return events.CampCancelled(self.now, wish.by, wish.to)
        asks = self._asks_a_colleague_in()
        if asks is not None:
            return asks
        legs = [(talk.id, side.leg) for talk in self.core.state.inside.values() for side in talk.legs()]
        if legs:
            return events.LegEnded(self.now, *self.chance.choice(legs), self.chance.choice((16, 17, 19)))
        agents = self.core.state.agents
        free = [one for one in self.core.state.configuration.agents.values() if not agents[one.id].bound]
        if self.chance.random() < 0.3:
            by, to = f"a{self.chance.randrange(3)}", f"a{self.chance.randrange(3)}"
            return self.chance.choice(
                (
                    events.CampRequested(self.now, by, to),
                    events.CampCancelled(self.now, by, self.chance.choice(("", to))),
                )
            )
        if len(free) < 2:
            return None
        self.born += 1
        if self.chance.random() < 0.35:
            return events.PhoneDialled(self.now, f"door-{self.born}", "demo-door-gate", "1")
        if self.chance.random() < 0.2:
            return events.PageRequested(self.now, free[0].id, "sales", f"page-{self.born}")
        return events.PhoneDialled(self.now, f"own-{self.born}", free[0].devices[0].endpoint, free[1].extension)

    def _asks_a_colleague_in(self) -> events.Event | None:
        talks = [one for one in self.core.state.inside.values() if one.connected_at and not one.result]
        if not talks or self.chance.random() < 0.5:
            return None
        talk = next((one for one in talks if one.door), self.chance.choice(talks))
        agent = self.chance.choice([one.agent for one in talk.present()])
        if talk.door is not None and self.chance.random() < 0.7:
            return self._lets_in(talk, agent)
        wish = self.chance.choice(("swap", "join", "join", "complete", "cancel"))
        return self.chance.choice(
            (
                events.HoldRequested(self.now, agent, talk.id, self.chance.random() < 0.5),
                events.TransferRequested(self.now, agent, talk.id, *self._target()),
                *[events.ConsultRequested(self.now, agent, talk.id, "agent", f"a{self.chance.randrange(4)}")] * 3,
                *[events.ConsultSteered(self.now, agent, talk.id, wish)] * 2,
            )
        )

    def _lets_in(self, talk: InsideTalk, agent: str) -> events.Event:
        side = talk.side_of_agent(agent)
        return self.chance.choice(
            (
                events.DoorOpenRequested(self.now, agent, talk.id),
                events.DigitPressed(self.now, talk.id, side.leg if side is not None else "", "9"),
                *[events.CommandFailed(self.now, talk.id, talk.by.leg, "SendDigits", "gone")] * 2,
            )
        )

    def _target(self) -> tuple[str, str]:
        colleague = f"a{self.chance.randrange(3)}"
        numbers = (("number", "112"), ("number", "+74950000198"), ("number", "+442079460000"))
        return self.chance.choice((("agent", colleague), ("queue", "reserve"), *numbers))

    def _callback(self) -> events.Event | None:
        debts = [debt.id for debt in self.core.state.debts.values() if debt.customer]
        free = [agent.id for agent in self.core.state.agents.values() if agent.state in ("ready", "break", "wrap_up")]
        if not debts or not free:
            return None
        self.born += 1
        return events.CallbackRequested(
            self.now, self.chance.choice(free), self.chance.choice(debts), f"out{self.born}"
        )

    def _promise(self) -> events.Event | None:
        """Somebody who waits orders a callback, and goes home relying on it; somebody answers a question."""
        for name in self.core.state.dictations:
            return events.DigitPressed(self.now, name, name, self.chance.choice("112#"))
        for contact in self.core.state.contacts.values():
            if contact.phase is Phase.WALKING and contact.node in ("survey", "s") and contact.person_present:
                return events.DigitPressed(self.now, contact.id, contact.customer_leg, self.chance.choice("1237"))
            if contact.phase is Phase.WAITING and contact.person_present and not contact.offers:
                if not contact.promised_at:
                    return events.DigitPressed(self.now, contact.id, contact.customer_leg, "2")
                if not contact.reached:
                    return events.LegEnded(self.now, contact.id, contact.customer_leg, 16)
        return None

    def _supervisor(self) -> events.Event | None:
        if not self.core.state.contacts:
            return None
        talks = [one.id for one in self.core.state.contacts.values() if one.phase is Phase.TALKING]
        contact = self.chance.choice(talks or list(self.core.state.contacts))
        waiting = [one.id for one in self.core.state.contacts.values() if one.phase is Phase.WAITING]
        by, agent = f"a{self.chance.randrange(4)}", f"a{self.chance.randrange(4)}"
        mode = self.chance.choice(("listen", "whisper", "barge", "take_over"))
        return self.chance.choice(
            (
                *[events.MonitorRequested(self.now, by, contact, mode)] * 3,
                events.MonitorStopped(self.now, by, contact),
                events.WaitingMoved(
                    self.now, by, self.chance.choice(waiting or list(self.core.state.contacts)), "", True
                ),
                events.AgentStateRequested(self.now, by, agent, self.chance.choice(("ready", "break")), "помоги"),
            )
        )

    def _office(self) -> events.Event:
        debts = list(self.core.state.debts) or ["none"]
        contact = f"w{self.born}"
        return self.chance.choice(
            (
                events.DebtWrittenOff(self.now, self.chance.choice(debts), "boss", "ошиблись номером"),
                events.DebtTaken(self.now, self.chance.choice(debts), "a1"),
                events.DebtTaken(self.now, self.chance.choice(debts), "a0"),
                events.DebtGiven(self.now, self.chance.choice(debts), "queue:reserve", "boss"),
                events.DebtPutOff(self.now, self.chance.choice(debts), "a1", self.now + 30, "позже"),
                events.ConfigurationPublished(self.now, configuration(2, self.chance.choice((2, 3, 4)))),
                events.SwitchResynced(self.now),
                events.NumberBlocked(self.now, self.chance.choice(BLOCKED), "ругается", "boss", self.now + 20),
                events.NumberUnblocked(self.now, self.chance.choice(BLOCKED), "boss"),
                events.TrialRequested(self.now, self.chance.choice(TRIED), "boss", "main", {"main": MAIN}),
                events.ModeSwitched(self.now, "p", self.chance.choice(("night", "")), 0.0, "boss"),
                events.ContactClassified(self.now, contact, "a1", "тема", "итог", ""),
                events.RecordingStored(self.now, contact, "x.wav", 5.0),
                events.RecordingDeleted(self.now, contact, "x.wav", "0" * 64, 80_044, "год", 365.0, "retention"),
            )
        )
