"""Keeps the parts of an installation alive: ``python -m kaska.host.supervisor``.

Each part is a process in a session of its own. Dies one, it is started again: at once the first time, then with
growing pauses while it fails. Dies the supervisor, the parts live on; the next supervisor finds and adopts them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from kaska.host.component import Component
from kaska.host.processes import Identity
from kaska.kit.config import Settings
from kaska.kit.logging import configure

log = structlog.get_logger("kaska.host")

STEADY_SECONDS = 3.0
"""a part that lived this long was well: when it dies then, it is started again at once"""
SETTLING_SECONDS = 2.0
HOUSEKEEPING_SECONDS = 60.0


class AlreadyRunningError(Exception):
    """Another supervisor keeps this installation."""


class Ending:
    """A wish to end that wakes whoever waits for something else."""

    def __init__(self) -> None:
        self._wish = threading.Event()
        self._descriptor = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def wish(self) -> None:
        self._wish.set()
        os.eventfd_write(self._descriptor, 1)

    def wished(self) -> bool:
        return self._wish.is_set()

    def sleep(self, seconds: float) -> None:
        self._wish.wait(seconds)

    def sleep_while(self, identity: Identity, seconds: float) -> None:
        """Return when the process dies, when the end is wished, or after ``seconds``."""
        try:
            process = os.pidfd_open(identity.pid)
        except ProcessLookupError:
            return
        try:
            if identity.alive():
                poll = select.poll()
                poll.register(process, select.POLLIN)
                poll.register(self._descriptor, select.POLLIN)
                poll.poll(seconds * 1000)
        finally:
            os.close(process)


def pause_before_start(failures: int, longest: float) -> float:
    """Seconds to wait after ``failures`` starts in a row that did not live long: 0, 0.25, 0.5, 1, 2 … ``longest``."""
    return 0.0 if failures <= 1 else float(min(longest, 0.25 * 2 ** min(failures - 2, 10)))


def keep(component: Component, ending: Ending) -> None:
    """Keep one part alive until the end is wished; the part itself is left running then."""
    failures = 0
    first = True
    while not ending.wished():
        identity = component.find()
        if identity is not None and first:
            log.info("adopted", part=component.name, pid=identity.pid)
        if identity is None:
            identity = _started(component, first=first)
        first = False
        if identity is not None:
            began = time.monotonic() - (identity.age() if identity.alive() else 0)
            _watch(component, identity, ending)
            if ending.wished():
                return
            lived = time.monotonic() - began
            log.warning(
                "died", part=component.name, pid=identity.pid, how=component.how_it_ended(identity), lived=lived
            )
            failures = 1 if lived >= STEADY_SECONDS else failures + 1
        else:
            failures += 1
        ending.sleep(pause_before_start(failures, component.longest_pause))


def _started(component: Component, *, first: bool) -> Identity | None:
    try:
        if first:
            component.before_first()
        identity = component.start()
    except Exception as error:  # whatever it is, the other parts must go on, and this one is tried again
        log.error("cannot be started", part=component.name, why=str(error))
        return None
    log.info("started", part=component.name, pid=identity.pid)
    return identity


def _watch(component: Component, identity: Identity, ending: Ending) -> None:
    ending.sleep_while(identity, SETTLING_SECONDS)
    while identity.alive() and not ending.wished():
        component.go_first(identity.pid)
        ending.sleep_while(identity, HOUSEKEEPING_SECONDS)
        component.rotate()


@contextlib.contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Hold the installation while inside.

    :raises AlreadyRunningError: when another supervisor holds it.
    """
    run = root / "run"
    run.mkdir(parents=True, exist_ok=True)
    with (run / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(f"a supervisor keeps {root} already") from None
        own = Identity.of(os.getpid())
        assert own is not None, "we live"
        own.save(run / "supervisor.pid")
        try:
            yield
        finally:
            (run / "supervisor.pid").unlink(missing_ok=True)


def supervise(components: Sequence[Component], ending: Ending) -> None:
    """Keep all of them, each independently, until the end is wished."""
    threads = [
        threading.Thread(target=keep, args=(component, ending), name=component.name, daemon=True)
        for component in components
    ]
    for thread in threads:
        thread.start()
    while not ending.wished():
        ending.sleep(HOUSEKEEPING_SECONDS)
    for thread in threads:
        thread.join(10)


def main() -> int:
    settings = Settings()
    configure(settings.log_level)
    from kaska.host.parts import parts  # here, so that tests of supervising need neither Asterisk nor PostgreSQL

    ending = Ending()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.wish())
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _allow_many_files()
    try:
        with only_one(settings.root):
            supervise(parts(settings), ending)
    except AlreadyRunningError as error:
        log.error(str(error))
        return 1
    return 0


def _allow_many_files() -> None:
    """A call needs a dozen descriptors; what we start inherits the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, enough), hard))


if __name__ == "__main__":
    sys.exit(main())
