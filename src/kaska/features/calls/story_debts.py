"""The debt book's facts in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import facts as f
from kaska.features.calls.story_teller import Teller
from kaska.features.calls.wording import ATTEMPT_RESULTS, CAUSES, DEBT_CLOSINGS


def _opened(t: Teller, x: f.DebtOpened) -> str:
    cause, owner = t.w(CAUSES, x.cause), t.owner(x.owner)
    return t.say(f"Открыт долг: {cause}; ответственный: {owner}", f"Debt opened: {cause}; owed by {owner}")


def _closed(t: Teller, x: f.DebtClosed) -> str:
    how = t.w(DEBT_CLOSINGS, x.how)
    reason = f" — {t.w(ATTEMPT_RESULTS, x.reason)}" if x.reason else ""
    who = f", {t.agent(x.by)}" if x.by else ""
    return t.say(f"Долг закрыт: {how}{who}{reason}", f"Debt closed: {how}{who}{reason}")


def _attempted(t: Teller, x: f.DebtAttempted) -> str:
    reached = t.say("дозвонились", "reached") if x.reached else t.say("не дозвонились", "not reached")
    result = t.w(ATTEMPT_RESULTS, x.result) or reached
    who = f", {t.agent(x.agent)}" if x.agent else ""
    return t.say(f"Попытка перезвонить{who}: {result}", f"Attempt to call back{who}: {result}")


def _postponed(t: Teller, x: f.DebtPostponed) -> str:
    note = f" — {x.note}" if x.note else ""
    return t.say(
        f"{t.agent(x.by)} обещает перезвонить в назначенное время{note}",
        f"{t.agent(x.by)} promised to call at an agreed time{note}",
    )


def _claimed(t: Teller, x: f.DebtClaimed) -> str:
    who = t.agent(x.agent)
    if not x.until:
        return t.say(f"{who} больше не занимается этим долгом", f"{who} does not work on it any more")
    return t.say(f"{who} занимается этим долгом", f"{who} works on it")


def _assigned(t: Teller, x: f.DebtAssigned) -> str:
    owner, by = t.owner(x.owner), t.agent(x.by)
    return t.say(f"Ответственный: {owner} (назначает {by})", f"Owed by {owner} now (assigned by {by})")


SENTENCES: dict[type[Any], Callable[[Teller, Any], str]] = {
    f.DebtOpened: _opened,
    f.DebtAttempted: _attempted,
    f.DebtReady: lambda t, x: t.say("Пора звонить: ждёт свободного оператора", "Time to call: waits for a free agent"),
    f.DebtDelayed: lambda t, x: t.say("Автоматический звонок отложен", "The automatic call is put off"),
    f.DebtPostponed: _postponed,
    f.DebtClaimed: _claimed,
    f.DebtAssigned: _assigned,
    f.DebtEscalated: lambda t, x: t.say("Срок прошёл: передан супервизору", "Past its deadline: the supervisor's, too"),
    f.DebtClosed: _closed,
}
