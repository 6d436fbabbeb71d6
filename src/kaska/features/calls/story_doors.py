"""Sentences about what telephones dial by themselves, and about callers who are kept out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts as f
from kaska.features.calls.wording import PHONE_ACTIONS

if TYPE_CHECKING:
    from kaska.features.calls.story import Teller


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


SENTENCES: dict[type[Any], Callable[[Any, Any], str]] = {
    f.PhoneAsked: _phone_asked,
    f.NumberBlocked: _blocked,
    f.NumberUnblocked: lambda t, x: t.say(
        f"{t.agent(x.by)} убрал из чёрного списка: {x.number}", f"{t.agent(x.by)} took {x.number} off the black list"
    ),
    f.CallerTurnedAway: _turned_away,
}
