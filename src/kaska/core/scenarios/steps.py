"""How a scenario is walked: entering a node, saying something, hanging up.

Each kind of node is a ``Kind`` in one of the neighbouring files; ``walk`` puts them into KINDS. Nothing here knows how
a prompt is played. A node, scenario or queue that does not exist never loses the person: the walk goes on at LOST.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kaska.core import facts
from kaska.core.commands import AnswerCall, HangUpLeg, ListenForFax, PlayPrompts, StopPrompts
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios import hearing, speech
from kaska.core.scenarios.graph import INSTANT, Finish, Node, TakeMessage, kind_of
from kaska.core.turn import Desk

PLAY_GUARD_SECONDS = 90.0
MOST_QUIET_STEPS = 100
"""so many nodes without a word of the person are a circle: the way ends at LOST"""

LOST = "?"
"""the node of a walk that met something which does not exist; always EMERGENCY"""

BLACK_LIST = "black_list"
"""the only node of a walk that the black list ends"""

EMERGENCY = TakeMessage(prompts=("ru/all-busy", "ru/message-question"), next="")
"""where a walk goes on that met a node which does not exist: the person can still say what he wanted"""

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Coming:
    """How a node is come to. ``typed``: digits pressed ahead, while something was said; a menu takes them instead of
    speaking. ``remark``: said before what the node says."""

    typed: str = ""
    remark: tuple[str, ...] = ()


class Kind(Generic[N]):
    """What the walk does at one kind of node.

    ``stand``, ``said`` and ``unanswered`` return the node where the way goes on at once ("" hangs up), or None when
    something is waited for.
    """

    def detail(self, desk: Desk, contact: Contact, node: N) -> str:
        """What the ledger tells of the step, beside its name."""
        return ""

    def stand(self, desk: Desk, contact: Contact, node: N, detail: str, coming: Coming) -> str | None:
        """The contact has just come here."""
        raise NotImplementedError

    def listens(self, node: N) -> float:
        """Seconds that keys are waited for after the prompts."""
        return 0.0

    def said(self, desk: Desk, contact: Contact, node: N) -> str | None:
        """Everything was said."""
        return None

    def pressed(self, desk: Desk, contact: Contact, node: N, digit: str) -> None:
        """A key was pressed; nothing listens to it unless the kind says so."""

    def heard(self, desk: Desk, contact: Contact, node: N, text: str) -> None:
        """Words were understood; only a kind that began to listen is told of them."""

    def collected(self, desk: Desk, contact: Contact, node: N) -> None:
        """No more keys came in time."""
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits))

    def unanswered(self, desk: Desk, contact: Contact, node: N) -> str | None:
        """Whoever was rung from here did not answer."""
        return LOST


KINDS: dict[type[Any], Kind[Any]] = {}


def node_of(desk: Desk, contact: Contact, node: str) -> Node:
    """The node of the present scenario by its id; EMERGENCY for one that nobody described; a message and the end for
    whom the black list keeps out."""
    if contact.blocked_by:
        return Finish((contact.blocked_prompt or speech.phrase("blocked", language_of(contact)),))
    scenario = desk.state.scenarios_of(contact).get(contact.scenario)
    found = scenario.nodes.get(node) if scenario is not None and node != LOST else None
    return found if found is not None else EMERGENCY


def enter(
    desk: Desk, contact: Contact, node_id: str, tries: int = 0, typed: str = "", remark: tuple[str, ...] = ()
) -> None:
    """Walk on to ``node_id`` and through everything there that needs no waiting. "" hangs up."""
    coming = Coming(typed, remark)
    following: str | None = node_id
    while following is not None:
        if not following:
            hang_up(desk, contact)
            return
        if contact.quiet_steps >= MOST_QUIET_STEPS:
            following = LOST
        if contact.ear and following != contact.node:
            hearing.stop(desk, contact)
        node = node_of(desk, contact, following)
        kind = KINDS[type(node)]
        detail = kind.detail(desk, contact, node)
        desk.write(facts.StepEntered(desk.at, contact.id, following, kind_of(type(node)), tries, detail))
        if not isinstance(node, INSTANT):
            _mind_faxes(desk, contact, getattr(node, "fax", ""))
        following = kind.stand(desk, contact, node, detail, coming)
        tries = 0
        if not isinstance(node, INSTANT):
            coming = Coming()


def _mind_faxes(desk: Desk, contact: Contact, way: str) -> None:
    """Begin or end to listen whether a machine calls; ``way``: where it goes then."""
    if not way and not contact.fax_listening:
        return
    if not contact.leg_alive(contact.customer_leg) or (contact.fax_listening and way == contact.fax_way[1]):
        return
    listened = contact.fax_listening
    desk.write(facts.FaxListening(desk.at, contact.id, way))
    if bool(way) is not listened:
        desk.order(ListenForFax(contact.id, contact.customer_leg, bool(way)))


def go_on(desk: Desk, contact: Contact, node_id: str | None, typed: str = "") -> None:
    """Where a kind said that the way goes on; None: something is still waited for."""
    if node_id is not None:
        enter(desk, contact, node_id, typed=typed)


def language_of(contact: Contact) -> str:
    """What the person is spoken to in, where the scenario's prompts do not decide it."""
    chosen = contact.variables.get("language", "ru")
    return chosen if chosen in speech.LANGUAGES else "ru"


def say(desk: Desk, contact: Contact, prompts: tuple[str, ...]) -> bool:
    """Answer the line if it is not, and play; the end is told later. False when there is nothing to play."""
    answer(desk, contact)
    play = f"{contact.id}-p{contact.plays + 1}"
    desk.write(facts.PromptsStarted(desk.at, contact.id, play, prompts, desk.at + PLAY_GUARD_SECONDS))
    if not prompts:
        desk.write(facts.PromptsOver(desk.at, contact.id, play))
        return False
    desk.order(PlayPrompts(contact.id, contact.customer_leg, play, prompts))
    return True


def answer(desk: Desk, contact: Contact) -> None:
    if not contact.legs[contact.customer_leg].up:
        desk.write(facts.LegUp(desk.at, contact.id, contact.customer_leg))
        desk.order(AnswerCall(contact.id, contact.customer_leg))


def hush(desk: Desk, contact: Contact) -> None:
    """Stop what is being played, if anything."""
    if contact.play:
        play = contact.play
        desk.write(facts.PromptsOver(desk.at, contact.id, play))
        desk.order(StopPrompts(contact.id, contact.customer_leg, play))


def hang_up(desk: Desk, contact: Contact) -> None:
    """The way ends here."""
    desk.write(facts.GaveUp(desk.at, contact.id, contact.place()))
    desk.order(HangUpLeg(contact.id, contact.customer_leg))
