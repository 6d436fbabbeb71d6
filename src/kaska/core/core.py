"""The core of one tenant: an event in, facts and commands out. No await, no clock, no chance, no I/O.

The live engine and the simulator run this very class; they differ in clock and adapters only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kaska.core import black_list, events, facts, modes
from kaska.core.commands import Command
from kaska.core.configuration import Configuration
from kaska.core.contacts import arrivals, consult, ending, legs, own_calls, picking
from kaska.core.contacts.contact import Phase
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts import book, dialling, work
from kaska.core.facts import Fact
from kaska.core.inside import calling as inside
from kaska.core.inside import camp, dictating, doors, paging, signals
from kaska.core.outgoing import dialling as outgoing
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.recording import course
from kaska.core.routing import waiting as queue_rules
from kaska.core.routing.distribution import distribute
from kaska.core.scenarios import faxing, steps, waiting, walk
from kaska.core.state import IllegalTransition, State
from kaska.core.supervision import breaks, floor, listening
from kaska.core.turn import Desk


@dataclass(slots=True)
class Outcomes:
    """What one event brought about, in order."""

    facts: list[Fact]
    commands: list[Command]


class Core:
    """One tenant's core. Not thread-safe: one writer hands it events one after another.

    Raises ports.Refused when a person asks for something that cannot be done (nothing has changed then) and
    IllegalTransition on a defect of ours.
    """

    def __init__(self, state: State) -> None:
        self.desk = Desk(state)

    @classmethod
    def fresh(cls, configuration: Configuration, at: float = 0.0) -> Core:
        """A core with nothing but a configuration."""
        core = cls(State(configuration))
        core.handle(events.ConfigurationPublished(at, configuration))
        return core

    @classmethod
    def replayed(cls, state: State, written: Iterable[Fact]) -> Core:
        """The core as it was after ``written`` had happened to ``state``."""
        for fact in written:
            state.apply(fact)
        core = cls(state)
        core.desk.forget_freed()
        return core

    @property
    def state(self) -> State:
        return self.desk.state

    def next_deadline(self) -> float | None:
        """When TimePassed must be told at the latest; None when nothing waits for the clock."""
        return self.desk.next_deadline()

    def handle(self, event: events.Event) -> Outcomes:
        desk = self.desk
        desk.begin(event.at)
        _HANDLERS[type(event)](desk, event)
        if desk.state.monitors:
            listening.keep_up(desk)
        camps = desk.state.camps
        if desk.restless or desk.unattended or desk.owed:
            self._finish_turn()
        if camps:
            camp.meet(desk)
            if desk.restless:  # nobody could be called after all
                self._finish_turn()
        if desk.state.inside:
            doors.meet(desk)
        return Outcomes(desk.facts, desk.commands)

    def _finish_turn(self) -> None:
        desk = self.desk
        while desk.restless or desk.unattended or dialling.dial_waiting(desk):
            distribute(desk)
            if desk.unattended:
                contact = desk.state.contacts.get(desk.unattended.pop(0))
                if contact is not None and contact.phase is Phase.WAITING:
                    waiting.wait_aloud(desk, contact)


def _time_passed(desk: Desk, event: events.TimePassed) -> None:
    while (due := desk.take_due()) is not None:
        kind, subject = due
        before = len(desk.facts)
        if kind == "agent":
            presence.woke(desk, subject)
        elif kind == "mode":
            modes.woke(desk, subject)
        elif kind == "debt":
            dialling.woke(desk, subject)
        elif kind == "spending":
            outgoing.woke(desk)
        elif kind == "inside":
            inside.woke(desk, subject)
        elif kind == "camp":
            camp.woke(desk, subject)
        elif kind == "dictation":
            dictating.woke(desk, subject)
        else:
            _contact_woke(desk, subject)
        desk.rearm(kind, subject)
        if len(desk.facts) == before:
            raise IllegalTransition(
                f"the deadline of {kind} {subject} came and changed nothing: {_story(desk, subject)}"
            )


def _contact_woke(desk: Desk, subject: str) -> None:
    contact = desk.state.contacts[subject]
    expired = next((leg for leg, offer in contact.offers.items() if offer.expires_at <= desk.at), None)
    silent = next((one for one in contact.consults.values() if 0.0 < one.expires_at <= desk.at), None)
    if expired is not None:
        legs.offer_expired(desk, contact, expired)
    elif silent is not None:
        consult.expired(desk, contact, silent)
    elif (
        not course.woke(desk, contact)
        and not picking.came_back(desk, contact)
        and not legs.reminded(desk, contact)
        and not queue_rules.woke(desk, contact)
    ):
        walk.woke(desk, contact)


def _story(desk: Desk, subject: str) -> str:
    state = desk.state
    return repr(state.contacts.get(subject) or state.agents.get(subject) or state.debts.get(subject))


def _published(desk: Desk, event: events.ConfigurationPublished) -> None:
    desk.write(facts.ConfigurationApplied(desk.at, event.configuration))
    for agent in list(desk.state.agents.values()):
        if agent.id not in event.configuration.agents and not agent.bound and agent.state is not AgentState.OFFLINE:
            presence.set_state(desk, agent.id, AgentState.OFFLINE, "removed")
    for contact in list(desk.state.contacts.values()):
        if contact.phase is Phase.WAITING and contact.queue not in event.configuration.queues:
            ending.withdraw_offers(desk, contact)
            if contact.promised_at:
                ending.give_up(desk, contact, EndCause.CALLBACK)
            else:
                steps.hush(desk, contact)
                waiting.leave_for_message(desk, contact, "queue_removed")


def _resynced(desk: Desk, event: events.SwitchResynced) -> None:
    for contact in list(desk.state.contacts.values()):
        walk.answer_again(desk, contact)
        if contact.phase is Phase.JOINING:
            legs.resume_join(desk, contact)
        else:
            walk.resume(desk, contact)
        ending.hang_up_the_rest(desk, contact)
        ending.settle(desk, contact)
    listening.resume(desk)
    inside.resume(desk)


def _debt_written_off(desk: Desk, event: events.DebtWrittenOff) -> None:
    ending.drop_settled_promises(desk, book.written_off(desk, event))


def _debt_reported(desk: Desk, event: events.DebtReported) -> None:
    ending.drop_settled_promises(desk, work.reported(desk, event))


def _recording_stored(desk: Desk, event: events.RecordingStored) -> None:
    desk.write(facts.RecordingReady(desk.at, event.contact, event.name, event.seconds, event.problem, event.pauses))


def _recording_deleted(desk: Desk, event: events.RecordingDeleted) -> None:
    desk.write(
        facts.RecordingDeleted(
            desk.at, event.contact, event.name, event.sha256, event.size, event.rule, event.days, event.by
        )
    )


def _classified(desk: Desk, event: events.ContactClassified) -> None:
    desk.write(
        facts.Classified(
            desk.at,
            event.contact,
            event.agent,
            event.topic,
            event.result,
            event.note,
            event.heard_from,
            event.refusal,
            event.next_step,
            event.next_at,
        )
    )


_HANDLERS: dict[type[events.Event], Callable[[Desk, Any], None]] = {
    events.ContactArrived: signals.arrived,
    events.ContactWitnessed: signals.witnessed,
    events.LegAnswered: signals.leg_answered,
    events.LegEnded: signals.leg_ended,
    events.PartiesJoined: signals.joined,
    events.PromptsEnded: signals.prompts_ended,
    events.DigitPressed: signals.digit_pressed,
    events.MessageRecorded: signals.message_recorded,
    events.FaxToneHeard: walk.fax_tone_heard,
    events.FaxEnded: faxing.ended,
    events.FaxReceived: faxing.received,
    events.SpeechHeard: walk.speech_heard,
    events.LookedUp: walk.looked_up,
    events.LegHeld: legs.held_by_phone,
    events.CommandFailed: signals.command_failed,
    events.RecordingStored: _recording_stored,
    events.RecordingDeleted: _recording_deleted,
    events.SwitchResynced: _resynced,
    events.AgentSignedIn: presence.signed_in,
    events.AgentSignedOut: presence.signed_out,
    events.AgentReadied: presence.readied,
    events.AgentPaused: breaks.asked,
    events.DeviceReached: presence.device_reached,
    events.WrapUpFinished: presence.wrap_up_finished,
    events.OfferRejected: signals.offer_rejected,
    events.HangUpRequested: signals.hang_up_requested,
    events.HoldRequested: signals.hold_requested,
    events.RecordingPauseRequested: course.pause_requested,
    events.TransferRequested: signals.transfer_requested,
    events.PhoneTransferred: signals.phone_transferred,
    events.PhoneDialled: own_calls.dialled,
    events.ParkRequested: picking.park_requested,
    events.PickUpRequested: picking.pick_up_requested,
    events.ReconnectRequested: picking.reconnect_requested,
    events.ConsultRequested: signals.consult_requested,
    events.ConsultSteered: signals.consult_steered,
    events.ContactClassified: _classified,
    events.CallbackRequested: listening.callback_requested,
    events.CallRequested: listening.call_requested,
    events.CampRequested: camp.requested,
    events.CampCancelled: camp.cancelled,
    events.PageRequested: paging.requested,
    events.DoorOpenRequested: doors.open_requested,
    events.DebtTaken: work.taken,
    events.DebtLetGo: work.let_go,
    events.DebtGiven: work.assigned,
    events.DebtPutOff: work.postponed,
    events.DebtReported: _debt_reported,
    events.DebtWrittenOff: _debt_written_off,
    events.ModeSwitched: modes.switched,
    events.NumberBlocked: black_list.blocked,
    events.NumberUnblocked: black_list.unblocked,
    events.MonitorRequested: listening.requested,
    events.MonitorStopped: listening.stopped,
    events.WaitingMoved: floor.moved,
    events.AgentStateRequested: floor.state_set,
    events.ConfigurationPublished: _published,
    events.TrialRequested: arrivals.trial_requested,
    events.TimePassed: _time_passed,
}
