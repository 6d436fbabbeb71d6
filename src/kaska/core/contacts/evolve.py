"""How facts change a contact. No decisions here: what a fact says, happens."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.calendar import CLOSED_MODES
from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Consult, Contact, Leg, Offer, Phase, WayBack
from kaska.core.events import SWITCH_FAILURE
from kaska.core.outgoing import usage as outgoing
from kaska.core.routing.pools import PERSONAL, line_of
from kaska.core.routing.rules import TO_QUEUE

if TYPE_CHECKING:
    from kaska.core.state import State

RECENT_LIMIT = 20_000
"""so many ended contacts are remembered at least, so that a late or repeated signal does not bear one again"""
RECENT_SLACK = 2_000
"""and so many more at most"""

HOLD_REMINDER_SECONDS = 60.0
"""for who came by no queue"""
PACE_LENGTH = 20


def opened(state: State, fact: facts.ContactOpened) -> None:
    state.contacts[fact.contact] = Contact(
        id=fact.contact,
        channel=fact.channel,
        direction=fact.direction,
        number=fact.number,
        caller=fact.caller,
        customer=fact.customer,
        caller_name=fact.caller_name,
        trunk=fact.trunk,
        project=fact.project,
        scenario=fact.scenario,
        scenario_version=fact.scenario_version,
        opened_at=fact.at,
        source=fact.source,
        debt=fact.debt,
        phase=Phase.CALLING if fact.direction == "outbound" else Phase.WALKING,
        edition=state.configuration.version,
    )
    if fact.debt in state.debts:
        state.debts[fact.debt].calling = fact.contact
        state.debts[fact.debt].calls += 1


def leg_started(state: State, fact: facts.LegStarted) -> None:
    contact = state.contact(fact.contact)
    contact.legs[fact.leg] = Leg(fact.leg, fact.party, fact.agent, fact.endpoint)
    if fact.party == "customer":
        contact.customer_leg = fact.leg
    if fact.leg != fact.contact:
        contact.dialled += 1


def leg_up(state: State, fact: facts.LegUp) -> None:
    state.contact(fact.contact).legs[fact.leg].up = True
    outgoing.answered(state, fact.leg, fact.at)


def leg_over(state: State, fact: facts.LegOver) -> None:
    contact = state.contact(fact.contact)
    outgoing.over(state, fact.leg, fact.at)
    if fact.source == SWITCH_FAILURE:
        contact.end_cause = contact.end_cause or SWITCH_FAILURE
    elif fact.leg == contact.customer_leg and not contact.end_cause:
        contact.end_cause = contact.place()
        _judge_short(state, contact, fact.at)
    contact.legs[fact.leg].over = True
    contact.legs[fact.leg].cause = fact.cause
    if fact.leg == contact.customer_leg:
        contact.play = ""
        contact.guard_at = contact.step_until = contact.parked_until = 0.0
        contact.digits_until = fact.at + 5.0 if contact.recording_message else 0.0
        if contact.promised_at and not contact.served:
            contact.end_cause = ""  # the person went home relying on us: nothing has ended


def _judge_short(state: State, contact: Contact, at: float) -> None:
    queue = state.configuration.queues.get(contact.queue)
    limit = queue.short_abandon_seconds if queue is not None else 0.0
    contact.short = contact.phase is Phase.WAITING and at - contact.queued_at < limit


def step_entered(state: State, fact: facts.StepEntered) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WALKING
    if fact.node != contact.node:
        contact.question = contact.answers = 0
    contact.node = fact.node
    contact.tries = fact.tries
    contact.digits = ""
    contact.digits_until = contact.step_until = 0.0
    contact.agent = contact.agent_leg = contact.lookup = ""
    contact.quiet_steps += 1
    if fact.kind == "schedule":
        contact.closed = fact.detail == "closed"
    elif fact.kind == "by_mode":
        contact.closed = fact.detail in CLOSED_MODES
    elif fact.detail == "closed_hours":
        contact.closed = True
    if fact.kind == "finish" and fact.detail == "served":
        contact.self_served = True


def scenario_entered(state: State, fact: facts.ScenarioEntered) -> None:
    contact = state.contact(fact.contact)
    if fact.back:
        contact.ways_back.append(WayBack(contact.scenario, contact.scenario_version, fact.back))
    contact.scenario = fact.scenario
    contact.scenario_version = fact.version


def scenario_left(state: State, fact: facts.ScenarioLeft) -> None:
    contact = state.contact(fact.contact)
    back = contact.ways_back.pop()
    contact.scenario = back.scenario
    contact.scenario_version = back.version


def variables_set(state: State, fact: facts.VariablesSet) -> None:
    contact = state.contact(fact.contact)
    contact.variables.update(fact.variables)
    contact.tags += [tag for tag in fact.tags if tag not in contact.tags]
    contact.urgency += fact.priority


def answer_taken(state: State, fact: facts.AnswerTaken) -> None:
    state.contact(fact.contact).variables[fact.question] = fact.answer


def survey_begun(state: State, fact: facts.SurveyBegun) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WALKING
    contact.scenario, contact.scenario_version = fact.scenario, fact.version
    contact.ways_back.clear()
    contact.quiet_steps = contact.question = contact.answers = 0


def question_asked(state: State, fact: facts.QuestionAsked) -> None:
    contact = state.contact(fact.contact)
    contact.question, contact.tries = fact.number, fact.tries
    contact.digits = ""
    contact.digits_until = 0.0


def question_answered(state: State, fact: facts.QuestionAnswered) -> None:
    contact = state.contact(fact.contact)
    contact.variables[fact.question] = fact.answer
    contact.answers += 1
    contact.quiet_steps = 0
    contact.digits_until = 0.0


def survey_over(state: State, fact: facts.SurveyOver) -> None:
    contact = state.contact(fact.contact)
    contact.question = contact.answers = 0


def listening_started(state: State, fact: facts.ListeningStarted) -> None:
    contact = state.contact(fact.contact)
    contact.ear = fact.ear
    contact.ears += 1


def listening_over(state: State, fact: facts.ListeningOver) -> None:
    state.contact(fact.contact).ear = ""


def words_heard(state: State, fact: facts.WordsHeard) -> None:
    if fact.choice:  # noise may go on for ever
        state.contact(fact.contact).quiet_steps = 0


def lookup_started(state: State, fact: facts.LookupStarted) -> None:
    contact = state.contact(fact.contact)
    contact.lookup = fact.lookup
    contact.lookups += 1
    contact.step_until = fact.until


def lookup_over(state: State, fact: facts.LookupOver) -> None:
    contact = state.contact(fact.contact)
    contact.lookup = ""
    contact.step_until = 0.0
    contact.variables.update(fact.values)


def owner_named(state: State, fact: facts.OwnerNamed) -> None:
    state.contact(fact.contact).owner = fact.owner


def informed(state: State, fact: facts.Informed) -> None:
    state.contact(fact.contact).self_served = True


def recording_chosen(state: State, fact: facts.RecordingChosen) -> None:
    state.contact(fact.contact).keeps_recording = fact.on


def recording_decided(state: State, fact: facts.RecordingDecided) -> None:
    contact = state.contact(fact.contact)
    contact.recording_decided = True
    contact.keeps_recording = fact.on


def recording_told(state: State, fact: facts.RecordingTold) -> None:
    state.contact(fact.contact).recording_told = True


def recording_paused(state: State, fact: facts.RecordingPaused) -> None:
    contact = state.contact(fact.contact)
    contact.pause_since, contact.pause_until, contact.pause_by = fact.at, fact.until, fact.reason


def recording_resumed(state: State, fact: facts.RecordingResumed) -> None:
    contact = state.contact(fact.contact)
    contact.pause_since = contact.pause_until = 0.0
    contact.pause_by = ""
    contact.pauses += fact.reason != "failed"


def prompts_started(state: State, fact: facts.PromptsStarted) -> None:
    contact = state.contact(fact.contact)
    contact.play = fact.play
    contact.plays += 1
    contact.guard_at = fact.guard_at
    contact.digits_until = 0.0
    if contact.phase is Phase.WAITING:
        contact.rounds += 1
        queue = state.configuration.queues.get(contact.queue)
        contact.speak_at = fact.at + queue.announce_every if queue is not None and queue.announce_every else 0.0


def prompts_over(state: State, fact: facts.PromptsOver) -> None:
    contact = state.contact(fact.contact)
    contact.play = ""
    contact.guard_at = 0.0
    contact.digits_until = fact.digits_until


def message_asked(state: State, fact: facts.MessageAsked) -> None:
    contact = state.contact(fact.contact)
    contact.recording_message = True
    contact.digits_until = fact.until


def digit_taken(state: State, fact: facts.DigitTaken) -> None:
    contact = state.contact(fact.contact)
    contact.digits = fact.digits
    contact.digits_until = fact.until
    if fact.digits:
        contact.quiet_steps = 0


def queued(state: State, fact: facts.Queued) -> None:
    contact = state.contact(fact.contact)
    queue = state.configuration.queues[fact.queue]
    contact.phase = Phase.WAITING
    contact.queue = fact.queue
    contact.lines = [fact.queue]
    contact.priority = fact.priority
    contact.since = fact.since
    contact.queued_at = fact.at
    _waits(contact, fact.at)
    contact.speak_at = fact.at + queue.announce_every if queue.announce_every else 0.0
    contact.max_wait_at = fact.at + queue.max_wait if queue.max_wait else 0.0
    contact.awaited, contact.await_until = [], 0.0
    contact.rounds = contact.relaxed = 0
    contact.step = 0
    _look_on(state, contact)


def reconfigured(state: State, changed: Collection[str]) -> None:
    """Other queues of these names: what is still ahead of those who wait in them is what they say now."""
    for contact in state.contacts.values():
        if contact.queue in changed and contact.phase is Phase.WAITING:
            _look_on(state, contact)


def _look_on(state: State, contact: Contact) -> None:
    """The clock of relaxations and overflow steps runs (again) from where it stood."""
    queue = state.configuration.queues.get(contact.queue)
    _next_step(contact, queue, contact.step)
    _next_relaxation(contact, queue)


def _next_relaxation(contact: Contact, queue: Queue | None) -> None:
    left = queue.relax[contact.relaxed :] if queue is not None else ()
    contact.relax_at = contact.queued_at + left[0].after if left else 0.0


def _next_step(contact: Contact, queue: Queue | None, number: int) -> None:
    steps = queue.steps if queue is not None else ()
    contact.step = number
    contact.reserve_at, contact.step_to = 0.0, ""
    if number < len(steps):
        contact.reserve_at = contact.queued_at + steps[number].after
        contact.step_to = steps[number].to


def overflowed(state: State, fact: facts.Overflowed) -> None:
    contact = state.contact(fact.contact)
    added = [fact.reserve] if fact.to == TO_QUEUE else [PERSONAL + agent for agent in fact.agents]
    contact.lines += [line for line in added if line not in contact.lines]
    _next_step(contact, state.configuration.queues.get(contact.queue), fact.step + 1)


def overflow_passed(state: State, fact: facts.OverflowPassed) -> None:
    contact = state.contact(fact.contact)
    _next_step(contact, state.configuration.queues.get(contact.queue), fact.step + 1)


def relaxed(state: State, fact: facts.Relaxed) -> None:
    contact = state.contact(fact.contact)
    contact.relaxed = fact.number
    contact.lines.insert(fact.number, line_of(fact.queue, fact.number))
    _next_relaxation(contact, state.configuration.queues.get(fact.queue))


def awaited(state: State, fact: facts.AgentAwaited) -> None:
    contact = state.contact(fact.contact)
    contact.awaited = list(fact.agents)
    contact.await_until = fact.until


def not_awaited(state: State, fact: facts.AgentNotAwaited) -> None:
    contact = state.contact(fact.contact)
    contact.awaited, contact.await_until = [], 0.0


def dequeued(state: State, fact: facts.Dequeued) -> None:
    contact = state.contact(fact.contact)
    _waits_no_more(contact, fact.at)
    _leave_line(contact)
    if fact.at > contact.queued_at:
        contact.quiet_steps = 0
    contact.phase = Phase.ENDING if fact.reason == "left" else Phase.WALKING


def _waits(contact: Contact, at: float) -> None:
    if not (contact.talked or contact.promised_at or contact.waiting_since):
        contact.waiting_since = at


def _waits_no_more(contact: Contact, at: float) -> None:
    contact.waited, contact.waiting_since = contact.waited_until(at), 0.0


def _leave_line(contact: Contact) -> None:
    contact.lines = []
    contact.awaited = []
    contact.speak_at = contact.max_wait_at = contact.retry_at = 0.0
    _look_no_further(contact)


def _look_no_further(contact: Contact) -> None:
    contact.reserve_at = contact.relax_at = contact.await_until = 0.0
    contact.step_to = ""


def offered(state: State, fact: facts.Offered) -> None:
    contact = state.contact(fact.contact)
    contact.presented = True
    contact.offers[fact.leg] = Offer(fact.leg, fact.agent, fact.queue, fact.expires_at)
    if fact.queue and fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.offered(fact.queue, fact.agent, fact.rule)


def screened(state: State, fact: facts.Screened) -> None:
    offer = state.contact(fact.contact).offers[fact.leg]
    offer.screened, offer.expires_at = True, fact.until


def offer_over(state: State, fact: facts.OfferOver) -> None:
    contact = state.contact(fact.contact)
    contact.offers.pop(fact.leg, None)
    if fact.result == "accepted":
        contact.phase = Phase.JOINING
        contact.agent = fact.agent
        contact.agent_leg = fact.leg
        contact.awaited = []
        _look_no_further(contact)


def dialled_by_hand(state: State, fact: facts.DialledByHand) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.JOINING
    contact.agent = fact.agent
    contact.agent_leg = fact.leg


def returned(state: State, fact: facts.ReturnedToLine) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = contact.agent_leg = ""
    _waits(contact, fact.at)
    _look_on(state, contact)


def connected(state: State, fact: facts.Connected) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.TALKING
    if not contact.talked:
        _waits_no_more(contact, fact.at)
        contact.answered_at_once = not contact.promised_at
    contact.talked = True
    contact.agent = fact.agent
    contact.agent_leg = fact.leg
    contact.connected_at = fact.at
    _held_no_more(contact)
    contact.held_seconds = 0.0
    contact.end_cause = ""
    contact.between = contact.recalled = False
    contact.transferred_by = ""
    contact.legs[fact.leg].talked = True
    from_line = bool(contact.lines)
    _leave_line(contact)
    if fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.connected(fact.agent)
    if fact.agent and contact.customer:
        state.load.met(fact.agent, contact.customer)
    if contact.queue and from_line:
        pace = state.pace.setdefault(contact.queue, [])
        pace.append(fact.at)
        del pace[:-PACE_LENGTH]


def held(state: State, fact: facts.Held) -> None:
    contact = state.contact(fact.contact)
    if fact.held:
        contact.held_since = contact.held_since or fact.at
        _remind(state, contact, fact.at)
    elif contact.held_since:
        contact.held_seconds += fact.at - contact.held_since
        _held_no_more(contact)


def _remind(state: State, contact: Contact, at: float) -> None:
    queue = state.configuration.queues.get(contact.queue)
    seconds = queue.hold_reminder if queue is not None else HOLD_REMINDER_SECONDS
    contact.remind_at = at + seconds if seconds else 0.0


def _held_no_more(contact: Contact) -> None:
    contact.held_since = contact.remind_at = 0.0
    contact.reminded = False


def hold_reminded(state: State, fact: facts.HoldReminded) -> None:
    contact = state.contact(fact.contact)
    contact.reminded = True
    _remind(state, contact, fact.at)


def talk_over(state: State, fact: facts.TalkOver) -> None:
    contact = state.contact(fact.contact)
    if fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.talked(fact.agent, fact.seconds)
    contact.phase = Phase.ENDING
    _held_no_more(contact)
    contact.pause_until = 0.0
    contact.agent = contact.agent_leg = ""
    contact.end_cause = contact.end_cause or contact.place()


def transferred(state: State, fact: facts.Transferred | facts.Parked | facts.CutOff) -> None:
    """The promise of a callback was kept by the talk that ends here."""
    contact = state.contact(fact.contact)
    contact.phase = Phase.TRANSFERRING
    contact.between = True
    contact.transferred_by = fact.by
    if contact.promised_at:
        contact.promised_at = 0.0
        contact.callbacks += 1
    if contact.end_cause != SWITCH_FAILURE:
        contact.end_cause = ""


def parked(state: State, fact: facts.Parked | facts.CutOff) -> None:
    transferred(state, fact)
    contact = state.contact(fact.contact)
    contact.parked_until = fact.until
    contact.parked_place = fact.place if isinstance(fact, facts.Parked) else 0


def picked_up(state: State, fact: facts.PickedUp) -> None:
    state.contact(fact.contact).parked_until = 0.0


def transfer_returned(state: State, fact: facts.TransferReturned) -> None:
    contact = state.contact(fact.contact)
    contact.parked_until = 0.0
    contact.phase = Phase.TRANSFERRING
    contact.agent = contact.agent_leg = ""
    contact.recalled = True


def consult_started(state: State, fact: facts.ConsultStarted) -> None:
    consult = Consult(fact.leg, fact.agent, fact.number, fact.expires_at, own_leg=fact.own_leg)
    state.contact(fact.contact).consults[fact.leg] = consult


def consult_answered(state: State, fact: facts.ConsultAnswered) -> None:
    consult = state.contact(fact.contact).consults[fact.leg]
    consult.answered_at = fact.at
    consult.expires_at = 0.0


def consult_held(state: State, fact: facts.ConsultHeld) -> None:
    state.contact(fact.contact).consults[fact.leg].held = fact.held


def consult_shared(state: State, fact: facts.ConsultShared) -> None:
    consult = state.contact(fact.contact).consults[fact.leg]
    consult.shared = True
    consult.held = False
    consult.own_leg = ""


def consult_over(state: State, fact: facts.ConsultOver) -> None:
    del state.contact(fact.contact).consults[fact.leg]


def message_taken(state: State, fact: facts.MessageTaken) -> None:
    contact = state.contact(fact.contact)
    contact.recording_message = False
    contact.digits_until = 0.0
    contact.message = fact.name
    if fact.name:
        contact.quiet_steps = 0


def callback_promised(state: State, fact: facts.CallbackPromised) -> None:
    contact = state.contact(fact.contact)
    contact.promised_at = fact.at
    _waits_no_more(contact, fact.at)
    contact.speak_at = contact.max_wait_at = 0.0


def customer_dialled(state: State, fact: facts.CustomerDialled) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.DIALLING
    contact.agent = fact.agent
    contact.awaited = []
    _look_no_further(contact)


def customer_reached(state: State, fact: facts.CustomerReached) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = ""
    _look_on(state, contact)


def callback_missed(state: State, fact: facts.CallbackMissed) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = contact.agent_leg = ""
    contact.missed = fact.missed
    contact.retry_at = fact.retry_at
    contact.end_cause = ""
    _look_on(state, contact)


def callback_due(state: State, fact: facts.CallbackDue) -> None:
    state.contact(fact.contact).retry_at = 0.0


def gave_up(state: State, fact: facts.GaveUp) -> None:
    contact = state.contact(fact.contact)
    _leave_line(contact)
    contact.phase = Phase.ENDING
    contact.end_cause = contact.end_cause or fact.cause


def over(state: State, fact: facts.ContactOver) -> None:
    contact = state.contacts.pop(fact.contact)
    if contact.debt in state.debts:
        state.debts[contact.debt].calling = ""
    state.recent[fact.contact] = fact.at
    edition = state.editions.get(contact.edition)
    if edition is not None:
        edition.contacts -= 1
        if edition.contacts <= 0:
            del state.editions[contact.edition]
    if len(state.recent) > RECENT_LIMIT + RECENT_SLACK:
        # many at once: the first of a dict is slow to find where others stood before it
        for ended in list(islice(state.recent, RECENT_SLACK)):
            del state.recent[ended]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.ContactOpened: opened,
    facts.LegStarted: leg_started,
    facts.LegUp: leg_up,
    facts.LegOver: leg_over,
    facts.StepEntered: step_entered,
    facts.ScenarioEntered: scenario_entered,
    facts.ScenarioLeft: scenario_left,
    facts.VariablesSet: variables_set,
    facts.AnswerTaken: answer_taken,
    facts.SurveyBegun: survey_begun,
    facts.QuestionAsked: question_asked,
    facts.QuestionAnswered: question_answered,
    facts.SurveyOver: survey_over,
    facts.ListeningStarted: listening_started,
    facts.ListeningOver: listening_over,
    facts.WordsHeard: words_heard,
    facts.LookupStarted: lookup_started,
    facts.LookupOver: lookup_over,
    facts.OwnerNamed: owner_named,
    facts.Informed: informed,
    facts.RecordingChosen: recording_chosen,
    facts.RecordingDecided: recording_decided,
    facts.RecordingTold: recording_told,
    facts.RecordingPaused: recording_paused,
    facts.RecordingResumed: recording_resumed,
    facts.PromptsStarted: prompts_started,
    facts.PromptsOver: prompts_over,
    facts.MessageAsked: message_asked,
    facts.DigitTaken: digit_taken,
    facts.Queued: queued,
    facts.Overflowed: overflowed,
    facts.OverflowPassed: overflow_passed,
    facts.Relaxed: relaxed,
    facts.AgentAwaited: awaited,
    facts.AgentNotAwaited: not_awaited,
    facts.Dequeued: dequeued,
    facts.Offered: offered,
    facts.Screened: screened,
    facts.OfferOver: offer_over,
    facts.DialledByHand: dialled_by_hand,
    facts.ReturnedToLine: returned,
    facts.Connected: connected,
    facts.Held: held,
    facts.HoldReminded: hold_reminded,
    facts.TalkOver: talk_over,
    facts.Transferred: transferred,
    facts.TransferReturned: transfer_returned,
    facts.Parked: parked,
    facts.CutOff: parked,
    facts.PickedUp: picked_up,
    facts.ConsultStarted: consult_started,
    facts.ConsultAnswered: consult_answered,
    facts.ConsultHeld: consult_held,
    facts.ConsultShared: consult_shared,
    facts.ConsultOver: consult_over,
    facts.MessageTaken: message_taken,
    facts.CallbackPromised: callback_promised,
    facts.CustomerDialled: customer_dialled,
    facts.CustomerReached: customer_reached,
    facts.CallbackMissed: callback_missed,
    facts.CallbackDue: callback_due,
    facts.GaveUp: gave_up,
    facts.ContactOver: over,
}
