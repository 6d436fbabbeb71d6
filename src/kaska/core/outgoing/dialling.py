"""Calling outside: asked for, dialled, sent by another line, ended when a cap is reached; each a fact."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import DialOut, HangUpLeg
from kaska.core.configuration import Project
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.outgoing import usage
from kaska.core.outgoing.choice import Way, decide, trunk_for
from kaska.core.outgoing.rules import name_of
from kaska.core.turn import Desk

LINE_CAUSES = frozenset({3, 20, 27, 34, 38, 41, 42, 44, 58, 127})
"""the line is to blame, not who was called: congested, out of order, unreachable"""


def trunk_of(desk: Desk, contact: Contact) -> str:
    """The trunk that is tried first for this person: by which he came, else his project's; "" when there is none."""
    configuration = desk.state.configuration
    if contact.trunk in configuration.trunks:
        return contact.trunk
    return trunk_for_project(desk, configuration.projects.get(contact.project))


def trunk_for_project(desk: Desk, project: Project | None) -> str:
    """ "" when it has none, or one that is no more."""
    trunk = project.trunk if project is not None else ""
    return trunk if trunk in desk.state.configuration.trunks else ""


def begin(desk: Desk, contact: str, number: str, project: Project | None, named: str, debt: str = "") -> Contact:
    """Open the contact of a call of ours. ``project`` lends line and shown number, ``named`` is the one it is for."""
    shown = project.caller_id if project is not None else ""
    customer = number if number.startswith("+") else ""
    trunk = trunk_for_project(desk, project)
    desk.write(
        facts.ContactOpened(
            desk.at, contact, "voice", "outbound", number, shown, customer, "", trunk, named, "", 0, debt=debt
        )
    )
    return desk.state.contacts[contact]


def shown_number(desk: Desk, contact: Contact) -> str:
    """What whom we dial for this contact sees."""
    project = desk.state.configuration.projects.get(contact.project)
    return project.caller_id if project is not None else ""


def may_call(desk: Desk, contact: Contact, number: str, agent: str = "", trunk: str = "") -> Way:
    return decide(desk.state, desk.at, number, agent, contact.project, trunk or trunk_of(desk, contact))


def refuse(desk: Desk, contact: Contact, number: str, agent: str, way: Way) -> None:
    """Write down that the call was not made; the person who asked is told by whoever asked the core."""
    desk.write(facts.OutgoingRefused(desk.at, contact.id, agent, number, way.direction, contact.project, way.refused))


def dial(desk: Desk, contact: Contact, leg: str, number: str, seconds: float, way: Way, agent: str = "") -> None:
    """The leg has been started; ``way`` was decided just now and is not refused.

    A person's own leg is recorded: whoever leaves the call does not take the recording away.
    """
    desk.write(
        facts.OutgoingStarted(
            desk.at, contact.id, leg, way.trunk, number, way.direction, agent, contact.project, way.price
        )
    )
    _order(desk, contact, leg, number, way.trunk, seconds)


def _order(desk: Desk, contact: Contact, leg: str, number: str, trunk: str, seconds: float) -> None:
    record = leg == contact.customer_leg
    desk.order(DialOut(contact.id, leg, trunk, number, shown_number(desk, contact), seconds, record=record))


def rerouted(desk: Desk, contact: Contact, event: events.LegEnded) -> bool:
    """The line could not do it: the same leg by the next one. False when there is none, or nobody wants it any more."""
    call = desk.state.outgoing.calls.get(event.leg)
    if call is None or call.answered_at or call.cut or event.switch_failure or event.cause not in LINE_CAUSES:
        return False
    seconds = _seconds_left(desk, contact, event.leg)
    if not seconds:
        return False
    trunk, refused = trunk_for(desk.state, call.direction, "", tuple(call.tried))
    if refused:
        return False
    desk.write(facts.OutgoingRerouted(desk.at, contact.id, event.leg, trunk, event.cause))
    _order(desk, contact, event.leg, call.number, trunk, seconds)
    return True


def _seconds_left(desk: Desk, contact: Contact, leg: str) -> float:
    """How long it may still ring; 0.0 = nobody waits for it."""
    wanted = contact.offers.get(leg) or contact.consults.get(leg)
    if wanted is not None:
        return max(wanted.expires_at - desk.at, 0.0)
    waits = leg == contact.customer_leg and contact.phase in (Phase.JOINING, Phase.DIALLING)
    return RING_AGAIN_SECONDS if waits else 0.0


RING_AGAIN_SECONDS = 45.0


def woke(desk: Desk) -> None:
    """A cap is reached: the calls that use it are ended."""
    for call in list(desk.state.outgoing.calls.values()):
        if call.cut or not call.answered_at or not call.counts:
            continue
        reached = next(
            (scope for scope in call.scopes if usage.exhausted(desk.state, scope, desk.at, call.price)), None
        )
        if reached is not None:
            desk.write(facts.OutgoingCut(desk.at, call.contact, call.leg, name_of(reached)))
            desk.order(HangUpLeg(call.contact, call.leg))
