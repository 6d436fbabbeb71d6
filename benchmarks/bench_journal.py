"""How fast facts are on disk, and in the ledger.

``journal_vs_plain_insert`` compares with what one would write first: one row, one commit, into PostgreSQL on the same
disk, by the same 200 producers over 20 connections (more connections were not faster). Both fsync.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import uvloop

from kaska.core.facts import AgentStateChanged, Fact
from kaska.engine.journal import Journal
from kaska.host.postgres import Cluster
from kaska.host.whereabouts import place_cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.ledger.codec import encode_fact
from kaska.ledger.shipper import Shipper
from kaska.migrations.run import migrate

PRODUCERS = 200
CONNECTIONS = 20
SECONDS = 5.0
STEADY_RATE = 1000
BACKLOG = 50_000
TARGET_RATE = 5000
TARGET_P99_MS = 20
TARGET_LAG = 1.0

Row = dict[str, Any]


def row(name: str, value: float, unit: str, baseline: float) -> Row:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "baseline": round(baseline, 3),
        "ratio": round(value / baseline, 3),
    }


def fact(number: int) -> Fact:
    return AgentStateChanged(time.time(), f"agent-{number % 300}", "ready", "", 0.0, f"kaska-1763769600.{number}")


async def produce(write: Callable[[int], Awaitable[object]], seconds: float = SECONDS) -> tuple[float, float, float]:
    """(facts per second, p50, p99 in ms) of ``PRODUCERS``, each awaiting its write before the next."""
    times: list[float] = []
    began = time.perf_counter()

    async def one(number: int) -> None:
        while (at := time.perf_counter()) - began < seconds:
            await write(number)
            times.append(time.perf_counter() - at)

    await asyncio.gather(*(one(number) for number in range(PRODUCERS)))
    rate = len(times) / (time.perf_counter() - began)
    times.sort()
    return rate, times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000


async def journal_rate(directory: Path) -> tuple[float, float, float]:
    journal = Journal(directory / "rate.sqlite3")
    try:
        return await produce(lambda number: journal.append("bench", [fact(number)]))
    finally:
        await journal.aclose()


async def plain_insert_rate(url: str, connections: int) -> float:
    pool = await asyncpg.create_pool(url, min_size=connections, max_size=connections)
    await pool.execute("CREATE TABLE IF NOT EXISTS plain (tenant text, at float8, contact text, type text, body jsonb)")

    async def insert(number: int) -> None:
        one = fact(number)
        type_name, contact, body = encode_fact(one)
        await pool.execute(
            "INSERT INTO plain VALUES ($1, $2, $3, $4, $5)", "bench", one.at, contact, type_name, body.decode()
        )

    rate, _, _ = await produce(insert)
    await pool.close()
    return rate


def sqlite_insert_rate(directory: Path, seconds: float = 2.0) -> float:
    connection = sqlite3.connect(directory / "plain.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE plain (tenant TEXT, at REAL, contact TEXT, type TEXT, body BLOB)")
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        one = fact(count)
        type_name, contact, body = encode_fact(one)
        connection.execute("INSERT INTO plain VALUES (?, ?, ?, ?, ?)", ("bench", one.at, contact, type_name, body))
        count += 1
    connection.close()
    return count / seconds


async def steady(directory: Path, database: Database) -> tuple[float, float, float]:
    """At ``STEADY_RATE``: (p99 and worst seconds from a fact's append to the ledger, CPU as a share of one core)."""
    journal = Journal(directory / "steady.sqlite3")
    lags: list[float] = []
    waiting: deque[tuple[int, float]] = deque()
    all_shipped = asyncio.Event()

    def shipped(_tenants: frozenset[str]) -> None:
        now = time.perf_counter()
        while waiting and waiting[0][0] <= journal.shipped_up_to:
            lags.append(now - waiting.popleft()[1])
        if not waiting and time.perf_counter() - began >= SECONDS:
            all_shipped.set()

    count, began, cpu = 0, time.perf_counter(), time.process_time()
    task = asyncio.create_task(Shipper(journal, database, shipped).run())
    while (elapsed := time.perf_counter() - began) < SECONDS:
        while count < elapsed * STEADY_RATE:
            waiting.append((journal.append_nowait("bench", [fact(count)]), time.perf_counter()))
            count += 1
        await asyncio.sleep(0.005)
    cpu = (time.process_time() - cpu) / SECONDS
    async with asyncio.timeout(10):
        await all_shipped.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await journal.aclose()
    lags.sort()
    return lags[int(len(lags) * 0.99)], lags[-1], cpu


async def backlog(directory: Path, database: Database) -> float:
    """Facts per second when the database comes back and much has gathered."""
    journal = Journal(directory / "backlog.sqlite3")
    for start in range(0, BACKLOG, 1000):
        await journal.append("bench", [fact(start + n) for n in range(1000)])
    began = time.perf_counter()
    shipped = await Shipper(journal, database).ship_all()
    rate = shipped / (time.perf_counter() - began)
    await journal.aclose()
    return rate


async def measure(directory: Path, cluster: Cluster) -> list[Row]:
    rate, p50, p99 = await journal_rate(directory)
    await migrate(cluster.urls.owner)
    many = await plain_insert_rate(cluster.urls.owner, CONNECTIONS)
    single = await plain_insert_rate(cluster.urls.owner, 1)
    database = Database(cluster.urls.app)
    lag_p99, lag_worst, cpu = await steady(directory, database)
    catch_up = await backlog(directory, database)
    await database.close()
    return [
        row("journal_facts_per_second", rate, "1/s", TARGET_RATE),
        row("journal_append_p50", p50, "ms", TARGET_P99_MS),
        row("journal_append_p99", p99, "ms", TARGET_P99_MS),
        row("journal_vs_plain_insert", rate, "1/s", many),
        row("journal_vs_plain_insert_one_connection", rate, "1/s", single),
        row("journal_vs_plain_sqlite_insert", rate, "1/s", sqlite_insert_rate(directory)),
        row("shipping_lag_p99", lag_p99, "s", TARGET_LAG),
        row("shipping_lag_worst", lag_worst, "s", TARGET_LAG),
        row("journal_and_shipper_cpu_at_1000_per_second", cpu, "core", 0.1),
        row("shipping_backlog_facts_per_second", catch_up, "1/s", TARGET_RATE),
    ]


def run(settings: Settings) -> list[Row]:
    """Measures, writes ``STATE/bench/journal.json`` and returns its rows."""
    bench = settings.root / "bench"
    directory = bench / "journal"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    home = place_cluster(directory / "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    cluster = Cluster(home, port, directory / "secrets", directory / "postgres.log")
    try:
        cluster.start()
        rows = uvloop.run(measure(directory, cluster))
    finally:
        cluster.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(directory, ignore_errors=True)
    (bench / "journal.json").write_text(json.dumps(rows, indent=1) + "\n")
    return rows


def main() -> None:
    for line in run(Settings()):
        print(f"{line['name']:<46} {line['value']:>12} {line['unit']:<5} {line['baseline']:>12} × {line['ratio']}")


if __name__ == "__main__":
    main()
