"""A day to simulate, as a person writes it in JSON. See the handbook for the form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kaska.core.configuration import Queue
from kaska.simulator.company import PROJECT, company, number_of
from kaska.simulator.durations import (
    AT_ONCE,
    FOREVER,
    HALF_MINUTE,
    Duration,
    Exactly,
    Exponential,
    Given,
    Lognormal,
)
from kaska.simulator.model import Callers, Model, Poisson, Rate, Recorded, Shift, Worker
from kaska.simulator.notation import DescriptionProblem, Field, Fields

DAY = "2026-01-15"
TIMEZONE = "Europe/Moscow"
QUEUE_SECONDS = (
    "ring_seconds", "reserve_after", "announce_every", "offer_after", "max_wait", "wrap_up_seconds",
    "short_abandon_seconds",
)  # fmt: skip
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Description:
    """``interval`` and ``target`` are seconds: what the table is cut by, and the T of the service level."""

    model: Model
    timezone: str
    interval: float
    target: float


@dataclass(frozen=True, slots=True)
class _Wall:
    """The wall clock of the simulated day."""

    day: date
    zone: ZoneInfo

    def moment(self, field: Field) -> float:
        """Seconds since the epoch of "09:30", "09:30:15" or "24:00"."""
        parts = field.text().split(":")
        if len(parts) not in (2, 3) or not all(part.isdecimal() and len(part) == 2 for part in parts):
            raise field.expected("moment")
        hours, minutes, seconds = (int(part) for part in (*parts, "00")[:3])
        if minutes > 59 or seconds > 59 or timedelta(hours=hours, minutes=minutes, seconds=seconds) > timedelta(days=1):
            raise field.expected("moment")
        wall = datetime(self.day.year, self.day.month, self.day.day) + timedelta(
            hours=hours, minutes=minutes, seconds=seconds
        )
        return wall.replace(tzinfo=self.zone).timestamp()

    def span(self, fields: Fields) -> tuple[float, float]:
        start, end = fields.required("from"), fields.required("to")
        found = self.moment(start), self.moment(end)
        if found[0] >= found[1]:
            raise end.problem("order", than=start.value)
        return found


def read(text: str) -> Description:
    """Raises DescriptionProblem, which names the place."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise DescriptionProblem("", "not_json", detail=error) from None
    whole = Field(document).fields(
        "day", "timezone", "from", "to", "interval_minutes", "target_seconds", "prompt_seconds", "queues", "callers",
        "agents",
    )  # fmt: skip
    wall = _wall(whole)
    start, end = wall.span(whole)
    queues, priorities = _queues(whole.required("queues"))
    callers = tuple(_callers(one, wall, queues) for one in whole.required("callers").items())
    skills: dict[str, dict[str, int]] = {}
    workers: list[Worker] = []
    for group in whole.required("agents").items():
        workers += _agents(group, wall, skills)
    model = Model(
        company(queues.values(), skills, priorities),
        callers,
        tuple(workers),
        start,
        end,
        prompt_seconds=whole.number("prompt_seconds", 2.5, most=60.0),
    )
    interval = whole.number("interval_minutes", 30.0, least=1.0, most=1440.0) * 60.0
    return Description(model, str(wall.zone), interval, whole.number("target_seconds", 20.0))


def _wall(whole: Fields) -> _Wall:
    day, zone = whole.optional("day"), whole.optional("timezone")
    try:
        found = date.fromisoformat(day.text() if day is not None else DAY)
    except ValueError as error:
        if day is None or isinstance(error, DescriptionProblem):
            raise
        raise day.expected("day") from None
    try:
        return _Wall(found, ZoneInfo(zone.text() if zone is not None else TIMEZONE))
    except (ValueError, OSError, KeyError) as error:
        if zone is None or isinstance(error, DescriptionProblem):
            raise
        raise zone.expected("timezone") from None


def _queues(field: Field) -> tuple[dict[str, Queue], dict[str, int]]:
    found: dict[str, Queue] = {}
    priorities: dict[str, int] = {}
    described = dict(field.fields())
    for name, one in described.items():
        fields = one.fields("skills", "reserve", "priority", *QUEUE_SECONDS)
        seconds: dict[str, Any] = {  # fields of a queue, all of them float
            key: value.number(most=DAY_SECONDS) for key in QUEUE_SECONDS if (value := fields.optional(key)) is not None
        }
        reserve = fields.optional("reserve")
        if reserve is not None and reserve.text() not in described:
            raise reserve.problem("no_such", name=reserve.value, known=", ".join(described))
        plain = Queue(name, name, PROJECT, _skills(fields), reserve=reserve.text() if reserve is not None else "")
        found[name] = replace(plain, **seconds)
        priority = fields.optional("priority")
        priorities[name] = priority.whole(-100, 100) if priority is not None else 0
    if not found:
        raise field.problem("empty")
    return found, priorities


def _skills(fields: Fields) -> dict[str, int]:
    skills = fields.optional("skills")
    return {name: level.whole(1, 5) for name, level in skills.fields()} if skills is not None else {}


def _callers(field: Field, wall: _Wall, queues: Mapping[str, Queue]) -> Callers:
    fields = field.fields("queue", "arrivals", "handling", "patience")
    queue = fields.required("queue")
    if queue.text() not in queues:
        raise queue.problem("no_such", name=queue.value, known=", ".join(queues))
    patience = fields.optional("patience")
    return Callers(
        number_of(queue.text()),
        _arrivals(fields.required("arrivals"), wall),
        _handling(fields.required("handling")),
        _duration(patience) if patience is not None else FOREVER,
    )


def _arrivals(field: Field, wall: _Wall) -> Poisson | Recorded:
    if isinstance(field.value, dict):
        moments = tuple(sorted(wall.moment(one) for one in field.fields("at").required("at").items()))
        return Recorded(moments)
    rates: list[Rate] = []
    for one in field.items():
        fields = one.fields("from", "to", "per_hour")
        start, end = wall.span(fields)
        if rates and start < rates[-1].end:
            raise fields.at("from").problem("order", than=field.value[len(rates) - 1]["to"])
        rates.append(Rate(start, end, fields.required("per_hour").number() / 3600.0))
    return Poisson(tuple(rates))


def _agents(field: Field, wall: _Wall, skills: dict[str, dict[str, int]]) -> list[Worker]:
    """Of one group; adds their skills to ``skills``."""
    fields = field.fields("name", "count", "skills", "shifts", "answering", "wrap_up", "returning")
    name, count = fields.required("name").text(), fields.optional("count")
    names = [name] if count is None else [f"{name}-{n}" for n in range(1, count.whole(1, 5000) + 1)]
    known = _skills(fields)
    shifts = tuple(_shift(one, wall) for one in fields.required("shifts").items())
    answering, wrap_up, returning = (fields.optional(key) for key in ("answering", "wrap_up", "returning"))
    workers = []
    for agent in names:
        if agent in skills:
            raise fields.at("name").problem("twice", name=agent)
        skills[agent] = known
        workers.append(
            Worker(
                agent,
                shifts,
                _duration(answering) if answering is not None else AT_ONCE,
                _duration(wrap_up) if wrap_up is not None else FOREVER,
                _duration(returning) if returning is not None else HALF_MINUTE,
            )
        )
    return workers


def _shift(field: Field, wall: _Wall) -> Shift:
    fields = field.fields("from", "to", "breaks")
    start, end = wall.span(fields)
    pauses: list[tuple[float, float]] = []
    breaks = fields.optional("breaks")
    for one in breaks.items() if breaks is not None else ():
        pause = wall.span(one.fields("from", "to"))
        earliest = pauses[-1][1] if pauses else start
        if pause[0] < earliest or pause[1] > end:
            raise one.problem("outside")
        pauses.append(pause)
    return Shift(start, end, tuple(pauses))


def _handling(field: Field) -> Duration:
    if field.value == "never":
        raise field.expected("duration_ending")
    return _duration(field)


def _duration(field: Field) -> Duration:
    if field.value == "never":
        return FOREVER
    if not isinstance(field.value, dict):
        if isinstance(field.value, bool) or not isinstance(field.value, int | float):
            raise field.expected("duration")
        return Exactly(field.number(most=DAY_SECONDS))
    fields = field.fields("exponential", "lognormal", "measured")
    kinds = [name for name, _ in fields]
    if len(kinds) != 1:
        raise field.expected("duration")
    found = fields.at(kinds[0])
    if kinds[0] == "exponential":
        return Exponential(found.number(0.001, DAY_SECONDS))
    if kinds[0] == "measured":
        measured = tuple(one.number(most=DAY_SECONDS) for one in found.items())
        if not measured:
            raise found.problem("empty")
        return Given(measured)
    parts = found.fields("mean", "deviation")
    return Lognormal(
        parts.required("mean").number(0.001, DAY_SECONDS), parts.required("deviation").number(0.001, DAY_SECONDS)
    )
