"""May this number be called, and by which line: one decision for every way in which we call outside.

The laws: emergency is never refused while there is a line at all; no call begins above a cap; lines kept for those who
call us are never taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from kaska.core.calendar import local_minute
from kaska.core.inside.sites import site_for
from kaska.core.outgoing import usage
from kaska.core.outgoing.numbering import EMERGENCY, INTERNAL
from kaska.core.outgoing.rules import UNCOUNTED, scopes
from kaska.core.state import State

DIRECTION_CLOSED, NIGHT_CLOSED = "direction_closed", "night_closed"
CALLS_CAP, SPENDING_CAP = "calls_cap", "spending_cap"
LINES_KEPT, NO_TRUNK = "lines_kept", "no_trunk"


@dataclass(frozen=True, slots=True)
class Way:
    """``refused`` "" = call by ``trunk``; else why not."""

    direction: str
    trunk: str = ""
    price: float = 0.0
    refused: str = ""


def decide(state: State, at: float, number: str, agent: str, project: str, preferred: str) -> Way:
    """``agent`` asks for it, or "" nobody does. ``preferred``: the trunk that is tried first."""
    site = site_for(state.configuration, number)
    if site:  # a line of ours to people of ours: no permission, no cost
        return Way(INTERNAL, site)
    rules = state.configuration.outgoing
    direction = rules.plan.direction(number)
    price = rules.prices.get(direction, 0.0)
    refused = "" if direction == EMERGENCY else _forbidden(state, at, direction, price, agent, project)
    if refused:
        return Way(direction, price=price, refused=refused)
    trunk, refused = trunk_for(state, direction, preferred, ())
    return Way(direction, trunk, price, refused)


def _forbidden(state: State, at: float, direction: str, price: float, agent: str, project: str) -> str:
    rules = state.configuration.outgoing
    if direction not in rules.permitted(agent, project):
        return DIRECTION_CLOSED
    if direction not in rules.night and rules.is_night(local_minute(state.timezone, at)):
        return NIGHT_CLOSED
    if direction in UNCOUNTED:
        return ""
    for scope in scopes(agent, project):
        caps = rules.caps_of(scope)
        if caps.calls and usage.at_once(state, scope) >= caps.calls:
            return CALLS_CAP
        if usage.exhausted(state, scope, at, price):
            return SPENDING_CAP
    return ""


def trunk_for(state: State, direction: str, preferred: str, tried: tuple[str, ...]) -> tuple[str, str]:
    """(trunk, ""), or ("", why there is none). ``preferred`` goes first, then the lines in their order."""
    configuration = state.configuration
    lines = {line.trunk: line for line in configuration.outgoing.lines}
    kept = False
    order = [preferred, *lines]
    if direction == EMERGENCY:
        order += configuration.trunks
    for trunk in dict.fromkeys(order):
        if trunk not in configuration.trunks or trunk in tried:
            continue
        line = lines.get(trunk)
        if line is None or direction == EMERGENCY:
            return trunk, ""
        if line.directions and direction not in line.directions:
            continue
        if line.capacity and busy(state, trunk) >= line.capacity - line.kept:
            kept = True
            continue
        return trunk, ""
    return "", LINES_KEPT if kept else NO_TRUNK


def busy(state: State, trunk: str) -> int:
    """Calls on this line now, of those who call us and of ours."""
    ours = sum(1 for call in state.outgoing.calls.values() if call.tried[-1] == trunk)
    theirs = sum(
        1
        for contact in state.contacts.values()
        if contact.trunk == trunk and contact.direction == "inbound" and contact.leg_alive(contact.id)
    )
    return ours + theirs
