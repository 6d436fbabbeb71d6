"""Who tells a story: one language, the names of those in it."""

from __future__ import annotations

from collections.abc import Mapping

from kaska.features.calls.wording import duration, word

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

    def w(self, words: dict[str, tuple[str, str]], value: str) -> str:
        return word(words, value, self.language)

    def long(self, seconds: float) -> str:
        return duration(seconds, self.language)
