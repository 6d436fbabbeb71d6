"""How long a person waits for a customer's card among a million: the search, and the card while it rings.

A million cards of invented people are made in a private PostgreSQL cluster (KASKA_BENCH_CUSTOMERS changes how many),
each with a name of two or three words, a telephone, one in three with an e-mail, one in five in a company. Then what
operators type is searched for, as the application's role behind the wall between companies. Targets are milliseconds.

``wall_trigrams``: the same part of a name by LIKE with a trigram index (pg_trgm), to show what decision 21 says of it.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import text

from kaska.features.customers.identity import Identity
from kaska.features.customers.repository import owners
from kaska.features.customers.schemas import CustomerQuery
from kaska.features.customers.service import find
from kaska.features.customers.words import card_words, spellings_of
from kaska.features.identity.public import Doors
from kaska.host.postgres import Cluster
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from report import Row, publish, row

CUSTOMERS = int(os.environ.get("KASKA_BENCH_CUSTOMERS", "1000000"))
CHUNK = 20_000
TENANT = "bench"
TARGET_MS = 100.0
TIMES = 40
SURNAMES = 20_000
COMPANIES = 3_000

_STARTS = ("дуб", "клен", "осин", "лип", "берез", "сосн", "вет", "руч", "камен", "гор", "лес", "пол", "озер", "снег")
_MIDDLES = ("ов", "ин", "ар", "ел", "иш", "ун", "ыр", "ак", "ет", "ол")
_ENDS = ("ов", "ова", "ин", "ина", "ский", "ская", "енко", "чук", "ев", "ева")
_NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Инна", "Кирилл", "Лидия", "Марк", "Нина",
          "Олег", "Пётр", "Раиса", "Семён", "Тамара", "Ульяна", "Фёдор", "Эмма", "Юрий", "Яна", "Иван")  # fmt: skip
_FATHERS = ("Ильич", "Ильинична", "Петрович", "Петровна", "Олегович", "Олеговна", "Юрьевич", "Юрьевна")


def surnames(chance: random.Random) -> list[str]:
    """Different invented surnames of two to four parts."""
    made: set[str] = set()
    while len(made) < SURNAMES:
        middle = "".join(chance.choice(_MIDDLES) for _ in range(chance.randint(1, 4)))
        made.add((chance.choice(_STARTS) + middle + chance.choice(_ENDS)).capitalize())
    return sorted(made)


def people(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Cards with what they are found by. A surname's number of bearers falls off as in life: a few have very many."""
    known = surnames(chance)
    firms = [f"ООО {chance.choice(known)[:-2].capitalize()}{number}" for number in range(COMPANIES)]
    weights = [1 / (rank + 20) for rank in range(len(known))]
    chance.shuffle(known)
    bearers = chance.choices(known, weights, k=CUSTOMERS)
    for number, surname in enumerate(bearers):
        phone = f"+7000{number * 7919 % 10_000_000:07}"  # no country has this code
        mail = f"user{number}@mail{number % 50}.example" if number % 3 == 0 else ""
        firm = chance.choice(firms) if number % 5 == 0 else ""
        name = f"{surname} {chance.choice(_NAMES)}" + (f" {chance.choice(_FATHERS)}" if number % 2 else "")
        words = card_words([name, firm], [phone], [mail] if mail else [])
        yield {"id": f"c-{number:07}", "name": name, "phone": phone, "mail": mail, "words": words}


async def fill(url: str) -> dict[str, Any]:
    """Write all cards; returns one to look for."""
    connection = await asyncpg.connect(url)
    await connection.execute("SELECT set_config('kaska.tenant', $1, false)", TENANT)
    chance = random.Random(21)
    began = datetime(2026, 1, 1, tzinfo=UTC)
    chunk: list[dict[str, Any]] = []
    spelled: set[str] = set()
    sought: dict[str, Any] = {}
    for number, card in enumerate(people(chance)):
        chunk.append(card)
        if number == CUSTOMERS // 2:
            sought = card
        if len(chunk) == CHUNK or number == CUSTOMERS - 1:
            await _copy(connection, chunk, began + timedelta(seconds=number))
            await _spell(connection, {word for one in chunk for word in one["words"]} - spelled)
            spelled.update(word for one in chunk for word in one["words"] if spellings_of(word))
            chunk = []
            if (number + 1) % (CHUNK * 10) == 0:
                print(f"  {number + 1:>9,} cards", flush=True)
    for table in ("customers", "customer_identities", "customer_words", "customer_spellings"):
        await connection.execute(f"VACUUM ANALYZE {table}")
    await connection.close()
    return sought


async def _copy(connection: Any, cards: list[dict[str, Any]], at: datetime) -> None:
    """COPY is refused behind a wall, so the rows go through a table without one."""
    for table, columns, rows in (
        (
            "customers",
            ("tenant", "id", "name", "words", "created_at", "changed_at"),
            [(TENANT, one["id"], one["name"], one["words"], at, at) for one in cards],
        ),
        (
            "customer_identities",
            ("tenant", "kind", "value", "customer", "added_at"),
            [
                (TENANT, kind, one[kind_of], one["id"], at)
                for one in cards
                for kind, kind_of in (("phone", "phone"), ("email", "mail"))
                if one[kind_of]
            ],
        ),
        (
            "customer_words",
            ("tenant", "word", "customer"),
            [(TENANT, word, one["id"]) for one in cards for word in one["words"]],
        ),
    ):
        await _through(connection, table, columns, rows)


async def _spell(connection: Any, fresh: set[str]) -> None:
    rows = [(TENANT, spelling, word) for word in fresh for spelling in spellings_of(word)]
    await _through(connection, "customer_spellings", ("tenant", "spelling", "word"), rows)


async def _through(connection: Any, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    await connection.execute(f"CREATE TEMP TABLE passing AS SELECT {names} FROM {table} WITH NO DATA")
    await connection.copy_records_to_table("passing", records=rows, columns=columns)
    await connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM passing ON CONFLICT DO NOTHING")
    await connection.execute("DROP TABLE passing")


def questions(card: dict[str, Any]) -> dict[str, str]:
    """What operators type, by what it tries."""
    surname, name = card["name"].split()[:2]
    digits = card["phone"].lstrip("+")
    wrong = surname[:3] + surname[4:]
    return {
        "surname": surname,
        "surname_and_name": f"{surname} {name}",
        "beginning_of_surname": surname[:4],
        "common_name": name,
        "two_common_words": f"{name} {_FATHERS[2]}",
        "mistake": wrong,
        "mistake_and_name": f"{wrong} {name}",
        "number": f"8 ({digits[1:4]}) {digits[4:7]}-{digits[7:9]}-{digits[9:]}",
        "last_four_digits": digits[-4:],
        "middle_of_number": digits[3:8],
        "company": "ООО Дубов",
        "mail": "user300@mail",
        "nothing_like_it": "Щщщщщъъъ",
    }


def _cluster() -> tuple[Path, Cluster]:
    home = Path(tempfile.mkdtemp(prefix="kaska-bench-"))
    home.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return home, Cluster(home / "cluster", port, home / "secrets", home / "postgres.log", durable=False)


async def measure() -> list[Row]:
    home, cluster = _cluster()
    try:
        cluster.start()
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        async with database.system() as connection:
            await Doors(connection).add_tenant(TENANT, TENANT)
        began = time.perf_counter()
        sought = await fill(cluster.urls.owner)
        print(f"  filled in {time.perf_counter() - began:.0f} s", flush=True)
        rows = await _searches(database, sought)
        rows += await _sizes(database)
        rows += await _trigrams(cluster.urls.owner, database, sought)
        await database.close()
        return rows
    finally:
        cluster.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


async def _searches(database: Database, sought: dict[str, Any]) -> list[Row]:
    rows = []
    for what, typed in questions(sought).items():
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            async with database.tenant(TENANT) as connection:
                page = await find(connection, TENANT, CustomerQuery(text=typed))
            took.append((time.perf_counter() - began) * 1000)
        print(f"  {what:24} {typed!r:32} {len(page.items):>4} cards, corrected: {page.corrected}", flush=True)
        rows.append(row(f"search_{what}_median", statistics.median(took), "ms", TARGET_MS))
        rows.append(row(f"search_{what}_slowest", max(took), "ms", TARGET_MS))
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        async with database.tenant(TENANT) as connection:
            await owners(connection, TENANT, [Identity("phone", sought["phone"])])
        took.append((time.perf_counter() - began) * 1000)
    return [*rows, row("card_of_a_number_median", statistics.median(took), "ms", TARGET_MS)]


async def _sizes(database: Database) -> list[Row]:
    rows = []
    async with database.tenant(TENANT) as connection:
        for table in ("customers", "customer_words", "customer_spellings"):
            size = (await connection.execute(text(f"SELECT pg_total_relation_size('{table}')"))).scalar_one()
            rows.append(row(f"size_{table}", size / (1 << 20), "MB", 0.0))
    return rows


async def _trigrams(owner: str, database: Database, sought: dict[str, Any]) -> list[Row]:
    """One look through the wall with LIKE and a trigram index on the names."""
    connection = await asyncpg.connect(owner)
    try:
        await connection.execute("CREATE EXTENSION pg_trgm")
    except asyncpg.PostgresError as error:
        print(f"  no pg_trgm here: {error}", flush=True)
        return []
    else:
        await connection.execute("CREATE INDEX trigrams ON customers USING gin (name gin_trgm_ops)", timeout=600)
    finally:
        await connection.close()
    part = sought["name"].split()[0][1:]
    began = time.perf_counter()
    async with database.tenant(TENANT) as walled:
        query = text("SELECT id FROM customers WHERE name LIKE :part LIMIT 50").bindparams(part=f"%{part}%нет")
        await walled.execute(query)
    return [row("wall_trigrams", (time.perf_counter() - began) * 1000, "ms", TARGET_MS)]


def main() -> None:
    publish("customers", asyncio.run(measure()))


if __name__ == "__main__":
    main()
