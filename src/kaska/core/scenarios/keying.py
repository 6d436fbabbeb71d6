"""Nodes at which the caller keys something in: menus, extensions, questions, the offer of a callback."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from kaska.core import facts
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios import hearing, reaching, waiting
from kaska.core.scenarios.graph import Ask, Extension, Menu, OfferCallback
from kaska.core.scenarios.speech import phrase
from kaska.core.scenarios.steps import Coming, Kind, answer, enter, go_on, hush, language_of, say
from kaska.core.turn import Desk

BETWEEN_DIGITS_SECONDS = 1.8
END_OF_INPUT = "#"

K = TypeVar("K", Menu, Extension, Ask, OfferCallback)


class KeyedKind(Kind[K]):
    """Speaks, collects digits, decides on them. Digits pressed ahead are taken instead of speaking."""

    def stand(self, desk: Desk, contact: Contact, node: K, detail: str, coming: Coming) -> str | None:
        if coming.typed:
            answer(desk, contact)
            return self.take(desk, contact, node, coming.typed)
        if not say(desk, contact, coming.remark + node.prompts):
            desk.write(facts.PromptsOver(desk.at, contact.id, "", desk.at + node.timeout))
        return None

    def listens(self, node: K) -> float:
        return node.timeout

    def pressed(self, desk: Desk, contact: Contact, node: K, digit: str) -> None:
        hush(desk, contact)
        go_on(desk, contact, self.take(desk, contact, node, contact.digits + digit))

    def collected(self, desk: Desk, contact: Contact, node: K) -> None:
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits))
        go_on(desk, contact, self.choose(desk, contact, node, contact.digits))

    def take(self, desk: Desk, contact: Contact, node: K, digits: str) -> str | None:
        """So many digits so far: decide, or wait a moment for more."""
        seconds = self.patience(desk, node, digits)
        if seconds:
            desk.write(facts.DigitTaken(desk.at, contact.id, digits, desk.at + seconds))
            return None
        desk.write(facts.DigitTaken(desk.at, contact.id, digits))
        return self.choose(desk, contact, node, digits)

    def patience(self, desk: Desk, node: K, digits: str) -> float:
        """Seconds to wait for more digits; 0.0 when these are complete."""
        return 0.0

    def choose(self, desk: Desk, contact: Contact, node: K, digits: str) -> str | None:
        raise NotImplementedError

    def again(self, desk: Desk, contact: Contact, tries: int, otherwise: str, *, wrong: bool) -> str | None:
        """Once more with a remark, or ``otherwise`` after ``tries`` times."""
        if contact.tries + 1 >= tries:
            return otherwise
        remark = (phrase("wrong-key", language_of(contact)),) if wrong else ()
        enter(desk, contact, contact.node, contact.tries + 1, remark=remark)
        return None


class MenuKind(KeyedKind[Menu]):
    """Keys and, where the menu names words, speech: both choose the same."""

    def stand(self, desk: Desk, contact: Contact, node: Menu, detail: str, coming: Coming) -> str | None:
        following = super().stand(desk, contact, node, detail, coming)
        if node.words and following is None and not contact.offers and not contact.ear:
            hearing.start(desk, contact, language_of(contact), node.words)
        return following

    def heard(self, desk: Desk, contact: Contact, node: Menu, text: str) -> None:
        choice = hearing.understood(node.words, text)
        desk.write(facts.WordsHeard(desk.at, contact.id, text[: hearing.LONGEST], choice))
        if choice in node.choices:
            hush(desk, contact)
            go_on(desk, contact, node.choices[choice])
        elif not contact.play and not contact.digits:  # while we speak, he may have been talking to somebody else
            go_on(desk, contact, self.again(desk, contact, node.tries, node.otherwise, wrong=True))

    def patience(self, desk: Desk, node: Menu, digits: str) -> float:
        extensions = reaching.extensions(desk) if node.extensions else {}
        return _may_grow(digits, (*node.choices, *extensions))

    def choose(self, desk: Desk, contact: Contact, node: Menu, digits: str) -> str | None:
        if digits in node.choices:
            return node.choices[digits]
        agent = reaching.extensions(desk).get(digits) if node.extensions else None
        if agent is not None:
            hearing.stop(desk, contact)
            return None if reaching.ring(desk, contact, agent) else self.unanswered(desk, contact, node)
        return self.again(desk, contact, node.tries, node.otherwise, wrong=bool(digits))

    def unanswered(self, desk: Desk, contact: Contact, node: Menu) -> str | None:
        return node.extension_next or node.otherwise


class ExtensionKind(KeyedKind[Extension]):
    def patience(self, desk: Desk, node: Extension, digits: str) -> float:
        return _may_grow(digits, reaching.extensions(desk))

    def choose(self, desk: Desk, contact: Contact, node: Extension, digits: str) -> str | None:
        agent = reaching.extensions(desk).get(digits)
        if agent is not None:
            return None if reaching.ring(desk, contact, agent) else node.otherwise
        return self.again(desk, contact, node.tries, node.otherwise, wrong=bool(digits))

    def unanswered(self, desk: Desk, contact: Contact, node: Extension) -> str | None:
        return node.otherwise


class AskKind(KeyedKind[Ask]):
    def patience(self, desk: Desk, node: Ask, digits: str) -> float:
        done = len(digits) >= node.length or digits.endswith(END_OF_INPUT) or digits[-1] not in node.allowed
        return 0.0 if done else node.timeout

    def choose(self, desk: Desk, contact: Contact, node: Ask, digits: str) -> str | None:
        answered = digits.removesuffix(END_OF_INPUT)
        if answered and len(answered) <= node.length and all(digit in node.allowed for digit in answered):
            desk.write(facts.AnswerTaken(desk.at, contact.id, node.answer, answered))
            return node.next
        return self.again(desk, contact, node.tries, node.otherwise, wrong=bool(answered))


class OfferCallbackKind(KeyedKind[OfferCallback]):
    def choose(self, desk: Desk, contact: Contact, node: OfferCallback, digits: str) -> str | None:
        if digits == node.key and contact.customer and node.queue in desk.state.configuration.queues:
            waiting.line_up(desk, contact, node.queue, 0)
            waiting.promise(desk, contact)
            return None
        return node.otherwise


def _may_grow(digits: str, wanted: Collection[str]) -> float:
    longer = any(one != digits and one.startswith(digits) for one in wanted)
    return BETWEEN_DIGITS_SECONDS if longer else 0.0
