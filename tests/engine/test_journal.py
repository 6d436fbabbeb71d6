from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kaska.core.facts import DeviceSeen, Fact, LegUp
from kaska.engine.journal import Journal, JournalInUse, JournalUnavailable
from kaska.ledger.codec import decode_fact


def fact(number: int) -> Fact:
    return LegUp(float(number), f"c{number}", f"l{number}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@contextmanager
def full_disk() -> Iterator[None]:
    """The kernel refuses every write of this process beyond the first bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_numbers_follow_the_calls_and_have_no_gaps(path: Path) -> None:
    journal = Journal(path)
    first = journal.append("demo", [fact(1), fact(2)])
    assert journal.append_nowait("demo", [fact(3)]) == 3
    second = journal.append("other", [DeviceSeen(4.0, "demo-101", True)])
    assert await first == 2
    assert await second == 4
    records = journal.read(0, 100)
    assert [(r.seq, r.tenant, r.contact, r.type) for r in records] == [
        (1, "demo", "c1", "leg_up"),
        (2, "demo", "c2", "leg_up"),
        (3, "demo", "c3", "leg_up"),
        (4, "other", "", "device_seen"),
    ]
    assert decode_fact(records[0].type, records[0].body) == fact(1)
    assert [r.seq for r in journal.read(1, 1)] == [2]
    assert [r.seq for r in journal.read(0, 9, "other")] == [4]
    assert journal.tenants() == ["demo", "other"]
    await journal.aclose()


async def test_many_producers_keep_their_own_order(path: Path) -> None:
    journal = Journal(path)

    async def produce(producer: int) -> None:
        for number in range(30):
            await journal.append(f"t{producer}", [fact(number)])

    await asyncio.gather(*(produce(producer) for producer in range(50)))
    records = journal.read(0, 10_000)
    assert [r.seq for r in records] == list(range(1, 1501))
    for producer in range(50):
        assert [r.at for r in records if r.tenant == f"t{producer}"] == [float(n) for n in range(30)]
    await journal.aclose()


async def test_durability_is_told_later_to_those_who_do_not_wait(path: Path) -> None:
    journal = Journal(path)
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    watched = journal.watch()
    assert journal.append_nowait("demo", [fact(1)], told.set_result) == 1
    assert await told == 1
    await watched.wait()
    assert journal.durable_seq == 1
    assert journal.waiting == 0
    await journal.aclose()


def test_it_works_without_a_loop_and_goes_on_numbering(path: Path) -> None:
    journal = Journal(path)
    identity = journal.id
    journal.append_nowait("demo", [fact(1)])
    journal.close()
    again = Journal(path)
    assert again.id == identity
    assert [r.seq for r in again.read(0, 10)] == [1]
    assert again.append_nowait("demo", [fact(2)]) == 2
    again.close()
    with pytest.raises(JournalUnavailable):
        again.append_nowait("demo", [fact(3)])


def test_two_processes_cannot_share_a_journal(path: Path) -> None:
    journal = Journal(path)
    with pytest.raises(JournalInUse):
        Journal(path)
    journal.close()


async def test_snapshots_memory_and_trimming(path: Path) -> None:
    journal = Journal(path)
    await journal.append("demo", [fact(n) for n in range(1, 6)])
    await journal.append("other", [fact(6)])
    assert await journal.trim() == 0
    for seq in (1, 2, 3):
        await journal.save_snapshot("demo", seq, b"state %d" % seq)
    assert journal.latest_snapshot("demo") == (3, b"state 3")
    assert journal.latest_snapshot("other") is None
    journal.mark_shipped(2)
    assert await journal.trim() == 2
    journal.mark_shipped(6)
    assert await journal.trim() == 1
    await journal.save_snapshot("other", 6, b"")
    assert await journal.trim() == 0, "the last record keeps the numbering"
    assert [r.seq for r in journal.read(0, 10)] == [4, 5, 6]
    assert journal.recall("cdr") is None
    await journal.remember("cdr", "4096")
    await journal.aclose()
    again = Journal(path)
    assert again.recall("cdr") == "4096"
    assert again.shipped_up_to == 6
    assert again.last_seq == 6
    await again.aclose()


async def test_facts_are_let_go_in_pieces_so_that_others_are_written_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaska.engine.journal.TRIMMED_AT_ONCE", 3)
    monkeypatch.setattr("kaska.engine.journal_file.TRIMMED_AT_ONCE", 3)
    journal = Journal(path)
    for tenant in ("demo", "other"):
        await journal.append(tenant, [fact(n) for n in range(1, 6)])
        await journal.save_snapshot(tenant, journal.last_seq, b"state")
    journal.mark_shipped(10)
    trimming = asyncio.create_task(journal.trim())
    await asyncio.sleep(0)
    await journal.append("demo", [fact(11)])
    assert not trimming.done(), "the new fact did not wait for all pieces"
    assert await trimming == 10
    assert [r.seq for r in journal.read(0, 20)] == [11]
    await journal.aclose()


async def test_a_full_disk_is_told_and_nothing_is_dropped(path: Path) -> None:
    journal = Journal(path)
    await journal.append("demo", [fact(1)])
    with full_disk():
        with pytest.raises(JournalUnavailable):
            await journal.append("demo", [fact(2)])
        assert "cannot be written" in journal.alarm
        assert journal.append_nowait("demo", [fact(3)]) == 3
        assert journal.waiting == 2
        with pytest.raises(JournalUnavailable):
            await journal.append("demo", [fact(4)])
    assert await journal.append("demo", [fact(5)]) == 5
    assert journal.alarm == ""
    assert [(r.seq, r.at) for r in journal.read(0, 10)] == [(n, float(n)) for n in range(1, 6)]
    await journal.aclose()


async def test_closing_with_a_broken_disk_ends(path: Path) -> None:
    journal = Journal(path)
    await journal.append("demo", [fact(1)])
    with full_disk():
        journal.append_nowait("demo", [fact(2)])
        await journal.aclose()


@pytest.mark.parametrize("damage", [b"this is no database " * 500, None])
def test_a_corrupt_file_is_moved_aside(path: Path, damage: bytes | None) -> None:
    journal = Journal(path)
    journal.append_nowait("demo", [fact(n) for n in range(500)])
    identity = journal.id
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(damage or whole[:4096] + bytes(b ^ 0x5A for b in whole[4096:]))
    again = Journal(path)
    assert again.id != identity
    assert Path(again.replaced).exists()
    assert again.append_nowait("demo", [fact(1)]) == 1
    again.close()
    once_more = Journal(path)
    assert [r.seq for r in once_more.read(0, 10)] == [1]
    assert once_more.replaced == ""
    once_more.close()


PRODUCER = """
import asyncio, sys
from pathlib import Path
from kaska.core.facts import LegUp
from kaska.engine.journal import Journal

async def main():
    journal = Journal(Path(sys.argv[1]))
    async def produce(name):
        number = 0
        while True:
            number += 1
            journal.append_nowait("demo", [LegUp(float(number), name, "nowait")])
            seq = await journal.append("demo", [LegUp(float(number), name, "awaited")])
            sys.stdout.write(f"{seq} {name} {number}\\n")
            sys.stdout.flush()
    await asyncio.gather(*(produce(f"p{n}") for n in range(20)))

asyncio.run(main())
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    randomness = random.Random(7)
    acknowledged: dict[int, tuple[str, float]] = {}
    for _ in range(6):
        producer = subprocess.Popen([sys.executable, "-c", PRODUCER, str(path)], stdout=subprocess.PIPE, text=True)
        assert producer.stdout is not None
        lines = [producer.stdout.readline() for _ in range(randomness.randint(1, 400))]
        os.kill(producer.pid, signal.SIGKILL)
        lines += producer.stdout.read().splitlines(keepends=True)
        producer.stdout.close()
        producer.wait()
        for line in lines:
            if line.endswith("\n"):
                seq, name, number = line.split()
                assert int(seq) not in acknowledged
                acknowledged[int(seq)] = (name, float(number))
    journal = Journal(path)
    records = {r.seq: r for r in journal.read(0, 1_000_000)}
    journal.close()
    assert list(records) == list(range(1, len(records) + 1))
    for known, expected in acknowledged.items():
        assert (records[known].contact, records[known].at) == expected
