"""How fast ``kaska verify`` reads a ledger, and whether its memory stays flat.

``verify_facts_per_second``: facts held to every law and to the seals, each read twice, on one core beside PostgreSQL.
``verify_memory``: resident megabytes added while reading the whole against those added by its first tenth.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from kaska.host.postgres import Cluster
from kaska.host.whereabouts import place_cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.ledger.seals import seal_closed_days
from kaska.ledger.verify import verify
from kaska.migrations.run import migrate
from report import Row, publish, row

FACTS = int(os.environ.get("KASKA_BENCH_FACTS", "500000"))
PER_CONTACT = 10
DAYS = 30
START = datetime(2026, 10, 1, tzinfo=UTC)
TARGET = 20_000.0

_CONTACTS = """
INSERT INTO ledger.facts (tenant, position, at, contact, type, body, journal, seq)
SELECT 'bench', c * 10 + k.n, to_timestamp(k.at), k.contact, k.type,
       k.body || jsonb_build_object('at', k.at, 'contact', k.contact),
       CAST('00000000-0000-4000-8000-000000000001' AS uuid), c * 10 + k.n
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS c
CROSS JOIN LATERAL (SELECT CAST(:start AS double precision) + c * CAST(:step AS double precision) AS began,
                           'kaska-1760000000.' || c AS contact, 'a' || (c % 300) AS agent) AS one
CROSS JOIN LATERAL (VALUES
 (1, began, 'contact_opened', CAST('{"channel": "voice", "direction": "inbound", "number": "+74950000101",
   "caller": "+79000000001", "customer": "+79000000001", "caller_name": "", "trunk": "city", "project": "main",
   "scenario": "main", "scenario_version": 1, "source": "live", "debt": ""}' AS jsonb)),
 (2, began, 'leg_up', '{"leg": "c"}'),
 (3, began, 'step_entered', '{"node": "queue", "kind": "enqueue", "tries": 0, "detail": ""}'),
 (4, began, 'queued', jsonb_build_object('queue', 'all', 'priority', 0, 'since', began)),
 (5, began, 'offered', jsonb_build_object('leg', 'l', 'agent', agent, 'queue', 'all', 'expires_at', began + 20)),
 (6, began, 'offer_over', jsonb_build_object('leg', 'l', 'agent', agent, 'result', 'accepted')),
 (7, began, 'connected', jsonb_build_object('leg', 'l', 'agent', agent)),
 (8, began + 0.125, 'talk_over', jsonb_build_object('leg', 'l', 'agent', agent, 'seconds', 0.125, 'held_seconds', 0)),
 (9, began + 0.125, 'leg_over', '{"leg": "c", "cause": 16, "source": "live"}'),
 (10, began + 0.125, 'contact_over', '{"outcome": "answered", "cause": "talked"}')
) AS raw(n, at, type, body)
CROSS JOIN LATERAL (SELECT raw.n, floor(raw.at * 1024) / 1024 AS at, raw.type, raw.body, one.contact) AS k
"""


def resident() -> float:
    """Megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


async def fill(database: Database, owner: Database) -> None:
    contacts = FACTS // PER_CONTACT
    step = max(1, int(DAYS * 86_400 / contacts * 1024)) / 1024
    for first in range(0, contacts, 5000):
        last = min(first + 5000, contacts) - 1
        async with owner.tenant("bench") as connection:
            given = {"first": first, "last": last, "start": START.timestamp(), "step": step}
            await connection.execute(text(_CONTACTS), given)
    async with owner.tenant("bench") as connection:
        head = {"head": contacts * PER_CONTACT}
        await connection.execute(text("INSERT INTO ledger.heads (tenant, position) VALUES ('bench', :head)"), head)
        await connection.execute(text("ANALYZE ledger.facts"))
    began = time.perf_counter()
    seals = await seal_closed_days(database, "bench", START + timedelta(days=DAYS + 10))
    seconds = time.perf_counter() - began
    print(f"  {len(seals)} days sealed, {FACTS / seconds:,.0f} facts/s", flush=True)


async def measure(cluster: Cluster) -> list[Row]:
    await migrate(cluster.urls.owner)
    database, owner = Database(cluster.urls.app), Database(cluster.urls.owner)
    print(f"verify: {FACTS:,} facts are written", flush=True)
    await fill(database, owner)
    held: list[tuple[int, float]] = []
    before, began = resident(), time.perf_counter()

    def noted(_what: str, done: int, _total: int) -> None:
        held.append((done, resident() - before))

    verdict = await verify(database, "bench", now=datetime.now(UTC), progress=noted)
    seconds = time.perf_counter() - began
    await database.close()
    await owner.close()
    assert verdict.agrees, verdict
    early = max(memory for done, memory in held[: len(held) // 10] or held)
    return [
        row("verify_facts_per_second", verdict.facts / seconds, "facts/s", TARGET),
        row("verify_memory", max(memory for _, memory in held), "MB", early),
    ]


def main() -> None:
    state = Settings().root / "bench" / "verify"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    home = place_cluster(state / "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    cluster = Cluster(home, port, state / "secrets", state / "postgres.log", durable=False)
    cluster.start()
    try:
        publish("verify", asyncio.run(measure(cluster)))
    finally:
        cluster.stop("fast")
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)


if __name__ == "__main__":
    main()
