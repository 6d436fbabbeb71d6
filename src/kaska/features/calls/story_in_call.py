"""Sentences about transfers and consults, for the story of a contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import facts as f
from kaska.features.calls.story_teller import Teller
from kaska.features.calls.wording import CONSULT_RESULTS


def _whom(t: Teller, to: str, target: str) -> str:
    if to == "agent":
        return t.agent(target)
    if to == "queue":
        return t.say(f"в очередь «{t.queue(target)}»", f"the queue “{t.queue(target)}”")
    return t.say(f"на номер {target}", f"the number {target}")


def _transferred(t: Teller, x: f.Transferred) -> str:
    by, whom = t.agent(x.by), _whom(t, x.to, x.target)
    return t.say(f"{by} переводит: {whom}", f"{by} transfers to {whom}")


def _parked(t: Teller, x: f.Parked) -> str:
    by = t.agent(x.by)
    ru, en = (f", место {x.place}", f", place {x.place}") if x.place else ("", "")
    return t.say(f"{by} ставит звонок на парковку{ru}", f"{by} parks the call{en}")


def _cut_off(t: Teller, x: f.CutOff) -> str:
    by = t.agent(x.by) or t.say("Вызванный снаружи", "Somebody outside")
    return t.say(
        f"{by}: звук разговора пропал, клиент слышит музыку", f"{by}: the sound is lost, the person hears music"
    )


_TAKEN_FROM = {
    "ringing": ("звонил у коллеги", "it rang at a colleague"),
    "waiting": ("ждал в очереди", "it waited in the queue"),
    "parked": ("был на парковке", "it was parked"),
    "talking": ("разговор продолжится", "the talk goes on"),
}


def _picked_up(t: Teller, x: f.PickedUp) -> str:
    who, (ru, en) = t.agent(x.agent), _TAKEN_FROM.get(x.place, (x.place, x.place))  # a later version may know more
    return t.say(f"{who} забирает звонок: {ru}", f"{who} takes the call: {en}")


def _returned(t: Teller, x: f.TransferReturned) -> str:
    if x.to == "message":
        return t.say("Никто не взял: предложено сообщение", "Nobody took the call: asked for a message")
    whom = _whom(t, x.to, x.target)
    return t.say(f"Никто не взял, возвращается: {whom}", f"Nobody took the call, it goes back to {whom}")


def _consult_started(t: Teller, x: f.ConsultStarted) -> str:
    whom = t.agent(x.agent) if x.agent else x.number
    ru, en = (", вторым звонком своего телефона", ", by a second call of the telephone") if x.own_leg else ("", "")
    return t.say(f"{t.agent(x.by)} советуется: {whom}{ru}", f"{t.agent(x.by)} consults {whom}{en}")


def _consult_answered(t: Teller, x: f.ConsultAnswered) -> str:
    who = t.agent(x.agent) or t.say("Вызванный снаружи", "Somebody outside")
    return t.say(f"{who}: ответил, консультация идёт", f"{who} answered, the consult goes on")


def _consult_over(t: Teller, x: f.ConsultOver) -> str:
    length = f", {t.long(x.seconds)}" if x.seconds else ""
    return f"{t.agent(x.agent) or t.say('Вызванный снаружи', 'Somebody outside')}: " + (
        t.w(CONSULT_RESULTS, x.result) + length
    )


def _consult_held(t: Teller, x: f.ConsultHeld) -> str:
    if x.held:
        return t.say("Тот, с кем советовались, слышит музыку", "Who was consulted hears music")
    return t.say("Снова разговор с тем, с кем советуются", "Talking with who was consulted again")


SENTENCES: dict[type[Any], Callable[[Any, Any], str]] = {
    f.Transferred: _transferred,
    f.TransferReturned: _returned,
    f.Parked: _parked,
    f.CutOff: _cut_off,
    f.PickedUp: _picked_up,
    f.ConsultStarted: _consult_started,
    f.ConsultAnswered: _consult_answered,
    f.ConsultHeld: _consult_held,
    f.ConsultShared: lambda t, x: t.say("Конференция: все слышат друг друга", "Conference: all hear each other"),
    f.ConsultOver: _consult_over,
}
