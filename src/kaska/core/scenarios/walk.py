"""Walking a scenario: what is said, which keys count, where the way goes on.

Nothing here knows how a prompt is played; a missing node or queue never loses the person (``_emergency``).
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.calendar import is_open
from kaska.core.commands import AnswerCall, HangUpLeg, PlayPrompts, RecordMessage, StartMusic, StopPrompts
from kaska.core.configuration import Queue
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts import book
from kaska.core.presence.states import AgentState
from kaska.core.routing import waiting
from kaska.core.routing.distribution import offer
from kaska.core.routing.estimate import expected_wait
from kaska.core.routing.rules import CALLBACK
from kaska.core.scenarios import speech
from kaska.core.scenarios.graph import Enqueue, Finish, Menu, Node, Play, Schedule, TakeMessage
from kaska.core.turn import Desk

PLAY_GUARD_SECONDS = 90.0
BETWEEN_DIGITS_SECONDS = 1.8
MESSAGE_GUARD_SECONDS = 15.0
MOST_STEPS_AT_ONCE = 20

EMERGENCY = TakeMessage(prompts=("ru/all-busy", "ru/message-question"), next="")
"""where a walk goes on that met a node which does not exist: the person can still say what he wanted"""

_KINDS: dict[type, str] = {
    Play: "play",
    Menu: "menu",
    Schedule: "schedule",
    Enqueue: "enqueue",
    TakeMessage: "take_message",
    Finish: "finish",
}


def begin(desk: Desk, contact: Contact) -> None:
    scenario = desk.state.configuration.scenarios.get(contact.scenario)
    enter(desk, contact, scenario.start if scenario is not None else "?")


def node_of(desk: Desk, contact: Contact, node: str) -> Node:
    """The node by its id; EMERGENCY for one that nobody described."""
    scenario = desk.state.configuration.scenarios.get(contact.scenario)
    found = scenario.nodes.get(node) if scenario is not None else None
    return found if found is not None else EMERGENCY


def enter(
    desk: Desk, contact: Contact, node_id: str, tries: int = 0, typed: str = "", remark: tuple[str, ...] = ()
) -> None:
    """Walk on to ``node_id`` and through everything there that needs no waiting. "" hangs up.

    ``typed``: digits pressed ahead, while something was said; a menu takes them instead of speaking.
    ``remark``: said before what the node says.
    """
    for _ in range(MOST_STEPS_AT_ONCE):
        if not node_id:
            hang_up(desk, contact)
            return
        node = node_of(desk, contact, node_id)
        if not isinstance(node, Schedule):
            _stand(desk, contact, node_id, node, tries, typed, remark)
            return
        calendar = desk.state.configuration.calendars.get(node.calendar)
        is_open_now = calendar is None or is_open(calendar, desk.at)
        detail = "open" if is_open_now else "closed"
        desk.write(facts.StepEntered(desk.at, contact.id, node_id, "schedule", detail=detail))
        node_id = node.open if is_open_now else node.closed
    _stand(desk, contact, node_id, EMERGENCY, 0)


def _stand(
    desk: Desk,
    contact: Contact,
    node_id: str,
    node: Node,
    tries: int,
    typed: str = "",
    remark: tuple[str, ...] = (),
) -> None:
    detail = "served" if isinstance(node, Finish) and node.served else ""
    if isinstance(node, TakeMessage) and node.closed_hours:
        detail = "closed_hours"
    desk.write(facts.StepEntered(desk.at, contact.id, node_id, _KINDS[type(node)], tries, detail))
    if isinstance(node, Enqueue):
        _enqueue(desk, contact, node)
    elif isinstance(node, Menu) and typed:
        answer(desk, contact)
        _menu_digits(desk, contact, node, typed)
    elif isinstance(node, (Play, Menu, TakeMessage)):
        say(desk, contact, remark + node.prompts)
    elif isinstance(node, Finish):
        if node.prompts:
            say(desk, contact, node.prompts)
        else:
            hang_up(desk, contact)
    else:
        raise TypeError(f"unknown scenario node {node!r}")


def say(desk: Desk, contact: Contact, prompts: tuple[str, ...]) -> None:
    """Answer the line if it is not, and play. With nothing to say the step goes on at once."""
    answer(desk, contact)
    play = f"{contact.id}-p{contact.plays + 1}"
    desk.write(facts.PromptsStarted(desk.at, contact.id, play, prompts, desk.at + PLAY_GUARD_SECONDS))
    if prompts:
        desk.order(PlayPrompts(contact.id, contact.customer_leg, play, prompts))
    else:
        _said(desk, contact)


def answer(desk: Desk, contact: Contact) -> None:
    if not contact.legs[contact.customer_leg].up:
        desk.write(facts.LegUp(desk.at, contact.id, contact.customer_leg))
        desk.order(AnswerCall(contact.id, contact.customer_leg))


def answer_again(desk: Desk, contact: Contact) -> None:
    """After the switch was out of reach: the order to answer may have died with us, and without it whoever is put
    through talks over a line that still rings. A line that is answered does not mind."""
    if contact.leg_alive(contact.id) and contact.legs[contact.id].up:
        desk.order(AnswerCall(contact.id, contact.id))


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


# --- prompts and keys --------------------------------------------------------------------------------------------


def prompts_ended(desk: Desk, event: events.PromptsEnded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is not None and contact.play and contact.play == event.play and contact.person_present:
        _said(desk, contact)


def _said(desk: Desk, contact: Contact) -> None:
    node = node_of(desk, contact, contact.node)
    if contact.phase is Phase.WAITING:
        desk.write(facts.PromptsOver(desk.at, contact.id, contact.play))
        if contact.promised_at:
            desk.order(HangUpLeg(contact.id, contact.customer_leg))
        else:
            desk.order(StartMusic(contact.id, contact.customer_leg))
        return
    if contact.phase is not Phase.WALKING:
        desk.write(facts.PromptsOver(desk.at, contact.id, contact.play))
        return
    if isinstance(node, Menu):
        desk.write(facts.PromptsOver(desk.at, contact.id, contact.play, desk.at + node.timeout))
        return
    desk.write(facts.PromptsOver(desk.at, contact.id, contact.play))
    if isinstance(node, TakeMessage):
        _ask_message(desk, contact, node)
    elif isinstance(node, Play):
        enter(desk, contact, node.next, typed=contact.digits)
    else:
        hang_up(desk, contact)


def _ask_message(desk: Desk, contact: Contact, node: TakeMessage) -> None:
    until = desk.at + node.max_seconds + MESSAGE_GUARD_SECONDS
    desk.write(facts.MessageAsked(desk.at, contact.id, contact.id, until))
    desk.order(RecordMessage(contact.id, contact.customer_leg, contact.id, node.max_seconds))


def message_recorded(desk: Desk, event: events.MessageRecorded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.recording_message:
        return
    name = event.name if event.seconds > 0.0 else ""
    desk.write(facts.MessageTaken(desk.at, contact.id, name, event.seconds))
    if contact.person_present:
        node = node_of(desk, contact, contact.node)
        enter(desk, contact, node.next if isinstance(node, TakeMessage) else "")
    else:
        ending.settle(desk, contact)


def digit_pressed(desk: Desk, event: events.DigitPressed) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or event.leg != contact.customer_leg or not contact.person_present:
        return
    if contact.phase is Phase.WAITING and not contact.promised_at:
        _key_while_waiting(desk, contact, event.digit)
    elif contact.phase is Phase.WALKING and not contact.offers:
        node = node_of(desk, contact, contact.node)
        if isinstance(node, Menu):
            hush(desk, contact)
            _menu_digits(desk, contact, node, contact.digits + event.digit)
        elif isinstance(node, Play):  # typed ahead; what is being said (a recording notice perhaps) is said to its end
            desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits + event.digit))


def _menu_digits(desk: Desk, contact: Contact, node: Menu, digits: str) -> None:
    """Take a complete choice at once; wait a moment where the digits may still become something longer."""
    extensions = _extensions(desk) if node.extensions else {}
    wanted = (*node.choices, *extensions)
    if any(one != digits and one.startswith(digits) for one in wanted):
        desk.write(facts.DigitTaken(desk.at, contact.id, digits, desk.at + BETWEEN_DIGITS_SECONDS))
        return
    desk.write(facts.DigitTaken(desk.at, contact.id, digits))
    _choose(desk, contact, node, digits)


def _extensions(desk: Desk) -> dict[str, str]:
    return {profile.extension: profile.id for profile in desk.state.configuration.agents.values() if profile.extension}


def _choose(desk: Desk, contact: Contact, node: Menu, digits: str) -> None:
    if digits in node.choices:
        enter(desk, contact, node.choices[digits])
        return
    agent = _extensions(desk).get(digits) if node.extensions else None
    if agent is not None:
        _dial_extension(desk, contact, node, agent)
    elif contact.tries + 1 >= node.tries:
        enter(desk, contact, node.otherwise)
    else:
        enter(desk, contact, contact.node, contact.tries + 1, remark=("ru/wrong-key",) if digits else ())


def _dial_extension(desk: Desk, contact: Contact, node: Menu, agent: str) -> None:
    found = desk.state.agents.get(agent)
    if found is not None and found.state is AgentState.READY and offer(desk, contact, agent, ""):
        desk.order(StartMusic(contact.id, contact.customer_leg))
    else:
        enter(desk, contact, node.extension_next or node.otherwise)


def extension_unanswered(desk: Desk, contact: Contact) -> None:
    node = node_of(desk, contact, contact.node)
    if not contact.person_present:
        return
    if isinstance(node, Menu):
        enter(desk, contact, node.extension_next or node.otherwise)
    else:
        enter(desk, contact, "?")


# --- waiting -----------------------------------------------------------------------------------------------------


def _enqueue(desk: Desk, contact: Contact, node: Enqueue) -> None:
    if node.queue not in desk.state.configuration.queues:
        _stand(desk, contact, contact.node, EMERGENCY, 0)
        return
    queue, full = waiting.place_for(desk, node.queue)
    for passed, following in full:
        desk.write(facts.QueueFull(desk.at, contact.id, passed, following))
    room = waiting.has_room(desk, desk.state.configuration.queues[queue])
    priority = node.priority + standing(desk, contact)
    desk.write(facts.Queued(desk.at, contact.id, queue, priority, contact.since or desk.at))
    if not room:
        turn_away(desk, contact, "full")
        return
    waiting.began(desk, contact)
    desk.unattended.append(contact.id)


def standing(desk: Desk, contact: Contact) -> int:
    """What the called number and the person add to the priority."""
    configuration = desk.state.configuration
    number, project = configuration.number_of(contact.number), configuration.projects.get(contact.project)
    own = number.priority if number is not None else 0
    return own + (project.priorities.get(contact.customer, 0) if project is not None else 0)


def turn_away(desk: Desk, contact: Contact, reason: str) -> None:
    """Waiting is not possible (any more): the queue says whether a callback is promised or a message taken instead."""
    hush(desk, contact)
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is not None and queue.instead == CALLBACK and contact.customer:
        _promise(desk, contact)
    else:
        leave_for_message(desk, contact, reason)


def wait_aloud(desk: Desk, contact: Contact) -> None:
    """Answer and say the place and the expected wait, as far as they are known; music follows."""
    if contact.offers or not contact.person_present or contact.promised_at:
        return
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is None:  # unpublished while an agent was about to take the call, who then vanished
        hush(desk, contact)
        leave_for_message(desk, contact, "queue_removed")
        return
    if not queue.holding:
        turn_away(desk, contact, "nobody_free")
        return
    if contact.play:
        return
    answer(desk, contact)
    place = desk.lines[contact.queue].place(contact.id)
    prompts: tuple[str, ...] = speech.place(place) if place else ()
    seconds = expected_wait(desk.state.pace.get(contact.queue, ()), place, desk.at)
    if seconds is not None:
        prompts += speech.expected_wait(seconds)
    node = node_of(desk, contact, contact.node)
    if queue.offer_after and desk.at - contact.queued_at >= queue.offer_after and isinstance(node, Enqueue):
        prompts += ("ru/queue-offer",) if node.keys else ()
    say(desk, contact, prompts + _promotion(desk, contact, queue))


def _promotion(desk: Desk, contact: Contact, queue: Queue) -> tuple[str, ...]:
    """What is said after the place, one each time in turn; nothing the first time."""
    calendars = desk.state.configuration.calendars
    told = [
        one.prompts
        for one in queue.promotions
        if one.calendar not in calendars or is_open(calendars[one.calendar], desk.at)
    ]
    return told[(contact.rounds - 1) % len(told)] if told and contact.rounds else ()


def _key_while_waiting(desk: Desk, contact: Contact, digit: str) -> None:
    node = node_of(desk, contact, contact.node)
    wish = node.keys.get(digit) if isinstance(node, Enqueue) else None
    if wish is None or contact.offers:
        return  # a phone rings for him already
    desk.write(facts.DigitTaken(desk.at, contact.id, digit))
    hush(desk, contact)
    if wish == "callback" and contact.customer:
        _promise(desk, contact)
    else:
        leave_for_message(desk, contact, "message")


def leave_for_message(desk: Desk, contact: Contact, reason: str) -> None:
    node = node_of(desk, contact, contact.node)
    desk.write(facts.Dequeued(desk.at, contact.id, contact.queue, reason))
    enter(desk, contact, node.message if isinstance(node, Enqueue) and node.message else "?")


def _promise(desk: Desk, contact: Contact) -> None:
    desk.write(facts.CallbackPromised(desk.at, contact.id, contact.queue))
    book.open_debt(desk, contact, EndCause.CALLBACK)
    say(desk, contact, ("ru/callback-promised",))


# --- the clock and the switch ------------------------------------------------------------------------------------


def woke(desk: Desk, contact: Contact) -> None:
    """A deadline of the walk or of the waiting has come; the earliest due one is dealt with."""
    at = desk.at
    if contact.guard_at and contact.guard_at <= at:
        _said(desk, contact)
    elif contact.digits_until and contact.digits_until <= at:
        _digits_complete(desk, contact)
    elif waiting.message_due(desk, contact):
        hush(desk, contact)
        leave_for_message(desk, contact, "overflow")
    elif not contact.offers and contact.phase is Phase.WAITING:
        if contact.max_wait_at and contact.max_wait_at <= at:
            turn_away(desk, contact, "too_long")
        elif contact.speak_at and contact.speak_at <= at:
            wait_aloud(desk, contact)


def _digits_complete(desk: Desk, contact: Contact) -> None:
    if contact.recording_message:
        desk.write(facts.MessageTaken(desk.at, contact.id, "", 0.0))
        if contact.person_present:
            hang_up(desk, contact)
        else:
            ending.settle(desk, contact)
        return
    node = node_of(desk, contact, contact.node)
    if isinstance(node, Menu) and contact.phase is Phase.WALKING:
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits))
        _choose(desk, contact, node, contact.digits)
    else:
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits))


def resume(desk: Desk, contact: Contact) -> None:
    """The switch was out of reach: start again what may have ended unheard."""
    if not contact.person_present or contact.direction == "outbound":
        return
    if contact.recording_message:
        node = node_of(desk, contact, contact.node)
        seconds = node.max_seconds if isinstance(node, TakeMessage) else EMERGENCY.max_seconds
        desk.order(RecordMessage(contact.id, contact.customer_leg, contact.id, seconds))
    elif contact.phase is Phase.WALKING and not contact.offers:
        hush(desk, contact)
        enter(desk, contact, contact.node or "?", contact.tries)
    elif contact.phase is Phase.WAITING and not contact.promised_at and contact.legs[contact.customer_leg].up:
        hush(desk, contact)
        desk.order(StartMusic(contact.id, contact.customer_leg))
    elif contact.phase is Phase.WAITING and contact.reached:
        desk.order(StartMusic(contact.id, contact.customer_leg))
    elif (contact.phase is Phase.WAITING and contact.promised_at) or contact.phase is Phase.ENDING:
        desk.order(HangUpLeg(contact.id, contact.customer_leg))
