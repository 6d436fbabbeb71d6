"""One program that is kept running: how to start it, find it again, know that it is ready, and stop it.

It runs in a session of its own, so that it outlives whoever started it. It carries a mark in its environment, by
which it is found again even if its pid file was never written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kaska.host.ports import Port
from kaska.host.processes import Identity, RunAs, put_first, wait_until

MARK = "KASKA_PART"
LOG_BYTES = 20_000_000


def _nothing() -> None:
    return


def _nobody() -> RunAs:
    return {}


def _terminate(identity: Identity) -> None:
    identity.signal(signal.SIGTERM)


@dataclass(frozen=True)
class Component:
    """``name`` is short and used for files; ``title`` is for people."""

    name: str
    title: str
    root: Path
    """STATE: pid files go to its ``run``, logs to its ``log``"""
    command: Callable[[], Sequence[str]]
    ready: Callable[[], bool]
    prepare: Callable[[], None] = _nothing
    """before every start"""
    before_first: Callable[[], None] = _nothing
    """once per supervisor, before the first start, when it was not running"""
    ask_to_stop: Callable[[Identity], object] = _terminate
    patience: float = 20.0
    """seconds to stop after being asked; then it is killed"""
    longest_pause: float = 5.0
    """seconds between starts that fail again and again"""
    environment: Mapping[str, str] = field(default_factory=dict)
    locate: Callable[[], Identity | None] | None = None
    """finds it when the pid file does not; None = by its mark"""
    run_as: Callable[[], RunAs] = _nobody
    directory: Path | None = None
    """where it starts; None = where we are"""
    ports: tuple[Port, ...] = ()
    first: bool = False
    """calls depend on it: it goes before the other parts when the processors are busy"""
    real_time: int = 0
    """… and at once, with this priority (see put_first); only for what never computes for long"""

    @property
    def mark(self) -> str:
        return f"{self.name}:{self.root}"

    @property
    def pid_file(self) -> Path:
        return self.root / "run" / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        return self.root / "log" / f"{self.name}.log"

    def find(self) -> Identity | None:
        """The living process, whoever started it."""
        known = Identity.load(self.pid_file)
        if known is not None:
            return known
        found = self.locate() if self.locate else next(filter(None, map(self._marked, _pids())), None)
        if found is not None:
            found.save(self.pid_file)
        return found

    def start(self) -> Identity:
        """Start it now; raises OSError or whatever ``prepare`` raises."""
        self.prepare()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.rotate()
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                list(self.command()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment, MARK: self.mark},
                cwd=self.directory,
                start_new_session=True,
                **self.run_as(),
            )
        self.go_first(process.pid)
        _started[:] = [*(one for one in _started if one.poll() is None), process]
        identity = Identity.of(process.pid) or Identity(process.pid, -1)
        identity.save(self.pid_file)
        return identity

    def go_first(self, pid: int) -> None:
        """Give it its priority; Asterisk, started by root, gives back what it was started with in its first moments."""
        if self.first:
            put_first(pid, self.real_time)

    def stop(self) -> bool:
        """Ask it to stop, wait, at last kill it. True when it ran."""
        identity = self.find()
        if identity is None:
            return False
        self.ask_to_stop(identity)
        if not wait_until(lambda: not identity.alive(), self.patience, every=0.05):
            identity.signal(signal.SIGKILL)
            wait_until(lambda: not identity.alive(), 5)
        self.pid_file.unlink(missing_ok=True)
        return True

    @staticmethod
    def how_it_ended(identity: Identity) -> str:
        """In words, when it was started by this process; "" when it was only found."""
        code = next((one.poll() for one in _started if one.pid == identity.pid), None)
        if code is None:
            return ""
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def rotate(self, *, always: bool = False) -> None:
        """Keep one old log, when the log is large.

        The program may hold the file open (for appending): so it is copied and emptied, not moved.
        """
        with contextlib.suppress(FileNotFoundError):
            if always or self.log.stat().st_size > LOG_BYTES:
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
                os.truncate(self.log, 0)

    def _marked(self, pid: int) -> Identity | None:
        """A process with our mark that leads its session: its own children carry the mark too, but lead nothing."""
        try:
            if os.getsid(pid) != pid:
                return None
            variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            return None
        return Identity.of(pid) if f"{MARK}={self.mark}".encode() in variables else None


_started: list[subprocess.Popen[bytes]] = []
"""kept, because a Popen that is forgotten while its process lives complains"""


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
