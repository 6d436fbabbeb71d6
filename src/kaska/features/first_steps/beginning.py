"""What a new company begins with: its hours, one queue, and a scenario that loses nobody. Pure."""

from __future__ import annotations

from collections.abc import Collection

from kaska.core.configuration import Calendar, Project, Queue
from kaska.core.scenarios.graph import Enqueue, Finish, Play, Scenario, Schedule, TakeMessage

CALENDAR = "work"
PROJECT = "main"
QUEUE = "operators"
SCENARIO = "main"
TEST_NUMBER = "100"
"""dialled from the page only: no public number is so short"""

_NAMES = {
    "ru": {"calendar": "Рабочие часы", "queue": "Операторы", "scenario": "Основной"},
    "en": {"calendar": "Working hours", "queue": "Agents", "scenario": "Main"},
}

_STEPS = {
    "ru": {
        "hours": "Часы",
        "welcome": "Приветствие",
        "queue": "Операторы",
        "message": "Сообщение",
        "closed": "Закрыто",
        "closed_message": "Сообщение после закрытия",
        "thanks": "Спасибо",
    },
    "en": {
        "hours": "Hours",
        "welcome": "Welcome",
        "queue": "Agents",
        "message": "Message",
        "closed": "Closed",
        "closed_message": "Message when closed",
        "thanks": "Thanks",
    },
}
"""what the nodes are called on the canvas"""


def calendar(language: str, timezone: str, days: Collection[int], opens: int, closes: int) -> Calendar:
    """Open on ``days`` (0 = Monday) from ``opens`` to ``closes``, minutes since midnight."""
    week = tuple(((opens, closes),) if day in days else () for day in range(7))
    return Calendar(CALENDAR, timezone, week, name=_NAMES[language]["calendar"])


def project(name: str) -> Project:
    return Project(PROJECT, name, CALENDAR)


def queue(language: str) -> Queue:
    """Everybody who has a workplace answers."""
    return Queue(QUEUE, _NAMES[language]["queue"], PROJECT)


def scenario_name(language: str) -> str:
    return _NAMES[language]["scenario"]


def scenario(language: str) -> Scenario:
    """The queue while open, a message with a callback owed while closed or when nobody comes."""

    def say(*names: str) -> tuple[str, ...]:
        return tuple(f"{language}/{name}" for name in names)

    at = _STEPS[language]
    return Scenario(
        SCENARIO,
        1,
        at["hours"],
        {
            at["hours"]: Schedule(CALENDAR, at["welcome"], at["closed"]),
            # no greeting: ours names the demo's company, and a company's own has yet to be recorded
            at["welcome"]: Play(say("recording-notice", "stay-on-line"), at["queue"]),
            at["queue"]: Enqueue(QUEUE, at["message"], {"1": "message", "2": "callback"}),
            at["message"]: TakeMessage(say("message-question"), at["thanks"]),
            at["closed"]: Play(say("closed"), at["closed_message"]),
            at["closed_message"]: TakeMessage(say("message-question"), at["thanks"], closed_hours=True),
            at["thanks"]: Finish(say("thanks", "goodbye")),
        },
    )
