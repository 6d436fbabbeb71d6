"""The course of a recording: decided before the two hear each other, paused, gone on with.

The law: nothing is heard in the recording between a pause and its end, and a pause has an end.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import PauseRecording, PlayPrompts, ResumeRecording
from kaska.core.contacts import talks
from kaska.core.contacts.contact import Contact
from kaska.core.ports import Refused
from kaska.core.recording.rules import is_chosen
from kaska.core.scenarios import speech
from kaska.core.scenarios.steps import language_of
from kaska.core.turn import Desk

BY_AGENT = "agent"
"""why a pause began that he asked for himself, and not his page for him"""
LONGEST_UNASKED = 300.0
"""seconds of a pause that nobody asked for by hand, where the rules name no limit: the page may be gone"""
BY_TIME, BY_TALK, FAILED = "time", "talk", "failed"
"""why a pause ended that nobody ended"""
NOT_RECORDED = "not_recorded"
"""problem of a recording that the rules, or the scenario, did not want"""


def decide(desk: Desk, contact: Contact) -> None:
    """Before the parties are joined for the first time. Until then the switch has written no sound: what is not to be
    recorded is never on the disk."""
    if contact.recording_decided:
        return
    rules = desk.state.configuration.recording
    rule = rules.rule_for(contact.project, contact.queue, contact.direction)
    on = contact.keeps_recording and (rule is None or is_chosen(contact.id, rule.share))
    desk.write(facts.RecordingDecided(desk.at, contact.id, on, rule.id if rule is not None else ""))
    if not on:
        desk.order(PauseRecording(contact.id, contact.customer_leg))


def talk_began(desk: Desk, contact: Contact) -> None:
    """Said to both when a rule wants it; and a pause of the agent before is over."""
    _go_on(desk, contact, BY_TALK)
    rule = desk.state.configuration.recording.rule_for(contact.project, contact.queue, contact.direction)
    if rule is None or not rule.notice or not contact.keeps_recording or contact.recording_told:
        return
    desk.write(facts.RecordingTold(desk.at, contact.id))
    said = (speech.phrase("recording-told", language_of(contact)),)
    for leg in (contact.customer_leg, contact.agent_leg):
        desk.order(PlayPrompts(contact.id, leg, f"{leg}-recorded", said))


def pause_requested(desk: Desk, event: events.RecordingPauseRequested) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    if not contact.keeps_recording:
        raise Refused("not_recorded")
    if event.paused is bool(contact.pause_since):
        return
    if not event.paused and event.reason != BY_AGENT and contact.pause_by == BY_AGENT:
        return  # what he asked for himself is not ended by a field that he left
    if event.paused:
        limit = desk.state.configuration.recording.pause_seconds
        if not limit and event.reason != BY_AGENT:
            limit = LONGEST_UNASKED
        until = desk.at + limit if limit else 0.0
        desk.write(facts.RecordingPaused(desk.at, contact.id, event.agent, event.reason, until))
        desk.order(PauseRecording(contact.id, contact.customer_leg))
    else:
        _go_on(desk, contact, event.reason, event.agent)


def woke(desk: Desk, contact: Contact) -> bool:
    """The pause was forgotten. False when it is not its time."""
    if not contact.pause_until or contact.pause_until > desk.at:
        return False
    _go_on(desk, contact, BY_TIME)
    return True


def not_paused(desk: Desk, contact: Contact) -> None:
    """The switch could not do it: the recording goes on, and the agent must know."""
    if contact.pause_since:
        desk.write(facts.RecordingResumed(desk.at, contact.id, "", FAILED, 0.0))


def _go_on(desk: Desk, contact: Contact, reason: str, by: str = "") -> None:
    if not contact.pause_since:
        return
    seconds = desk.at - contact.pause_since
    desk.write(facts.RecordingResumed(desk.at, contact.id, by, reason, seconds))
    desk.order(ResumeRecording(contact.id, contact.customer_leg, contact.pauses + 1, seconds))
