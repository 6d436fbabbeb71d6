"""The command ``kaska verify``: its words, its JSON, its exit code; and a ledger that was moved by a dump."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from kaska import cli, proving
from kaska.core.facts import ContactOpened, DeviceSeen
from kaska.engine.journal import Journal
from kaska.features.identity.public import Doors
from kaska.host import postgres as host_postgres
from kaska.host.postgres import DatabaseUrls
from kaska.kit.database import Database
from kaska.ledger.laws import LAWS, Violation
from kaska.ledger.seals import Seal, all_seals, seal_closed_days
from kaska.ledger.shipper import Shipper
from kaska.ledger.verify import Verdict
from kaska.migrations.run import migrate

DAY = date(2026, 11, 24)
GOOD = Verdict(
    tenant="north",
    facts=12345,
    contacts=400,
    alive=2,
    broken=[],
    broken_total=0,
    seals=1,
    sealed_through=DAY,
    newest_seal="ab" * 32,
    unsealed=7,
    bad_days={},
    noted_missing=False,
)
BAD = replace(
    GOOD,
    tenant="south",
    broken=[Violation("one_end", f"kaska-1.{n}", n, "ended 2 times") for n in range(25)],
    broken_total=30,
    bad_days={DAY: "5 facts instead of 6"},
    noted_missing=True,
)


@pytest.mark.parametrize(("language", "end"), [("ru", "Всё сходится."), ("en", "Everything agrees.")])
def test_words_when_all_is_well(language: str, end: str) -> None:
    lines = proving.as_lines([GOOD], language)
    assert lines[-1] == end
    assert "12 345" in lines[1]
    assert "ab" * 32 in lines[4]
    assert any("no seals yet" in line or "печатей ещё нет" in line for line in
               proving.as_lines([replace(GOOD, seals=0)], language))  # fmt: skip


@pytest.mark.parametrize(("language", "index"), [("ru", 0), ("en", 1)])
def test_words_when_something_is_wrong(language: str, index: int) -> None:
    lines = proving.as_lines([GOOD, BAD], language)
    assert lines[-1].endswith("south.")
    assert sum(LAWS["one_end"][index] in line for line in lines) == proving.SHOWN
    assert any("10" in line and "…" in line for line in lines)
    assert any(DAY.isoformat() in line and "5 facts instead of 6" in line for line in lines)


def test_json_for_programs() -> None:
    told = json.loads(proving.as_json([GOOD, BAD]))
    assert told["agrees"] is False
    north, south = told["tenants"]
    assert (north["agrees"], north["first_bad_day"], north["sealed_through"]) == (True, None, "2026-11-24")
    assert (south["first_bad_day"], south["broken_total"], len(south["broken"])) == ("2026-11-24", 30, 25)
    assert south["broken"][0]["text"]["ru"] == LAWS["one_end"][0]


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def a_sealed_day(urls: DatabaseUrls, directory: Path) -> Seal:
    await migrate(urls.owner)
    database = Database(urls.app)
    async with database.system() as connection:
        await Doors(connection).add_tenant("north", "North")
    journal = Journal(directory / "journal.sqlite3")
    at = NOON.timestamp()
    opened = ContactOpened(at, "kaska-1.1", "voice", "inbound", "", "", "", 'Анна "А"', "", "", "", 1)
    await journal.append("north", [opened, *(DeviceSeen(at + n / 7, "phone", True) for n in range(3000))])
    await Shipper(journal, database).ship_all()
    await journal.aclose()
    await seal_closed_days(database, "north", NOON.replace(day=25))
    async with database.tenant("north") as connection:
        [seal] = await all_seals(connection, "north")
    await database.close()
    return seal


@pytest.fixture
def runs(untouched_postgres: DatabaseUrls, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """The command on a database of the test's own."""
    monkeypatch.setattr(host_postgres, "urls", lambda _: untouched_postgres)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli.app, ["verify", *words], env={"KASKA_STATE": "/nowhere"})
        return done.exit_code, done.output

    return run


@pytest.mark.database
def test_the_command_and_a_ledger_restored_from_a_dump(
    runs: Callable[..., tuple[int, str]], untouched_postgres: DatabaseUrls, tmp_path: Path
) -> None:
    seal = asyncio.run(a_sealed_day(untouched_postgres, tmp_path))
    code, said = runs("--language", "ru")
    assert (code, said.splitlines()[-1]) == (0, "Всё сходится.")
    code, said = runs("--json", "--tenant", "north", "--seal", seal.seal[:12])
    assert (code, json.loads(said)["tenants"][0]["facts"]) == (0, 3001)
    assert runs("--tenant", "south")[0] == 2
    assert runs("--seal", "ab")[0] == 2
    assert runs("--tenant", "north", "--seal", "ab")[0] == 1

    dumped_and_restored(untouched_postgres.owner, tmp_path / "dump.sql")
    assert runs("--tenant", "north", "--seal", seal.seal)[0] == 0
    as_owner(untouched_postgres.owner, "UPDATE ledger.facts SET at = at + interval '1 us' WHERE position = 2000")
    code, said = runs("--language", "en")
    assert code == 1
    assert "DOES NOT AGREE, the first day is 2026-11-24" in said


def dumped_and_restored(owner_url: str, file: Path) -> None:
    """pg_dump, the schema thrown away, psql: as somebody does who moves to another server."""
    url = urlsplit(owner_url)
    environment = {**os.environ, "PGPASSWORD": url.password or "", "PGTZ": "Asia/Tokyo"}
    place = ["-h", str(url.hostname), "-p", str(url.port), "-U", str(url.username), "-d", url.path[1:]]
    dump = ["pg_dump", *place, "--schema=ledger", f"--file={file}"]
    restore = ["psql", *place, "-v", "ON_ERROR_STOP=1", "-q", "-f", str(file)]
    # the owner cannot dump what is behind the walls
    for table in ("facts", "heads", "readers", "seals", "checks", "breaches"):
        as_owner(owner_url, f"ALTER TABLE ledger.{table} NO FORCE ROW LEVEL SECURITY")
    subprocess.run(dump, env=environment, check=True, capture_output=True)
    as_owner(owner_url, "DROP SCHEMA ledger CASCADE")
    subprocess.run(restore, env=environment, check=True, capture_output=True)


def as_owner(owner_url: str, statement: str) -> None:
    async def execute() -> None:
        owner = Database(owner_url)
        async with owner.tenant("north") as connection:
            await connection.execute(text(statement))
        await owner.close()

    asyncio.run(execute())
