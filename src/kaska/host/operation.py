"""Starting, stopping and looking at an installation, in words for the person who does it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaska.host.component import Component
from kaska.host.parts import calls_in_progress, health, parts, stop_asterisk
from kaska.host.ports import complaints
from kaska.host.postgres import tail
from kaska.host.processes import Identity, wait_until
from kaska.kit.config import Settings

Say = Callable[[str], None]

START_SECONDS = 90.0
HOPELESS_STARTS = 4
"""a part that was started so often without becoming ready will not become ready by waiting"""


class CannotStartError(Exception):
    """The message says what is wrong and what to do."""


@dataclass(frozen=True)
class PartStatus:
    title: str
    pid: int | None
    running_seconds: float
    ready: bool


def supervisor(settings: Settings) -> Identity | None:
    return Identity.load(settings.root / "run" / "supervisor.pid")


def address(settings: Settings) -> str:
    """What to open in a browser on this machine."""
    host = "127.0.0.1" if settings.web_host in ("0.0.0.0", "::") else settings.web_host  # noqa: S104 - it is compared
    return f"http://{host}:{settings.web_port}"


def up(settings: Settings, say: Say) -> bool:
    """Start everything and return when it is ready. False when it runs already (and then nothing was done).

    :raises CannotStartError: nothing that was started here is left running then.
    """
    if supervisor(settings) is not None:
        return False
    components = parts(settings)
    absent = [component for component in components if component.find() is None]
    if taken := complaints(port for component in absent for port in component.ports):
        raise CannotStartError("\n".join(taken))
    for component in absent:
        component.rotate(always=True)  # so that what it says while it fails is not mixed with old words
    keeper = _start_supervisor(settings)
    try:
        _await_all(settings, components, keeper, say)
    except CannotStartError:
        _end(keeper)
        for component in reversed(absent):
            component.stop()
        raise
    return True


def _start_supervisor(settings: Settings) -> subprocess.Popen[bytes]:
    log = settings.root / "log" / "supervisor.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "kaska.host.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, "KASKA_STATE": str(settings.root)},
            start_new_session=True,
        )


def _await_all(settings: Settings, components: Sequence[Component], keeper: subprocess.Popen[bytes], say: Say) -> None:
    began = time.monotonic()
    waiting = list(components)
    seen: dict[str, set[int]] = {component.name: set() for component in components}
    while waiting or supervisor(settings) is None:
        for component in list(waiting):
            if (identity := component.find()) is not None:
                seen[component.name].add(identity.pid)
                if component.ready():
                    waiting.remove(component)
                    say(f"  ✓ {component.title:<34}{time.monotonic() - began:>6.1f} s")
        hopeless = [component for component in waiting if len(seen[component.name]) >= HOPELESS_STARTS]
        if keeper.poll() is not None or hopeless or time.monotonic() - began > START_SECONDS:
            raise CannotStartError(_why(settings, (hopeless or waiting or list(components))[0]))
        time.sleep(0.1)


def _why(settings: Settings, component: Component) -> str:
    told = [line for line in tail(settings.root / "log" / "supervisor.log", 40).splitlines() if "cannot be" in line]
    reasons = [json.loads(line).get("why", "") for line in told if line.startswith("{")]
    return "\n".join(
        [f"{component.title} does not start.", *dict.fromkeys(reasons), tail(component.log), f"(log: {component.log})"]
    )


def down(settings: Settings, say: Say, *, calls_may_last: float = 60.0) -> bool:
    """Stop the application, then Asterisk when calls have ended (or after that many seconds), then PostgreSQL.

    False when nothing ran.
    """
    keeper = supervisor(settings)
    if keeper is not None:
        _end_identity(keeper)
    stopped = False
    for component in reversed(parts(settings)):
        identity = component.find()
        if identity is None:
            continue
        if component.name == "asterisk":
            _let_calls_end(settings, identity, say, calls_may_last)
        began = time.monotonic()
        component.stop()
        say(f"  ✓ {component.title + ' stopped':<34}{time.monotonic() - began:>6.1f} s")
        stopped = True
    return stopped or keeper is not None


def _let_calls_end(settings: Settings, asterisk: Identity, say: Say, seconds: float) -> None:
    count = calls_in_progress(settings)
    if not count or seconds <= 0:
        return
    say(f"  … {count} open call legs; new calls are refused, waiting up to {seconds:.0f} s for these to end")
    stop_asterisk(settings, "gracefully")
    wait_until(lambda: not asterisk.alive(), seconds, every=0.2)


def _end(keeper: subprocess.Popen[bytes]) -> None:
    keeper.terminate()
    keeper.wait(15)


def _end_identity(keeper: Identity) -> None:
    keeper.signal(signal.SIGTERM)
    if not wait_until(lambda: not keeper.alive(), 15):
        keeper.signal(signal.SIGKILL)


def status(settings: Settings) -> list[PartStatus]:
    """Each part as it is now."""
    found = []
    for component in parts(settings):
        identity = component.find()
        ready = identity is not None and component.ready()
        age = identity.age() if identity else 0.0
        found.append(PartStatus(component.title, identity.pid if identity else None, age, ready))
    return found


def health_report(settings: Settings) -> dict[str, object]:
    """What the application says about itself at /health; {} when it does not answer."""
    answer = health(settings)
    if answer is None:
        return {}
    try:
        said = json.loads(answer[1])
    except ValueError:
        return {"http": answer[0]}
    return said if isinstance(said, dict) else {"health": said}
