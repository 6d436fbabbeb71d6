"""How a trunk is, in words. Pure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kaska.features.numbers.schemas import TrunkState

LineStates = Callable[[Mapping[str, str]], Awaitable[Mapping[str, str] | None]]
"""endpoint → its SIP address or "", to endpoint → "online", "offline" or "unasked" of those that the switch knows; None
when there is no switch to ask"""

_TEXTS: dict[str, tuple[str, str]] = {
    "online": ("Другая сторона отвечает.", "The far end answers."),
    "offline": (
        "Не отвечает. Проверьте адрес и порт, сеть и межсетевой экран; у оператора связи — что ваш адрес разрешён.",
        "Does not answer. Check address and port, network and firewall; ask the carrier whether your address is "
        "let in.",
    ),
    "unasked": (
        "Только принимает звонки: адреса для исходящих нет, поэтому спросить его нельзя. Позвоните на номер и "
        "посмотрите, появился ли звонок.",
        "Only takes calls: it has no address for outgoing ones, so it cannot be asked. Call a number and see whether "
        "the call shows up.",
    ),
    "browser": ("Линия для звонков со страницы готова.", "The line for calls from this page is ready."),
    "unpublished": (
        "Станция ещё не знает этот транк: опубликуйте настройки.",
        "The switch does not know this trunk yet: publish the settings.",
    ),
    "away": (
        "Станция сейчас не отвечает, спросить её нельзя. Посмотрите «Состояние».",
        "The switch does not answer now. See “State”.",
    ),
}


def state_of(
    trunk: Mapping[Any, Any], seen: Mapping[str, str] | None, last: Mapping[Any, Any] | None, language: str
) -> TrunkState:
    """``trunk`` is its row, ``seen`` what LineStates told, ``last`` the newest contact by it."""
    code = _code(trunk, seen)
    words = "browser" if code == "unasked" and trunk["secret"] else code
    told = TrunkState(id=trunk["id"], state=code, text=_TEXTS[words][1 if language == "en" else 0])
    if last is not None:
        told.last_contact, told.last_at, told.last_outcome = last["id"], last["arrived_at"], last["outcome"]
    return told


def _code(trunk: Mapping[Any, Any], seen: Mapping[str, str] | None) -> str:
    if seen is None:
        return "away"
    return seen.get(trunk["endpoint"], "unpublished")
