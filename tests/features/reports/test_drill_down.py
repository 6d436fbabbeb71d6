"""Every figure of every standard report opens the contacts behind it, and no others."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.features.reports.test_reports import table

from kaska.core import events
from kaska.core.facts import Fact, RecordingReady
from kaska.features.calls.choosing import chosen
from kaska.features.calls.schemas import ContactChoice
from kaska.features.calls.tables import contacts
from kaska.features.reports import repository, service
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.figures import Report
from kaska.features.reports.schemas import ReportColumn
from kaska.features.reports.service import AS_DEFAULT
from support.books import Company
from support.play import START, Play, random_day

pytestmark = pytest.mark.database

OF_TIME = {"occupancy", "present", "in_ready", "in_talking", "in_wrap_up", "in_break", "in_inside", "in_not_answering"}
"""agents' time: there are no contacts behind it"""
AT_ONCE = {("waiting", "wait_50")}
"""half of those who were answered here did not wait: nought opens nothing"""
MEANS = {"wait": "wait_seconds", "mean_wait": "wait_seconds", "patience": "wait_seconds", "talk": "talk_seconds"}
"""column → what it is a mean of, over the contacts it opens"""


def busy_week() -> list[Fact]:
    """What a random day has too little of: results, persons who come again, long talks, transfers, calls back."""
    play = Play(start=START + 86_400)
    lost = play.lose("+79000000014", contact="week-lost")
    play.ready("a301", "a302")
    for number, (caller, seconds, topic, result, more) in enumerate((
        ("+79000000011", 4.0, "sales", "sale", {"heard_from": "site"}),
        ("+79000000012", 1_000.0, "sales", "refused", {"refusal": "price"}),
        ("+79000000011", 60.0, "sales", "order_taken", {}),
        ("+79000000013", 70.0, "service", "consulted", {"heard_from": "friends"}),
        ("+79000000013", 80.0, "other", "not_target", {}),
    )):  # fmt: skip
        contact = play.talk(caller, seconds=seconds, contact=f"week-{number}")
        play.tell(events.ContactClassified(play.now, contact, "a301", topic, result, "", **more))
        play.pass_time(7_200)
        play.ready("a301", "a302")
    _call_back(play, f"d-{lost}")
    _hand_over(play)
    _reject(play)
    return [fact for fact in play.written if not isinstance(fact, RecordingReady) or fact.contact != "week-0"]


def _call_back(play: Play, debt: str) -> None:
    play.tell(events.CallbackRequested(play.now, "a301", debt, "week-back"))
    play.settle()
    play.pass_time(40)
    customer = next(leg.id for leg in play.core.state.contacts["week-back"].legs.values() if not leg.agent)
    play.tell(events.LegEnded(play.now, "week-back", customer))
    play.settle()
    play.pass_time(600)


def _hand_over(play: Play) -> None:
    contact = play.arrive("+79000000015", contact="week-transfer")
    play.settle()
    play.pass_time(30)
    first = next(leg.agent for leg in play.core.state.contacts[contact].legs.values() if leg.agent)
    other = "a302" if first == "a301" else "a301"
    play.tell(events.TransferRequested(play.now, first, contact, "agent", other))
    play.settle()
    play.pass_time(30)
    play.hang_up(contact)
    play.pass_time(600)


def _reject(play: Play) -> None:
    contact = play.arrive("+79000000016", contact="week-reject")
    while not (ringing := [leg.agent for leg in play.core.state.contacts[contact].legs.values() if leg.agent]):
        play.obey()
    play.tell(events.OfferRejected(play.now, ringing[0], contact))
    play.settle()
    play.pass_time(5)
    play.hang_up(contact)


class Behind(NamedTuple):
    contacts: int
    wait: float | None
    talk: float | None


class Journal:
    """What the journal says of a filter; alike ones are asked once."""

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant
        self._known: dict[str, Behind] = {}

    async def behind(self, opened: dict[str, Any]) -> Behind:
        if (key := repr(sorted(opened.items()))) not in self._known:
            means = func.avg(contacts.c.wait_seconds), func.avg(contacts.c.talk_seconds)
            query = select(func.count(), *means).where(*chosen(self._tenant, ContactChoice.model_validate(opened)))
            self._known[key] = Behind(*(await self._connection.execute(query)).one())
        return self._known[key]


def holds(column: ReportColumn, report: str, value: float, behind: Behind) -> bool:
    """Whether a figure and the contacts it opens belong together."""
    if column.kind == "count":
        return behind.contacts == value
    if column.kind == "share":  # the opened are the part: then the whole is a whole number too
        whole = behind.contacts / value
        return behind.contacts > 0 and abs(whole - round(whole)) < 1e-6
    if column.id in MEANS and report != "agents":
        mean = behind.wait if MEANS[column.id] == "wait_seconds" else behind.talk
        return mean == pytest.approx(value, abs=0.002)
    return behind.contacts > 0 or "_" in column.id  # nobody may be above a percentile


def asked_by(report: Report) -> list[str]:
    """The usual rows of every report, and each kind of rows in one report at least that counts the same contacts."""
    first = next(one for one in CATALOGUE.values() if one.cube is report.cube)
    return [by for by in report.by if by == report.by[0] or first is report or by not in first.by]


async def test_every_figure_opens_exactly_the_contacts_it_is_of(company: Company) -> None:
    await company.write_facts(random_day(21, 400))
    await company.write_facts(busy_week())
    seen: set[tuple[str, str]] = set()
    async with company.transaction() as connection:
        priced = {**AS_DEFAULT.model_dump(), "per_contact": 10, "per_minute": 3}
        await repository.choose(connection, company.tenant, priced)
    async with company.transaction() as connection:
        journal = Journal(connection, company.tenant)
        for report in CATALOGUE.values():
            for by in asked_by(report):
                told = await table(company, report.id, by=by, zone="Europe/Moscow")
                for row in [told.total, *told.rows]:
                    for at, (column, figure) in enumerate(zip(told.columns, row.figures, strict=True)):
                        opened = service.opened_by(told, row, at)
                        if opened is None or (not figure.value and row is not told.total) or figure.value is None:
                            continue
                        behind = await journal.behind(opened)
                        if figure.value or column.kind == "count":
                            assert holds(column, report.id, figure.value, behind), (report.id, by, column.id, opened)
                        if figure.value:
                            seen.add((report.id, column.id))
    every = {(report.id, column.id) for report in CATALOGUE.values() for column in report.columns}
    silent = {(report, column) for report, column in every - seen if column not in OF_TIME}
    assert sorted(silent - AT_ONCE) == []
