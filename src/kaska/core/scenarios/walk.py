"""Walking a scenario: what signals and deadlines do to a contact on its way. The kinds of nodes live beside this."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AnswerCall, HangUpLeg, StartMusic
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.scenarios import (
    crossroads,
    faxing,
    graph,
    hearing,
    keying,
    looking_up,
    reaching,
    speaking,
    surveys,
    waiting,
)
from kaska.core.scenarios.steps import BLACK_LIST, EMERGENCY, KINDS, LOST, enter, go_on, hush, node_of
from kaska.core.turn import Desk

__all__ = ["EMERGENCY", "begin"]

KINDS.update(
    {
        graph.Play: speaking.PlayKind(),
        graph.Inform: speaking.InformKind(),
        graph.Finish: speaking.FinishKind(),
        graph.TakeMessage: speaking.MessageKind(),
        graph.Voicemail: speaking.VoicemailKind(),
        graph.Fax: faxing.FaxKind(),
        graph.Menu: keying.MenuKind(),
        graph.Extension: keying.ExtensionKind(),
        graph.Ask: keying.AskKind(),
        graph.Survey: surveys.SurveyKind(),
        graph.OfferCallback: keying.OfferCallbackKind(),
        graph.Schedule: crossroads.ScheduleKind(),
        graph.ByMode: crossroads.ByModeKind(),
        graph.Branch: crossroads.BranchKind(),
        graph.Assign: crossroads.AssignKind(),
        graph.Record: crossroads.RecordKind(),
        graph.ToScenario: crossroads.ToScenarioKind(),
        graph.Return: crossroads.ReturnKind(),
        graph.Lookup: looking_up.LookupKind(),
        graph.Enqueue: waiting.EnqueueKind(),
        graph.ToAgent: reaching.ToAgentKind(),
        graph.RingInTurn: reaching.RingInTurnKind(),
        graph.RingGroup: reaching.RingGroupKind(),
        graph.ToNumber: reaching.ToNumberKind(),
    }
)


def begin(desk: Desk, contact: Contact) -> None:
    if contact.blocked_by:
        enter(desk, contact, BLACK_LIST)
        return
    scenario = desk.state.scenarios_of(contact).get(contact.scenario)
    enter(desk, contact, (scenario.start if scenario is not None else "") or LOST)


def after_talk(desk: Desk, contact: Contact) -> graph.Scenario | None:
    """What the queue asks who stays on the line after the talk; None = nothing."""
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is None or not queue.after_talk or contact.direction == "outbound":
        return None
    return desk.state.scenarios_of(contact).get(queue.after_talk)


def begin_after_talk(desk: Desk, contact: Contact, agent: str, scenario: graph.Scenario) -> None:
    """The talk with ``agent`` is over, the person is still there."""
    desk.write(facts.SurveyBegun(desk.at, contact.id, scenario.id, scenario.version, agent))
    enter(desk, contact, scenario.start or LOST)


# --- prompts and keys --------------------------------------------------------------------------------------------


def prompts_ended(desk: Desk, event: events.PromptsEnded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is not None and contact.play and contact.play == event.play and contact.person_present:
        _said(desk, contact)


def _said(desk: Desk, contact: Contact) -> None:
    if contact.phase is Phase.WAITING:
        waiting.said(desk, contact)
        return
    if contact.phase is not Phase.WALKING:
        desk.write(facts.PromptsOver(desk.at, contact.id, contact.play))
        return
    node = node_of(desk, contact, contact.node)
    kind = KINDS[type(node)]
    seconds = kind.listens(node)
    desk.write(facts.PromptsOver(desk.at, contact.id, contact.play, desk.at + seconds if seconds else 0.0))
    go_on(desk, contact, kind.said(desk, contact, node), typed=contact.digits)


def digit_pressed(desk: Desk, event: events.DigitPressed) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or event.leg != contact.customer_leg or not contact.person_present:
        return
    if contact.phase is Phase.WAITING and not contact.promised_at:
        waiting.pressed(desk, contact, event.digit)
    elif contact.phase is Phase.WALKING and not contact.offers and not contact.recording_message:
        node = node_of(desk, contact, contact.node)
        KINDS[type(node)].pressed(desk, contact, node, event.digit)


def speech_heard(desk: Desk, event: events.SpeechHeard) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.ear or contact.ear != event.ear or contact.phase is not Phase.WALKING:
        return
    node = node_of(desk, contact, contact.node)
    KINDS[type(node)].heard(desk, contact, node, event.text)


def fax_tone_heard(desk: Desk, event: events.FaxToneHeard) -> None:
    """A machine: where the scenario said, from wherever it has come to meanwhile, unless a person is being rung."""
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.person_present or event.leg != contact.customer_leg:
        return
    scenario, node = contact.fax_way
    idle = not contact.offers and not contact.promised_at and not contact.receiving_fax
    if node and scenario == contact.scenario and idle and contact.phase in (Phase.WALKING, Phase.WAITING):
        desk.write(facts.FaxTone(desk.at, contact.id, node))
        hush(desk, contact)
        if contact.phase is Phase.WAITING:
            desk.write(facts.Dequeued(desk.at, contact.id, contact.queue, "fax"))
        enter(desk, contact, node)
    else:
        resume(desk, contact)


def looked_up(desk: Desk, event: events.LookedUp) -> None:
    looking_up.looked_up(desk, event)


def unanswered(desk: Desk, contact: Contact) -> None:
    """Whoever was rung from the present node did not answer, or vanished in that moment."""
    if contact.person_present:
        node = node_of(desk, contact, contact.node)
        go_on(desk, contact, KINDS[type(node)].unanswered(desk, contact, node))


# --- the clock and the switch ------------------------------------------------------------------------------------


def woke(desk: Desk, contact: Contact) -> None:
    """A deadline of the walk or of the waiting has come; the earliest due one is dealt with."""
    at = desk.at
    if contact.guard_at and contact.guard_at <= at:
        _said(desk, contact)
    elif contact.digits_until and contact.digits_until <= at:
        _digits_complete(desk, contact)
    elif contact.fax_until and contact.fax_until <= at:
        faxing.woke(desk, contact)
    elif contact.step_until and contact.step_until <= at:
        looking_up.too_late(desk, contact)
    elif contact.phase is Phase.WAITING:
        waiting.woke(desk, contact)


def _digits_complete(desk: Desk, contact: Contact) -> None:
    if contact.recording_message:
        speaking.message_unheard(desk, contact)
        return
    node = node_of(desk, contact, contact.node)
    if contact.phase is Phase.WALKING:
        KINDS[type(node)].collected(desk, contact, node)
    else:
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits))


def answer_again(desk: Desk, contact: Contact) -> None:
    """After the switch was out of reach: the order to answer may have died with us, and without it whoever is put
    through talks over a line that still rings. A line that is answered does not mind."""
    if contact.leg_alive(contact.id) and contact.legs[contact.id].up:
        desk.order(AnswerCall(contact.id, contact.id))


def resume(desk: Desk, contact: Contact) -> None:
    """The switch was out of reach: start again what may have ended unheard."""
    if contact.receiving_fax:
        faxing.resume(desk, contact)
        return
    if not contact.person_present or (contact.direction == "outbound" and not contact.between):
        return
    if contact.phase is Phase.TRANSFERRING:
        desk.order(StartMusic(contact.id, contact.customer_leg))
    elif contact.recording_message:
        speaking.ask_again(desk, contact)
    elif contact.phase is Phase.WALKING and not contact.offers:
        if not contact.lookup:
            hush(desk, contact)
            hearing.stop(desk, contact)  # who listened may have gone with the connection
            if contact.fax_listening:
                desk.write(facts.FaxListening(desk.at, contact.id, ""))
            enter(desk, contact, contact.node or LOST, contact.tries)
    elif contact.phase is Phase.WAITING and not contact.promised_at and contact.legs[contact.customer_leg].up:
        hush(desk, contact)
        desk.order(StartMusic(contact.id, contact.customer_leg))
    elif contact.phase is Phase.WAITING and contact.reached:
        desk.order(StartMusic(contact.id, contact.customer_leg))
    elif (contact.phase is Phase.WAITING and contact.promised_at) or contact.phase is Phase.ENDING:
        desk.order(HangUpLeg(contact.id, contact.customer_leg))
