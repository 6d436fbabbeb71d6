"""What alerts say by mail, in Russian and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

FIGURES: dict[str, tuple[str, str]] = {
    "waiting_time": ("Самое долгое ожидание", "Longest wait"),
    "waiting": ("Ждут в очереди", "Waiting in queues"),
    "lost": ("Потеряно за период", "Lost in the period"),
    "lost_share": ("Доля потерянных", "Share of lost"),
    "free_agents": ("Свободные операторы", "Free agents"),
    "occupancy": ("Загрузка операторов", "Occupancy"),
    "answer_delay": ("Средняя скорость ответа", "Average speed of answer"),
    "talk_in": ("Средний входящий разговор", "Mean inbound talk"),
    "talk_out": ("Средний исходящий разговор", "Mean outbound talk"),
    "connection_rate": ("Доля дозвонов", "Outbound connection rate"),
    "door_missed": ("Не ответили на звонок в дверь", "Nobody answered a door"),
    "outgoing_stopped": ("Остановлено исходящих", "Outgoing calls stopped"),
}
NAMES: dict[str, tuple[str, str]] = {
    "outgoing_stopped": ("Исходящие звонки остановлены правилами", "Outgoing calls stopped by the rules"),
}
"""of situations that no rule of the company named"""
_SECONDS = frozenset({"waiting_time", "answer_delay", "talk_in", "talk_out"})
_SHARES = frozenset({"lost_share", "occupancy", "connection_rate"})


def said(figure: str, value: float, language: str) -> str:
    """A value with its unit."""
    number = f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    if language != "en":
        number = number.replace(".", ",")
    if figure in _SECONDS:
        return f"{number} {'s' if language == 'en' else 'с'}"
    if figure in _SHARES:
        return f"{number} %"
    return number


def mail(situation: Mapping[Any, Any], what: str, language: str, zone: ZoneInfo) -> tuple[str, str]:
    """(subject, text)."""
    english = language == "en"
    own = NAMES.get(situation["figure"])
    name = own[english] if own is not None else situation["name"]
    figure = FIGURES[situation["figure"]][english]
    value = said(situation["figure"], situation["worst"], language)
    limit = said(situation["figure"], situation["limit"], language)
    since = _clock(situation["since"], zone)
    raised = what == "raised"
    if english:
        side = "above" if situation["above"] else "below"
        subject = f"{'Critical' if raised else 'Back to normal'}: {name}"
        lines = [
            f"{figure}: {value} ({side} the limit of {limit})." if raised else f"{figure} is back inside its limits.",
            f"Since {since}." if raised else f"It lasted from {since} to {_clock(situation['until'], zone)}.",
            "" if raised else f"The worst value was {value}.",
            "Who is on it and what was done: “Critical situations” on the board.",
        ]
    else:
        side = "выше" if situation["above"] else "ниже"
        subject = f"{'Критично' if raised else 'Снова в норме'}: {name}"
        lines = [
            f"{figure}: {value} ({side} предела {limit})." if raised else f"{figure}: снова в пределах нормы.",
            f"С {since}." if raised else f"Длилось с {since} до {_clock(situation['until'], zone)}.",
            "" if raised else f"Худшее значение: {value}.",
            "Кто занимается и что сделано — на доске, «Критические ситуации».",
        ]
    return subject, "\n".join(line for line in lines if line) + "\n"


def _clock(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M:%S") if at is not None else ""
