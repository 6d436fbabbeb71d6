"""What comes of a code that an agent dials: the same as of the same wish on the screen, by the same functions.

Each gives what is said to him before his call ends; () when the call goes on. Raises Refused; nothing has changed then.
"""

from __future__ import annotations

from collections.abc import Callable

from kaska.core import events, modes
from kaska.core.codes import words
from kaska.core.codes.rules import (
    BARGE,
    CAMP,
    DICTATE,
    LEAVE,
    LISTEN,
    MODE,
    PAGE,
    PARK,
    PICK_UP,
    READY,
    REST,
    WHISPER,
    Dialled,
)
from kaska.core.configuration import AgentProfile
from kaska.core.contacts import picking
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.inside import camp, dictating, paging
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.supervision import breaks, listening
from kaska.core.turn import Desk

Said = tuple[str, ...]
INSISTS = "*"
"""at the end of a break's code: he was warned, and goes all the same"""
_PLACE_DIGITS = 3
NO_SUCH_CODE = "no_such_code"


def act(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    deed = _DEEDS.get(asked.action)
    if deed is None:
        raise Refused(NO_SUCH_CODE)
    return deed(desk, profile, event, asked)


def place_of(more: str) -> int:
    """The number of a parking place; 0 when none was named. Raises Refused when it is no number."""
    if not more:
        return 0
    if not (more.isascii() and more.isdigit() and len(more) <= _PLACE_DIGITS):
        raise Refused(NO_SUCH_CODE)
    return int(more)


def talk_of(desk: Desk, agent: str, endpoint: str) -> Contact | None:
    """The conversation that he has by this telephone."""
    contact = desk.state.contacts.get(desk.state.agents[agent].contact)
    if contact is None or contact.phase is not Phase.TALKING or contact.agent != agent:
        return None
    return contact if contact.legs[contact.agent_leg].endpoint == endpoint else None


def _language(desk: Desk) -> str:
    return desk.state.configuration.codes.language


def _colleague(desk: Desk, extension: str) -> str:
    agents = desk.state.configuration.agents.values()
    found = next((one.id for one in agents if extension and one.extension == extension), "")
    if not found:
        raise Refused("no_such_colleague")
    return found


def _pick_up(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    wanted = picking.ringing_at(desk, _colleague(desk, asked.more)) if asked.more else ""
    picking.by_phone(desk, event, profile.id, wanted)
    return ()


def _park(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    """Who talks by this telephone parks the person; who does not takes whoever is parked."""
    place = place_of(asked.more)
    talk = talk_of(desk, profile.id, event.endpoint)
    if talk is not None:
        place = picking.place_for(desk, talk, place)
        picking.park(desk, talk, profile.id, place)
        return words.parked(place, _language(desk))
    picking.by_phone(desk, event, profile.id, picking.parked_at(desk, place))
    return ()


def _camp(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    """Without an extension: all that he waits for is cancelled."""
    if not asked.more:
        camp.cancelled(desk, events.CampCancelled(desk.at, profile.id))
        return words.done(CAMP + "_off", _language(desk))
    camp.requested(desk, events.CampRequested(desk.at, profile.id, _colleague(desk, asked.more)))
    return words.done(CAMP, _language(desk))


def _dictate(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    if profile.id not in desk.state.configuration.codes.recorders:
        raise Refused("not_permitted")
    dictating.by_phone(desk, profile, event, asked.more)
    return ()


def _page(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    configuration = desk.state.configuration
    if profile.id not in configuration.codes.pagers:
        raise Refused("not_permitted")
    groups = configuration.codes.groups or tuple(configuration.queues)
    place = place_of(asked.more)
    if not 1 <= place <= len(groups):
        raise Refused("no_such_queue")
    paging.by_phone(desk, profile, event, groups[place - 1])
    return ()


def _listen(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    if profile.id not in desk.state.configuration.codes.supervisors:
        raise Refused("not_permitted")
    listening.by_phone(desk, event, profile.id, _colleague(desk, asked.more), asked.action)
    return ()


def _ready(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    """Calls ring from now on at the telephone that he dialled from."""
    known = desk.state.devices.get(event.endpoint) is not False
    device = next((one.kind for one in profile.devices if one.endpoint == event.endpoint and known), "")
    presence.readied(desk, events.AgentReadied(desk.at, profile.id, device))
    return words.done(asked.action, _language(desk))


def _rest(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    """Without a number it is the first of the reasons."""
    reasons = desk.state.configuration.codes.reasons
    named = asked.more.removesuffix(INSISTS)
    number = int(named) if named.isascii() and named.isdigit() else 1 if not named else 0
    if not 1 <= number <= len(reasons):
        raise Refused(NO_SUCH_CODE)
    insists = asked.more.endswith(INSISTS)
    breaks.by_phone(desk, events.AgentPaused(desk.at, profile.id, reasons[number - 1], insists))
    return words.done(asked.action, _language(desk))


def _leave(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    presence.signed_out(desk, events.AgentSignedOut(desk.at, profile.id, "phone"))
    return words.done(asked.action, _language(desk))


def _mode(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, asked: Dialled) -> Said:
    configuration = desk.state.configuration
    if asked.mode is None or profile.id not in configuration.codes.switchers:
        raise Refused("not_permitted")
    for project in (asked.mode.project,) if asked.mode.project else tuple(configuration.projects):
        modes.switched(desk, events.ModeSwitched(desk.at, project, asked.mode.mode, 0.0, profile.id))
    return words.done(MODE, _language(desk))


_DEEDS: dict[str, Callable[[Desk, AgentProfile, events.PhoneDialled, Dialled], Said]] = {
    PICK_UP: _pick_up,
    PARK: _park,
    CAMP: _camp,
    DICTATE: _dictate,
    PAGE: _page,
    LISTEN: _listen,
    WHISPER: _listen,
    BARGE: _listen,
    READY: _ready,
    REST: _rest,
    LEAVE: _leave,
    MODE: _mode,
}
