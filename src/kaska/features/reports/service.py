"""Makes a report: the sums of its rows, the figures of its columns, and the way from each into the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.sketch import Sketch, together
from kaska.features.calls.public import local_zone
from kaska.features.reports import labels, repository
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.cubes import ANY_TALK, QUARTER, TALK, TALK_OUT, TARGETS
from kaska.features.reports.errors import (
    CannotGroup,
    CannotNarrow,
    NeedsKeptDays,
    NoSuchReport,
    WrongPeriod,
)
from kaska.features.reports.figures import Chosen, Column, Figures, Filter, Report, Tariff, Text, needs
from kaska.features.reports.period import Period
from kaska.features.reports.repository import Asked, Key
from kaska.features.reports.schemas import (
    Pair,
    ReportAbout,
    ReportChoices,
    ReportColumn,
    ReportFigure,
    ReportList,
    ReportQuery,
    ReportRow,
    ReportTable,
)
from kaska.features.reports.tables import DEFAULT_ZONE
from kaska.features.reports.visits import Choice
from kaska.kit.errors import Invalid
from kaska.ledger.positions import position_of
from kaska.ledger.reader import head

MOST_DAYS = 1100
NARROWS = ("project", "queue", "number", "agent")
AS_DEFAULT = ReportChoices(
    zone=DEFAULT_ZONE,
    per_contact=0.0,
    per_minute=0.0,
    per_hour=0.0,
    return_days=Choice().days,
    sales=sorted(Choice().sales),
    not_target=sorted(Choice().not_target),
)


def pair(text: Text) -> Pair:
    return Pair(ru=text[0], en=text[1])


def about(report: Report) -> ReportAbout:
    return ReportAbout(
        id=report.id,
        title=pair(report.title),
        about=pair(report.about),
        by=list(report.by),
        narrows=[name for name in NARROWS if name in report.cube.dimensions],
        targets=report.targets,
    )


async def listing(connection: AsyncConnection, tenant: str) -> ReportList:
    return ReportList(
        reports=[about(report) for report in CATALOGUE.values()],
        choices=await choices(connection, tenant),
        targets=list(TARGETS),
        behind=await behind(connection, tenant),
    )


async def choices(connection: AsyncConnection, tenant: str) -> ReportChoices:
    row = await repository.choices(connection, tenant)
    return AS_DEFAULT if row is None else ReportChoices.model_validate(dict(row._mapping))


async def behind(connection: AsyncConnection, tenant: str) -> int:
    """How many facts of the ledger are not looked at yet."""
    return max(0, await head(connection, tenant) - await position_of(connection, "reports", tenant))


@dataclass(frozen=True, slots=True)
class Wish:
    """A checked question. ``opens`` is what it narrows the journal to; ``chosen`` what the company chose."""

    report: Report
    asked: Asked
    target: int
    tariff: Tariff
    opens: Mapping[str, Any]
    chosen: ReportChoices


def wish(tenant: str, id: str, query: ReportQuery, chosen: ReportChoices) -> Wish:
    """:raises ProductError: what of the question cannot be answered, see ``errors``."""
    report = CATALOGUE.get(id)
    if report is None:
        raise NoSuchReport
    by = query.by or report.by[0]
    if by not in report.by:
        raise CannotGroup(possible=", ".join(report.by))
    if query.target not in TARGETS:
        raise Invalid(fields={"target": ", ".join(map(str, TARGETS))})
    if not 0 <= (query.last - query.first).days < MOST_DAYS or query.first.year < 1990 or query.last.year > 9000:
        raise WrongPeriod(most=MOST_DAYS)
    zone = local_zone(query.zone or chosen.zone)
    kept = zone.key == chosen.zone
    if not kept and (report.sketches or QUARTER not in report.cube.grains):
        raise NeedsKeptDays(zone=chosen.zone)
    narrowed = {name: value for name in NARROWS if (value := getattr(query, name))}
    if foreign := [name for name in narrowed if name not in report.cube.dimensions]:
        raise CannotNarrow(asked=", ".join(foreign))
    if report.sketches and "number" in narrowed:
        raise CannotNarrow(asked="number")
    period = Period(query.first, query.last, zone)
    where = {**report.where, **{name: (value,) for name, value in narrowed.items()}}
    tariff = Tariff(chosen.per_contact, chosen.per_minute, chosen.per_hour)
    called = {report.filters.get(name, name): value for name, value in narrowed.items()}
    opens = {**labels.span(period), "ended": True, **report.opens, **called}
    return Wish(report, Asked(tenant, period, by, where, kept), query.target, tariff, opens, chosen)


async def make(connection: AsyncConnection, wanted: Wish, *, compare: bool) -> ReportTable:
    """The whole report; ``compare``: with as many days before."""
    report, asked = wanted.report, wanted.asked
    now = await _figures(connection, wanted, asked)
    before: Mapping[Key, Figures] = {}
    if compare:
        before = await _figures(connection, wanted, replace(asked, period=asked.period.before()))
    keys = _keys(report, asked, now)
    texts = await _texts(connection, asked, keys)
    rows = [
        _row(
            wanted,
            key,
            text,
            now.get(key) or _nothing(wanted),
            (before.get(_earlier(asked, key)) or _nothing(wanted)) if compare else None,
        )
        for key, text in zip(keys, texts, strict=True)
    ]
    return ReportTable(
        report=about(report),
        by=asked.by,
        first=asked.period.first,
        last=asked.period.last,
        zone=asked.period.zone.key,
        target=wanted.target,
        opens=dict(wanted.opens),
        columns=[_column(column, wanted) for column in report.columns],
        rows=rows,
        total=_row(wanted, (), labels.TOTAL, _total(wanted, now), _total(wanted, before) if compare else None),
        behind=await behind(connection, asked.tenant),
    )


def _nothing(wanted: Wish) -> Figures:
    return Figures({}, {}, wanted.target, wanted.tariff)


def _total(wanted: Wish, rows: Mapping[Key, Figures]) -> Figures:
    """All rows together: whatever they are, each contact is in one of them."""
    sums: dict[str, int] = {}
    whats: dict[str, list[Sketch]] = {}
    for figures in rows.values():
        for name, value in figures.sums.items():
            sums[name] = sums.get(name, 0) + value
        for what, one in figures.sketches.items():
            whats.setdefault(what, []).append(one)
    sketches = {what: together(several) for what, several in whats.items()}
    return Figures(sums, sketches, wanted.target, wanted.tariff)


async def _figures(connection: AsyncConnection, wanted: Wish, asked: Asked) -> dict[Key, Figures]:
    report = wanted.report
    measures, whats = needs(report.columns, wanted.target)
    sums = await repository.sums(connection, report.cube, asked, measures)
    sketches: Mapping[Key, dict[str, Sketch]] = {}
    if report.sketches:
        talks = {TALK, TALK_OUT} if ANY_TALK in whats else set()
        sketches = await repository.sketches(connection, asked, (whats - {ANY_TALK}) | talks)
    if report.states and not {"project", "queue", "number"} & set(asked.where):
        for key, spent in (await repository.states(connection, asked)).items():
            sums[key] = {**sums.get(key, {}), **spent}
    any_talk = ANY_TALK in whats
    return {
        key: Figures(values, _drawn(sketches.get(key, {}), any_talk), wanted.target, wanted.tariff)
        for key, values in sums.items()
    }


def _drawn(sketches: dict[str, Sketch], any_talk: bool) -> dict[str, Sketch]:
    if not any_talk:
        return sketches
    return {**sketches, ANY_TALK: together([sketches.get(TALK, {}), sketches.get(TALK_OUT, {})])}


def _keys(report: Report, asked: Asked, found: Mapping[Key, Figures]) -> list[Key]:
    """By time in its order and without gaps, else the greatest first."""
    if asked.by in repository.TIMES:
        return labels.every(asked.by, asked.period)
    first = report.columns[0]
    return sorted(found, key=lambda key: (-(first.of(found[key]) or 0), key))


def _earlier(asked: Asked, key: Key) -> Key:
    """The row of the period before that a row is compared with."""
    if asked.by == "day":
        return (key[0] - timedelta(days=asked.period.days),)
    return () if asked.by in ("week", "month") else key


async def _texts(connection: AsyncConnection, asked: Asked, keys: Sequence[Key]) -> list[Text]:
    if asked.by in repository.TIMES:
        return [labels.of_time(asked.by, key) for key in keys]
    words = await labels.of_words(connection, asked.tenant, asked.by, [key[0] for key in keys])
    return [words[key[0]] for key in keys]


def _row(wanted: Wish, key: Key, text: Text, now: Figures, before: Figures | None) -> ReportRow:
    report, asked = wanted.report, wanted.asked
    called = report.filters.get(asked.by, asked.by)
    opens: dict[str, Any] | None = labels.opens(called, key, asked.period) if key else {}
    if report.opens_by and (asked.by != report.opens_by or not key):
        opens = None
    return ReportRow(
        key=labels.written(key),
        label=pair(text),
        figures=[
            ReportFigure(
                value=column.of(now),
                before=None if before is None else column.of(before),
                opens=_filled(column.opens(now), wanted.chosen) if callable(column.opens) else None,
            )
            for column in report.columns
        ],
        opens=opens,
    )


def _filled(opens: Filter, chosen: ReportChoices) -> dict[str, Any]:
    """With what the company chose in the place of ``figures.Chosen``."""
    return {name: getattr(chosen, value.name) if isinstance(value, Chosen) else value for name, value in opens.items()}


def _column(column: Column, wanted: Wish) -> ReportColumn:
    opens: Filter | None = None if callable(column.opens) else column.opens
    return ReportColumn.model_validate(
        {
            "id": column.id,
            "title": pair(column.title),
            "kind": column.kind,
            "note": pair(column.note),
            "group": pair(column.group),
            "good": column.good,
            "opens": None if opens is None else _filled(opens, wanted.chosen),
        }
    )


def opened_by(table: ReportTable, row: ReportRow, at: int) -> dict[str, Any] | None:
    """What the journal's query is for the figure ``at`` of a row; None when it opens nothing."""
    column, figure = table.columns[at], row.figures[at]
    own = column.opens if figure.opens is None else figure.opens
    if own is None or row.opens is None:
        return None
    return {**table.opens, **row.opens, **own}
