"""A survey: questions one after another, each answered by one key. What nobody answers is passed over."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios.graph import Survey
from kaska.core.scenarios.speech import phrase
from kaska.core.scenarios.steps import Coming, Kind, go_on, hush, language_of, say
from kaska.core.turn import Desk


class SurveyKind(Kind[Survey]):
    def stand(self, desk: Desk, contact: Contact, node: Survey, detail: str, coming: Coming) -> str | None:
        """The first question; after an interruption the one that was being asked."""
        return _ask(desk, contact, node, contact.question, contact.tries, coming.remark)

    def listens(self, node: Survey) -> float:
        return node.timeout

    def pressed(self, desk: Desk, contact: Contact, node: Survey, digit: str) -> None:
        hush(desk, contact)
        go_on(desk, contact, _answered(desk, contact, node, digit))

    def collected(self, desk: Desk, contact: Contact, node: Survey) -> None:
        go_on(desk, contact, _again(desk, contact, node))


def _ask(
    desk: Desk, contact: Contact, node: Survey, number: int, tries: int = 0, remark: tuple[str, ...] = ()
) -> str | None:
    """Where the way goes on after the last question; None while one is being asked."""
    if number >= len(node.questions):
        desk.write(facts.SurveyOver(desk.at, contact.id, contact.scenario, contact.answers))
        return node.next
    question = node.questions[number]
    about = (contact.talked_last, contact.queue)
    desk.write(facts.QuestionAsked(desk.at, contact.id, contact.scenario, question.answer, number, tries, *about))
    if not say(desk, contact, remark + question.prompts):
        desk.write(facts.PromptsOver(desk.at, contact.id, "", desk.at + node.timeout))
    return None


def _answered(desk: Desk, contact: Contact, node: Survey, digit: str) -> str | None:
    question = node.questions[contact.question]
    if digit not in question.allowed:
        return _again(desk, contact, node, (phrase("wrong-key", language_of(contact)),))
    about = (contact.talked_last, contact.queue)
    desk.write(facts.QuestionAnswered(desk.at, contact.id, contact.scenario, question.answer, digit, *about))
    return _ask(desk, contact, node, contact.question + 1)


def _again(desk: Desk, contact: Contact, node: Survey, remark: tuple[str, ...] = ()) -> str | None:
    if contact.tries + 1 < node.tries:
        return _ask(desk, contact, node, contact.question, contact.tries + 1, remark)
    return _ask(desk, contact, node, contact.question + 1)
