"""Which contacts a person asks for, as conditions on the journal's tables."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Integer, and_, cast, extract, func, or_, select, tuple_

from kaska.features.calls.card import searchable
from kaska.features.calls.errors import UnknownTimezone
from kaska.features.calls.leaked import ran_out
from kaska.features.calls.schemas import ContactChoice
from kaska.features.calls.tables import contacts, legs

WHOLE_NUMBER = 11
"""from so many digits on, what is searched for is a number from its beginning, not a part of one"""


def _like(text: str) -> str:
    """A LIKE pattern that finds ``text`` anywhere; % _ \\ in it mean themselves."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def phone_matches(digits: Column[str], caller: Column[str], spelling: str) -> ColumnElement[bool]:
    """The number, in any spelling, whole or a part. ``digits`` was made by ``searchable``, ``caller`` is untouched."""
    wanted = searchable(spelling)
    if not wanted:  # letters only: an alphanumeric caller
        return caller.ilike(_like(spelling))
    if len(wanted) >= WHOLE_NUMBER:
        return digits.like(wanted + "%")
    part = digits.like("%" + wanted + "%")
    if wanted.startswith("8"):  # the beginning of a number in national writing
        return or_(part, digits.like("7" + wanted[1:] + "%"))
    return part


def _words(text: str) -> ColumnElement[bool]:
    columns = (contacts.c.caller_name, contacts.c.note, contacts.c.caller, contacts.c.number, contacts.c.id)
    parts = [or_(*(column.ilike(_like(word)) for column in columns)) for word in text.split()]
    return and_(*parts)


def chosen(tenant: str, choice: ContactChoice) -> list[ColumnElement[bool]]:
    """Conditions that must all hold. :raises UnknownTimezone:"""
    c = contacts.c
    wanted: list[ColumnElement[bool]] = [c.tenant == tenant]
    if choice.since is not None:
        wanted.append(c.arrived_at >= choice.since)
    if choice.until is not None:
        wanted.append(c.arrived_at < choice.until)
    if choice.outcome:
        wanted.append(c.outcome.in_([str(o) for o in choice.outcome]))
    if choice.not_outcome:
        wanted.append(c.outcome.not_in([str(o) for o in choice.not_outcome]))
    if choice.cause:
        wanted.append(c.cause.in_([str(one) for one in choice.cause]))
    for name in ("direction", "channel", "queue", "project", "topic", "result", "number", "heard_from", "refusal"):
        if value := getattr(choice, name):
            wanted.append(c[name] == value)
    wanted += [_mark(name) == "" for name in choice.without]
    wanted += [_mark(name) != "" for name in choice.having]
    if choice.results:
        wanted.append(c.result.in_(choice.results))
    if choice.not_results:
        wanted.append(c.result.not_in(choice.not_results))
    if choice.handler:
        wanted.append(_handler == choice.handler)
    if choice.hole:
        wanted.append(ran_out(choice.hole, func.now()))
    if choice.phone.strip():
        wanted.append(phone_matches(c.digits, c.caller, choice.phone))
    if choice.text.strip():
        wanted.append(_words(choice.text))
    return [*wanted, *_of_agents(tenant, choice), *_of_person(choice), *_of_course(choice), *_of_time(choice)]


_handler: ColumnElement[str] = func.coalesce(func.nullif(contacts.c.classified_by, ""), contacts.c.agents[1], "")


def _mark(name: str) -> ColumnElement[str]:
    return _handler if name == "handler" else contacts.c[name]


def _of_person(choice: ContactChoice) -> list[ColumnElement[bool]]:
    """By the person's other inbound contacts that are over; who it is is told by the number."""
    c, other = contacts.c, contacts.alias("other")
    mine, place = [c.direction == "inbound", c.digits != ""], tuple_(c.arrived_at, c.id)
    same = select(other.c.id).where(other.c.tenant == c.tenant, other.c.digits == c.digits)
    same = same.where(other.c.direction == "inbound", other.c.ended_at.is_not(None))
    wanted: list[ColumnElement[bool]] = []
    if choice.known is not None:
        wanted.append(c.digits != "" if choice.known else c.digits == "")
    if choice.first is not None:
        earlier = same.where(tuple_(other.c.arrived_at, other.c.id) < place).exists()
        wanted += [*mine, ~earlier if choice.first else earlier]
    later = same.where(tuple_(other.c.arrived_at, other.c.id) > place, other.c.topic == c.topic, c.topic != "")
    if choice.again_within is not None:
        wanted += [*mine, later.where(other.c.arrived_at <= _days_after(choice.again_within)).exists()]
    if choice.not_again_within is not None:
        wanted += [*mine, ~later.where(other.c.arrived_at <= _days_after(choice.not_again_within)).exists()]
    return wanted


def _days_after(days: int) -> ColumnElement[object]:
    return contacts.c.arrived_at + timedelta(days=days)


def _of_agents(tenant: str, choice: ContactChoice) -> list[ColumnElement[bool]]:
    if choice.rang is not None:
        rung = select(legs.c.contact).where(legs.c.tenant == tenant, legs.c.contact == contacts.c.id)
        rung = rung.where(legs.c.offer == choice.rang, legs.c.agent != "")
        return [(rung.where(legs.c.agent == choice.agent) if choice.agent else rung).exists()]
    return [contacts.c.agents.contains([choice.agent])] if choice.agent else []


def _of_course(choice: ContactChoice) -> list[ColumnElement[bool]]:
    """What happened in the contact."""
    c = contacts.c
    talked = c.connected_at.is_not(None)
    states = {
        "ended": c.ended_at.is_not(None),
        "offered": (c.direction == "inbound") & (c.queued_at.is_not(None) | (c.offers > 0)),
        "talked": talked,
        "handled": talked | c.classified_at.is_not(None),
        "transferred": func.cardinality(c.agents) > 1,
        "recorded": (c.recording != "") & c.recording_deleted_at.is_(None),
        "overflowed": c.overflowed,
        "promised": c.callback_promised_at.is_not(None),
    }
    wanted = [
        state if asked else ~state for name, state in states.items() if (asked := getattr(choice, name)) is not None
    ]
    for column, most, least in (
        (c.wait_seconds, choice.wait_to, choice.wait_over),
        (c.talk_seconds, choice.talk_to, choice.talk_over),
    ):
        if most is not None:
            wanted.append(column <= most)
        if least is not None:
            wanted.append(column > least)
    return wanted


def _of_time(choice: ContactChoice) -> list[ColumnElement[bool]]:
    if choice.weekday is None and choice.half_hour is None:
        return []
    try:
        ZoneInfo(choice.zone)
    except (OSError, ValueError, LookupError) as error:
        raise UnknownTimezone(timezone=choice.zone) from error
    local = func.timezone(choice.zone, contacts.c.arrived_at)
    wanted: list[ColumnElement[bool]] = []
    if choice.weekday is not None:
        wanted.append(extract("isodow", local) == choice.weekday)
    if choice.half_hour is not None:
        wanted.append(half_hour_of(local) == choice.half_hour)
    return wanted


def half_hour_of(local: ColumnElement[object]) -> ColumnElement[int]:
    """Which half-hour of its day (0 to 47) a local time is in."""
    minutes = cast(extract("hour", local), Integer) * 60 + cast(extract("minute", local), Integer)
    return minutes // 30
