"""Sentences about what telephones dial by themselves, callers who are kept out, and calls among ourselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import facts as f
from kaska.features.calls.story_teller import Teller
from kaska.features.calls.wording import (
    CAMP_RESULTS,
    DICTATION_RESULTS,
    DICTATION_STAGES,
    INSIDE_RESULTS,
    PHONE_ACTIONS,
)


def _phone_asked(t: Teller, x: f.PhoneAsked) -> str:
    who = t.agent(x.agent) or x.endpoint
    what = t.w(PHONE_ACTIONS, x.action)
    told = t.say(f"{who} набрал на телефоне {x.dialled}", f"{who} dialled {x.dialled} on the telephone")
    told += f" ({what})" if what else ""
    return told + (t.say(": отказано, причина сказана", ": refused, and told why") if x.refused else "")


def _blocked(t: Teller, x: f.NumberBlocked) -> str:
    reason = f" ({x.reason})" if x.reason else ""
    return t.say(
        f"{t.agent(x.by)} внёс в чёрный список: {x.number}{reason}",
        f"{t.agent(x.by)} put {x.number} on the black list{reason}",
    )


def _turned_away(t: Teller, x: f.CallerTurnedAway) -> str:
    reason = f": {x.reason}" if x.reason else ""
    return t.say(
        f"Номер в чёрном списке (запись {x.number}){reason}; звучит сообщение",
        f"The number is on the black list (entry {x.number}){reason}; it hears a message",
    )


def _inside_asked(t: Teller, x: f.InsideAsked) -> str:
    by, to = t.agent(x.by) or x.caller, t.agent(x.to) or x.number
    return t.say(f"{by} звонит {to} по внутреннему номеру", f"{by} calls {to} inside")


def _inside_invited(t: Teller, x: f.InsideInvited) -> str:
    asker, whom = t.agent(x.asker), t.agent(x.agent) or x.number
    if not x.asker:
        return t.say(f"Никто не ответил: возвращается к {whom}", f"Nobody answered: it comes back to {whom}")
    if x.sent:
        return t.say(f"{asker} переводит разговор: {whom}", f"{asker} sends the talk on to {whom}")
    return t.say(f"{asker} советуется: {whom}", f"{asker} asks {whom} in")


def _inside_over(t: Teller, x: f.InsideOver) -> str:
    how = t.w(INSIDE_RESULTS, x.result)
    by, to = t.agent(x.by), t.agent(x.to) or x.number
    who = f"{by} — {to}" if by else to
    long = t.say(f", {x.seconds:.0f} с", f", {x.seconds:.0f} s") if x.seconds else ""
    return t.say(f"Внутренний звонок завершён ({who}): {how}{long}", f"The call inside is over ({who}): {how}{long}")


def _camp_asked(t: Teller, x: f.CampAsked) -> str:
    by, target = t.agent(x.by), t.agent(x.to) or x.number
    return t.say(f"{by} ждёт, когда освободится {target}", f"{by} waits until {target} is free")


def _camp_over(t: Teller, x: f.CampOver) -> str:
    by, target = t.agent(x.by), t.agent(x.to) or x.number
    how = t.w(CAMP_RESULTS, x.result)
    return t.say(f"{by} больше не ждёт {target}: {how}", f"{by} waits for {target} no more: {how}")


def _page_begun(t: Teller, x: f.PageBegun) -> str:
    busy = ", ".join(t.agent(one) for one in x.busy)
    return t.say("Говорит", "Speaks") + (t.say(f"; не слышат: {busy}", f"; do not hear it: {busy}") if busy else "")


def _door_opened(t: Teller, x: f.DoorOpened) -> str:
    agent = t.agent(x.agent)
    if x.way == "phone":
        return t.say(f"{agent} открывает дверь кодом с телефона", f"{agent} opens the door by keys of the telephone")
    return t.say(f"{agent} открывает дверь", f"{agent} opens the door")


SENTENCES: dict[type[Any], Callable[[Any, Any], str]] = {
    f.PhoneAsked: _phone_asked,
    f.NumberBlocked: _blocked,
    f.NumberUnblocked: lambda t, x: t.say(
        f"{t.agent(x.by)} убрал из чёрного списка: {x.number}", f"{t.agent(x.by)} took {x.number} off the black list"
    ),
    f.TrialPrepared: lambda t, x: t.say(
        f"{t.agent(x.by)} звонит в черновик сценария «{t.scenario(x.scenario)}», чтобы проверить его",
        f"{t.agent(x.by)} calls the draft of the scenario “{t.scenario(x.scenario)}” to try it",
    ),
    f.CallerTurnedAway: _turned_away,
    f.InsideAsked: _inside_asked,
    f.InsideLegStarted: lambda t, x: t.say(
        f"Звонит телефон: {t.agent(x.agent) or x.endpoint}", f"The telephone rings: {t.agent(x.agent) or x.endpoint}"
    ),
    f.InsideLegUp: lambda t, _: t.say("Трубка снята", "Picked up"),
    f.InsideMet: lambda t, _: t.say("Собеседники соединены", "The two are connected"),
    f.InsideHeld: lambda t, x: t.say(
        f"{t.agent(x.by)}: собеседники слышат музыку" if x.by else "Снят с удержания",
        f"{t.agent(x.by)} lets the others hear music" if x.by else "Taken off hold",
    ),
    f.InsideInvited: _inside_invited,
    f.InsideShared: lambda t, _: t.say("Говорят все вместе", "All talk together"),
    f.InsideLegOver: lambda t, _: t.say("Трубка положена", "Hung up"),
    f.InsideEnding: lambda t, x: t.w(INSIDE_RESULTS, x.result),
    f.InsideOver: _inside_over,
    f.CampAsked: _camp_asked,
    f.Screened: lambda t, x: t.say(
        f"{t.agent(x.agent)} слушает, кто звонит", f"{t.agent(x.agent)} hears who is calling"
    ),
    f.CampOver: _camp_over,
    f.PageAsked: lambda t, x: t.say(
        f"{t.agent(x.agent)} говорит всей группе «{t.queue(x.queue)}»", f"{t.agent(x.agent)} pages “{t.queue(x.queue)}”"
    ),
    f.PageBegun: _page_begun,
    f.PageRung: lambda t, x: t.say(
        f"Телефон {t.agent(x.agent)} отвечает сам", f"The telephone of {t.agent(x.agent)} answers by itself"
    ),
    f.DoorRang: lambda t, x: t.say(f"Звонят в дверь «{x.name}»", f"Somebody is at the door “{x.name}”"),
    f.DoorOffered: lambda t, x: t.say(
        f"Звонит телефон {t.agent(x.agent)}", f"The telephone of {t.agent(x.agent)} rings"
    ),
    f.DoorTaken: lambda t, x: t.say(f"{t.agent(x.agent)} отвечает", f"{t.agent(x.agent)} answers"),
    f.DoorKeyed: lambda t, x: t.say("Нажата клавиша", "A key was pressed"),
    f.DoorOpened: _door_opened,
    f.DoorUnopened: lambda t, x: t.say("Дверь открыть не удалось", "The door could not be opened"),
    f.DictationBegun: lambda t, x: t.say(
        f"{t.agent(x.agent)} наговаривает фразу {x.number}".rstrip(),
        f"{t.agent(x.agent)} speaks a prompt {x.number}".rstrip(),
    ),
    f.DictationStage: lambda t, x: t.w(DICTATION_STAGES, x.stage),
    f.DictationSpoken: lambda t, x: t.say(f"Записано, {t.long(x.seconds)}", f"Recorded, {t.long(x.seconds)}"),
    f.DictationOver: lambda t, x: t.w(DICTATION_RESULTS, x.result),
}
