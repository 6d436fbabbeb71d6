"""Inbound contacts as visits of persons: first or again, and whether the person came back on the same topic. Pure.

A person is a number in any spelling (its digits). What a visit counts for depends on the person's other visits, so that
a correction is what the visits around it count for now less what they counted for before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kaska.features.calls.public import Card, Folder
from kaska.features.reports.cubes import ASKED, VISITS
from kaska.features.reports.sums import Sums, quarter_of

LOST, HANDLED, TARGET, SALE = 1, 2, 4, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What a company says of its contacts: within how many days a person who comes with the same topic has come again,
    which results are sales, and which say that the contact was none of our business.
    """

    days: int = 7
    sales: frozenset[str] = frozenset({"sale", "order_taken"})
    not_target: frozenset[str] = frozenset({"not_target"})


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """``arrived_us``: microseconds since the epoch. ``agent``: who wrote the result, else who talked first. ``flags``:
    LOST, HANDLED (talked or has a result), TARGET, SALE.
    """

    arrived_us: int
    contact: str
    person: str
    project: str
    queue: str
    agent: str
    topic: str
    heard_from: str
    flags: int


def visit_of(folder: Folder | None, choice: Choice, nameless: Collection[str] = ()) -> Visit | None:
    """None for what is not over or not inbound. Contacts in ``nameless`` are of persons who were erased."""
    if folder is None or folder.card.ended_at is None or folder.card.direction != "inbound":
        return None
    card = folder.card
    return Visit(
        arrived_us=(card.arrived_at - _EPOCH) // _MICROSECOND,
        contact=card.id,
        person="" if card.id in nameless else card.digits,
        project=card.project,
        queue=card.queue,
        agent=card.classified_by or (card.agents[0] if card.agents else ""),
        topic=card.topic,
        heard_from=card.heard_from,
        flags=_flags(card, choice),
    )


def _flags(card: Card, choice: Choice) -> int:
    handled = card.connected_at is not None or card.classified_at is not None
    target = handled and card.result != "" and card.result not in choice.not_target
    return (
        LOST * (card.outcome in ("lost", "short_abandoned"))
        + HANDLED * handled
        + TARGET * target
        + SALE * (target and card.result in choice.sales)
    )


def count_nameless(sums: Sums, visit: Visit, sign: int = 1) -> None:
    """A visit of nobody knows whom."""
    _add(sums, visit, {"nameless": 1}, sign)


def count_person(sums: Sums, visits: Iterable[Visit], days: int, sign: int = 1) -> None:
    """All ``visits`` of one person. A part of them will do when what is taken away and added is the same part, has the
    very first, and all within ``days`` of what changed."""
    ordered = sorted(visits)
    again = _came_again(ordered, days * _DAY_US)
    for place, visit in enumerate(ordered):
        first = int(place == 0)
        judged = int(bool(visit.flags & HANDLED) and visit.topic != "")
        more = {
            "first": first,
            "again": 1 - first,
            "first_lost": first * bool(visit.flags & LOST),
            "first_target": first * bool(visit.flags & TARGET),
            "first_sales": first * bool(visit.flags & SALE),
            "judged": judged,
            "returned": judged * (visit.contact in again),
        }
        _add(sums, visit, more, sign)


def _came_again(ordered: list[Visit], within_us: int) -> set[str]:
    """Contacts after which the person came with the same topic in time."""
    later: dict[str, int] = {}
    found = set()
    for visit in reversed(ordered):
        if visit.topic:
            following = later.get(visit.topic)
            if following is not None and following - visit.arrived_us <= within_us:
                found.add(visit.contact)
            later[visit.topic] = visit.arrived_us
    return found


def _add(sums: Sums, visit: Visit, more: Mapping[str, int], sign: int) -> None:
    start = quarter_of(visit.arrived_us / 1_000_000)
    values = {
        "contacts": 1,
        "target": int(bool(visit.flags & TARGET)),
        "sales": int(bool(visit.flags & SALE)),
        **more,
    }
    sums.add(VISITS, start, (visit.project, visit.queue, visit.agent, visit.topic), values, sign)
    if visit.flags & HANDLED:
        sums.add(ASKED, start, (visit.project, visit.heard_from), values, sign)


def around(changed: Collection[Visit], days: int) -> tuple[int, int]:
    """From when until when (microseconds, both belong to it) visits of a person may count differently."""
    moments = [visit.arrived_us for visit in changed]
    return min(moments) - days * _DAY_US, max(moments) + days * _DAY_US
