"""What the ends of the line do: legs answered, joined, gone. The heart of a call."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import (
    AnswerCall,
    HangUpLeg,
    HoldParty,
    JoinParties,
    RemindOfHold,
    SetApart,
    StartMusic,
    StopPrompts,
)
from kaska.core.contacts import consult, ending, talks, transfer
from kaska.core.contacts.contact import Consult, Contact, Offer, Phase
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts import book, dialling
from kaska.core.outgoing import dialling as outgoing
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.recording import course
from kaska.core.routing import distribution
from kaska.core.scenarios import faxing, hearing, looking_up, speaking, walk
from kaska.core.turn import Desk

NORMAL_CLEARING = 16
BUSY_CAUSES = frozenset({17, 21})
AGENT = "agent"
"""party of a leg"""
SILENT_CAUSE = 44
"""the switch hung up a leg that sent no sound for long: whoever was there did not hang up himself"""
UNREACHABLE_CAUSES = frozenset({3, 20, 27, 34, 38, 41, 42, 44, 58, 127})


def answered(desk: Desk, event: events.LegAnswered) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.leg_alive(event.leg):
        desk.order(HangUpLeg(event.contact, event.leg))  # answered after everything was over
        return
    leg = contact.legs[event.leg]
    if leg.up:
        return
    if event.leg in contact.offers:
        accepted(desk, contact, contact.offers[event.leg])
    elif event.leg in contact.consults:
        consult.answered(desk, contact, contact.consults[event.leg])
    elif event.leg == contact.customer_leg and contact.phase is Phase.DIALLING:
        _reached_first(desk, contact)
    elif event.leg == contact.customer_leg and contact.phase is Phase.JOINING:
        desk.write(facts.LegUp(desk.at, contact.id, event.leg))
        if not contact.legs[contact.agent_leg].up:  # his telephone dialled, and heard it ring until now
            desk.write(facts.LegUp(desk.at, contact.id, contact.agent_leg))
            desk.order(AnswerCall(contact.id, contact.agent_leg))
        _join(desk, contact)
    else:
        desk.order(HangUpLeg(contact.id, event.leg))


def accepted(desk: Desk, contact: Contact, offer: Offer) -> None:
    """The first who answers gets it; the other phones stop ringing."""
    if not contact.legs[offer.leg].up:
        desk.write(facts.LegUp(desk.at, contact.id, offer.leg))
    desk.write(facts.OfferOver(desk.at, contact.id, offer.leg, offer.agent, "accepted"))
    ending.withdraw_offers(desk, contact)
    if offer.agent:
        presence.set_state(desk, offer.agent, AgentState.TALKING, contact=contact.id)
    if contact.calls_out and not contact.reached:
        _dial_person(desk, contact)
        return
    if contact.play:
        play = contact.play
        desk.write(facts.PromptsOver(desk.at, contact.id, play))
        desk.order(StopPrompts(contact.id, contact.customer_leg, play))
    if not contact.legs[contact.customer_leg].up:
        desk.write(facts.LegUp(desk.at, contact.id, contact.customer_leg))
        desk.order(AnswerCall(contact.id, contact.customer_leg))
    _join(desk, contact)


def _reached_first(desk: Desk, contact: Contact) -> None:
    """The person answered our call back: the agent who was kept for it is rung, else whoever is free."""
    agent = contact.agent
    kept = desk.state.agents[agent]
    desk.write(facts.LegUp(desk.at, contact.id, contact.customer_leg))
    desk.write(facts.CustomerReached(desk.at, contact.id, contact.customer_leg, agent))
    desk.order(StartMusic(contact.id, contact.customer_leg))
    if not (kept.bound and kept.contact == contact.id):  # he left meanwhile
        ending.give_up_where_closed(desk, contact)
        return
    wants = kept.intent == "ready" and agent in desk.state.configuration.agents
    if not (wants and distribution.offer(desk, contact, agent, contact.queue)):
        ending.release_kept(desk, contact, agent)


def _join(desk: Desk, contact: Contact) -> None:
    """Whoever else answered for this person was heard on his leg, were it for a moment."""
    course.decide(desk, contact)
    mixed = any(one.party == AGENT and one.up and one.id != contact.agent_leg for one in contact.legs.values())
    desk.order(JoinParties(contact.id, contact.customer_leg, contact.agent_leg, mixed))


def _dial_person(desk: Desk, contact: Contact) -> None:
    if dialling.forbidden(desk, contact):
        ending.give_up(desk, contact, EndCause.CLOSED_HOURS)
        return
    way = distribution.way_to_person(desk, contact)
    if way.refused:
        outgoing.refuse(desk, contact, contact.dials, contact.agent, way)
        ending.give_up(desk, contact, EndCause.CALLBACK)
        return
    distribution.dial_person(desk, contact, f"{contact.id}-c{contact.dialled + 1}", way)
    desk.order(StartMusic(contact.id, contact.agent_leg))


def joined(desk: Desk, event: events.PartiesJoined) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or contact.phase is not Phase.JOINING or event.leg != contact.agent_leg:
        return
    if not (contact.person_present and contact.leg_alive(event.leg)):
        return
    at = talks.heard_late(desk, contact, event.joined_at)
    desk.write(facts.Connected(at, contact.id, event.leg, contact.agent))
    course.talk_began(desk, contact)
    settled = book.served(desk, contact, contact.agent, at)
    ending.drop_settled_promises(desk, [one for one in settled if one != contact.id])


def ended(desk: Desk, event: events.LegEnded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.leg_alive(event.leg):
        return
    if outgoing.rerouted(desk, contact, event):
        return
    source = events.SWITCH_FAILURE if event.switch_failure else event.source
    was_customer = event.leg == contact.customer_leg
    offered = contact.offers.get(event.leg)
    desk.write(facts.LegOver(desk.at, contact.id, event.leg, event.cause, source))
    if was_customer:
        hearing.stop(desk, contact)
        if contact.receiving_fax and not contact.fax_looks:
            faxing.look(desk, contact)
    if offered is not None:
        live = source == events.LIVE
        over_offer(desk, contact, offered, _failed_by(event.cause, live=live), blame=live)
    elif contact.legs[event.leg].party == consult.SECOND:
        consult.own_call_ended(desk, contact, event.leg)
    elif event.leg in contact.consults:
        _consult_gone(desk, contact, contact.consults[event.leg], event.cause, live=source == events.LIVE)
    elif event.leg == contact.agent_leg and contact.phase in (Phase.TALKING, Phase.JOINING):
        _agent_gone(desk, contact, event.ended_at, cut_off=event.cause == SILENT_CAUSE)
    elif was_customer:
        _person_gone(desk, contact, event.ended_at)
    else:
        ending.free_agent_of(desk, contact, event.leg)
    ending.settle(desk, contact)


def _failed_by(cause: int, *, live: bool) -> str:
    if cause in BUSY_CAUSES:
        return "rejected"
    return "failed" if cause in UNREACHABLE_CAUSES or not live else "timed_out"


def _consult_gone(desk: Desk, contact: Contact, asked: Consult, cause: int, *, live: bool) -> None:
    result = "left" if asked.answered_at else _failed_by(cause, live=live)
    consult.ended(desk, contact, asked, result, blame=live)


def over_offer(desk: Desk, contact: Contact, offer: Offer, result: str, *, blame: bool = True) -> None:
    """The offer came to nothing; the person waits on.

    The agent is set aside, unless he only left or it was no fault of his phone (``blame`` false: the switch failed).
    """
    desk.write(facts.OfferOver(desk.at, contact.id, offer.leg, offer.agent, result))
    if not offer.agent:
        pass  # somebody outside has no state
    elif desk.state.agents[offer.agent].intent != "ready" or not blame:
        presence.release(desk, offer.agent)
    else:
        reason = {"failed": "device_unreachable", "rejected": "rejected"}.get(result, "no_answer")
        presence.set_state(desk, offer.agent, AgentState.NOT_ANSWERING, reason)
    if contact.phase is Phase.TRANSFERRING:
        if contact.person_present:
            transfer.unanswered(desk, contact)
    elif contact.phase is Phase.CALLING:
        ending.give_up(desk, contact, EndCause.NO_ANSWER)
    elif contact.phase is Phase.WALKING and not contact.offers:
        walk.unanswered(desk, contact)
    elif contact.phase is Phase.WAITING and contact.person_present and not contact.offers:
        ending.give_up_where_closed(desk, contact)
        desk.unattended.append(contact.id)


def _agent_gone(desk: Desk, contact: Contact, ended_at: float = 0.0, *, cut_off: bool = False) -> None:
    """The agent's leg ended after he had accepted. ``cut_off``: not by his will, so the person is served further."""
    agent = contact.agent
    if contact.phase is Phase.TALKING:
        if contact.person_present and consult.hand_over(desk, contact, ended_at):
            return
        if cut_off and contact.person_present:
            transfer.cut_off(desk, contact, ended_at)
            return
        held = contact.held_since > 0.0
        talks.over(desk, contact, ended_at)
        if contact.person_present and not _ask_after(desk, contact, agent, held=held):
            desk.order(HangUpLeg(contact.id, contact.customer_leg))
        return
    if contact.direction == "outbound" and not contact.between:
        book.not_reached(desk, contact, agent, book.GIVEN_UP)
        ending.give_up(desk, contact, EndCause.AGENT_LEFT)
    elif contact.promised_at:
        if contact.person_present and not contact.reached:
            # being dialled for an agent who is gone: call again from the same place
            desk.order(HangUpLeg(contact.id, contact.customer_leg))
        desk.write(facts.ReturnedToLine(desk.at, contact.id, agent))
        if contact.reached:
            desk.order(StartMusic(contact.id, contact.customer_leg))
        ending.keep_promise(desk, contact)
    elif contact.person_present and contact.lines:
        desk.write(facts.ReturnedToLine(desk.at, contact.id, agent))
        desk.unattended.append(contact.id)
    elif contact.person_present and contact.between:
        transfer.unanswered(desk, contact)
    elif contact.person_present:
        walk.unanswered(desk, contact)
    if agent:
        presence.release(desk, agent)


def _ask_after(desk: Desk, contact: Contact, agent: str, *, held: bool) -> bool:
    """The person stays for the questions of the queue; False when it has none."""
    scenario = walk.after_talk(desk, contact)
    if scenario is None or not agent:
        return False
    if held:
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    desk.order(SetApart(contact.id, contact.customer_leg))
    walk.begin_after_talk(desk, contact, agent, scenario)
    return True


def _person_gone(desk: Desk, contact: Contact, ended_at: float = 0.0) -> None:
    if contact.phase is Phase.TALKING:
        agent_leg = contact.agent_leg
        talks.over(desk, contact, ended_at)
        consult.dismiss_all(desk, contact, "customer_left")
        if contact.leg_alive(agent_leg):
            desk.order(HangUpLeg(contact.id, agent_leg))
    elif contact.phase is Phase.JOINING:
        _person_gone_at_answer(desk, contact)
    elif contact.phase is Phase.DIALLING:
        agent = contact.agent
        _missed(desk, contact, agent)
        ending.release_kept(desk, contact, agent)
    elif contact.promised_at and contact.dialled and contact.customer_leg != contact.id:
        _gone_before_anybody_came(desk, contact)
    elif contact.promised_at:
        ending.keep_promise(desk, contact)
    elif contact.phase is Phase.WAITING:
        ending.withdraw_offers(desk, contact)
        desk.write(facts.Dequeued(desk.at, contact.id, contact.queue, "left"))
    elif contact.phase is Phase.TRANSFERRING:
        ending.give_up(desk, contact, EndCause.TRANSFER)
    else:
        ending.withdraw_offers(desk, contact)


def _gone_before_anybody_came(desk: Desk, contact: Contact) -> None:
    """Our call back was answered, and the person hung up while waiting for somebody to talk with; or it was given up
    for an agent who was gone.
    """
    ending.withdraw_offers(desk, contact)
    if contact.phase is Phase.WAITING and contact.legs[contact.customer_leg].up:
        _missed(desk, contact, "")
    else:
        ending.keep_promise(desk, contact)


def _missed(desk: Desk, contact: Contact, agent: str) -> None:
    """We called and did not get to talk: again later from the same place, or the debt is left to be called by hand."""
    settled = book.not_reached(desk, contact, agent)
    ending.drop_settled_promises(desk, [one for one in settled if one != contact.id])
    queue = desk.state.configuration.queues.get(contact.queue)
    owed = contact.own_debt in desk.state.debts
    if contact.promised_at and owed and queue is not None and contact.missed + 1 < queue.callback_tries:
        retry_at = desk.at + queue.callback_retry_seconds
        desk.write(facts.CallbackMissed(desk.at, contact.id, contact.missed + 1, retry_at))
    else:
        desk.write(facts.GaveUp(desk.at, contact.id, contact.end_cause or EndCause.NO_ANSWER))


def _person_gone_at_answer(desk: Desk, contact: Contact) -> None:
    """Not reached by a callback, or hung up in the moment of the answer."""
    agent, agent_leg = contact.agent, contact.agent_leg
    if contact.calls_out and not contact.between:
        _missed(desk, contact, agent)
    else:
        desk.write(facts.GaveUp(desk.at, contact.id, contact.end_cause or EndCause.NO_ANSWER))
    if contact.leg_alive(agent_leg):
        # a telephone that dialled by itself is told why: busy, no such number
        cause = NORMAL_CLEARING if contact.legs[agent_leg].up else contact.legs[contact.customer_leg].cause
        desk.order(HangUpLeg(contact.id, agent_leg, cause))  # he is free when it is gone
    elif agent:
        presence.release(desk, agent)


def held_by_phone(desk: Desk, event: events.LegHeld) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or contact.phase is not Phase.TALKING or event.leg != contact.agent_leg:
        return
    by_screen = contact.aside is not None and not contact.aside.own_leg
    if not by_screen and bool(contact.held_since) is not event.held:
        desk.write(facts.Held(desk.at, contact.id, event.leg, event.held))


def _talk_of(desk: Desk, agent: str, subject: str) -> Contact:
    contact = desk.state.contacts.get(subject)
    if contact is None or contact.phase not in (Phase.TALKING, Phase.JOINING) or contact.agent != agent:
        raise Refused("no_such_call")
    return contact


def hold_requested(desk: Desk, event: events.HoldRequested) -> None:
    contact = _talk_of(desk, event.agent, event.contact)
    if contact.phase is not Phase.TALKING or bool(contact.held_since) is event.held:
        return
    if contact.aside is not None:
        raise Refused("consulting")
    desk.write(facts.Held(desk.at, contact.id, contact.customer_leg, event.held))
    desk.order(HoldParty(contact.id, contact.customer_leg, event.held))


def reminded(desk: Desk, contact: Contact) -> bool:
    """Whoever holds the person is reminded of him. False when the clock told something else."""
    if not contact.remind_at or contact.remind_at > desk.at:
        return False
    desk.write(facts.HoldReminded(desk.at, contact.id, contact.agent))
    desk.order(RemindOfHold(contact.id, contact.agent_leg))
    return True


def hang_up_requested(desk: Desk, event: events.HangUpRequested) -> None:
    contact = desk.state.contacts.get(event.contact)
    ringing = contact.ringing_leg(event.agent) if contact is not None else ""
    if ringing:
        desk.order(HangUpLeg(event.contact, ringing, 21))
        return
    asked = contact.consult_of(event.agent) if contact is not None else None
    if asked is not None:
        desk.order(HangUpLeg(event.contact, asked.leg))
        return
    contact = _talk_of(desk, event.agent, event.contact)
    desk.order(HangUpLeg(contact.id, contact.agent_leg))


def offer_rejected(desk: Desk, event: events.OfferRejected) -> None:
    contact = desk.state.contacts.get(event.contact)
    ringing = contact.ringing_leg(event.agent) if contact is not None else ""
    if contact is None or not ringing:
        raise Refused("no_such_offer")
    if ringing in contact.consults:
        consult.ended(desk, contact, contact.consults[ringing], "rejected")
    else:
        over_offer(desk, contact, contact.offers[ringing], "rejected")
    desk.order(HangUpLeg(contact.id, ringing, 21))


def offer_expired(desk: Desk, contact: Contact, leg: str) -> None:
    """The phone rang long enough: the next agent, and this one is set to "not answering"."""
    over_offer(desk, contact, contact.offers[leg], "timed_out")
    desk.order(HangUpLeg(contact.id, leg, 19))


def command_failed(desk: Desk, event: events.CommandFailed) -> None:
    """Everything that could not be carried out must have its consequence, or somebody waits for ever."""
    contact = desk.state.contacts.get(event.contact)
    if contact is None:
        return
    if event.command in ("RingAgent", "DialOut"):
        ended(desk, events.LegEnded(event.at, event.contact, event.leg, cause=20))
    elif event.command == "JoinParties" and contact.phase is Phase.JOINING:
        desk.order(HangUpLeg(contact.id, contact.agent_leg))
        if not contact.leg_alive(contact.agent_leg):
            _agent_gone(desk, contact)
            ending.settle(desk, contact)
    elif event.command == "AddParty" and event.leg in contact.consults:
        desk.order(HangUpLeg(contact.id, event.leg))
    elif event.command in ("AdoptLeg", "TalkAside") and contact.consult_by(event.leg) is not None:
        desk.order(HangUpLeg(contact.id, event.leg))
        ended(desk, events.LegEnded(event.at, event.contact, event.leg))
    elif event.command == "PauseRecording":
        course.not_paused(desk, contact)
    elif event.command == "PlayPrompts" and contact.play:
        walk.prompts_ended(desk, events.PromptsEnded(event.at, contact.id, event.leg, contact.play, ok=False))
    elif event.command == "RecordMessage" and contact.recording_message:
        speaking.message_recorded(desk, events.MessageRecorded(event.at, contact.id, event.leg, "", 0.0))
    elif event.command in ("ReceiveFax", "CollectFax") and contact.receiving_fax:
        faxing.failed(desk, contact, event)
    elif event.command == "Listen":
        hearing.stop(desk, contact)
    elif event.command == "LookUp":
        looking_up.not_carried(desk, contact)
    elif event.command == "StartMusic":
        return  # silence is no reason to lose a call


def resume_join(desk: Desk, contact: Contact) -> None:
    """After the connection to the switch came back: ask again, the switch says when it was done already."""
    if contact.person_present and contact.legs[contact.customer_leg].up and contact.leg_alive(contact.agent_leg):
        _join(desk, contact)
