"""Facts about processes of this machine, read from /proc: who lives, since when, and is it really ours."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


def put_first(pid: int, real_time: int = 0) -> None:
    """Let a process go before everything else on this machine, as far as we are allowed to: root is, others are not.

    Linux shares the processors among sessions first (autogroup), so that a switch with hundreds of threads gets no more
    than one idle shell would; niceness counts only inside of each. And whoever is woken still waits until the one who
    runs has used up his slice of some milliseconds, at each of the dozen hand-overs that a call is.

    ``real_time`` (1–99): it, its threads and their later ones run as soon as they have something to do, whoever else
    computes.
    The kernel keeps a twentieth of each second for the others, so that nobody can shut the machine out.
    """
    if real_time:
        for thread in threads(pid):
            with contextlib.suppress(OSError):  # gone meanwhile, or not allowed
                os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(real_time))
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, -5)
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text("-10")


def threads(pid: int) -> list[int]:
    """[] when there is no such process."""
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    except (FileNotFoundError, ProcessLookupError):
        return []


class RunAs(TypedDict, total=False):
    """Arguments of ``subprocess.Popen`` that start a program as another user; empty = as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Identity:
    """A process id with its start time (clock ticks since boot): together they never belong to another process."""

    pid: int
    started: int

    @staticmethod
    def of(pid: int) -> Identity | None:
        """None when there is no such process or it is only waiting to be buried."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] in "ZX" else Identity(pid, int(fields[19]))

    def alive(self) -> bool:
        return Identity.of(self.pid) == self

    def signal(self, number: signal.Signals) -> None:
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def age(self) -> float:
        """Seconds since it started."""
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return uptime - self.started / os.sysconf("SC_CLK_TCK")

    def save(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_text(f"{self.pid} {self.started}\n")
        draft.replace(file)

    @staticmethod
    def load(file: Path) -> Identity | None:
        """The living process that ``file`` names, else None."""
        try:
            pid, started = (int(part) for part in file.read_text().split())
        except (FileNotFoundError, ValueError):
            return None
        identity = Identity(pid, started)
        return identity if identity.alive() else None


def wait_until(condition: Callable[[], bool], seconds: float, *, every: float = 0.02) -> bool:
    """Ask ``condition`` again and again until it holds (True) or the time is over (False)."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every)
    return True
