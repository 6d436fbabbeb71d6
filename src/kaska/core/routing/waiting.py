"""What waiting itself brings about: who is waited for, what is relaxed, which way out is taken, and when."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact
from kaska.core.modes import opens
from kaska.core.outgoing import dialling as outgoing
from kaska.core.routing.choice import WANTED
from kaska.core.routing.distribution import candidate_in_queue, offer_outside
from kaska.core.routing.estimate import expected_wait
from kaska.core.routing.rules import OUTSIDE, TO_MESSAGE, TO_QUEUE, OverflowStep
from kaska.core.turn import ON_DUTY, Desk


def has_room(desk: Desk, queue: Queue) -> bool:
    """Whether one more may wait in the queue; whom somebody ready can take at once does not wait."""
    if not queue.size_limit or len(desk.lines[queue.id]) < queue.size_limit:
        return True
    return candidate_in_queue(desk, queue) is not None


def place_for(desk: Desk, queue: str) -> tuple[str, list[tuple[str, str]]]:
    """Where a contact that is sent to ``queue`` waits, and the full queues passed on the way, as (full, next).

    Comes back to ``queue`` itself when all that follow are full too.
    """
    queues = desk.state.configuration.queues
    passed: list[tuple[str, str]] = []
    seen = {queue}
    name = queue
    while not has_room(desk, queues[name]):
        following = queues[name].full_queue
        if following not in queues or following in seen:
            return queue, []
        seen.add(following)
        passed.append((name, following))
        name = following
    return name, passed


def began(desk: Desk, contact: Contact) -> None:
    """The contact has just been put in its queue's line."""
    queue = desk.state.configuration.queues[contact.queue]
    wanted = WANTED.get(queue.policy.name)
    if wanted is not None:
        seconds = queue.policy.seconds if queue.holding else 0.0
        agents = tuple(
            agent
            for agent in wanted(queue, contact, desk.state)
            if queue.id in desk.queues_of.get(agent, ())
            and (agent in desk.ready or (seconds > 0.0 and desk.state.agents[agent].state in ON_DUTY))
        )
        if agents:
            desk.write(facts.AgentAwaited(desk.at, contact.id, agents, desk.at + seconds, queue.policy.name))
    _take_steps(desk, contact)


def woke(desk: Desk, contact: Contact) -> bool:
    """Whether a deadline of waiting had come that is dealt with here: all but those after which something is said."""
    before = len(desk.facts)
    if contact.retry_at and contact.retry_at <= desk.at:
        desk.write(facts.CallbackDue(desk.at, contact.id))
    if contact.await_until and contact.await_until <= desk.at:
        desk.write(facts.AgentNotAwaited(desk.at, contact.id, "too_long"))
    _relax(desk, contact)
    _take_steps(desk, contact)
    return len(desk.facts) > before


def standing(desk: Desk, contact: Contact) -> int:
    """What the called number and the person add to the priority."""
    configuration = desk.state.configuration
    number, project = configuration.number_of(contact.number), configuration.projects.get(contact.project)
    own = number.priority if number is not None else 0
    return own + (project.priorities.get(contact.customer, 0) if project is not None else 0)


def message_due(desk: Desk, contact: Contact) -> bool:
    """Whether the way out has led to a message, and no phone rings any more."""
    return contact.step_to == TO_MESSAGE and 0.0 < contact.reserve_at <= desk.at and not contact.offers


def _relax(desk: Desk, contact: Contact) -> None:
    while contact.relax_at and contact.relax_at <= desk.at:
        number = contact.relaxed + 1
        now = desk.state.configuration.queues[contact.queue].relax[contact.relaxed]
        desk.write(facts.Relaxed(desk.at, contact.id, contact.queue, number, now.skill, now.level))


def _take_steps(desk: Desk, contact: Contact) -> None:
    while contact.reserve_at and contact.reserve_at <= desk.at:
        queue = desk.state.configuration.queues[contact.queue]
        number, step = contact.step, queue.steps[contact.step]
        reason = _why_not(desk, contact, step)
        if reason:
            desk.write(facts.OverflowPassed(desk.at, contact.id, queue.id, number, step.to, reason))
        elif step.to == TO_MESSAGE:
            return
        elif step.to in OUTSIDE:
            way = outgoing.may_call(desk, contact, step.number, trunk=step.trunk)
            if way.refused:
                outgoing.refuse(desk, contact, step.number, "", way)
                desk.write(facts.OverflowPassed(desk.at, contact.id, queue.id, number, step.to, way.refused))
                continue
            desk.write(facts.Overflowed(desk.at, contact.id, queue.id, step.number, step.to, number))
            offer_outside(desk, contact, step.number, step.ring_seconds, step.to, way)
        else:
            desk.write(facts.Overflowed(desk.at, contact.id, queue.id, step.queue, step.to, number, step.agents))


def _why_not(desk: Desk, contact: Contact, step: OverflowStep) -> str:
    """Why the step does not apply, as OverflowPassed says it; "" when it does."""
    configuration = desk.state.configuration
    gone = (step.to == TO_QUEUE and step.queue not in configuration.queues) or (
        step.to in OUTSIDE and step.trunk not in configuration.trunks
    )
    if gone:
        return "gone"
    if contact.promised_at and (step.to in OUTSIDE or step.to == TO_MESSAGE):
        return "promised"
    hours = step.calendar in configuration.calendars
    if hours and opens(desk.state, contact.project, step.calendar, desk.at) is step.closed:
        return "hours"
    line = desk.lines[contact.queue]
    if step.length and len(line) < step.length:
        return "short_line"
    if step.wait:
        seconds = expected_wait(desk.state.pace.get(contact.queue, ()), line.place(contact.id), desk.at)
        if seconds is None or seconds < step.wait:
            return "short_wait"
    return ""
