"""The journal's file: SQLite in WAL mode, written by one thread, read by any.

``synchronous=FULL`` makes SQLite fsync the WAL inside every COMMIT. So when ``write`` has returned, its records survive
kill -9 of the process and loss of power, as far as the disk keeps what it reported as flushed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import structlog

log = structlog.get_logger(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY, tenant TEXT NOT NULL, at REAL NOT NULL, contact TEXT NOT NULL, type TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS snapshots (
    tenant TEXT NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (tenant, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS remembered (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

CHUNKS = (256, 128, 64, 32, 16, 8, 4, 2, 1)
"""Rows per statement. Every step of a statement gives the interpreter lock away and must win it back, so a batch is
few statements of many rows, and the sizes are few so that they stay prepared."""

TRIMMED_AT_ONCE = 2_000
"""so that the facts that happen meanwhile wait for no more than some milliseconds"""

IDENTITY = "journal"
SHIPPED = "shipped_up_to"

Job = Callable[[sqlite3.Connection], object]


class Record(NamedTuple):
    """One fact as it lies in the journal. ``body`` is JSON, see ledger.codec."""

    seq: int
    tenant: str
    at: float
    contact: str
    type: str
    body: bytes


class JournalInUse(RuntimeError):
    """Another process has this journal open."""


class JournalCorrupt(RuntimeError):
    """The file is not a readable journal."""


class JournalFile:
    """Raises JournalInUse when another process holds the same path.

    A corrupt file is moved aside (``….corrupt-<time>``) and a new journal with a new identity begins.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.replaced: str = ""
        """name of the corrupt file that was moved aside, "" if none was"""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock_file = open(f"{path}.lock", "w")  # noqa: SIM115 - held as long as the journal is open
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock_file.close()
            raise JournalInUse(f"{path} is open in another process") from None
        self._reading = threading.Lock()
        self.open(first=True)

    def open(self, *, first: bool = False) -> None:
        """Opens, or opens again after an error. Raises sqlite3.Error or OSError when the disk refuses."""
        try:
            self._connect(check=first)
        except JournalCorrupt as error:
            self.move_aside(error)

    def move_aside(self, error: Exception) -> None:
        """Begins a new journal where the old file cannot be read."""
        self.disconnect()
        self.replaced = f"{self.path}.corrupt-{time.time_ns()}"
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{self.path}{suffix}", f"{self.replaced}{suffix}")
        self._connect(check=False)
        log.critical("journal_corrupt", error=str(error), moved_to=self.replaced, new_journal=self.id)

    def _connect(self, *, check: bool) -> None:
        try:
            self._writer = self._connection()
            if check and self._writer.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise JournalCorrupt("quick_check failed")
            self._writer.executescript(SCHEMA)
            self._writer.execute("INSERT OR IGNORE INTO remembered VALUES (?, ?)", (IDENTITY, str(uuid.uuid4())))
            self._reader = self._connection()
            self.id = str(self.recall(IDENTITY))
        except sqlite3.DatabaseError as error:
            if is_corruption(error):
                raise JournalCorrupt(str(error)) from error
            raise

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=5)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA journal_size_limit=16777216")
        return connection

    def write(self, rows: Sequence[Record], jobs: Sequence[Job]) -> list[object]:
        """One transaction, on disk when this returns. Raises sqlite3.Error; then nothing of it counts as written."""
        chunks = list(_chunks(rows))
        if not jobs and len(chunks) == 1:
            self._insert(chunks[0])
            return []
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            for chunk in chunks:
                self._insert(chunk)
            results = [job(self._writer) for job in jobs]
            self._writer.execute("COMMIT")
        except sqlite3.Error:
            if self._writer.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
            raise
        return results

    def _insert(self, rows: Sequence[Record]) -> None:
        # OR IGNORE: a COMMIT that failed in its fsync may turn out to be there after the file was opened again, and
        # the same records are then written a second time.
        places = ",".join(["(?,?,?,?,?,?)"] * len(rows))
        values = [value for row in rows for value in row]
        self._writer.execute(f"INSERT OR IGNORE INTO facts VALUES {places}", values)  # noqa: S608 - only places

    def read(self, after_seq: int, limit: int, tenant: str | None = None) -> list[Record]:
        """Records on disk after ``after_seq``, in order; only ``tenant``'s when given."""
        query = "SELECT seq, tenant, at, contact, type, body FROM facts WHERE seq > ?"
        values: list[object] = [after_seq]
        if tenant is not None:
            query += " AND tenant = ?"
            values.append(tenant)
        with self._reading:
            return [Record(*row) for row in self._reader.execute(f"{query} ORDER BY seq LIMIT ?", [*values, limit])]

    def last_seq(self) -> int:
        with self._reading:
            return int(self._reader.execute("SELECT coalesce(max(seq), 0) FROM facts").fetchone()[0])

    def recall(self, key: str) -> str | None:
        with self._reading:
            row = self._reader.execute("SELECT value FROM remembered WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def latest_snapshot(self, tenant: str) -> tuple[int, bytes] | None:
        query = "SELECT seq, body FROM snapshots WHERE tenant = ? ORDER BY seq DESC LIMIT 1"
        with self._reading:
            row = self._reader.execute(query, (tenant,)).fetchone()
        return None if row is None else (int(row[0]), bytes(row[1]))

    def tenants(self) -> list[str]:
        query = "SELECT tenant FROM snapshots UNION SELECT tenant FROM facts ORDER BY tenant"
        with self._reading:
            return [str(row[0]) for row in self._reader.execute(query)]

    def disconnect(self) -> None:
        for name in ("_writer", "_reader"):
            connection = getattr(self, name, None)
            if connection is not None:
                with contextlib.suppress(sqlite3.Error), self._reading:
                    connection.close()

    def close(self) -> None:
        self.disconnect()
        self._lock_file.close()


def remember_job(key: str, value: str) -> Job:
    def job(connection: sqlite3.Connection) -> object:
        return connection.execute("INSERT OR REPLACE INTO remembered VALUES (?, ?)", (key, value)).rowcount

    return job


def snapshot_job(tenant: str, seq: int, body: bytes) -> Job:
    """Keeps the newest two of each tenant, so that one is whole whatever happens to the other."""

    def job(connection: sqlite3.Connection) -> object:
        connection.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (tenant, seq, body))
        return connection.execute(
            "DELETE FROM snapshots WHERE tenant = ?1 AND seq NOT IN "
            "(SELECT seq FROM snapshots WHERE tenant = ?1 ORDER BY seq DESC LIMIT 2)",
            (tenant,),
        ).rowcount

    return job


def trim_job(connection: sqlite3.Connection) -> object:
    """Deletes at most ``TRIMMED_AT_ONCE`` facts that are shipped and older than their tenant's last snapshot; returns
    how many. The very last record stays whatever it is: the numbering goes on from it after a restart.
    """
    deleted = 0
    shipped, last = connection.execute(
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM remembered WHERE key = ?), 0), "
        "coalesce((SELECT max(seq) FROM facts), 0)",
        (SHIPPED,),
    ).fetchone()
    # asked once for each tenant: a condition over all facts would read the long bodies of the snapshots for each
    kept = connection.execute("SELECT tenant, max(seq) FROM snapshots GROUP BY tenant").fetchall()
    for tenant, snapshot in kept:
        deleted += connection.execute(
            "DELETE FROM facts WHERE seq IN (SELECT seq FROM facts WHERE seq <= ? AND tenant = ? LIMIT ?)",
            (min(shipped, snapshot, last - 1), tenant, TRIMMED_AT_ONCE - deleted),
        ).rowcount
    return deleted


def is_corruption(error: sqlite3.Error) -> bool:
    # The primary code is the low byte of the extended one.
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _chunks(rows: Sequence[Record]) -> list[Sequence[Record]]:
    found: list[Sequence[Record]] = []
    start = 0
    while start < len(rows):
        size = next(size for size in CHUNKS if size <= len(rows) - start)
        found.append(rows[start : start + size])
        start += size
    return found
