"""What we did not hear while we were away: the difference between a mirror of the switch and what the core believes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kaska.asterisk.aftermath import Aftermath
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.places import FROM_AGENTS, contact_of, contact_of_bridge, is_dialled
from kaska.asterisk.signals import moment
from kaska.asterisk.translate import arrival
from kaska.core import events
from kaska.core.events import RECONCILE, Event

UNKNOWN_CAUSE = 16
SWITCH_FAILURE_CAUSE = 41


@dataclass(frozen=True)
class Reconciliation:
    """``events`` are for the core, in this order; ``orphans`` are channels of nobody, to be hung up."""

    events: tuple[Event, ...]
    orphans: tuple[str, ...]


def compare(
    mirror: Mirror,
    alive: Mapping[str, str],
    at: float,
    *,
    startup_time: str = "",
    answered: Collection[str] = (),
    joined: Collection[str] = (),
    known: Collection[str] = (),
    devices: Mapping[str, bool] | None = None,
    aftermath: Aftermath | None = None,
    region: str = "RU",
) -> Reconciliation:
    """
    :param alive: leg → contact, all that the core believes to live
    :param startup_time: the switch's when those legs were last heard of; "" when not known
    :param answered: legs that the core knows to be answered
    :param joined: contacts whose parties the core knows to be joined
    :param known: contacts that the core knows, also those that are over: they are not announced as new ones
    :param devices: what the core believes of devices (endpoint → reachable); None tells all of them
    :param aftermath: what the switch wrote down about the living contacts
    """
    aftermath = aftermath or Aftermath()
    failed = bool(startup_time) and startup_time != mirror.startup_time
    told: list[Event] = []
    orphans: list[str] = []
    told += _met_meanwhile(alive, aftermath, at, answered, joined)
    gone = [leg for leg in alive if failed or leg not in mirror.channels]
    cause = SWITCH_FAILURE_CAUSE if failed else UNKNOWN_CAUSE
    for leg in sorted(gone, key=lambda leg: aftermath.ended.get(leg, at)):
        ended_at = aftermath.ended.get(leg, 0.0)
        told.append(events.LegEnded(at, alive[leg], leg, cause, RECONCILE, failed, ended_at))
    for leg, channel in mirror.channels.items():
        if leg in alive or leg not in mirror.ours:
            continue
        if is_dialled(leg) or leg in known or channel.dialplan.context == FROM_AGENTS:
            orphans.append(leg)
        else:
            born = moment(channel.creationtime) or at
            told.append(arrival(channel, min(born, at), region=region, source=RECONCILE))
    told += [
        events.LegAnswered(at, contact, leg, RECONCILE)
        for leg, contact in alive.items()
        if not failed and is_dialled(leg) and leg not in answered and mirror.is_up(leg)
    ]
    told += _joins(mirror, alive, at, joined) if not failed else []
    told += [
        events.DeviceReached(at, name, reachable)
        for name, reachable in mirror.devices.items()
        if devices is None or devices.get(name, False) is not reachable
    ]
    return Reconciliation(tuple(told), tuple(orphans))


def _met_meanwhile(
    alive: Mapping[str, str], aftermath: Aftermath, at: float, answered: Collection[str], joined: Collection[str]
) -> list[Event]:
    """Talks that began while nobody listened; they may be over by now."""
    told: list[Event] = []
    for contact, (leg, since) in aftermath.joined.items():
        if contact in joined or alive.get(leg) != contact:
            continue
        if leg not in answered:
            if contact not in alive:
                continue  # we are the ones who call: an answer now would dial the person once more
            told.append(events.LegAnswered(at, contact, leg, RECONCILE))
        told.append(events.PartiesJoined(at, contact, leg, RECONCILE, since))
    return told


def _joins(mirror: Mirror, alive: Mapping[str, str], at: float, joined: Collection[str]) -> list[Event]:
    """Contacts whose bridge holds two living legs, one of them an agent's."""
    found: list[Event] = []
    for bridge in mirror.bridges.values():
        contact = contact_of_bridge(bridge.id)
        members = [leg for leg in bridge.channels if alive.get(leg) == contact]
        agents = [leg for leg in members if leg.startswith(f"{contact}-a") and contact_of(leg) == contact]
        if len(members) >= 2 and agents and contact not in joined:
            found.append(events.PartiesJoined(at, contact, agents[-1], RECONCILE))
    return found
