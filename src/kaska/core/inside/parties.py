"""In a call among ourselves: music for the others, somebody asked in, all together, sending it on.

All are in one bridge; who shall not hear the others is held. One is asked in at a time, and there may be as many as
come. The laws: who leaves leaves the others together; who is left with nobody is not left there; a call that was sent
on and that nobody takes comes back once to who had sent it.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AddParty, AnswerTransfer, HangUpLeg, HoldParty
from kaska.core.contacts import transfer
from kaska.core.inside import reaching
from kaska.core.inside.sites import site_for
from kaska.core.inside.talk import InsideTalk, Side
from kaska.core.ports import Refused
from kaska.core.routing.distribution import device_of
from kaska.core.turn import Desk

ELSEWHERE = 26
"""Q.850: no missed call"""


def hold_requested(desk: Desk, talk: InsideTalk, event: events.HoldRequested) -> None:
    """All the others hear music. Raises Refused."""
    side = _member(talk, event.agent)
    if talk.guest is not None:
        raise Refused("consulting")
    if side.held_by:
        raise Refused("wrong_state")
    _hold(desk, talk, talk.present(side), event.agent if event.held else "")


def consult_requested(desk: Desk, talk: InsideTalk, event: events.ConsultRequested) -> None:
    """Somebody is asked aside while the others hear music. Raises Refused."""
    _ask(desk, talk, _member(talk, event.agent), event.to, event.target, sent=False)


def transfer_requested(desk: Desk, talk: InsideTalk, event: events.TransferRequested) -> None:
    """He leaves at once, and the others hear music until the next one answers. Raises Refused."""
    _send(desk, talk, _member(talk, event.agent), event.to, event.target)


def transferred_by_phone(desk: Desk, talk: InsideTalk, event: events.PhoneTransferred) -> None:
    """A desk phone's key; when it cannot be done the telephone is told so, and the talk goes on."""
    side = talk.side_of(event.leg)
    to, target = transfer.dialled(desk, event.dialled)
    try:
        if side is None or not side.agent or event.replaces:
            raise Refused("no_such_call")
        _member(talk, side.agent)
        _check(desk, talk, side, to, target)
    except Refused:
        desk.order(AnswerTransfer(talk.id, event.leg, False))
        return
    desk.order(AnswerTransfer(talk.id, event.leg, True))
    _send(desk, talk, side, to, target)


def steered(desk: Desk, talk: InsideTalk, event: events.ConsultSteered) -> None:
    """Raises Refused."""
    side, guest = _member(talk, event.agent), talk.guest
    if event.wish == "complete" and guest is None and len(talk.present(side)) > 1:
        desk.order(HangUpLeg(talk.id, side.leg))
    elif guest is None or guest.asker != event.agent:
        raise Refused("no_consult")
    elif event.wish == "complete":
        desk.order(HangUpLeg(talk.id, side.leg))  # what follows is what follows when he just leaves
    elif event.wish == "cancel":
        desk.order(HangUpLeg(talk.id, guest.leg, 16 if guest.up else ELSEWHERE))
    elif not guest.up:
        raise Refused("not_answered_yet")
    elif event.wish == "swap":
        with_others = bool(guest.held_by)
        _hold(desk, talk, [guest], "" if with_others else event.agent)
        _hold(desk, talk, talk.present(side), event.agent if with_others else "")
    elif event.wish == "join":
        _share(desk, talk, guest)
    else:
        raise Refused("wrong_state")


def answered(desk: Desk, talk: InsideTalk, guest: Side) -> None:
    """Who was asked in is there. Who asked him may have left."""
    desk.order(AddParty(talk.id, guest.leg))
    asker = talk.side_of_agent(guest.asker)
    if guest.sent or asker is None or not asker.alive:
        _share(desk, talk, guest)


def goes_on(desk: Desk, talk: InsideTalk, left: Side) -> bool:
    """Somebody's leg is gone. False when those who are left are not enough for a talk."""
    if left.aside and not _goes_on_without(desk, talk, left):
        return False
    guest = talk.guest
    if guest is not None and guest.up and guest.asker == left.agent and not left.aside:
        _share(desk, talk, guest)
        guest = None
    if guest is None:
        _hold(desk, talk, [one for one in talk.present() if one.held_by == left.agent and left.agent], "")
    present = len(talk.present())
    return present > 1 or (present == 1 and guest is not None)


def _goes_on_without(desk: Desk, talk: InsideTalk, left: Side) -> bool:
    """Nobody came, or he left again: back to the others, or to who had sent them on."""
    asker = talk.side_of_agent(left.asker)
    if asker is not None and asker.alive and not left.sent:
        _hold(desk, talk, talk.present(asker), "")
        return True
    if len(talk.present()) > 1:
        _hold(desk, talk, talk.present(), "")
        return True
    if not left.asker or reaching.why_not(desk, left.asker) or not talk.present():
        return False
    asked = desk.state.configuration.agents.get(left.asker)
    if asked is None:
        return False
    _invite(desk, talk, None, asked.id, asked.extension, "", sent=True)
    return True


def resume(desk: Desk, talk: InsideTalk) -> None:
    """What was ordered may have died with the connection."""
    for side in talk.more:
        if side.alive and side.up:
            desk.order(AddParty(talk.id, side.leg))
    guest = talk.guest
    asker = talk.side_of_agent(guest.asker) if guest is not None and guest.sent else None
    if asker is not None and asker.alive:
        desk.order(HangUpLeg(talk.id, asker.leg))


def _member(talk: InsideTalk, agent: str) -> Side:
    """He, if he talks with all. Raises Refused."""
    side = talk.side_of_agent(agent)
    if side is None or not side.alive or not side.up or side.aside or not talk.connected_at or talk.result or talk.page:
        raise Refused("no_such_call")
    return side


def _check(desk: Desk, talk: InsideTalk, side: Side, to: str, target: str) -> tuple[str, str, str]:
    """The colleague ("" = at another site), the number and the trunk that are meant. Raises Refused."""
    guest = talk.guest
    if guest is not None:
        raise Refused("consulting")
    if side.held_by:
        raise Refused("wrong_state")
    configuration = desk.state.configuration
    agent = target if to == transfer.TO_AGENT else ""
    if to == transfer.TO_QUEUE:
        if target not in configuration.queues:
            raise Refused("no_such_queue")
        agent = transfer.free_agent_in(desk, target)
    elif to == transfer.TO_NUMBER:
        agent = reaching.colleague_by(desk, target)
        trunk = "" if agent else site_for(configuration, target)
        if trunk:
            return "", target, trunk
    if not agent:
        raise Refused("colleagues_only")
    if agent not in configuration.agents:
        raise Refused("no_such_colleague")
    if agent == side.agent:
        raise Refused("own_number")
    if refused := reaching.why_not(desk, agent):
        raise Refused(refused)
    return agent, configuration.agents[agent].extension, ""


def _ask(desk: Desk, talk: InsideTalk, side: Side, to: str, target: str, *, sent: bool) -> None:
    agent, number, trunk = _check(desk, talk, side, to, target)
    _hold(desk, talk, talk.present(side), side.agent)
    _invite(desk, talk, side, agent, number, trunk, sent=sent)


def _send(desk: Desk, talk: InsideTalk, side: Side, to: str, target: str) -> None:
    _ask(desk, talk, side, to, target, sent=True)
    desk.order(HangUpLeg(talk.id, side.leg))


def _invite(
    desk: Desk, talk: InsideTalk, asker: Side | None, agent: str, number: str, trunk: str, *, sent: bool
) -> None:
    """``asker`` None: it comes back to who had sent it on."""
    device = device_of(desk, agent) if agent else None
    leg, until = f"{talk.id}-a{len(talk.sides) + 1}", desk.at + reaching.RING_SECONDS
    by = asker.agent if asker is not None else ""
    endpoint = device.endpoint if device is not None else number
    shown = asker or talk.present()[0]
    desk.write(facts.InsideInvited(desk.at, talk.id, leg, by, agent, number, trunk, endpoint, sent, until))
    side = talk.more[-1]
    if agent:
        reaching.ring(desk, talk, side, shown)
    else:
        reaching.dial(desk, talk, side, shown, trunk)


def _share(desk: Desk, talk: InsideTalk, guest: Side) -> None:
    """All together."""
    desk.write(facts.InsideShared(desk.at, talk.id, guest.leg))
    _hold(desk, talk, talk.present(), "")


def _hold(desk: Desk, talk: InsideTalk, sides: list[Side], by: str) -> None:
    for side in sides:
        if bool(side.held_by) is not bool(by):
            desk.write(facts.InsideHeld(desk.at, talk.id, side.leg, by))
            desk.order(HoldParty(talk.id, side.leg, bool(by)))
