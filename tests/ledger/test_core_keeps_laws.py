"""Whatever happens to the core, what it writes keeps the laws that the ledger is held to, at every moment."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import invariant
from tests.core.test_laws import World

from kaska.ledger.canonical import canonical_json
from kaska.ledger.codec import encode_fact
from kaska.ledger.laws import Talks, Told, judge


class Books(World):
    """The same outside world; beside it somebody reads the ledger on."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0
        self.heard_talks = Talks()
        self.stories: dict[str, list[Told]] = {}

    @invariant()
    def every_law_holds(self) -> None:
        for fact in getattr(self, "written", [])[self.read :]:
            self.read += 1
            told = Told(self.read, fact)
            assert self.heard_talks.take(told) == []
            contact = getattr(fact, "contact", "")
            if contact:
                story = self.stories.setdefault(contact, [])
                story.append(told)
                assert judge(contact, story) == []
            assert canonical_json(encode_fact(fact)[2].decode())

    def teardown(self) -> None:
        super().teardown()
        self.every_law_holds()
        assert self.heard_talks.never_ended() == []


TestBooks = Books.TestCase
TestBooks.settings = settings(World.TestCase.settings, max_examples=12)
