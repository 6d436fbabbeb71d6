"""A prompt spoken into a telephone: the number of it, the words, hearing them back, keep or once more.

It is a call among ourselves with nobody at the other end, so that its user is offered nobody meanwhile and goes on
afterwards with what he did. What was spoken is never lost: who hangs up before he has kept it leaves it unconfirmed.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AdoptLeg, AnswerCall, HangUpLeg, PlayMessage, PlayPrompts, RecordMessage, StopPrompts
from kaska.core.configuration import AgentProfile
from kaska.core.inside.dictation import (
    EMPTY,
    HEARING,
    KEPT,
    LEFT,
    NUMBERING,
    SAVING,
    SPEAKING,
    UNCONFIRMED,
    Dictation,
)
from kaska.core.inside.reaching import INSIDE
from kaska.core.inside.talk import BY
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.scenarios import speech
from kaska.core.turn import Desk

NUMBER_SECONDS, DECIDE_SECONDS, MOST_SECONDS, GUARD_SECONDS = 30.0, 60.0, 180, 20.0
LONGEST_NUMBER = 6
KEEP, AGAIN, ENOUGH = "1", "2", "#"
ASK_NUMBER, SPEAK, CHOOSE, SAVED, NOTHING = SAID = (
    "code/prompt-number",
    "code/prompt-speak",
    "code/prompt-keys",
    "code/prompt-kept",
    "code/prompt-empty",
)


def by_phone(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, number: str) -> None:
    """``number`` "" is asked for. Raises Refused."""
    if desk.state.agents[profile.id].bound:
        raise Refused("agent_busy")
    if number and not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Refused("no_such_code")
    talk = event.leg
    desk.write(facts.InsideAsked(desk.at, talk, profile.id, profile.extension, "", event.dialled, "", True))
    desk.write(facts.InsideLegStarted(desk.at, talk, talk, BY, profile.id, event.endpoint, 0.0))
    presence.set_state(desk, profile.id, AgentState.TALKING, INSIDE, contact=talk)
    desk.write(facts.InsideLegUp(desk.at, talk, talk))
    desk.write(facts.InsideMet(desk.at, talk))
    desk.order(AdoptLeg(talk, talk))
    desk.order(AnswerCall(talk, talk))
    desk.write(facts.DictationBegun(desk.at, talk, profile.id, number))
    dictation = desk.state.dictations[talk]
    if number:
        _let_speak(desk, dictation)
    else:
        _stage(desk, dictation, NUMBERING, NUMBER_SECONDS)
        _say(desk, dictation, ASK_NUMBER)


def _stage(desk: Desk, dictation: Dictation, stage: str, seconds: float, digit: str = "") -> None:
    number = dictation.number + digit
    desk.write(facts.DictationStage(desk.at, dictation.id, stage, desk.at + seconds, number))


def _say(desk: Desk, dictation: Dictation, *prompts: str) -> None:
    language = desk.state.configuration.codes.language
    said = tuple(speech.phrase(prompt, language) for prompt in prompts)
    desk.order(PlayPrompts(dictation.id, dictation.id, dictation.play, said))


def _hush(desk: Desk, dictation: Dictation) -> None:
    for play in (dictation.back, dictation.play):
        desk.order(StopPrompts(dictation.id, dictation.id, play))


def _let_speak(desk: Desk, dictation: Dictation, *before: str) -> None:
    _stage(desk, dictation, SPEAKING, MOST_SECONDS + GUARD_SECONDS)
    _say(desk, dictation, *before, SPEAK)


# --- what the switch tells; False: it was told of something else ---------------------------------------------------


def prompts_ended(desk: Desk, event: events.PromptsEnded) -> bool:
    dictation = desk.state.dictations.get(event.contact)
    if dictation is None:
        return False
    if event.play == dictation.play and dictation.stage == SPEAKING:
        desk.order(RecordMessage(dictation.id, dictation.id, dictation.take, MOST_SECONDS))
    elif event.play == dictation.play and dictation.stage == SAVING:
        desk.order(HangUpLeg(dictation.id, dictation.id))
    elif event.play == dictation.back and dictation.stage == HEARING:
        _say(desk, dictation, CHOOSE)
    return True


def recorded(desk: Desk, event: events.MessageRecorded) -> bool:
    """Nothing that was said may be lost: also of who has gone meanwhile."""
    dictation = desk.state.dictations.get(event.contact)
    if dictation is None:
        return False
    if dictation.stage not in (SPEAKING, LEFT) or event.name not in ("", dictation.take):
        return True
    if event.seconds:
        desk.write(facts.DictationSpoken(desk.at, dictation.id, dictation.take, event.seconds))
    if dictation.stage == LEFT:
        _over(desk, dictation)
    elif event.seconds:
        _stage(desk, dictation, HEARING, event.seconds + DECIDE_SECONDS)
        desk.order(PlayMessage(dictation.id, dictation.id, dictation.back, dictation.name))
    else:
        _let_speak(desk, dictation, NOTHING)
    return True


def pressed(desk: Desk, event: events.DigitPressed) -> bool:
    dictation = desk.state.dictations.get(event.contact)
    if dictation is None:
        return False
    digit, stage = event.digit, dictation.stage
    if stage == NUMBERING and digit.isdigit() and len(dictation.number) < LONGEST_NUMBER:
        _hush(desk, dictation)
        _stage(desk, dictation, NUMBERING, NUMBER_SECONDS, digit)
    elif stage == NUMBERING and digit == ENOUGH and dictation.number:
        _let_speak(desk, dictation)
    elif stage == HEARING and digit == KEEP:
        _hush(desk, dictation)
        _stage(desk, dictation, SAVING, GUARD_SECONDS)
        _say(desk, dictation, SAVED)
    elif stage == HEARING and digit == AGAIN:
        _hush(desk, dictation)
        _let_speak(desk, dictation)
    return True


def failed(desk: Desk, event: events.CommandFailed) -> bool:
    """False also where the call itself failed: that is told to the call among ourselves."""
    dictation = desk.state.dictations.get(event.contact)
    if dictation is None:
        return False
    if event.command in ("PlayPrompts", "PlayMessage"):
        play = dictation.back if event.command == "PlayMessage" else dictation.play
        return prompts_ended(desk, events.PromptsEnded(event.at, event.contact, event.leg, play, ok=False))
    if event.command == "RecordMessage":
        desk.order(HangUpLeg(dictation.id, dictation.id))
    return event.command in ("RecordMessage", "StopPrompts")


def left(desk: Desk, name: str) -> None:
    """His line is gone. While the switch still writes what he said, its end is waited for."""
    dictation = desk.state.dictations.get(name)
    if dictation is None:
        return
    if dictation.stage == SPEAKING:
        _stage(desk, dictation, LEFT, GUARD_SECONDS)
    else:
        _over(desk, dictation)


def woke(desk: Desk, name: str) -> None:
    """He does not decide, or the end of something was never told."""
    dictation = desk.state.dictations[name]
    talk = desk.state.inside.get(name)
    if talk is not None and talk.by.alive:
        desk.order(HangUpLeg(name, name))
    _over(desk, dictation)


def _over(desk: Desk, dictation: Dictation) -> None:
    result = KEPT if dictation.stage == SAVING else UNCONFIRMED if dictation.name else EMPTY
    of = (dictation.id, dictation.agent, dictation.number)
    desk.write(facts.DictationOver(desk.at, *of, dictation.name, dictation.seconds, result))
