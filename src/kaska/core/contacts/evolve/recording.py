"""What of the contact is recorded. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State


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


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.RecordingChosen: recording_chosen,
    facts.RecordingDecided: recording_decided,
    facts.RecordingTold: recording_told,
    facts.RecordingPaused: recording_paused,
    facts.RecordingResumed: recording_resumed,
}
