"""How fast the standard reports are over a year, beside plain SQL over the journal's table, and how fresh they are.

``KASKA_BENCH_CONTACTS`` says how many contacts the year has (300,000 by default, about two minutes on two cores). The
contacts are invented with the shape of a day and a week, counted by the product's own code, and copied into the tables.

``reports_vs_plain_sql``: seconds of one SELECT with the same figures over the table of contacts, divided by seconds of
the whole report (sums, percentiles, names, comparison left out); the least of all reports, and the middle one.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg  # type: ignore[import-untyped]  # it carries no types
import uvloop
from sqlalchemy import text

from kaska.core import facts as f
from kaska.engine.journal import Journal
from kaska.features.calls.card import Card, Folder, Leg
from kaska.features.calls.projection import CallsProjection
from kaska.features.calls.tables import contacts
from kaska.features.reports import service
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.counted import Sums, count
from kaska.features.reports.cubes import CUBES, DAY, QUARTER
from kaska.features.reports.projection import ReportsProjection, day_of
from kaska.features.reports.schemas import ReportQuery
from kaska.features.reports.tables import DEFAULT_ZONE, cube_tables, sketches
from kaska.host.postgres import Cluster
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.migrations.run import migrate
from report import Row, publish, row

CONTACTS = int(os.environ.get("KASKA_BENCH_CONTACTS", "300000"))
TENANT = "bench"
YEAR = date(2025, 1, 1)
DAYS = 365
TARGET_SECONDS, TARGET_RATIO, TARGET_FRESH = 1.0, 10.0, 2.0
FRESH = 30
CHUNK = 20_000
_HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 9, 14, 16, 15, 12, 12, 13, 13, 12, 11, 9, 7, 5, 4, 2, 1)
_WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.45, 0.3)


def invented(number: int, chance: random.Random, days: list[int]) -> Folder:
    """One ended contact; deterministic for the same chance."""
    day = days[number * len(days) // CONTACTS]
    hour = chance.choices(range(24), _HOURS)[0]
    arrived = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=hour, seconds=chance.random() * 3600)
    queue = chance.randrange(12)
    inbound, served = chance.random() < 0.9, chance.random() < 0.88
    wait, talk = chance.expovariate(1 / 25), chance.expovariate(1 / 180) if served else 0.0
    outcome = ("answered" if served else "lost" if wait > 5 else "short_abandoned") if inbound else "answered"
    agent = f"a{queue * 8 + chance.randrange(8)}"
    card = Card(
        id=f"kaska-{number}.0",
        arrived_at=arrived,
        direction="inbound" if inbound else "outbound",
        channel="voice",
        number=f"+7495000{queue // 3:04}",
        project=f"p{queue // 4}",
        queue=f"q{queue}" if inbound else "",
        queued_at=arrived if inbound else None,
        wait_seconds=wait,
        offers=1,
        agents=[agent] if served or not inbound else [],
        connected_at=arrived if served or not inbound else None,
        talk_seconds=talk,
        ended_at=arrived + timedelta(seconds=wait + talk),
        outcome=outcome,
        cause="talked" if outcome == "answered" else "waiting",
        topic=f"t{chance.randrange(15)}" if served else "",
        result=chance.choice(("resolved", "sale", "refused")) if served else "",
        recording="r.wav" if served else "",
    )
    leg = Leg(card.id, "l", arrived, "agent", agent, "", "accepted" if served else "timed_out", talk_seconds=talk)
    return Folder(card, {"l": leg})


def year() -> Iterator[Folder]:
    chance = random.Random(5)
    weights = [_WEEKDAYS[(YEAR + timedelta(days=n)).weekday()] for n in range(DAYS)]
    days = sorted(chance.choices(range(DAYS), weights, k=20_000))
    for number in range(CONTACTS):
        yield invented(number, chance, days)


async def fill(url: str) -> float:
    """Writes the year; returns how many contacts a second are counted (the product's part of it)."""
    connection = await asyncpg.connect(url)
    await connection.execute(f"SELECT set_config('kaska.tenant', '{TENANT}', false)")
    names = ["tenant", *Card.__slots__]
    sums, counting, chunk = Sums(), 0.0, []
    for folder in year():
        began = time.perf_counter()
        count(sums, folder)
        counting += time.perf_counter() - began
        chunk.append((TENANT, *(getattr(folder.card, name) for name in Card.__slots__)))
        if len(chunk) == CHUNK:
            await _through(connection, contacts.name, names, chunk)
            chunk = []
    await _through(connection, contacts.name, names, chunk)
    zone = ZoneInfo(DEFAULT_ZONE)
    for cube in CUBES:
        rows: dict[tuple[Any, ...], list[int]] = {}
        for (name, start, dimensions), values in sums.cubes.items():
            if name == cube.name:
                for key in ((QUARTER, datetime.fromtimestamp(start, UTC)), (DAY, day_of(start, zone))):
                    one = rows.setdefault((*key, *dimensions), [0] * len(values))
                    one[:] = [a + b for a, b in zip(one, values, strict=True)]
        table = cube_tables[cube.name]
        records = [(TENANT, *key, *values) for key, values in rows.items()]
        columns = [column.name for column in table.c]
        await _through(connection, table.name, columns, records)
    marks: dict[tuple[Any, ...], int] = {}
    for (start, *rest), number in sums.sketches.items():
        key = (day_of(start, zone), *rest)
        marks[key] = marks.get(key, 0) + number
    records = [(TENANT, *key, number) for key, number in marks.items()]
    columns = [column.name for column in sketches.c]
    await _through(connection, sketches.name, columns, records)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    return CONTACTS / counting


async def _through(connection: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Into a walled table, which takes no COPY itself."""
    names = ", ".join(columns)
    await connection.execute(f"CREATE TEMP TABLE passing AS SELECT {names} FROM {table} WITH NO DATA")
    await connection.copy_records_to_table("passing", records=rows, columns=columns)
    await connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM passing")
    await connection.execute("DROP TABLE passing")


_KEYS = {
    "day": "(arrived_at AT TIME ZONE 'Europe/Moscow')::date",
    "slot": "extract(isodow from arrived_at AT TIME ZONE 'Europe/Moscow'), "
    "floor(extract(epoch from (arrived_at AT TIME ZONE 'Europe/Moscow')::time) / 1800)",
    "agent": "unnest(agents)",
}
_FLOW = (
    "count(*), count(*) FILTER (WHERE queued_at IS NOT NULL), count(*) FILTER (WHERE outcome = 'answered'), "
    "count(*) FILTER (WHERE outcome IN ('lost', 'short_abandoned')), "
    "count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20), "
    "sum(wait_seconds) FILTER (WHERE outcome = 'answered'), sum(talk_seconds)"
)
_PERCENTILES = (
    ", percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY wait_seconds) "
    "FILTER (WHERE outcome = 'answered'), "
    "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY wait_seconds) FILTER (WHERE outcome <> 'answered'), "
    "percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY talk_seconds) FILTER (WHERE talk_seconds > 0)"
)


def plain_sql(id: str) -> str:
    """What one would write without kept sums: the report's rows from the table of contacts."""
    report = CATALOGUE[id]
    key = _KEYS.get(report.by[0], report.by[0])
    figures = _FLOW + (_PERCENTILES if report.sketches else "")
    where = "".join(
        f" AND {name} IN ({', '.join(repr(value) for value in values)})" for name, values in report.where.items()
    )
    places = ", ".join(str(place + 1) for place in range(2 if report.by[0] == "slot" else 1))
    return (
        f"SELECT {key}, {figures} FROM contacts WHERE tenant = '{TENANT}' AND arrived_at >= '2025-01-01' "
        f"AND arrived_at < '2026-01-01'{where} GROUP BY {places}"
    )


async def measured(database: Database, id: str) -> tuple[float, float]:
    """(seconds of the report, seconds of the plain SQL), each the best of several."""
    query = ReportQuery(first=YEAR, last=date(2025, 12, 31))
    ours, plain = [], []
    for _ in range(3):
        async with database.tenant(TENANT) as connection:
            began = time.perf_counter()
            wanted = service.wish(TENANT, id, query, service.AS_DEFAULT)
            table = await service.make(connection, wanted, compare=False)
            ours.append(time.perf_counter() - began)
    if not table.total.figures[0].value:
        raise RuntimeError(f"the report {id} is empty")
    for _ in range(2):
        async with database.tenant(TENANT) as connection:
            began = time.perf_counter()
            await connection.execute(text(plain_sql(id).replace(":", r"\:")))
            plain.append(time.perf_counter() - began)
    return min(ours), min(plain)


async def freshness(database: Database, directory: Path) -> list[float]:
    """Seconds from a contact's end being journaled until it is in the reports, through the running product's parts."""
    journal = Journal(directory / "fresh.sqlite3")
    tenant = "fresh"

    async def tenants() -> list[str]:
        return [tenant]

    projector = Projector(database, [CallsProjection(), ReportsProjection()], tenants)
    shipper = Shipper(journal, database, projector.wake)
    tasks = [asyncio.create_task(work()) for work in (projector.run, shipper.run)]
    table, found = cube_tables["flow"], []
    counted = text(f"SELECT coalesce(sum(contacts), 0) FROM {table.name} WHERE tenant = :tenant AND grain = 'q'")
    for number in range(FRESH):
        at, contact = time.time(), f"kaska-{number}.1"
        await journal.append(
            tenant,
            [
                f.ContactOpened(at, contact, "voice", "inbound", "+74950000101", "", "", "", "city", "p", "main", 1),
                f.Queued(at, contact, "sales", 0, at),
                f.ContactOver(at, contact, "lost", "waiting"),
            ],
        )
        began = time.perf_counter()
        while True:
            async with database.tenant(tenant) as connection:
                if (await connection.execute(counted, {"tenant": tenant})).scalar_one() > number:
                    break
            await asyncio.sleep(0.005)
        found.append(time.perf_counter() - began)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await journal.aclose()
    return sorted(found)


async def measure(directory: Path, cluster: Cluster) -> list[Row]:
    await migrate(cluster.urls.owner)
    rate = await fill(cluster.urls.owner)
    database = Database(cluster.urls.app)
    rows, ratios, slowest = [], [], 0.0
    for id in CATALOGUE:
        ours, plain = await measured(database, id)
        rows.append(row(f"report_{id}", ours, "s", plain))
        ratios.append(plain / ours)
        slowest = max(slowest, ours)
    fresh = await freshness(database, directory)
    await database.close()
    return [
        row("contacts", CONTACTS, "", 0.0),
        row("contacts_counted_per_second", rate, "1/s", 0.0),
        *rows,
        row("slowest_report", slowest, "s", TARGET_SECONDS),
        row("reports_vs_plain_sql", min(ratios), "×", TARGET_RATIO),
        row("reports_vs_plain_sql_middle", statistics.median(ratios), "×", TARGET_RATIO),
        row("fresh_middle", fresh[len(fresh) // 2], "s", TARGET_FRESH),
        row("fresh_worst", fresh[-1], "s", TARGET_FRESH),
    ]


def main() -> None:
    directory = Path(tempfile.mkdtemp(prefix="kaska-bench-"))
    directory.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    cluster = Cluster(directory / "cluster", port, directory / "secrets", directory / "postgres.log", durable=False)
    try:
        cluster.start()
        publish("reports", uvloop.run(measure(directory, cluster)))
    finally:
        cluster.stop("immediate")
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
