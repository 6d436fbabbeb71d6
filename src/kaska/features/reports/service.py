"""Makes a report: the sums of its rows, the figures of its columns, and the way from each into the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.sketch import Sketch, merged
from kaska.features.calls.public import local_zone
from kaska.features.reports import labels, repository
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.cubes import ANY_TALK, TALK, TALK_OUT, TARGETS
from kaska.features.reports.errors import (
    CannotGroup,
    CannotNarrow,
    NoSuchReport,
    PercentilesNeedKeptDays,
    WrongPeriod,
)
from kaska.features.reports.figures import Column, Figures, Filter, Report, Tariff, Text
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
from kaska.kit.errors import Invalid
from kaska.ledger.projector import position_of
from kaska.ledger.reader import head

MOST_DAYS = 1100
NARROWS = ("project", "queue", "number", "agent")
AS_DEFAULT = ReportChoices(zone=DEFAULT_ZONE, per_contact=0.0, per_minute=0.0, per_hour=0.0)


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
    """A checked question. ``opens`` is what it narrows the journal to."""

    report: Report
    asked: Asked
    target: int
    tariff: Tariff
    opens: Mapping[str, Any]


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
    if report.sketches and not kept:
        raise PercentilesNeedKeptDays(zone=chosen.zone)
    narrowed = {name: value for name in NARROWS if (value := getattr(query, name))}
    if foreign := [name for name in narrowed if name not in report.cube.dimensions]:
        raise CannotNarrow(asked=", ".join(foreign))
    if report.sketches and "number" in narrowed:
        raise CannotNarrow(asked="number")
    period = Period(query.first, query.last, zone)
    where = {**report.where, **{name: (value,) for name, value in narrowed.items()}}
    tariff = Tariff(chosen.per_contact, chosen.per_minute, chosen.per_hour)
    opens = {**labels.span(period), "ended": True, **report.opens, **narrowed}
    return Wish(report, Asked(tenant, period, by, where, kept), query.target, tariff, opens)


async def make(connection: AsyncConnection, wanted: Wish, *, compare: bool) -> ReportTable:
    """The whole report; ``compare``: with as many days before."""
    report, asked = wanted.report, wanted.asked
    now = await _figures(connection, wanted, asked)
    [total] = (await _figures(connection, wanted, replace(asked, by=""))).values() or [_nothing(wanted)]
    before: Mapping[Key, Figures] = {}
    total_before = None
    if compare:
        earlier = replace(asked, period=asked.period.before())
        before = await _figures(connection, wanted, earlier)
        [total_before] = (await _figures(connection, wanted, replace(earlier, by=""))).values() or [_nothing(wanted)]
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
        columns=[_column(column) for column in report.columns],
        rows=rows,
        total=_row(wanted, (), labels.TOTAL, total, total_before),
        behind=await behind(connection, asked.tenant),
    )


def _nothing(wanted: Wish) -> Figures:
    return Figures({}, {}, wanted.target, wanted.tariff)


async def _figures(connection: AsyncConnection, wanted: Wish, asked: Asked) -> dict[Key, Figures]:
    sums = await repository.sums(connection, wanted.report.cube, asked)
    sketches: Mapping[Key, dict[str, Sketch]] = {}
    if wanted.report.sketches:
        sketches = await repository.sketches(connection, asked)
    if wanted.report.states and not {"project", "queue", "number"} & set(asked.where):
        for key, spent in (await repository.states(connection, asked)).items():
            sums[key] = {**sums.get(key, {}), **spent}
    return {
        key: Figures(values, _with_any_talk(sketches.get(key, {})), wanted.target, wanted.tariff)
        for key, values in sums.items()
    }


def _with_any_talk(sketches: dict[str, Sketch]) -> dict[str, Sketch]:
    return {**sketches, ANY_TALK: merged(sketches.get(TALK, {}), sketches.get(TALK_OUT, {}))}


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
    opens: dict[str, Any] | None = labels.opens(asked.by, key, asked.period) if key else {}
    if report.opens_by and (asked.by != report.opens_by or not key):
        opens = None
    return ReportRow(
        key=labels.written(key),
        label=pair(text),
        figures=[
            ReportFigure(
                value=column.of(now),
                before=None if before is None else column.of(before),
                opens=dict(column.opens(now)) if callable(column.opens) else None,
            )
            for column in report.columns
        ],
        opens=opens,
    )


def _column(column: Column) -> ReportColumn:
    opens: Filter | None = None if callable(column.opens) else column.opens
    return ReportColumn.model_validate(
        {
            "id": column.id,
            "title": pair(column.title),
            "kind": column.kind,
            "note": pair(column.note),
            "good": column.good,
            "opens": None if opens is None else dict(opens),
        }
    )


def opened_by(table: ReportTable, row: ReportRow, at: int) -> dict[str, Any] | None:
    """What the journal's query is for the figure ``at`` of a row; None when it opens nothing."""
    column, figure = table.columns[at], row.figures[at]
    own = column.opens if figure.opens is None else figure.opens
    if own is None or row.opens is None:
        return None
    return {**table.opens, **row.opens, **own}
