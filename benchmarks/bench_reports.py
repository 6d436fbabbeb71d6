"""How fast the standard reports are over a year, beside plain SQL over the journal's table, and how fresh they are.

``KASKA_BENCH_CONTACTS`` says how many contacts the year has (1,000,000 by default; 20,000,000 need about 15 GB of disk
and half an hour on two cores). How the year is made is said in ``reports_year``. ``KASKA_BENCH_BY=all`` also measures
every other way to group each report.

``reports_vs_plain_sql``: seconds of one SELECT with the same figures over the table of contacts, divided by seconds of
the whole report (sums, percentiles, names; comparison left out), each the best of several; the least of all reports.

``reports_new_contact_s``: seconds from a contact's end being told to the engine's journal until the report of that day
counts it, over shipping, ledger and projections as they run in the product; the worst of ``FRESH`` contacts.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it carries no types
import uvloop
from sqlalchemy import text

from kaska.core import facts as f
from kaska.engine.journal import Journal
from kaska.features.calls.projection import CallsProjection
from kaska.features.reports import service
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.cubes import ASKED, VISITS
from kaska.features.reports.projection import ReportsProjection
from kaska.features.reports.schemas import ReportQuery
from kaska.features.reports.tables import cube_tables
from kaska.host.postgres import Cluster
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.migrations.run import migrate
from report import Row, publish, row
from reports_year import TENANT, YEAR, checked, fill

CONTACTS = int(os.environ.get("KASKA_BENCH_CONTACTS", "1000000"))
EVERY_WAY = os.environ.get("KASKA_BENCH_BY") == "all"
TARGET_SECONDS, TARGET_RATIO, TARGET_FRESH = 1.0, 10.0, 2.0
FRESH = 30
OURS, PLAIN = 5, int(os.environ.get("KASKA_BENCH_PLAIN", "2"))
"""times that each is measured"""

_KEYS = {
    "day": "(arrived_at AT TIME ZONE 'Europe/Moscow')::date",
    "slot": "extract(isodow from arrived_at AT TIME ZONE 'Europe/Moscow'), "
    "floor(extract(epoch from (arrived_at AT TIME ZONE 'Europe/Moscow')::time) / 1800)",
    "agent": "unnest(agents)",
}
_PERSONS = (
    "count(*), count(*) FILTER (WHERE place = 1), count(*) FILTER (WHERE result NOT IN ('', 'not_target')), "
    "count(*) FILTER (WHERE result = 'sale'), count(*) FILTER (WHERE place = 1 AND result = 'sale'), "
    "count(*) FILTER (WHERE came_at <= arrived_at + interval '7 days')"
)
_VISITING = (
    "(SELECT tenant, arrived_at, project, queue, topic, result, heard_from, "
    "coalesce(nullif(classified_by, ''), agents[1], '') AS agent, "
    "row_number() OVER (PARTITION BY digits ORDER BY arrived_at, id) AS place, "
    "lead(arrived_at) OVER (PARTITION BY digits, topic ORDER BY arrived_at, id) AS came_at "
    "FROM contacts WHERE direction = 'inbound') AS v"
)
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
    persons = report.cube in (VISITS, ASKED)
    key = report.by[0] if persons and report.by[0] == "agent" else _KEYS.get(report.by[0], report.by[0])
    figures, source = _FLOW + (_PERCENTILES if report.sketches else ""), "contacts"
    if persons:
        figures, source = _PERSONS, _VISITING
    where = "".join(
        f" AND {name} IN ({', '.join(repr(value) for value in values)})" for name, values in report.where.items()
    )
    places = ", ".join(str(place + 1) for place in range(2 if report.by[0] == "slot" else 1))
    return (
        f"SELECT {key}, {figures} FROM {source} WHERE tenant = '{TENANT}' AND arrived_at >= '2025-01-01' "
        f"AND arrived_at < '2026-01-01'{where} GROUP BY {places}"
    )


async def ours(database: Database, id: str, by: str = "") -> float:
    """Seconds of a report over the year."""
    query, found = ReportQuery(first=date(YEAR, 1, 1), last=date(YEAR, 12, 31), by=by), []
    for _ in range(OURS):
        async with database.tenant(TENANT) as connection:
            began = time.perf_counter()
            wanted = service.wish(TENANT, id, query, service.AS_DEFAULT)
            table = await service.make(connection, wanted, compare=False)
            found.append(time.perf_counter() - began)
    if not table.total.figures[0].value:
        raise RuntimeError(f"the report {id} is empty")
    return min(found)


async def plain(connection: asyncpg.Connection, id: str) -> float:
    found = []
    for _ in range(PLAIN):
        began = time.perf_counter()
        await connection.fetch(plain_sql(id))
        found.append(time.perf_counter() - began)
    return min(found)


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
    owner = await asyncpg.connect(cluster.urls.owner)
    database = Database(cluster.urls.app)
    fresh = await freshness(database, directory)
    await fill(owner, CONTACTS)
    rate = await checked(owner)
    rows, ratios, slowest = [], {}, 0.0
    for id, report in CATALOGUE.items():
        mine, theirs = await ours(database, id), await plain(owner, id)
        rows.append(row(f"report_{id}", mine, "s", theirs))
        ratios[id], slowest = theirs / mine, max(slowest, mine)
        print(f"  {id}: {mine:.3f} s, plain SQL {theirs:.3f} s", file=sys.stderr, flush=True)
        for by in report.by[1:] if EVERY_WAY else ():
            rows.append(row(f"report_{id}_by_{by}", await ours(database, id, by), "s", TARGET_SECONDS))
    rows += [row(f"reports_vs_plain_sql_{id}", ratio, "×", TARGET_RATIO) for id, ratio in ratios.items()]
    await owner.close()
    await database.close()
    return [
        row("contacts", CONTACTS, "", 0.0),
        row("contacts_counted_per_second", rate, "1/s", 0.0),
        *rows,
        row("slowest_report", slowest, "s", TARGET_SECONDS),
        row("reports_vs_plain_sql", min(ratios.values()), "×", TARGET_RATIO),
        row("reports_vs_plain_sql_middle", statistics.median(ratios.values()), "×", TARGET_RATIO),
        row("reports_new_contact_middle_s", fresh[len(fresh) // 2], "s", TARGET_FRESH),
        row("reports_new_contact_s", fresh[-1], "s", TARGET_FRESH),
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
