"""The audit of a large queue_log: speed, memory, and against a bare SQLite insert of the same lines.

``audit_lines``: lines per second of one core, from the file to the figures. ``audit_vs_sqlite_insert``: the same
against SQLite putting the same lines, split into their columns, into a table in a file without any index; both are
measured in turn on the same machine. ``audit_memory_growth``: the peak of the whole log against that of a log of the
same days with a tenth of the calls and callers (what is kept grows with the days of a log, not with its lines).
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from invented_queue_log import lines
from kaska.audit.options import Options
from kaska.audit.run import audit
from report import publish, row

LINES = int(os.environ.get("KASKA_BENCH_LINES", "10000000"))
PIECE = 1_000_000
"""lines of the log that is audited and inserted in turn"""
SIZE = 10
ROUNDS = 3
TARGET = 190_000.0
COLUMNS = 10


def main() -> None:
    if len(sys.argv) > 1:
        print(*_one(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as directory:
        log, tenth, piece = (Path(directory) / name for name in ("queue_log", "tenth", "piece"))
        print(f"audit: inventing {LINES:,} lines", flush=True)
        for file, count, size in ((log, LINES, SIZE), (tenth, LINES // SIZE, 1), (piece, min(PIECE, LINES), 1)):
            with file.open("w") as written:
                written.writelines(islice(lines(LINES, size=size), count))
        ours, theirs = _paired(piece, Path(directory) / "bare.db")
        _, small, _ = _alone(tenth)
        speed, large, seconds = _alone(log)
    print(f"  {LINES:,} lines in {seconds:.0f} s, peak {large:.0f} MB")
    publish(
        "audit",
        [
            row("audit_lines", speed, "lines/s", TARGET),
            row("audit_vs_sqlite_insert", ours, "lines/s", theirs),
            row("audit_memory_peak", large, "MB", 0.0),
            row("audit_memory_growth", large, "MB", small),
        ],
    )


def _one(log: Path) -> tuple[float, float, float]:
    """(lines per second of processor time, peak megabytes, seconds by the clock) of this process."""
    began, used = time.perf_counter(), time.process_time()
    found = audit(Options((log,), ZoneInfo("Europe/Moscow"), time.time()))
    seconds, worked = time.perf_counter() - began, time.process_time() - used
    assert found.figures.rows + found.reading.left_out.rows == found.reading.rows
    return found.reading.rows / worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, seconds


def _alone(log: Path) -> tuple[float, float, float]:
    """``_one`` in a process of its own."""
    said = subprocess.run(
        [sys.executable, __file__, str(log)], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(said[0]), float(said[1]), float(said[2])


def _paired(log: Path, database: Path) -> tuple[float, float]:
    """Lines per second of processor time of the audit and of the insert, in turn; the best round of each."""
    ours = theirs = 0.0
    for _ in range(ROUNDS):
        ours = max(ours, _one(log)[0])
        theirs = max(theirs, _insert(log, database))
    return ours, theirs


def _insert(log: Path, database: Path) -> float:
    database.unlink(missing_ok=True)
    used = time.process_time()
    connection = sqlite3.connect(database)
    names = ", ".join(f"c{number}" for number in range(COLUMNS))
    connection.execute(f"CREATE TABLE queue_log ({names})")
    marks = ", ".join("?" * COLUMNS)
    cursor = connection.executemany(f"INSERT INTO queue_log VALUES ({marks})", _rows(log))
    connection.commit()
    connection.close()
    return cursor.rowcount / (time.process_time() - used)


def _rows(log: Path) -> Iterator[list[str]]:
    empty = [""] * COLUMNS
    with log.open(encoding="utf-8") as source:
        for line in source:
            cells = line.rstrip("\n").split("|")
            yield cells + empty[len(cells) :]


if __name__ == "__main__":
    main()
