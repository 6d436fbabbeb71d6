"""One call against a core, for telling what is heard and where the way goes."""

from __future__ import annotations

from dataclasses import replace

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration, HttpSource
from kaska.core.core import Core
from kaska.core.scenarios import graph
from kaska.core.scenarios.graph import Node
from support.company import MAIN, company

NOW = 1_760_000_000.0


class Line:
    """One call against a core, with a switch that obeys at once."""

    def __init__(self, core: Core, number: str = MAIN, customer: str = "+79000000001", name: str = "k-1") -> None:
        self.core = core
        self.name = name
        self.now = NOW
        self.facts: list[facts.Fact] = []
        self.last: list[commands.Command] = []
        self.tell(events.ContactArrived(self.now, name, name, "voice", number, customer, customer, trunk="city"))

    def tell(self, event: events.Event) -> list[commands.Command]:
        outcome = self.core.handle(event)
        self.facts += outcome.facts
        self.last = outcome.commands
        return outcome.commands

    def said(self) -> list[str]:
        """End of what is being said now."""
        play = self.core.state.contacts[self.name].play
        assert play, "nothing is being said"
        self.tell(events.PromptsEnded(self.now, self.name, self.name, play))
        return self.heard

    def press(self, digits: str) -> None:
        for digit in digits:
            self.tell(events.DigitPressed(self.now, self.name, self.name, digit))

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while (due := self.core.next_deadline()) is not None and due <= end:
            self.now = max(due, self.now)
            self.tell(events.TimePassed(self.now))
        self.now = end

    def hangs_up(self) -> None:
        self.tell(events.LegEnded(self.now, self.name, self.name))

    @property
    def heard(self) -> list[str]:
        return [
            prompt for command in self.last if isinstance(command, commands.PlayPrompts) for prompt in command.prompts
        ]

    @property
    def over(self) -> tuple[str, str]:
        last = next(fact for fact in reversed(self.facts) if isinstance(fact, facts.ContactOver))
        return last.outcome, last.cause

    @property
    def debt(self) -> str:
        return next((fact.cause for fact in self.facts if isinstance(fact, facts.DebtOpened)), "")

    def queue(self) -> str:
        return self.core.state.contacts[self.name].queue


END: dict[str, Node] = {
    "yes": graph.Finish(("ru/thanks",)),
    "no": graph.Finish(("ru/goodbye",)),
    "message": graph.TakeMessage(("ru/message-question",), "yes"),
}


def with_nodes(version: int = 1, other: dict[str, Node] | None = None, **nodes: Node) -> Configuration:
    """The test company, whose main number walks these nodes from ``start`` on; "yes", "no", "message" are there."""
    whole = company()
    scenarios = {"main": graph.Scenario("main", version, "start", {**END, **nodes})}
    if other is not None:
        scenarios["other"] = graph.Scenario("other", version, "start", {**END, **other})
    return replace(whole, version=version, scenarios=scenarios, sources={"crm": HttpSource("crm", "http://127.0.0.1/")})
