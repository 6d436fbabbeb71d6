"""Colleagues who call each other: a small company with a second site, its telephones and an obedient switch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration, Trunk
from support.company import company
from support.play import Play

SITE = "site"
OTHER_SITE = "4501"


def two_sites(**queue_settings: float) -> Configuration:
    found = company(**queue_settings)
    line = Trunk(SITE, "trunk-site", ("127.0.0.9",), "sip:127.0.0.9:5060", (("4500", "4599"),))
    return replace(found, trunks={**found.trunks, SITE: line})


class Insiders(Play):
    """``deaf``: agents and numbers whose telephones ring on. ``cause``: with which they end instead."""

    def __init__(self, configuration: Configuration | None = None) -> None:
        super().__init__(configuration or two_sites())
        self.deaf: set[str] = set()
        self.cause: dict[str, int] = {}
        self.carried: list[commands.Command] = []

    def _done(self, command: commands.Command) -> list[events.Event]:
        self.carried.append(command)
        called = ""
        if isinstance(command, commands.RingAgent):
            called = command.agent
        elif isinstance(command, commands.DialOut):
            called = command.number
        if called in self.cause:
            return [events.LegEnded(self.now, command.contact, command.leg, self.cause[called])]
        return [] if called and called in self.deaf else super()._done(command)

    def endpoint(self, agent: str) -> str:
        return self.configuration.agents[agent].devices[1].endpoint

    def dial(self, agent: str, dialled: str, leg: str = "own-1.1", *, settle: bool = True) -> None:
        """On his desk phone."""
        self.tell(events.PhoneDialled(self.now, leg, self.endpoint(agent), dialled))
        if settle:
            self.settle()

    def call(self, agent: str, number: str, talk: str = "out-1") -> None:
        """By the screen."""
        self.tell(events.CallRequested(self.now, agent, number, talk))
        self.settle()

    def end(self, talk: str, leg: str, cause: int = 16) -> None:
        self.tell(events.LegEnded(self.now, talk, leg, cause))
        self.settle()

    def answer(self, talk: str, leg: str) -> None:
        self.tell(events.LegAnswered(self.now, talk, leg))
        self.settle()

    def state(self, agent: str) -> tuple[str, str]:
        known = self.core.state.agents[agent]
        return known.state.value, known.reason

    def told(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.written if isinstance(one, kind)]

    def done(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.carried if isinstance(one, kind)]

    @property
    def over(self) -> facts.InsideOver:
        (found,) = self.told(facts.InsideOver)
        assert isinstance(found, facts.InsideOver)
        return found
