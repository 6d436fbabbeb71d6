"""Callers, agents and their telephones, other sites."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kaska.core import events
from kaska.core.contacts.contact import Phase
from support.company import CLOSED, DIRECT, INFORMER, MAIN
from support.world.switch import AGENTS, CUSTOMERS, Switch

DIALLED = ["302", "303", "service", "+74950000788", "x", "*8", "*8", "*8301", "*7", "*71", "*55301", "*57301", "*56302"]
DIALLED += ["*381", "*383", "*41", "*42", "*423*", "*43", "*31", "*30", "*9", "*37301", "*37303", "*37"]
TARGETS = [
    ("agent", "a302"),
    ("agent", "a303"),
    ("queue", "service"),
    ("queue", "sales"),
    ("number", "+74950000788"),
    ("number", "02; drop"),
]


class People(Switch):
    @rule(
        number=st.sampled_from([MAIN, MAIN, DIRECT, DIRECT, CLOSED, INFORMER, "garbage'\"<b>"]),
        who=st.sampled_from(CUSTOMERS),
    )
    def arrives(self, number: str, who: str) -> None:
        self.born += 1
        name = f"k-{self.born}"
        self.tell(events.ContactArrived(self.now, name, name, "voice", number, who, who, trunk="city"))

    @rule(who=st.sampled_from(["+79000000001", "+7900*", "+79000000003"]), seconds=st.sampled_from([0.0, 30.0]))
    def blocks(self, who: str, seconds: float) -> None:
        self.tell(events.NumberBlocked(self.now, who, "nuisance", "boss", self.now + seconds if seconds else 0.0))

    @rule(who=st.sampled_from(["+79000000001", "+7900*", "+79000000003"]))
    def unblocks(self, who: str) -> None:
        self.tell(events.NumberUnblocked(self.now, who, "boss"))

    @rule(data=st.data(), digit=st.sampled_from("0123459#"))
    def presses(self, data: st.DataObject, digit: str) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            self.tell(events.DigitPressed(self.now, contact, leg, digit))

    @rule(
        agent=st.sampled_from(AGENTS), wish=st.sampled_from(["ready", "ready", "ready", "break", "out", "in", "done"])
    )
    def wishes(self, agent: str, wish: str) -> None:
        told: dict[str, events.Event] = {
            "ready": events.AgentReadied(self.now, agent, "phone"),
            "break": events.AgentPaused(self.now, agent, "lunch"),
            "out": events.AgentSignedOut(self.now, agent),
            "in": events.AgentSignedIn(self.now, agent),
            "done": events.WrapUpFinished(self.now, agent),
        }
        self.tell(told[wish])

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), what=st.sampled_from(["reject", "hold", "resume", "hangup"]))
    def handles(self, agent: str, data: st.DataObject, what: str) -> None:
        living = sorted([*self.core.state.contacts, *self.core.state.inside])
        if not living:
            return
        contact = data.draw(st.sampled_from(living))
        told: dict[str, events.Event] = {
            "reject": events.OfferRejected(self.now, agent, contact),
            "hold": events.HoldRequested(self.now, agent, contact, True),
            "resume": events.HoldRequested(self.now, agent, contact, False),
            "hangup": events.HangUpRequested(self.now, agent, contact),
        }
        self.tell(told[what])

    @rule(agent=st.sampled_from(AGENTS), dialled=st.sampled_from(DIALLED))
    def dials_by_himself(self, agent: str, dialled: str) -> None:
        self.born += 1
        phone = self.configuration.agents[agent].devices[1].endpoint if agent in self.configuration.agents else "none"
        self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, dialled))

    @rule(
        agent=st.sampled_from(AGENTS),
        colleague=st.sampled_from(["301", "302", "303", "4501"]),
        by_phone=st.booleans(),
        patience=st.integers(0, 4),
    )
    def calls_a_colleague(self, agent: str, colleague: str, by_phone: bool, patience: int) -> None:
        self.born += 1
        if by_phone and agent in self.configuration.agents:
            phone = self.configuration.agents[agent].devices[1].endpoint
            self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, colleague))
        else:
            self.tell(events.CallRequested(self.now, agent, colleague, f"out-{self.born}"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(
        agent=st.sampled_from(AGENTS),
        queue=st.sampled_from(["sales", "operators", "operators", "none"]),
        patience=st.integers(0, 3),
    )
    def pages_a_group(self, agent: str, queue: str, patience: int) -> None:
        self.born += 1
        self.tell(events.PageRequested(self.now, agent, queue, f"page-{self.born}"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(door=st.sampled_from(["gate", "yard"]), patience=st.integers(0, 3))
    def rings_at_a_door(self, door: str, patience: int) -> None:
        self.born += 1
        self.tell(events.PhoneDialled(self.now, f"door-{self.born}", f"demo-door-{door}", "1"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(data=st.data(), agent=st.sampled_from(AGENTS), keys=st.sampled_from(["", "*9", "1"]))
    def opens_a_door(self, data: st.DataObject, agent: str, keys: str) -> None:
        if self.core.state.inside:
            talk = data.draw(st.sampled_from(sorted(self.core.state.inside)))
            side = self.core.state.inside[talk].side_of_agent(agent)
            for key in keys if side is not None else "":
                self.tell(events.DigitPressed(self.now, talk, side.leg if side is not None else "", key))
            if not keys:
                self.tell(events.DoorOpenRequested(self.now, agent, talk))

    @rule(agent=st.sampled_from(AGENTS), colleague=st.sampled_from([*AGENTS, ""]), patience=st.integers(0, 2))
    def camps(self, agent: str, colleague: str, patience: int) -> None:
        """He wants a colleague who is busy, or a line; or he does not want it any more."""
        self.tell(events.CampRequested(self.now, agent, colleague, "" if colleague else "+74950000788"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS))
    def camps_no_more(self, agent: str) -> None:
        self.tell(events.CampCancelled(self.now, agent))

    @rule(number=st.sampled_from(["301", "303", "999"]))
    def another_site_calls(self, number: str) -> None:
        self.born += 1
        name = f"k-{self.born}"
        self.tell(events.ContactArrived(self.now, name, name, "voice", number, "4501", "", trunk="site"))

    @rule(agent=st.sampled_from(AGENTS), who=st.sampled_from(CUSTOMERS), by_phone=st.booleans())
    def calls_somebody(self, agent: str, who: str, by_phone: bool) -> None:
        self.born += 1
        if not by_phone:
            self.tell(events.CallRequested(self.now, agent, who, f"out-{self.born}"))
        elif agent in self.configuration.agents:
            phone = self.configuration.agents[agent].devices[1].endpoint
            self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, who, who))

    @rule(data=st.data())
    def puts_together(self, data: st.DataObject) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            _, other = data.draw(st.sampled_from(legs))
            self.tell(events.PhoneTransferred(self.now, contact, leg, "", other))

    @rule(agent=st.sampled_from(AGENTS), data=st.data())
    def calls_debtor(self, agent: str, data: st.DataObject) -> None:
        if self.core.state.debts:
            debt = data.draw(st.sampled_from(sorted(self.core.state.debts)))
            self.born += 1
            self.tell(events.CallbackRequested(self.now, agent, debt, f"out-{self.born}"))

    @rule(data=st.data())
    def writes_off(self, data: st.DataObject) -> None:
        if self.core.state.debts:
            debt = data.draw(st.sampled_from(sorted(self.core.state.debts)))
            self.tell(events.DebtWrittenOff(self.now, debt, "boss", "wrong number"))

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS))
    def talks(self, agent: str, who: str) -> None:
        """An ordinary call, so that the rare events below find conversations to disturb."""
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.obeys_promptly_()

    @rule(
        agent=st.sampled_from(AGENTS[:2]),
        who=st.sampled_from(CUSTOMERS),
        consults=st.booleans(),
        to=st.sampled_from(TARGETS),
        patience=st.integers(0, 2),
    )
    def sends_on(self, agent: str, who: str, consults: bool, to: tuple[str, str], patience: int) -> None:
        """Somebody who talks is sent on, or a third is asked into the call."""
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.obeys_promptly_()
        for colleague in AGENTS:
            if to[1] in (colleague, "reserve"):
                self.tell(events.AgentReadied(self.now, colleague, "phone"))
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            kind = events.ConsultRequested if consults else events.TransferRequested
            self.tell(kind(self.now, contact.agent, contact.id, *to))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(
        data=st.data(),
        to=st.sampled_from([("agent", "a302"), ("agent", "a303"), ("number", "304"), ("queue", "service")]),
        wish=st.sampled_from(["ask", "ask", "send", "swap", "join", "join", "complete", "cancel"]),
        patience=st.integers(0, 2),
    )
    def has_wishes_among_ourselves(self, data: st.DataObject, to: tuple[str, str], wish: str, patience: int) -> None:
        talks = [one for one in self.core.state.inside.values() if one.connected_at]
        if not talks:
            return
        talk = data.draw(st.sampled_from(talks))
        agent = data.draw(st.sampled_from(AGENTS))
        told: events.Event = events.ConsultSteered(self.now, agent, talk.id, wish)
        if wish in ("ask", "send"):
            kind = events.ConsultRequested if wish == "ask" else events.TransferRequested
            told = kind(self.now, agent, talk.id, *to)
        self.tell(told)
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), patience=st.integers(0, 2))
    def picks_up(self, agent: str, data: st.DataObject, patience: int) -> None:
        """Whoever rings longest, or one in particular, whatever is done with him now."""
        wanted = ["", *sorted(self.core.state.contacts)]
        self.tell(events.PickUpRequested(self.now, agent, data.draw(st.sampled_from(wanted))))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS), seconds=st.sampled_from([0.0, 31.0]))
    def parks(self, agent: str, who: str, seconds: float) -> None:
        """Somebody who talks is parked."""
        self.talks(agent, who)
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            self.tell(events.ParkRequested(self.now, contact.agent, contact.id))
        self.passes_(seconds)

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS), asks=st.booleans())
    def loses_sound(self, agent: str, who: str, asks: bool) -> None:
        """Somebody who talks is not heard any more: his page asks for a new ring, or his telephone is given up."""
        self.talks(agent, who)
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            if asks:
                self.tell(events.ReconnectRequested(self.now, contact.agent, contact.id))
            else:
                self.tell(events.LegEnded(self.now, contact.id, contact.agent_leg, 44))
        self.obeys_promptly_()

    @rule(data=st.data(), dialled=st.sampled_from(["302", "304", "service", "+74950000788", "", "*7"]))
    def refers(self, data: st.DataObject, dialled: str) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            self.tell(events.PhoneTransferred(self.now, contact, leg, dialled))

    @rule(agent=st.sampled_from(AGENTS), wish=st.sampled_from(["swap", "join", "complete", "cancel"]), data=st.data())
    def steers(self, agent: str, wish: str, data: st.DataObject) -> None:
        asked = [c for c in self.core.state.contacts.values() if c.consults and c.agent]
        if asked:
            contact = data.draw(st.sampled_from(asked))
            self.tell(events.ConsultSteered(self.now, contact.agent, contact.id, wish))

    @rule(data=st.data())
    def orders_callback(self, data: st.DataObject) -> None:
        self.orders_callback_(data)

    def orders_callback_(self, data: st.DataObject) -> None:
        waiting = [c for c in self.core.state.contacts.values() if c.phase is Phase.WAITING and not c.offers]
        if waiting:
            contact = data.draw(st.sampled_from(waiting))
            self.tell(events.DigitPressed(self.now, contact.id, contact.customer_leg, "2"))
            self.obeys_promptly_()
            self.obeys_promptly_()

    @rule(who=st.sampled_from(CUSTOMERS), seconds=st.sampled_from([2.0, 16.0, 45.0]))
    def waits(self, who: str, seconds: float) -> None:
        """Somebody waits for long, so that the ways out of the queue are taken."""
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.passes_(seconds)

    @rule(agent=st.sampled_from(AGENTS), data=st.data())
    def calls_back(self, agent: str, data: st.DataObject) -> None:
        """A promised callback comes as far as it may."""
        self.orders_callback_(data)
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        for _ in range(data.draw(st.integers(0, 3))):
            self.obeys_promptly_()
