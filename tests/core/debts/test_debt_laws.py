"""The laws of the debt book, under any order of events and any rules; the laws of the core hold all the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from tests.core.test_laws import World

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration
from kaska.core.contacts.contact import Phase
from kaska.core.debts.book import CALLED_BACK, CAME_BACK, ENDS, REFUSED, UNREACHABLE, WRITTEN_OFF, WRONG_NUMBER
from kaska.core.debts.dialling import overlooked
from kaska.core.debts.hours import may_call
from kaska.core.debts.rules import ASSIGNMENTS, Deadline, DebtRules
from kaska.core.debts.work import REPORTED
from kaska.core.turn import Desk
from support.company import company
from support.rules import companies
from support.world.switch import AGENTS, CUSTOMERS

NOON = 12 * 60
"""the day begins at 11:53 in Moscow"""
SHORT_DAY = tuple(((NOON - 10, NOON - 5), (NOON, NOON + 12)) for _ in range(7))
ALL_DAY = tuple(((0, 1440),) for _ in range(7))
NEVER: tuple[tuple[tuple[int, int], ...], ...] = tuple(() for _ in range(7))

some_rules = st.builds(
    DebtRules,
    deadlines=st.sampled_from([(), (Deadline(1, ("waiting",)), Deadline(3, (), 2))]),
    tries=st.integers(0, 3),
    spacing_minutes=st.sampled_from([0.0, 0.2, 3.0]),
    assign=st.sampled_from(ASSIGNMENTS),
    escalates=st.booleans(),
    escalate_minutes=st.sampled_from([0.0, 1.0]),
    automatic=st.sampled_from([True, True, False]),
    automatic_queue=st.sampled_from(["", "operators", "nowhere"]),
    automatic_minutes=st.sampled_from([0.0, 0.2, 1.0]),
    hours=st.sampled_from([(), ALL_DAY, SHORT_DAY, NEVER]),
    lease_minutes=st.sampled_from([0.1, 1.0]),
)


@st.composite
def indebted(draw: st.DrawFn) -> Configuration:
    whole = draw(st.one_of(st.builds(company), companies()))
    project = replace(whole.projects["windows"], debt_minutes=draw(st.sampled_from([1, 2])), debts=draw(some_rules))
    return replace(whole, projects={"windows": project})


class DebtWorld(World):
    @initialize(rules=indebted())
    def begin(self, rules: Configuration) -> None:
        super().begin(rules)

    def tell(self, event: events.Event) -> None:
        claimed = {debt.id: debt for debt in self.core.state.debts.values() if debt.claimed_until > event.at}
        holders = {name: debt.claimed_by for name, debt in claimed.items()}
        before = len(self.written), len(self.ordered)
        super().tell(event)
        fresh = self.written[before[0] :]
        repaying = {fact.contact: fact.debt for fact in fresh if isinstance(fact, facts.ContactOpened) and fact.debt}
        for fact in fresh:
            if isinstance(fact, facts.Offered) and fact.contact in repaying:
                holder = holders.get(repaying[fact.contact])
                assert holder in (None, fact.agent), f"{fact.agent} calls whom {holder} has taken"
        for command in self.ordered[before[1] :]:
            called = self.core.state.contacts.get(command.contact)  # none: a call among ourselves
            if isinstance(command, commands.DialOut) and called is not None and called.debt:
                contact = self.core.state.contacts[command.contact]
                assert may_call(self.core.state.configuration, contact.project, event.at), "called at a forbidden hour"

    # --- what people do with debts ---

    def some_debt(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.core.state.debts))) if self.core.state.debts else "none"

    @rule(who=st.sampled_from(CUSTOMERS[1:]))
    def loses(self, who: str) -> None:
        self.arrives("+74950000103", who)
        self.obeys_promptly_()
        newest = f"k-{self.born}"
        self.tell(events.LegEnded(self.now, newest, newest))

    @rule(agent=st.sampled_from(AGENTS), seconds=st.sampled_from([0.0, 13.0, 61.0]))
    def idles(self, agent: str, seconds: float) -> None:
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        self.passes_(seconds)

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), what=st.sampled_from(["take", "let go", "give", "put off"]))
    def works(self, agent: str, data: st.DataObject, what: str) -> None:
        debt = self.some_debt(data)
        owner = data.draw(st.sampled_from(["agent:a302", "queue:service", "queue:nowhere", "agent:", "x"]))
        until = self.now + data.draw(st.sampled_from([-1.0, 5.0, 200.0]))
        told: dict[str, events.Event] = {
            "take": events.DebtTaken(self.now, debt, agent),
            "let go": events.DebtLetGo(self.now, debt, agent),
            "give": events.DebtGiven(self.now, debt, owner, "boss"),
            "put off": events.DebtPutOff(self.now, debt, agent, until, "at five"),
        }
        self.tell(told[what])

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), result=st.sampled_from([*REPORTED, "nonsense"]))
    def reports(self, agent: str, data: st.DataObject, result: str) -> None:
        self.tell(events.DebtReported(self.now, self.some_debt(data), agent, result, "note"))

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), cause=st.sampled_from([1, 16, 17, 34]))
    def calls_in_vain(self, agent: str, data: st.DataObject, cause: int) -> None:
        self.born += 1
        name = f"out-{self.born}"
        self.tell(events.CallbackRequested(self.now, agent, self.some_debt(data), name))
        self.obeys_promptly_()
        contact = self.core.state.contacts.get(name)
        if contact is not None:
            self.tell(events.LegEnded(self.now, name, contact.customer_leg, cause))

    @rule(rules=some_rules)
    def changes_the_rules(self, rules: DebtRules) -> None:
        project = replace(self.whole.projects["windows"], debts=rules)
        self.whole = replace(self.whole, projects={"windows": project})
        self.configuration = replace(
            self.configuration, projects=self.whole.projects, version=self.configuration.version + 1
        )
        self.tell(events.ConfigurationPublished(self.now, self.configuration))

    # --- the laws ---

    @invariant()
    def one_of_us_at_a_time(self) -> None:
        if not hasattr(self, "core"):
            return
        state = self.core.state
        callers: dict[str, list[str]] = {}
        for contact in state.contacts.values():
            if contact.debt and contact.phase is not Phase.ENDING:
                callers.setdefault(contact.customer, []).append(contact.id)
        assert all(len(found) == 1 for found in callers.values()), callers
        for debts in state.debts_of.values():
            holders = {state.debts[one].claimed_by for one in debts if state.debts[one].claimed_until > self.now}
            assert len(holders) <= 1, holders

    @invariant()
    def nobody_idles_while_somebody_may_be_called(self) -> None:
        if hasattr(self, "core"):
            assert overlooked(self.core.desk) == []

    def the_book_balances(self) -> None:
        opened = [fact for fact in self.written if isinstance(fact, facts.DebtOpened)]
        closed = [fact for fact in self.written if isinstance(fact, facts.DebtClosed)]
        assert len({fact.debt for fact in opened}) == len(opened)
        assert len({fact.debt for fact in closed}) == len(closed), "a debt has one end"
        assert {fact.debt for fact in opened} == {fact.debt for fact in closed} | self.core.state.debts.keys()
        assert len(opened) == len(closed) + len(self.core.state.debts)
        assert all(fact.how in ENDS for fact in closed)

    def ends_have_their_reason(self) -> None:
        attempts: dict[str, list[facts.DebtAttempted]] = {}
        for fact in self.written:
            if isinstance(fact, facts.DebtAttempted):
                attempts.setdefault(fact.debt, []).append(fact)
            elif isinstance(fact, facts.DebtClosed):
                made = attempts.get(fact.debt, [])
                if fact.how == UNREACHABLE:
                    assert made
                    assert not made[-1].reached
                    assert made[-1].tries >= 1 or made[-1].result == WRONG_NUMBER
                elif fact.how == REFUSED:
                    assert made[-1].result == REFUSED
                elif fact.how in (CALLED_BACK, CAME_BACK):
                    assert fact.contact or made[-1].reached
                else:
                    assert (fact.how, bool(fact.by), bool(fact.reason)) == (WRITTEN_OFF, True, True)
        for made in attempts.values():
            for number, fact in enumerate(made, 1):
                assert fact.tries <= number

    def teardown(self) -> None:
        if not hasattr(self, "core"):
            return
        fresh = Desk(self.core.state)
        assert fresh.owed.lines == self.core.desk.owed.lines
        self.the_book_balances()
        super().teardown()
        self.the_book_balances()
        self.ends_have_their_reason()


DebtWorld.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDebtWorld = DebtWorld.TestCase
