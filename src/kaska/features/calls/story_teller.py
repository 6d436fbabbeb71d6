"""Who tells a story: one language, the names of those in it."""

from __future__ import annotations

from collections.abc import Mapping

from kaska.core.scenarios.speech import VOCABULARY
from kaska.features.calls.wording import STEP_DETAILS, duration, word

Names = Mapping[tuple[str, str], str]
"""("agent" | "queue" | "topic" | …, identifier) → name; identifiers that are missing are shown as they are"""


class Teller:
    """Tells facts in one language."""

    def __init__(self, language: str, names: Names) -> None:
        self.language = language
        self.names = names

    def say(self, russian: str, english: str) -> str:
        return english if self.language == "en" else russian

    def agent(self, agent: str) -> str:
        return self.names.get(("agent", agent), agent)

    def talker(self, agent: str) -> str:
        """Whom the person talks with; "" is somebody outside."""
        return self.agent(agent) or self.say("вызванным снаружи", "somebody outside")

    def queue(self, queue: str) -> str:
        return self.names.get(("queue", queue), queue)

    def project(self, project: str) -> str:
        return self.names.get(("project", project), project)

    def trunk(self, trunk: str) -> str:
        return self.names.get(("trunk", trunk), trunk)

    def skill(self, skill: str) -> str:
        return self.names.get(("skill", skill), skill)

    def mode(self, mode: str) -> str:
        """Also "open", "closed" and what else a step of the scenario decides."""
        return self.names.get(("mode", mode)) or self.w(STEP_DETAILS, mode)

    def scenario(self, scenario: str) -> str:
        return self.names.get(("scenario", scenario), scenario)

    def source(self, source: str) -> str:
        return self.names.get(("source", source), source)

    def prompt(self, prompt: str) -> str:
        """A company's own by its title, ours by its words."""
        language, _, name = prompt.partition("/")
        return self.names.get(("prompt", prompt)) or VOCABULARY.get(language, {}).get(name, prompt)

    def question(self, answer: str, survey: str = "") -> str:
        """``answer`` is what the answer is kept under; ``survey`` "" is for a question that stands alone."""
        return self.names.get(("question", f"{survey} {answer}".lstrip()), answer)

    def owner(self, owner: str) -> str:
        """ "agent:ID", "queue:ID", "project:ID" """
        kind, _, name = owner.partition(":")
        return self.names.get((kind, name), name)

    def w(self, words: dict[str, tuple[str, str]], value: str) -> str:
        return word(words, value, self.language)

    def long(self, seconds: float) -> str:
        return duration(seconds, self.language)
